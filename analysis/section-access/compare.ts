/**
 * Who gains and who loses what between two states of an app: another script, other data, another access table, another
 * directory. What a user sees before and after comes from one evaluator, asked once a user and side.
 */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Principal, Value, ViewTable } from "../../contract/types.ts";
import { fullName } from "../../reference/section-access/names.ts";
import { namesMatch } from "../../reference/section-access/reducing-fields.ts";
import type { Reduction } from "../../reference/section-access/types.ts";
import { linkKey, upperText } from "../../reference/section-access/values.ts";
import type { LoadedApp, LoadedTable } from "../../reload/model.ts";
import { columnOf, valuesOf } from "./columns.ts";
import { compareTables, type TableDifference, type TableKnowledge } from "./compare-rows.ts";

/** One state of an app, and the people of that state. */
export interface Side {
  /** Absent: the app does not exist on this side. */
  readonly loaded?: LoadedApp;
  readonly people: readonly Principal[];
}

/** `absent`: the user or the app is not there on that side. */
export type Access = "granted" | "denied" | "absent";

/** Values of a field that section access reduces by, as far as the user sees the field on both sides. */
export interface ValueDifference {
  readonly field: string;
  readonly gained: readonly Value[];
  readonly lost: readonly Value[];
}

export interface Difference {
  readonly user: string;
  /** As of the later side, where the user is on it. */
  readonly groups: readonly string[];
  readonly access: { readonly before: Access; readonly after: Access };
  readonly fields: { readonly gained: readonly string[]; readonly lost: readonly string[] };
  readonly tables: readonly TableDifference[];
  readonly values: readonly ValueDifference[];
}

export interface Comparison {
  /** Users for whom something differs, in the order of the later side's list. */
  readonly differences: readonly Difference[];
  /** Users on one side only. */
  readonly onlyBefore: readonly string[];
  readonly onlyAfter: readonly string[];
  /** Users looked at. */
  readonly users: number;
}

/** What each user sees, in the order of the users: the row-by-row reference, or an evaluator for many that equals it. */
export type ReduceAll = (app: LoadedApp, users: readonly Principal[], dialect: Dialect) => readonly Reduction[];

export interface CompareOptions {
  readonly reduceAll: ReduceAll;
  readonly dialect: Dialect;
}

interface Seen {
  readonly access: Access;
  readonly tables: readonly ViewTable[];
}

const absent: Seen = { access: "absent", tables: [] };

function seenIn(reduction: Reduction | undefined): Seen {
  if (reduction === undefined) return absent;
  return reduction.access === "denied"
    ? { access: "denied", tables: [] }
    : { access: "granted", tables: reduction.tables };
}

/** What everybody on a side sees, by {@link keyOf}. */
function seenOn({ loaded, people }: Side, { reduceAll, dialect }: CompareOptions): ReadonlyMap<string, Seen> {
  if (loaded === undefined) return new Map();
  const reductions = reduceAll(loaded, people, dialect);
  return new Map(people.map((who, at) => [keyOf(who), seenIn(reductions[at])]));
}

/** Fields of the app that section access of either side selects in. */
function reducingIn(sides: readonly Side[], dialect: Dialect): ReadonlySet<string> {
  const found = sides.flatMap(({ loaded }) => {
    const inApp = (loaded?.app ?? []).flatMap((table) => table.fields);
    const inAccess = (loaded?.access ?? []).flatMap((table) => table.fields.map(upperText));
    return inApp.filter((field) => inAccess.some((name) => namesMatch(name, field, dialect)));
  });
  return new Set(found);
}

function isUnique(table: LoadedTable, field: string): boolean {
  const values = columnOf(table, field);
  const keys = new Set(values.map((value) => linkKey(value)));
  return values.length > 0 && !keys.has(undefined) && keys.size === values.length;
}

/** Fields that tell records apart wherever the table is loaded. */
function uniqueIn(tables: readonly LoadedTable[]): readonly string[] {
  const [first, ...others] = tables;
  return (first?.fields ?? []).filter((field) =>
    [first, ...others].every((table) => table !== undefined && isUnique(table, field)),
  );
}

type Knowledge = ReadonlyMap<string, TableKnowledge>;

function knowledgeOf(sides: readonly Side[], reducing: ReadonlySet<string>): Knowledge {
  const all = sides.flatMap(({ loaded }) => loaded?.app ?? []);
  const linking = sides.flatMap(({ loaded }) => {
    const fields = (loaded?.app ?? []).flatMap((table) => table.fields);
    return fields.filter((field, at) => fields.indexOf(field) !== at);
  });
  const binding = new Set([...reducing, ...linking]);
  const names = [...new Set(all.map((table) => table.name))];
  return new Map(
    names.map((name) => {
      const tables = all.filter((table) => table.name === name);
      const fields = [...new Set(tables.flatMap((table) => table.fields))];
      return [name, { unique: uniqueIn(tables), binding: fields.filter((field) => binding.has(field)) }];
    }),
  );
}

function fieldsIn(tables: readonly ViewTable[]): readonly string[] {
  return [...new Set(tables.flatMap((table) => table.fields))];
}

function missing<Item>(items: readonly Item[], others: readonly Item[]): Item[] {
  return items.filter((item) => !others.includes(item));
}

function tableDifferences(before: Seen, after: Seen, knowledge: Knowledge): readonly TableDifference[] {
  const names = [...new Set([...after.tables, ...before.tables].map((table) => table.name))];
  return names.flatMap((name) => {
    const find = (seen: Seen): ViewTable | undefined => seen.tables.find((table) => table.name === name);
    const known = knowledge.get(name) ?? { unique: [], binding: [] };
    return compareTables(find(before), find(after), known) ?? [];
  });
}

/** Values that the others lack, NULL apart. */
function valuesMissing(values: readonly Value[], others: readonly Value[]): Value[] {
  const keys = new Set(others.map((value) => linkKey(value)));
  return values.filter((value) => value !== null && !keys.has(linkKey(value)));
}

function valueDifferences(before: Seen, after: Seen, reducing: ReadonlySet<string>): readonly ValueDifference[] {
  const shared = fieldsIn(after.tables).filter((field) => fieldsIn(before.tables).includes(field));
  const fields =
    before.access === "granted" && after.access === "granted" ? shared : fieldsIn([...before.tables, ...after.tables]);
  return fields
    .filter((field) => reducing.has(field))
    .flatMap((field) => {
      const [old, now] = [valuesOf(before.tables, field), valuesOf(after.tables, field)];
      const [gained, lost] = [valuesMissing(now, old), valuesMissing(old, now)];
      return gained.length + lost.length === 0 ? [] : [{ field, gained, lost }];
    });
}

interface Pair {
  readonly before?: Principal;
  readonly after?: Principal;
}

function keyOf(who: Principal): string {
  return fullName(who).toLowerCase();
}

/** Everybody on either side, each once: in the order of the later side, then who is gone. */
function pairs(before: Side, after: Side): readonly Pair[] {
  const old = new Map(before.people.map((who) => [keyOf(who), who]));
  const now = new Map(after.people.map((who) => [keyOf(who), who]));
  return [
    ...[...now].map(([key, who]): Pair => {
      const known = old.get(key);
      return known === undefined ? { after: who } : { before: known, after: who };
    }),
    ...[...old].filter(([key]) => !now.has(key)).map(([, who]): Pair => ({ before: who })),
  ];
}

function differs({ access, fields, tables }: Difference): boolean {
  const granted = access.before === "granted" || access.after === "granted";
  return granted && (access.before !== access.after || fields.gained.length + fields.lost.length + tables.length > 0);
}

/** Everything that differs between two states of an app, user by user. Who is refused on both sides is not listed. */
export function compare(before: Side, after: Side, options: CompareOptions): Comparison {
  const reducing = reducingIn([before, after], options.dialect);
  const knowledge = knowledgeOf([before, after], reducing);
  const people = pairs(before, after);
  const [seenBefore, seenAfter] = [seenOn(before, options), seenOn(after, options)];
  const differences = people.map((pair): Difference => {
    const who = pair.after ?? pair.before;
    const key = who === undefined ? "" : keyOf(who);
    const [old, now] = [seenBefore.get(key) ?? absent, seenAfter.get(key) ?? absent];
    const [had, has] = [fieldsIn(old.tables), fieldsIn(now.tables)];
    return {
      user: who === undefined ? "" : fullName(who),
      groups: who === undefined ? [] : [...new Set([...who.groups, ...(who.session["group"] ?? [])])],
      access: { before: old.access, after: now.access },
      fields: { gained: missing(has, had), lost: missing(had, has) },
      tables: tableDifferences(old, now, knowledge),
      values: valueDifferences(old, now, reducing),
    };
  });
  return {
    differences: differences.filter(differs),
    onlyBefore: people.flatMap((pair) =>
      pair.after === undefined && pair.before !== undefined ? [fullName(pair.before)] : [],
    ),
    onlyAfter: people.flatMap((pair) =>
      pair.before === undefined && pair.after !== undefined ? [fullName(pair.after)] : [],
    ),
    users: people.length,
  };
}
