/** One record through all tables of an app: what a row of values must name so that its fields meet somewhere. */
import type { Value } from "../../contract/types.ts";
import type { Dice } from "../dice.ts";
import type { TableLink } from "./draft.ts";
import type { Model } from "./model.ts";
import type { Cell } from "./words.ts";

export type Witness = ReadonlyMap<string, Cell>;

function sameValue(one: Value, other: Value): boolean {
  if (one === null || other === null) return false;
  return JSON.stringify(one) === JSON.stringify(other);
}

type Rows = readonly (readonly Value[])[];

/** Rows of the table `to` that link to this row of the table `from`. */
function partners(model: Model, link: TableLink, row: readonly Value[]): Rows {
  const [from, to] = [model.tables[link.from], model.tables[link.to]];
  if (from === undefined || to === undefined) return [];
  return to.rows.filter((other) =>
    link.fields.every((field) =>
      sameValue(row[from.fields.indexOf(field)] ?? null, other[to.fields.indexOf(field)] ?? null),
    ),
  );
}

/** Follows the links from a row of the first table; undefined where some table has no partner, or a field no value. */
function followed(model: Model, at: number, pick: (rows: Rows) => readonly Value[] | undefined): Witness | undefined {
  const start = model.tables[0]?.rows[at];
  if (start === undefined) return undefined;
  const reached = new Map([[0, start]]);
  for (const link of model.links) {
    const row = reached.get(link.from);
    const next = row === undefined ? undefined : pick(partners(model, link, row));
    if (next === undefined) return undefined;
    reached.set(link.to, next);
  }
  const found = new Map<string, Cell>();
  for (const [table, row] of reached) {
    model.tables[table]?.fields.forEach((field, column) => {
      const value = row[column] ?? null;
      if (value !== null) found.set(field, value);
    });
  }
  return model.reducing.every(({ name }) => found.has(name)) ? found : undefined;
}

/** A record at random; the first of all tables is always one. */
export function witnessIn(model: Model, dice: Dice): Witness {
  const at = dice.below(model.tables[0]?.rows.length ?? 1);
  const drawn = followed(model, at, (rows) => rows[dice.below(rows.length)]);
  const sure = drawn ?? followed(model, 0, ([first]) => first);
  if (sure === undefined) throw new RangeError("the first rows of the tables do not fit together");
  return sure;
}
