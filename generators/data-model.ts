/** App tables: trees of one to four associated tables, synthetic keys and islands now and then; never a loop. */
import type { Value } from "../contract/types.ts";
import type { AppTable } from "../reload/model.ts";
import type { Dice } from "./dice.ts";
import { attributes, keyNames, keyValues, tableNames } from "./vocabulary.ts";

export interface DataModelOptions {
  readonly maxTables: number;
  /** Most rows a table is given before duplicates. */
  readonly maxRows: number;
}

interface Draft {
  readonly name: string;
  readonly fields: string[];
  loosened: boolean;
}

interface Names {
  readonly tables: string[];
  readonly keys: string[];
  readonly attributes: string[];
}

function describe(draft: Draft, names: Names, dice: Dice): void {
  const wanted = 1 + dice.below(2);
  for (let given = 0; given < wanted; given++) {
    const name = names.attributes.pop();
    if (name !== undefined) draft.fields.push(name);
  }
}

/** Links two tables by one new key, or by two at once (a synthetic key). */
function link(draft: Draft, to: Draft, names: Names, dice: Dice): void {
  const count = names.keys.length > 2 && dice.chance(0.12) ? 2 : 1;
  for (let given = 0; given < count; given++) {
    const key = names.keys.pop();
    if (key === undefined) return;
    draft.fields.unshift(key);
    to.fields.unshift(key);
  }
}

/** Joins the key that two tables already share, where there is a single one: three tables on one field. */
function joinKey(draft: Draft, drafts: readonly Draft[], dice: Dice): boolean {
  const single = drafts.flatMap((one, at) =>
    drafts.slice(at + 1).flatMap((other) => {
      const common = one.fields.filter((field) => other.fields.includes(field));
      return common.length === 1 ? common : [];
    }),
  );
  const key = single[dice.below(single.length)];
  if (key === undefined) return false;
  draft.fields.unshift(key);
  return true;
}

function draftTables(dice: Dice, options: DataModelOptions): Draft[] {
  const names: Names = {
    tables: dice.shuffled(tableNames),
    keys: dice.shuffled(keyNames),
    attributes: dice.shuffled(Object.keys(attributes)),
  };
  const count = Math.min(options.maxTables, dice.pick([1, 1, 2, 2, 2, 3, 3, 4]));
  const drafts: Draft[] = [];
  for (let made = 0; made < count; made++) {
    const draft: Draft = { name: names.tables.pop() ?? `Table${made}`, fields: [], loosened: false };
    describe(draft, names, dice);
    attach(draft, drafts, names, dice);
    if (dice.chance(0.85)) draft.fields.push(numbering(draft.name));
    drafts.push(draft);
  }
  return drafts;
}

function attach(draft: Draft, drafts: readonly Draft[], names: Names, dice: Dice): void {
  const to = drafts[dice.below(drafts.length)];
  if (to === undefined || dice.chance(0.1)) return;
  if (dice.chance(0.15) && joinKey(draft, drafts, dice)) return;
  link(draft, to, names, dice);
  draft.loosened = dice.chance(0.02);
}

/** What a field may hold; a numbering field counts from 1. */
export function valuesOf(field: string): readonly [string | number, ...(string | number)[]] {
  return attributes[field] ?? keyValues[field] ?? [1, 2, 3, 4];
}

/** A field of its own that numbers a table's rows, so that rows can be told apart: `SALESNO`. */
function numbering(table: string): string {
  return `${table.toUpperCase()}NO`;
}

/** How the cells of a model are strewn: NULLs, values in another letter case. */
interface Blemishes {
  readonly nulls: number;
  readonly lowered: number;
}

function cellOf(field: string, dice: Dice, blemishes: Blemishes): Value {
  if (dice.chance(blemishes.nulls)) return null;
  const value = dice.pick(valuesOf(field));
  if (typeof value === "string" && dice.chance(blemishes.lowered))
    return value.charAt(0) + value.slice(1).toLowerCase();
  return value;
}

function rowsOf(draft: Draft, dice: Dice, options: DataModelOptions, blemishes: Blemishes): Value[][] {
  const count = dice.chance(0.03) ? 0 : 1 + dice.below(options.maxRows);
  const number = numbering(draft.name);
  const rows = Array.from({ length: count }, (_, at) =>
    draft.fields.map((field) => (field === number ? at + 1 : cellOf(field, dice, blemishes))),
  );
  const again = dice.chance(0.12) ? dice.some(rows, 1 + dice.below(2)) : [];
  return [...rows, ...again];
}

export function randomDataModel(dice: Dice, options: DataModelOptions): AppTable[] {
  const blemishes = { nulls: dice.chance(0.25) ? 0.15 : 0, lowered: dice.chance(0.08) ? 0.2 : 0 };
  return draftTables(dice, options).map((draft) => ({
    name: draft.name,
    fields: draft.fields,
    rows: rowsOf(draft, dice, options, blemishes),
    loosened: draft.loosened,
  }));
}

/** Fields that more than one table holds. */
export function keyFields(tables: readonly AppTable[]): ReadonlySet<string> {
  const all = tables.flatMap((table) => table.fields);
  return new Set(all.filter((field, at) => all.indexOf(field) !== at));
}
