/** What the repository takes in and never gives out again (QR-066): passwords of connections, secret settings of directories. */
import type { Entity, Json } from "../../contract/types.ts";
import { isRecord, recordsOf, type Fields } from "../fields.ts";

function maskedSetting(setting: Json): Json {
  if (!isRecord(setting)) return setting;
  const shown: Fields = { ...setting, secretValue: "" };
  return setting["secret"] === true ? { ...shown, value: "" } : shown;
}

/** The entity as answers show it. */
export function withoutSecrets(entity: Entity): Entity {
  const { schemaPath, settings } = entity as Fields & { readonly id: string };
  if (schemaPath === "DataConnection") return { ...entity, password: "" };
  if (schemaPath === "UserDirectory" && Array.isArray(settings))
    return { ...entity, settings: settings.map((setting: Json) => maskedSetting(setting)) };
  return entity;
}

/** The setting as it was kept, where the change sends back what it was shown of it. */
function keptSetting(before: readonly Fields[], setting: Json): Json {
  if (!isRecord(setting)) return setting;
  const known = before.find((one) => one["name"] === setting["name"]);
  if (known === undefined || setting["secretValue"] !== "") return setting;
  const value = setting["secret"] === true && setting["value"] === "" ? { value: known["value"] ?? "" } : {};
  return { ...setting, ...value, secretValue: known["secretValue"] ?? "" };
}

/** A change that sends the empty mask back leaves the secret as it was. */
export function keepingSecrets(before: Entity, change: Fields): Fields {
  const { password, settings } = change;
  if (before["schemaPath"] === "DataConnection" && password === "")
    return { ...change, password: before["password"] ?? "" };
  if (before["schemaPath"] !== "UserDirectory" || !Array.isArray(settings)) return change;
  const known = recordsOf(before["settings"]);
  return { ...change, settings: settings.map((setting: Json) => keptSetting(known, setting)) };
}
