/** What an open document shows its user: tables after reduction, and what is asked of their fields. */
import type { Value, ViewTable } from "../../contract/types.ts";
import { symbolOf, textOf } from "./reduction/symbol.ts";

/** Tables of a user; empty where the document is open without data. */
export type View = readonly ViewTable[];

export function fieldNames(view: View): readonly string[] {
  return [...new Set(view.flatMap((table) => table.fields))];
}

export function hasField(view: View, field: string): boolean {
  return view.some((table) => table.fields.includes(field));
}

export function tablesWith(view: View, fields: readonly string[]): readonly ViewTable[] {
  return view.filter((table) => fields.every((field) => table.fields.includes(field)));
}

export function column(table: ViewTable, field: string): readonly Value[] {
  const index = table.fields.indexOf(field);
  return index === -1 ? [] : table.rows.map((row) => row[index] ?? null);
}

/** Distinct values of a field in load order over all its tables, without NULL; equal numbers are one value. */
export function distinctValues(values: readonly Value[]): readonly Value[] {
  const bySymbol = new Map<string, Value>();
  for (const value of values) {
    const symbol = symbolOf(value);
    if (symbol !== null && !bySymbol.has(symbol)) bySymbol.set(symbol, value);
  }
  return [...bySymbol.values()];
}

export function fieldValues(view: View, field: string): readonly Value[] {
  return distinctValues(tablesWith(view, [field]).flatMap((table) => column(table, field)));
}

/** Rows as keys: equal for rows whose values are equal. */
export function rowKey(row: readonly Value[]): string {
  return JSON.stringify(row.map(symbolOf));
}

/** The number of a value; undefined for texts and NULL. */
export function numberOf(value: Value): number | undefined {
  if (typeof value === "number") return value;
  return value !== null && typeof value === "object" ? value.n : undefined;
}

export function displayed(value: Value): string {
  return textOf(value) ?? "-";
}
