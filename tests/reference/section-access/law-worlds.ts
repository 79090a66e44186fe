/** Worlds prepared for laws: their guards, small changes to rows and columns, and views as bags of rows. */
import assert from "node:assert/strict";
import { defaultDialect, dialectOf, type Dialect } from "../../../catalogue/dialects.ts";
import { accessWorld, type AccessWorldOptions } from "../../../generators/section-access.ts";
import type { Principal, Value } from "../../../contract/types.ts";
import { check, property } from "fast-check";
import { reduce } from "../../../reference/section-access/spec.ts";
import type { AccessTable, AppTable, LoadedApp } from "../../../reload/model.ts";

export type Row = readonly Value[];

/** One security table `Access` over an app: the shape laws speak of. */
export interface Setting {
  readonly access: AccessTable;
  readonly app: readonly AppTable[];
  readonly principals: readonly Principal[];
}

/** What somebody sees: how often each row shows, by table, and the fields; undefined when refused. */
export type Seen = { readonly rows: ReadonlyMap<string, number>; readonly fields: ReadonlySet<string> } | undefined;
export type See = (setting: Pick<Setting, "access" | "app">, who: Principal) => Seen;

/** True or false of a setting; undefined where the law says nothing. */
export type Holds = (setting: Setting, see: See) => boolean | undefined;

const identity = new Set(["USERID", "GROUP", "NTNAME"]);

export function loadedOf({ access, app }: Pick<Setting, "access" | "app">): LoadedApp {
  return { access: [access], app };
}

export function seeing(dialect: Dialect): See {
  return (setting, who) => {
    const answer = reduce(loadedOf(setting), who, dialect);
    if (answer.access === "denied") return undefined;
    const rows = new Map<string, number>();
    for (const table of answer.tables) {
      for (const row of table.rows) {
        const key = JSON.stringify([table.name, ...row]);
        rows.set(key, (rows.get(key) ?? 0) + 1);
      }
    }
    return { rows, fields: new Set(answer.tables.flatMap((table) => table.fields)) };
  };
}

export function rowsOf(seen: Seen): ReadonlyMap<string, number> {
  return seen?.rows ?? new Map();
}

/** Every row of `a` shows in `b` at least as often; being refused is seeing nothing. */
export function isWithin(a: Seen, b: Seen): boolean {
  return [...rowsOf(a)].every(([row, times]) => times <= (rowsOf(b).get(row) ?? 0));
}

export function isSame(a: Seen, b: Seen): boolean {
  if (a === undefined || b === undefined) return a === b;
  return isWithin(a, b) && isWithin(b, a) && [...a.fields].join() === [...b.fields].join();
}

export function sameRows(a: Seen, b: Seen): boolean {
  return isWithin(a, b) && isWithin(b, a);
}

/** What a cell says, for comparing cells of tables and data. */
export function cellText(value: Value | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}

export function column(access: AccessTable, field: string): number {
  return access.fields.indexOf(field);
}

export function reducingFields({ access, app }: Pick<Setting, "access" | "app">): string[] {
  const held = new Set(app.flatMap((table) => table.fields));
  return access.fields.filter((field) => held.has(field));
}

export function withRows(access: AccessTable, rows: readonly Row[]): AccessTable {
  return { ...access, rows, inline: rows.map(() => access.inline[0] ?? true) };
}

export function withoutColumns(access: AccessTable, gone: (field: string) => boolean): AccessTable {
  const kept = [...access.fields.keys()].filter((at) => !gone(access.fields[at] ?? ""));
  const rows = access.rows.map((row) => kept.map((at) => row[at] ?? null));
  return { ...access, fields: kept.map((at) => access.fields[at] ?? ""), rows };
}

/** The row with the given cells, by field name. */
export function rewritten(access: AccessTable, row: Row, cells: { readonly [field: string]: Value }): Row {
  return access.fields.map((field, at) => cells[field] ?? row[at] ?? null);
}

/** Cells that make a row speak of this person by name. */
export function naming(access: AccessTable, who: Principal): { readonly [field: string]: Value } {
  const name = `${who.directory}\\${who.id}`;
  const cells = access.fields
    .filter((field) => identity.has(field))
    .map((field) => [field, field === "GROUP" ? "*" : name]);
  return Object.fromEntries(cells) as { [field: string]: Value };
}

export function speaksOf(access: AccessTable, row: Row, who: Principal): boolean {
  const own = [`${who.directory}\\${who.id}`, ...who.groups].map((name) => name.toUpperCase());
  return access.fields.every((field, at) => {
    if (!identity.has(field) || row[at] === "*") return true;
    const names = field === "USERID" ? own.slice(0, 1) : field === "GROUP" ? own.slice(1) : own;
    return names.includes(cellText(row[at]).toUpperCase());
  });
}

export function ownRows(setting: Pick<Setting, "access">, who: Principal): Row[] {
  return setting.access.rows.filter((row) => speaksOf(setting.access, row, who));
}

export function hasStar(access: AccessTable, rows: readonly Row[], fields: readonly string[]): boolean {
  return rows.some((row) => fields.some((field) => row[column(access, field)] === "*"));
}

/** USER rows only, no blank reducing value, every reducing column lists something: the guards of all laws. */
function guarded(access: AccessTable, app: readonly AppTable[]): AccessTable {
  const reducing = reducingFields({ access, app });
  const listed = (field: string): Value =>
    access.rows.map((row) => row[column(access, field)]).find((value) => value !== "*" && value !== "") ?? "NOWHERE";
  const filler = new Map(reducing.map((field) => [field, listed(field)]));
  const rows = access.rows.map((row, index) =>
    access.fields.map((field, at): Value => {
      if (field === "ACCESS") return "USER";
      const fill = filler.get(field);
      if (fill === undefined) return row[at] ?? null;
      const alone = index === 0 && access.rows.every((other) => other[at] === "*" || other[at] === "");
      return row[at] === "" || alone ? fill : (row[at] ?? null);
    }),
  );
  return withRows(access, rows);
}

/** What the laws speak of: one table of rights, loaded inline, of users and groups. */
const plain: AccessWorldOptions = {
  identity: ["user", "group", "user and group", "nt"],
  people: ["plain", "prefix", "directory"],
  groups: ["none", "one", "several"],
  levels: ["user"],
  rights: ["one table"],
  load: ["inline"],
  blanks: ["none"],
  reducing: ["1", "2", "3"],
  values: ["text", "number"],
  omit: ["none", "column", "star"],
};

function inRuns(
  holds: Holds,
  options: AccessWorldOptions,
  see: See,
  tally: { judged: number },
): ReturnType<typeof property> {
  return property(accessWorld({ ...plain, ...options }), ({ loaded, principals }) => {
    const [access, ...more] = loaded.access ?? [];
    if (access === undefined || more.length > 0 || !access.fields.includes("ACCESS")) return true;
    const verdict = holds({ access: guarded(access, loaded.app), app: loaded.app, principals }, see);
    if (verdict !== undefined) tally.judged++;
    return verdict !== false;
  });
}

export const documented: Dialect = dialectOf(defaultDialect);

/** Fails when a world breaks the law, or when too few of the worlds said anything about it. */
export function assertLaw(holds: Holds, options: AccessWorldOptions = {}, runs = 150): void {
  const tally = { judged: 0 };
  const details = check(inRuns(holds, options, seeing(documented), tally), { seed: 19, numRuns: runs });
  assert.ok(!details.failed, `broken by ${JSON.stringify(details.counterexample?.[0])}`);
  assert.ok(tally.judged >= 20, `only ${tally.judged} of ${runs} worlds said anything`);
}

/** Fails when no world breaks the law for these other eyes: the law could not have noticed. */
export function assertBroken(holds: Holds, see: See, options: AccessWorldOptions = {}): void {
  const details = check(inRuns(holds, options, see, { judged: 0 }), { seed: 19, numRuns: 1500, endOnFailure: true });
  assert.ok(details.failed, "no world broke it");
}
