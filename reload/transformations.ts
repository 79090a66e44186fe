/** What prefixes make of a loaded table before it is stored: CROSSTABLE, GENERIC, INTERVALMATCH and the hierarchies. */
import type { Value } from "../contract/types.ts";
import type { Load, Prefix, TableTransformation } from "../languages/load-script/ast.ts";
import { ancestorsOf, columnOf, expandHierarchy } from "./hierarchies.ts";
import type { LoadedRows, Making } from "./hierarchies.ts";
import { keyOf, ownNumber } from "./values.ts";

type Of<Kind extends TableTransformation["kind"]> = Extract<TableTransformation, { readonly kind: Kind }>;

/** A record of every value outside the first fields, with the name of its column (which stays a text). */
function crosstable(table: LoadedRows, prefix: Of<"crosstable">, making: Making): LoadedRows {
  const { qualifiers = 1 } = prefix;
  const headers = table.fields.slice(qualifiers);
  if (!Number.isInteger(qualifiers) || qualifiers < 0 || headers.length === 0) {
    const message = `CROSSTABLE keeps ${qualifiers} of ${table.fields.length} fields`;
    throw making.fail(message, "leave at least one column to be turned into records");
  }
  making.count(table.rows.length * headers.length);
  const rows = table.rows.flatMap((row) => {
    const kept = row.slice(0, qualifiers);
    return headers.map((header, at) => [...kept, header, row[qualifiers + at] ?? null]);
  });
  return { fields: [...table.fields.slice(0, qualifiers), prefix.attribute, prefix.data], rows };
}

/** Finds the different combinations of values fields were loaded with. */
export type LoadedCombinations = (fields: readonly string[]) => readonly (readonly Value[])[];

interface Point {
  readonly number: number;
  readonly value: Value;
}

function pointsByKey(combinations: readonly (readonly Value[])[]): ReadonlyMap<string, readonly Point[]> {
  const byKey = new Map<string, Point[]>();
  for (const [value = null, ...keys] of combinations) {
    const number = ownNumber(value);
    if (number === undefined || keys.includes(null)) continue;
    const key = JSON.stringify(keys.map(keyOf));
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, [{ number, value }]);
    else known.push({ number, value });
  }
  for (const points of byKey.values()) points.sort((left, right) => left.number - right.number);
  return byKey;
}

/** Position of the first point not below a number. */
function firstFrom(points: readonly Point[], number: number): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.number ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A record of every loaded value that lies in an interval, both ends included; limits that are no numbers match nothing. */
function intervalMatch(
  table: LoadedRows,
  prefix: Of<"intervalmatch">,
  making: Making,
  loaded: LoadedCombinations,
): LoadedRows {
  const byKey = pointsByKey(loaded([prefix.field, ...prefix.keys]));
  const needed = 2 + prefix.keys.length;
  if (table.fields.length < needed) {
    const message = `INTERVALMATCH reads ${needed} fields, not ${table.fields.length}`;
    throw making.fail(message, "load the lower limit, the upper limit and the key fields, in this order");
  }
  const keyColumns = prefix.keys.map((key) => columnOf(table, key, making));
  const rows: Value[][] = [];
  for (const row of table.rows) {
    const [low, high] = [ownNumber(row[0] ?? null), ownNumber(row[1] ?? null)];
    if (low === undefined || high === undefined) continue;
    const points = byKey.get(JSON.stringify(keyColumns.map((column) => keyOf(row[column] ?? null)))) ?? [];
    for (let at = firstFrom(points, low); at < points.length; at += 1) {
      const point = points[at];
      if (point === undefined || point.number > high) break;
      making.count(1);
      rows.push([point.value, ...row]);
    }
  }
  return { fields: [prefix.field, ...table.fields], rows };
}

/** The table GENERIC makes of one attribute: the key fields, and the attribute as a field. */
export interface GenericTable extends LoadedRows {
  readonly attribute: string;
}

/** The last two fields are attribute and value; each attribute becomes a table. */
export function genericTables(
  table: LoadedRows,
  textOf: (value: Value) => string,
  making: Making,
): readonly GenericTable[] {
  const keys = table.fields.slice(0, -2);
  if (keys.length === 0) {
    throw making.fail(`GENERIC reads ${table.fields.length} fields`, "load the keys, the attribute and the value");
  }
  const byAttribute = new Map<string, Value[][]>();
  for (const row of table.rows) {
    const attribute = textOf(row[keys.length] ?? null);
    if (attribute === "") continue;
    const made = [...row.slice(0, keys.length), row[keys.length + 1] ?? null];
    const known = byAttribute.get(attribute);
    if (known === undefined) byAttribute.set(attribute, [made]);
    else known.push(made);
  }
  return [...byAttribute].map(([attribute, rows]) => ({ attribute, fields: [...keys, attribute], rows }));
}

export type RowTransformation = Exclude<TableTransformation, { readonly kind: "generic" }>;

function isRowTransformation(prefix: Prefix): prefix is RowTransformation {
  return ["crosstable", "intervalmatch", "hierarchy", "hierarchybelongsto"].includes(prefix.kind);
}

/** The transformations of a LOAD, in the order they are made: the one next to LOAD first. */
export function transformationsOf(load: Load): readonly RowTransformation[] {
  return load.prefixes.filter(isRowTransformation).toReversed();
}

/** What a transformation makes of a loaded table. */
export function transformed(
  table: LoadedRows,
  prefix: RowTransformation,
  making: Making,
  loaded: LoadedCombinations,
): LoadedRows {
  switch (prefix.kind) {
    case "crosstable":
      return crosstable(table, prefix, making);
    case "intervalmatch":
      return intervalMatch(table, prefix, making, loaded);
    case "hierarchy":
      return expandHierarchy(table, prefix, making);
    case "hierarchybelongsto":
      return ancestorsOf(table, prefix, making);
  }
}
