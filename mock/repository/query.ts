/** `filter=`, `orderby=` of a QRS list, walked over the entities as they are shown. */
import { isKnownError } from "../../contract/errors.ts";
import type { Entity, Json } from "../../contract/types.ts";
import type { QrsComparator, QrsFilter, QrsLiteral } from "../../languages/qrs-filter/ast.ts";
import { parseQrsFilter } from "../../languages/qrs-filter/parse.ts";
import { same } from "../rules/model.ts";
import { isRecord, recordsOf } from "../fields.ts";
import { Refusal } from "./refusal.ts";
import { withoutSecrets } from "./secrets.ts";
import { referenceType, type Store } from "./store.ts";

/** Text of a `filter=` → tree; a bad one is answered with 400 and text (QR-023). */
export function readFilter(text: string): QrsFilter {
  try {
    return parseQrsFilter(text);
  } catch (error) {
    if (!isKnownError(error)) throw error;
    throw new Refusal(400, `Cannot parse the expression: ${error.message}`);
  }
}

function field(record: { readonly [key: string]: Json }, name: string): readonly [string, Json | undefined] {
  const key = Object.keys(record).find((one) => same(one, name)) ?? name;
  return [key, record[key]];
}

function customValues(record: { readonly [key: string]: Json }, name: string): readonly Json[] {
  return recordsOf(record["customProperties"]).flatMap((item) => {
    const { definition, value } = item;
    const matches = isRecord(definition) && typeof definition["name"] === "string" && same(definition["name"], name);
    return matches && value !== undefined ? [value] : [];
  });
}

function step(store: Store, value: Json, segment: string): readonly Json[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => step(store, item, segment));
  if (!isRecord(value)) return [];
  if (segment.startsWith("@")) return customValues(value, segment.slice(1));
  const [key, found] = field(value, segment);
  if (found === undefined) return [];
  const type = referenceType(key);
  if (type === undefined || !isRecord(found) || typeof found["id"] !== "string") return [found];
  return [store.entity(type, found["id"]) ?? found];
}

/** Values a dotted path leads to, lists value by value. */
export function valuesAt(store: Store, entity: Entity, path: readonly string[]): readonly Json[] {
  const found = path.reduce<readonly Json[]>(
    (values, segment) => values.flatMap((value) => step(store, value, segment)),
    [entity],
  );
  return found.flatMap((value): readonly Json[] => (Array.isArray(value) ? value : [value]));
}

function spelled(value: Json): string {
  if (isRecord(value)) return typeof value["id"] === "string" ? value["id"] : "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function equals(value: Json, literal: QrsLiteral): boolean {
  switch (literal.kind) {
    case "null":
      return value === null;
    case "number":
      return typeof value === "number"
        ? value === literal.value
        : Number(spelled(value) || Number.NaN) === literal.value;
    case "boolean":
    case "guid":
    case "text":
      return same(spelled(value), String(literal.value));
  }
}

/** Number or instant of a value; `undefined` for what has no order (QR-020). */
function rank(value: Json): number | undefined {
  if (typeof value === "number") return value;
  const instant = typeof value === "string" && /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(instant) ? undefined : instant;
}

function ordered(operator: "gt" | "ge" | "lt" | "le", left: number, right: number): boolean {
  switch (operator) {
    case "gt":
      return left > right;
    case "ge":
      return left >= right;
    case "lt":
      return left < right;
    case "le":
      return left <= right;
  }
}

function textTest(operator: "sw" | "ew" | "so", value: Json, literal: QrsLiteral): boolean {
  if (typeof value !== "string" || literal.kind === "null") return false;
  const [text, part] = [value.toLowerCase(), String(literal.value).toLowerCase()];
  if (operator === "sw") return text.startsWith(part);
  return operator === "ew" ? text.endsWith(part) : text.includes(part);
}

function compares(operator: Exclude<QrsComparator, "ne">, value: Json, literal: QrsLiteral): boolean {
  switch (operator) {
    case "eq":
      return equals(value, literal);
    case "sw":
    case "ew":
    case "so":
      return textTest(operator, value, literal);
    case "gt":
    case "ge":
    case "lt":
    case "le": {
      const [left, right] = [rank(value), literal.kind === "null" ? undefined : rank(literal.value)];
      return left !== undefined && right !== undefined && ordered(operator, left, right);
    }
  }
}

function holds(store: Store, entity: Entity, filter: QrsFilter): boolean {
  switch (filter.kind) {
    case "and":
      return filter.terms.every((term) => holds(store, entity, term));
    case "or":
      return filter.terms.some((term) => holds(store, entity, term));
    case "group":
      return holds(store, entity, filter.term);
    case "comparison": {
      const found = valuesAt(store, entity, filter.path);
      const values = found.length === 0 && filter.value.kind === "null" ? [null] : found;
      if (filter.operator === "ne") return !values.some((value) => equals(value, filter.value));
      const { operator } = filter;
      return values.some((value) => compares(operator, value, filter.value));
    }
  }
}

/**
 * Whether an entity, as answers show it, passes a filter: who could filter by a secret would have it letter by letter
 * (QR-066). Letter case of texts does not matter (QR-021).
 */
export function passes(store: Store, entity: Entity, filter: QrsFilter): boolean {
  return holds(store, withoutSecrets(entity), filter);
}

function sortKey(value: Json | undefined): string | number {
  return typeof value === "number" ? value : spelled(value ?? "").toLowerCase();
}

function keyOf(entity: Entity, by: string): string | number {
  return sortKey(field(withoutSecrets(entity), by)[1]);
}

/** Entities in the order of a property, ascending unless told otherwise (QR-024). */
export function inOrder(entities: readonly Entity[], by: string, ascending: boolean): readonly Entity[] {
  const direction = ascending ? 1 : -1;
  return entities.toSorted((left, right) => {
    const [one, other] = [keyOf(left, by), keyOf(right, by)];
    if (one === other) return 0;
    return one < other ? -direction : direction;
  });
}
