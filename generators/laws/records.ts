/** Laws about the records of the data. */
import type { Principal, Value } from "../../contract/types.ts";
import { type Posed, type Law, strictly, same, noLess, sumOf } from "./posing.ts";
import {
  type Row,
  type Setting,
  said,
  column,
  isStar,
  reducingFields,
  listed,
  ownRows,
  isPlainUser,
  withRows,
  withoutOmit,
  rewritten,
  named,
  withRecords,
  isStarless,
  raised,
  valuesOf,
} from "./setting.ts";

const strict = { reading: strictly, oneTable: true, guard: isPlainUser } as const;

/** Records in two halves; records that are alike stay together. */
function partOf(setting: Setting, half: 0 | 1): Setting {
  const known = new Map<string, number>();
  return withRecords(setting, (_cell, table, at) => {
    const key = JSON.stringify(table.rows[at]);
    const number = known.get(key) ?? known.size;
    known.set(key, number);
    return number % 2 === half;
  });
}

const partsAddUp: Law = {
  ...strict,
  id: "S10",
  says: "shows of the data what it shows of their two halves together",
  because: ["SA-RED-03", "SA-STR-01"],
  guardedFor: "a half without any match shows ADMIN everything of it",
  pose: (given, who) => {
    const setting = withoutOmit(given);
    const [table] = setting.app;
    if (table === undefined || table.rows.length < 2) return undefined;
    return sumOf(setting, [partOf(setting, 0), partOf(setting, 1)], who);
  },
};

const newRecord: Law = {
  ...strict,
  id: "S11",
  says: "shows the old records as before when a new one comes",
  because: ["SA-RED-03", "SA-STR-01"],
  guardedFor: "a first match narrows an ADMIN who saw everything",
  pose: (given, who) => {
    const setting = withoutOmit(given);
    const [table] = setting.app;
    const last = JSON.stringify(table?.rows.at(-1));
    const isLast = (of: Setting["app"][number], at: number): boolean => JSON.stringify(of.rows[at]) === last;
    if (table === undefined || new Set(table.rows.map((row) => JSON.stringify(row))).size < 2) return undefined;
    const old = withRecords(setting, (_cell, of, at) => !isLast(of, at));
    const alone = withRecords(setting, (_cell, of, at) => isLast(of, at));
    return sumOf(setting, [old, alone], who);
  },
};

const listedNowhere: Law = {
  ...strict,
  id: "S14",
  says: "shows no more than an app without the values that are listed nowhere",
  because: ["SA-RED-07", "SA-WLD-02"],
  guardedFor: "who is not reduced sees every value",
  guard: (setting, who) => isPlainUser(setting, who),
  pose: (given, who) => {
    const setting = withoutOmit(given);
    const fields = reducingFields(setting);
    const names = new Map(fields.map((field) => [field, new Set(listed(setting.access, field).map(said))]));
    const less = withRecords(setting, (cell) =>
      fields.every((field) => names.get(field)?.has(said(cell(field))) === true),
    );
    const gone = JSON.stringify(less.app) !== JSON.stringify(setting.app);
    return gone && fields.length > 0 ? noLess(setting, less, who) : undefined;
  },
};

interface Pair {
  readonly field: string;
  readonly other: Principal;
}

/** Somebody else and a field in which they share no value; otherwise somebody with whom they share some. */
function pairOf(setting: Setting, who: Principal): (Pair & { readonly apart: boolean }) | undefined {
  const pairs = reducingFields(setting).flatMap((field) =>
    setting.principals
      .filter((other) => other !== who && ownRows(setting, other).length > 0)
      .map((other) => {
        const mine = valuesOf(setting, who, field);
        return { field, other, apart: [...valuesOf(setting, other, field)].every((value) => !mine.has(value)) };
      }),
  );
  return pairs.find(({ apart }) => apart) ?? pairs[0];
}

const disjointUsers: Law = {
  ...strict,
  id: "S17",
  says: "shows none of the records of who shares no value of a field",
  because: ["SA-RED-03", "SA-STR-01"],
  guardedFor: "records of a shared value, or of a star's, are both theirs",
  guard: (setting, who) => isStarless(setting, who) && pairOf(setting, who)?.apart !== false,
  pose: (given, who) => {
    const setting = withoutOmit(given);
    const pair = pairOf(setting, who);
    if (pair === undefined || ownRows(setting, who).length === 0) return undefined;
    const theirs = valuesOf(setting, pair.other, pair.field);
    return noLess(
      setting,
      withRecords(setting, (cell) => !theirs.has(said(cell(pair.field)))),
      who,
    );
  },
};

/** The first record of which every reducing value can be named: a number, or a text in upper case. */
function nameable(
  setting: Setting,
): { readonly record: Row; readonly values: { readonly [field: string]: Value } } | undefined {
  const [table] = setting.app;
  const fields = reducingFields(setting);
  const record = table?.rows.find((row) =>
    fields.every((field) => {
      const value = row[column(table, field)] ?? null;
      return value !== null && value !== "" && !isStar(value) && raised(table.fields, row, fields);
    }),
  );
  if (table === undefined || record === undefined || fields.length === 0) return undefined;
  return { record, values: Object.fromEntries(fields.map((field) => [field, record[column(table, field)] ?? null])) };
}

const pivotShown: Law = {
  ...strict,
  id: "S21",
  says: "shows a record to who is given a row that names its values",
  because: ["SA-RED-03", "SA-RED-01"],
  guardedFor: "",
  guard: () => true,
  pose: (given, who): Posed | undefined => {
    const setting = withoutOmit(given);
    const pivot = nameable(setting);
    if (pivot === undefined) return undefined;
    const { access } = setting;
    const row = rewritten(access, access.rows[0] ?? [], { ...named(setting, who), ...pivot.values, ACCESS: "USER" });
    const key = JSON.stringify(pivot.record);
    const first = setting.app[0]?.rows.findIndex((one) => JSON.stringify(one) === key);
    const bare = withRecords(withRows(setting, [row]), (_cell, _table, at) => at === first);
    return noLess(bare, withRows(setting, [...access.rows, row]), who);
  },
};

const pivotGone: Law = {
  ...strict,
  id: "S21 gone",
  says: "shows none of the records of a value after every row that lists it is gone",
  because: ["SA-RED-07", "SA-STR-01"],
  guardedFor: "an ADMIN whose values match nothing sees every value",
  guard: (setting, who) => {
    const gone = unlisted(setting);
    return gone === undefined || isPlainUser(gone.less, who);
  },
  pose: (given, who) => {
    const gone = unlisted(withoutOmit(given));
    if (gone === undefined || ownRows(gone.less, who).length === 0) return undefined;
    const { less, field, value } = gone;
    const without = withRecords(less, (cell) => said(cell(field)) !== value);
    return noLess(less, without, who);
  },
};

/** Without the rows that list the pivot's value of the first reducing field. */
function unlisted(
  setting: Setting,
): { readonly less: Setting; readonly field: string; readonly value: string } | undefined {
  const [field] = reducingFields(setting);
  const pivot = nameable(setting);
  if (field === undefined || pivot === undefined) return undefined;
  const value = said(pivot.values[field]);
  const rows = setting.access.rows.filter((row) => said(row[column(setting.access, field)]) !== value);
  return { less: withRows(setting, rows), field, value };
}

/** Values a user's rows name, by field; a star's are all that are listed. */
function namedValues(setting: Setting, who: Principal, field: string): ReadonlySet<string> {
  const own = valuesOf(setting, who, field);
  return own.has("*") ? new Set([...own, ...listed(setting.access, field).map(said)]) : own;
}

const reducedAgain: Law = {
  ...strict,
  id: "S27",
  says: "shows the same of an app that holds only what his values name",
  because: ["SA-RED-03", "SA-RED-12"],
  guardedFor: "where nothing is left, nothing matches, and he is refused",
  guard: (setting, who) => isPlainUser(setting, who) && reduced(setting, who).app.every(({ rows }) => rows.length > 0),
  pose: (given, who) => {
    const setting = withoutOmit(given);
    const less = reduced(setting, who);
    const gone = JSON.stringify(less.app) !== JSON.stringify(setting.app);
    return gone && ownRows(setting, who).length > 0 ? same(setting, less, who) : undefined;
  },
};

function reduced(setting: Setting, who: Principal): Setting {
  const fields = reducingFields(setting).map((field) => [field, namedValues(setting, who, field)] as const);
  return withRecords(setting, (cell) =>
    fields.every(([field, names]) => names.has(said(cell(field))) && isRaised(cell(field))),
  );
}

function isRaised(value: Value): boolean {
  return typeof value !== "string" || value === value.toUpperCase();
}

export const lawsOfRecords: readonly Law[] = [
  partsAddUp,
  newRecord,
  listedNowhere,
  disjointUsers,
  pivotShown,
  pivotGone,
  reducedAgain,
];
