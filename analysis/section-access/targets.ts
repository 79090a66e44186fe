/** What can be true or false of a user and an app: he opens it, he sees a row, he sees a field. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Reduce, Reduction } from "../../reference/section-access/types.ts";
import type { AppTable, LoadedApp } from "../../reload/model.ts";
import type { World } from "./edits.ts";

/** Tables and rows are positions, counted from 0. */
export type Target =
  | { readonly kind: "access" }
  | { readonly kind: "row"; readonly table: number; readonly row: number }
  | { readonly kind: "field"; readonly field: string };

/** A name no script can give a field, and no pattern of OMIT but one of stars alone fits. */
function tagOf(table: number): string {
  return `\u0000${"\u0001".repeat(table + 8)}\u0000`;
}

/** The same app with each row numbered in a field of its table alone, so that a reduced view tells which rows it shows. */
export function tagged(loaded: LoadedApp): LoadedApp {
  return { ...loaded, app: loaded.app.map(numberedTable) };
}

function numberedTable(table: AppTable, at: number): AppTable {
  const rows = table.rows.map((row, number) => [...row, number]);
  return { ...table, fields: [...table.fields, tagOf(at)], rows };
}

/** The numbers of the rows of a table that a reduced view of a tagged app shows. */
export function shownRows(reduction: Reduction, table: number): ReadonlySet<number> {
  if (reduction.access === "denied") return new Set();
  const view = reduction.tables[table];
  const column = view?.fields.indexOf(tagOf(table)) ?? -1;
  return new Set(
    (view?.rows ?? []).flatMap((row) => {
      const number = row[column];
      return typeof number === "number" ? [number] : [];
    }),
  );
}

/** Whether the target is true of a world whose app is tagged. */
export function holds(target: Target, world: World, { reduce, dialect }: Evaluation): boolean {
  const reduction = reduce(world.loaded, world.who, dialect);
  if (reduction.access === "denied") return false;
  switch (target.kind) {
    case "access":
      return true;
    case "row":
      return shownRows(reduction, target.table).has(target.row);
    case "field":
      return reduction.tables.some((table) => table.fields.includes(target.field));
  }
}

/** Who answers: the row-by-row reference, or an evaluator that equals it. */
export interface Evaluation {
  readonly reduce: Reduce;
  readonly dialect: Dialect;
}
