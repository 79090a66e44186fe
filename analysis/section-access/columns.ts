/** Columns of tables, as values. */
import type { Value } from "../../contract/types.ts";
import { linkKey } from "../../reference/section-access/values.ts";
import type { LoadedTable } from "../../reload/model.ts";

/** The cells of a field, row by row; none where the table has no such field. */
export function columnOf(table: Pick<LoadedTable, "fields" | "rows">, field: string): readonly Value[] {
  const column = table.fields.indexOf(field);
  return column < 0 ? [] : table.rows.map((row) => row[column] ?? null);
}

/** Each value once; those of one number are one (SA-TYPE-02), NULL is one too. */
export function distinct(values: readonly Value[]): Value[] {
  return [...new Map(values.map((value) => [linkKey(value) ?? "", value])).values()];
}

/** The values of a field over all tables that hold it, each once. */
export function valuesOf(tables: readonly Pick<LoadedTable, "fields" | "rows">[], field: string): Value[] {
  return distinct(tables.flatMap((table) => columnOf(table, field)));
}
