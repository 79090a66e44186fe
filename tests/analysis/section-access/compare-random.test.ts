/** What a comparison says equals what two reduced views show, on a thousand random edits of generated worlds. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { compare, type Difference, type ReduceAll } from "../../../analysis/section-access/compare.ts";
import { dialectOf } from "../../../catalogue/dialects.ts";
import type { Principal, Value } from "../../../contract/types.ts";
import { diceOf, type Dice } from "../../../generators/dice.ts";
import { randomAccessWorld } from "../../../generators/section-access.ts";
import { columnarReduce } from "../../../reference/section-access/columnar.ts";
import { encode } from "../../../reference/section-access/columnar-encode.ts";
import { reduce } from "../../../reference/section-access/spec.ts";
import type { Reduce, Reduction } from "../../../reference/section-access/types.ts";
import type { AccessTable, AppTable, LoadedApp } from "../../../reload/model.ts";

const dialect = dialectOf("documented");

const views = new WeakMap<LoadedApp, Map<Principal, Reduction>>();

/** The reference, asked once about the same user of the same app. */
const reduceOnce: Reduce = (app, who, by) => {
  const known = views.get(app) ?? new Map<Principal, Reduction>();
  views.set(app, known);
  const view = known.get(who) ?? reduce(app, who, by);
  known.set(who, view);
  return view;
};

const reduceAll: ReduceAll = (app, users, by) => users.map((who) => reduceOnce(app, who, by));
const many: ReduceAll = (app, users, by) => columnarReduce(encode(app), users, by);
const options = { reduceAll, dialect };

interface World {
  readonly loaded: LoadedApp;
  readonly people: readonly Principal[];
}

type Edit = (world: World, dice: Dice) => World;

function onAccess(change: (table: AccessTable, dice: Dice) => AccessTable): Edit {
  return (world, dice) => {
    const access = world.loaded.access ?? [];
    const chosen = dice.below(access.length);
    const edited = access.map((table, at) => (at === chosen && table.rows.length > 0 ? change(table, dice) : table));
    return { ...world, loaded: { ...world.loaded, access: edited } };
  };
}

function onApp(change: (table: AppTable, dice: Dice) => AppTable): Edit {
  return (world, dice) => {
    const chosen = dice.below(world.loaded.app.length);
    const app = world.loaded.app.map((table, at) => (at === chosen ? change(table, dice) : table));
    return { ...world, loaded: { ...world.loaded, app } };
  };
}

function without<Item>(items: readonly Item[], at: number): Item[] {
  return items.filter((_, index) => index !== at);
}

function altered<Table extends AppTable | AccessTable>(table: Table, dice: Dice): Table {
  const [row, column, from] = [
    dice.below(table.rows.length),
    dice.below(table.fields.length),
    dice.below(table.rows.length),
  ];
  const value: Value = dice.chance(0.3)
    ? dice.pick<Value>(["*", "", "ADMIN", "NORTH", 1])
    : (table.rows[from]?.[column] ?? null);
  return { ...table, rows: table.rows.map((cells, at) => (at === row ? cells.with(column, value) : cells)) };
}

const edits: { readonly [name: string]: Edit } = {
  "a row of rights removed": onAccess((table, dice) => {
    const at = dice.below(table.rows.length);
    return { ...table, rows: without(table.rows, at), inline: without(table.inline, at) };
  }),
  "a row of rights added": onAccess((table, dice) => {
    const row = table.fields.map((_, column) => table.rows[dice.below(table.rows.length)]?.[column] ?? "");
    return { ...table, rows: [...table.rows, row], inline: [...table.inline, true] };
  }),
  "a cell of rights altered": onAccess(altered),
  "OMIT altered": onAccess((table, dice) => {
    const column = table.fields.indexOf("OMIT");
    if (column < 0) return table;
    const row = dice.below(table.rows.length);
    const name = table.rows[dice.below(table.rows.length)]?.[column] ?? "";
    return {
      ...table,
      rows: table.rows.map((cells, at) => (at === row ? cells.with(column, dice.chance(0.5) ? "" : name) : cells)),
    };
  }),
  "groups changed": (world, dice) => {
    const chosen = dice.below(world.people.length);
    const groups = dice.some(["Sales", "Finance", "Board", "Auditors"], dice.below(3));
    return { ...world, people: world.people.map((who, at) => (at === chosen ? { ...who, groups } : who)) };
  },
  "a user gone": (world, dice) => ({ ...world, people: without(world.people, dice.below(world.people.length)) }),
  "a row of data removed": onApp((table, dice) => ({
    ...table,
    rows: without(table.rows, dice.below(table.rows.length)),
  })),
  "a row of data doubled": onApp((table, dice) => ({
    ...table,
    rows: [...table.rows, ...dice.some(table.rows, Math.min(1, table.rows.length))],
  })),
  "a cell of data altered": onApp((table, dice) => (table.rows.length === 0 ? table : altered(table, dice))),
  "a field of data renamed": onApp((table) => ({
    ...table,
    fields: [...table.fields.slice(0, -1), `${table.fields.at(-1) ?? ""}X`],
  })),
};

// Below: what two reduced views show, told without the code under test.

function text(value: Value): string {
  if (value === null) return "null";
  if (typeof value === "object") return `#${value.n}`;
  return typeof value === "number" ? `#${value}` : `"${value}"`;
}

/** How often each row occurs, over some fields. */
function bag(view: Reduction | undefined, table: string, fields: readonly string[]): Map<string, number> {
  const found = view?.access === "granted" ? view.tables.find(({ name }) => name === table) : undefined;
  const counts = new Map<string, number>();
  for (const row of found?.rows ?? []) {
    const key = fields.map((field) => text(row[found?.fields.indexOf(field) ?? -1] ?? null)).join("|");
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function more(one: Map<string, number>, other: Map<string, number>): string[] {
  return [...one]
    .flatMap(([key, count]) => Array.from({ length: Math.max(0, count - (other.get(key) ?? 0)) }, () => key))
    .sort();
}

function fieldsOf(view: Reduction | undefined, table: string): readonly string[] | undefined {
  return view?.access === "granted" ? view.tables.find(({ name }) => name === table)?.fields : undefined;
}

interface Expected {
  readonly access: readonly [string, string];
  readonly fieldsGained: readonly string[];
  readonly fieldsLost: readonly string[];
  readonly tables: {
    readonly [table: string]: { readonly gained: readonly string[]; readonly lost: readonly string[] };
  };
}

function shownFields(view: Reduction | undefined): readonly string[] {
  return view?.access === "granted" ? [...new Set(view.tables.flatMap(({ fields }) => fields))] : [];
}

function expectation(old: Reduction | undefined, now: Reduction | undefined): Expected {
  const [had, has] = [shownFields(old), shownFields(now)];
  const names = new Set(
    [old, now].flatMap((view) => (view?.access === "granted" ? view.tables.map(({ name }) => name) : [])),
  );
  const tables = [...names].map((name) => {
    const [before, after] = [fieldsOf(old, name), fieldsOf(now, name)];
    const fields =
      before === undefined || after === undefined
        ? (before ?? after ?? [])
        : after.filter((field) => before.includes(field));
    const [left, right] = [bag(old, name, fields), bag(now, name, fields)];
    return [name, { gained: more(right, left), lost: more(left, right) }] as const;
  });
  return {
    access: [old?.access ?? "absent", now?.access ?? "absent"],
    fieldsGained: has.filter((field) => !had.includes(field)).sort(),
    fieldsLost: had.filter((field) => !has.includes(field)).sort(),
    tables: Object.fromEntries(tables.filter(([, { gained, lost }]) => gained.length + lost.length > 0)),
  };
}

function show(rows: readonly (readonly Value[])[]): string[] {
  return rows.map((row) => row.map(text).join("|")).sort();
}

/** The comparison in the same words; a changed row is one lost and one gained. */
function said(difference: Difference): Expected {
  return {
    access: [difference.access.before, difference.access.after],
    fieldsGained: difference.fields.gained.toSorted(),
    fieldsLost: difference.fields.lost.toSorted(),
    tables: Object.fromEntries(
      difference.tables.map(({ table, gained, lost, changed }) => [
        table,
        {
          gained: show([...gained, ...changed.map(({ after }) => after)]),
          lost: show([...lost, ...changed.map(({ before }) => before)]),
        },
      ]),
    ),
  };
}

function nameOf(who: Principal): string {
  return `${who.directory}\\${who.id}`;
}

/** Who is to be listed, and with what. */
function expected(before: World, after: World): ReadonlyMap<string, Expected> {
  const names = [...new Set([...after.people, ...before.people].map(nameOf))];
  const view = (world: World, name: string): Reduction | undefined => {
    const who = world.people.find((one) => nameOf(one) === name);
    return who === undefined ? undefined : reduceOnce(world.loaded, who, dialect);
  };
  const all = names.map((name) => [name, expectation(view(before, name), view(after, name))] as const);
  return new Map(
    all.filter(([, { access, fieldsGained, fieldsLost, tables }]) => {
      const changed =
        access[0] !== access[1] || fieldsGained.length + fieldsLost.length + Object.keys(tables).length > 0;
      return changed && access.includes("granted");
    }),
  );
}

function worldAt(index: number): World {
  const { loaded, principals } = randomAccessWorld(53, index, { maxTables: 2, maxRows: 4 });
  return {
    loaded,
    people: [...new Map(principals.map((who) => [nameOf(who).toLowerCase(), who])).values()].slice(0, 2),
  };
}

describe("compare", () => {
  it("says exactly what two reduced views show, on a thousand random edits", () => {
    const seen = new Map<string, number>();
    const names = Object.keys(edits);
    let before = worldAt(0);
    for (let index = 0; index < 1000; index += 1) {
      const name = names[index % names.length] ?? "";
      const edit = edits[name];
      if (index % 4 === 0) before = worldAt(index / 4);
      const after = edit === undefined ? before : edit(before, diceOf(54, index));
      const { differences } = compare(before, after, options);
      const wanted = expected(before, after);
      assert.deepEqual(new Map(differences.map((each) => [each.user, said(each)])), wanted, `${index}: ${name}`);
      if (index % 10 === 0)
        assert.deepEqual(compare(before, after, { ...options, reduceAll: many }), compare(before, after, options));
      if (wanted.size > 0) seen.set(name, (seen.get(name) ?? 0) + 1);
    }
    for (const name of names) assert.ok((seen.get(name) ?? 0) >= 3, `${name} changed ${seen.get(name) ?? 0} worlds`);
  });
});
