/** Values and rows as keys: two values are the same exactly when their keys are. */
import type { Outcome, Value, ViewTable } from "../contract/types.ts";

/** Numbers compare by number whatever their text (LS-VAL-01), texts by text, NULL only with NULL. */
export function valueKey(value: Value): string {
  if (value === null) return "-";
  if (typeof value === "string") return `t${value}`;
  const number = typeof value === "number" ? value : value.n;
  return `n${number === 0 ? 0 : number}`;
}

/** A row as key, its cells in the order given. */
export function rowKey(row: readonly Value[]): string {
  return JSON.stringify(row.map(valueKey));
}

/** The rows of a table with their cells in the order of `fields`; a field the table lacks gives NULL. */
export function alignedRows(table: ViewTable, fields: readonly string[]): readonly (readonly Value[])[] {
  const columns = fields.map((field) => table.fields.indexOf(field));
  return table.rows.map((row) => columns.map((column) => row[column] ?? null));
}

export type Bag = ReadonlyMap<string, { readonly row: readonly Value[]; readonly count: number }>;

export function bagOf(rows: readonly (readonly Value[])[]): Bag {
  const bag = new Map<string, { row: readonly Value[]; count: number }>();
  for (const row of rows) {
    const key = rowKey(row);
    const known = bag.get(key);
    if (known === undefined) bag.set(key, { row, count: 1 });
    else known.count += 1;
  }
  return bag;
}

/** Rows of `left` that `right` has too few of, each as often as it is short. */
export function shortfall(left: Bag, right: Bag): readonly (readonly Value[])[] {
  return [...left].flatMap(([key, { row, count }]) =>
    Array.from({ length: Math.max(0, count - (right.get(key)?.count ?? 0)) }, () => row),
  );
}

const controlCharacters = /[\p{Cc}\p{Cf}\u2028\u2029]/u;

/** A text for one line: quoted where it could be misread (number look-alike, blank, controls, brackets). */
export function showText(text: string): string {
  const plain = text.trim() === text && text !== "" && Number.isNaN(Number(text)) && !/[(),"]/.test(text);
  if (plain && !controlCharacters.test(text)) return text;
  return JSON.stringify(text).replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** A value as a person reads it: `NORTH`, `12`, `"12"` (the text), `NULL`, `2024-01-01 (=45292)`. */
export function showValue(value: Value): string {
  if (value === null) return "NULL";
  if (typeof value === "string") return showText(value);
  return typeof value === "number" ? String(value) : `${showText(value.t)} (=${value.n})`;
}

/** At most three rows in full, the rest counted. */
export function showRows(rows: readonly (readonly Value[])[]): string {
  const shown = rows.slice(0, 3).map((row) => `(${row.map(showValue).join(", ")})`);
  return rows.length > shown.length ? `${shown.join(" ")} and ${rows.length - shown.length} more` : shown.join(" ");
}

export function byText(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

function canonicalTable(table: ViewTable): ViewTable {
  const fields = table.fields.toSorted(byText);
  const rows = alignedRows(table, fields).toSorted((left, right) => byText(rowKey(left), rowKey(right)));
  return { name: table.name, fields, rows };
}

/** The same outcome in one fixed order, so that records of equal runs are equal bytes. */
export function canonical(outcome: Outcome): Outcome {
  switch (outcome.kind) {
    case "view":
      return {
        kind: "view",
        fields: outcome.fields.toSorted(byText),
        tables: outcome.tables.map(canonicalTable).toSorted((left, right) => byText(left.name, right.name)),
      };
    case "measure":
      return { kind: "measure", values: sortedRecord(outcome.values) };
    case "decision":
      return outcome.broken === undefined ? outcome : { ...outcome, broken: outcome.broken.toSorted(byText) };
    case "session":
      return { ...outcome, sets: sortedRecord(outcome.sets) };
    case "transcript":
      return { kind: "transcript", of: outcome.of.map(canonical) };
    case "without-data":
    case "refused":
    case "undetermined":
      return outcome;
  }
}

/** The same record with its keys in order. */
export function sortedRecord<T>(record: { readonly [name: string]: T }): { readonly [name: string]: T } {
  return Object.fromEntries(Object.entries(record).toSorted(([left], [right]) => byText(left, right)));
}
