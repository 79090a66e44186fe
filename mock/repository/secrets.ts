/** What the repository takes in and never gives out again (QR-066): passwords of connections, secret settings of directories. */
import type { Entity, Json } from "../../contract/types.ts";
import { isRecord, type Fields } from "../fields.ts";

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

/** A change that sends the empty mask back leaves the secret as it was. */
export function keepingSecrets(before: Entity, change: Fields): Fields {
  if (before["schemaPath"] !== "DataConnection" || change["password"] !== "") return change;
  return { ...change, password: before["password"] ?? "" };
}
