/** A user's own selection in what he sees: rows of his tables that stay possible (SA-SCR-09). */
import type { Value, ViewTable } from "../../contract/types.ts";
import type { LoadedApp } from "../../reload/model.ts";
import { possibleRows, type Selection } from "../section-access/propagation.ts";
import { linkKey } from "../section-access/values.ts";

function allowing(values: readonly (string | number)[]): (value: Value) => boolean {
  const keys = new Set(values.map((value) => linkKey(value)));
  return (value) => value !== null && keys.has(linkKey(value));
}

/** The seen tables of an app with the rows that the selected values leave; all rows when nothing is selected. */
export function possible(
  app: LoadedApp,
  seen: readonly ViewTable[],
  selected: { readonly [field: string]: readonly (string | number)[] },
): readonly ViewTable[] {
  const selection: Selection = new Map(Object.entries(selected).map(([field, values]) => [field, allowing(values)]));
  if (selection.size === 0) return seen;
  const loosened = new Set(app.app.filter((table) => table.loosened).map(({ name }) => name));
  const tables = seen.map((table) => ({ ...table, loosened: loosened.has(table.name) }));
  const kept = possibleRows(tables, selection);
  return seen.map((table, at) => ({ ...table, rows: table.rows.filter((_, row) => kept[at]?.[row] === true) }));
}
