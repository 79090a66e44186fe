/** Values of custom properties: only of definitions that exist, of their choices, on their types; they go with them (QR-043, QR-057). */
import type { Entity, Json } from "../../contract/types.ts";
import { isRecord, recordsOf, textAt, type Fields } from "../fields.ts";
import { Refusal } from "./refusal.ts";
import type { Store } from "./store.ts";

function textsAt(record: Fields, field: string): readonly string[] {
  const value = record[field];
  return Array.isArray(value) ? value.filter((item: Json): item is string => typeof item === "string") : [];
}

/** An empty list of choices or types restricts nothing. */
function admits(list: readonly string[], one: string): boolean {
  return list.length === 0 || list.includes(one);
}

/** Throws 400 for a value that its definition does not allow. */
export function requireDefinedValues(store: Store, type: string, entity: Entity): void {
  for (const { definition, value } of recordsOf(entity["customProperties"])) {
    const id = isRecord(definition) ? definition["id"] : undefined;
    const defined = typeof id === "string" ? store.entity("CustomPropertyDefinition", id) : undefined;
    if (defined === undefined) throw new Refusal(400, "Custom property definition does not exist");
    const name = textAt(defined, "name");
    if (!admits(textsAt(defined, "objectTypes"), type))
      throw new Refusal(400, `Custom property ${name} cannot be set on ${type}`);
    if (typeof value === "string" && !admits(textsAt(defined, "choiceValues"), value))
      throw new Refusal(400, `${value} is no choice of the custom property ${name}`);
  }
}

/** Takes values away whose definition, or whose choice, is no longer there; `by` changed that. */
export function dropUndefinedValues(store: Store, definition: string, by: string): void {
  const defined = store.entity("CustomPropertyDefinition", definition);
  const stays = (item: Fields): boolean => {
    const { definition: of, value } = item;
    if (!isRecord(of) || of["id"] !== definition) return true;
    return defined !== undefined && typeof value === "string" && admits(textsAt(defined, "choiceValues"), value);
  };
  for (const [type, entities] of Object.entries(store.site.entities)) {
    for (const entity of entities) {
      const values = recordsOf(entity["customProperties"]);
      const customProperties = values.filter(stays);
      if (customProperties.length === values.length) continue;
      store.put(type, { ...entity, customProperties, modifiedDate: store.instant(), modifiedByUserName: by });
    }
  }
}
