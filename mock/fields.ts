/** Reading the fields of entities, whose values are any JSON. */
import type { Json } from "../contract/types.ts";

export type Fields = { readonly [field: string]: Json };

export function isRecord(value: Json | undefined): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Items of a list field that are objects. */
export function recordsOf(value: Json | undefined): readonly Fields[] {
  return Array.isArray(value) ? value.filter((item: Json): item is Fields => isRecord(item)) : [];
}

/** A text field; empty when it is absent or no text. */
export function textAt(record: Fields | undefined, field: string): string {
  const value = record?.[field];
  return typeof value === "string" ? value : "";
}

/** The id of what a reference field names, empty when it names nothing. */
export function idAt(record: Fields | undefined, field: string): string {
  const value = record?.[field];
  return isRecord(value) ? textAt(value, "id") : "";
}
