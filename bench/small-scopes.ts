/**
 * Small scopes of section access, each with every world up to isomorphism. Two worlds are isomorphic when a renaming of
 * users, of groups, of the values of a field, and of fields that hold equally many values turns one into the other, rows of
 * rights and of data being bags. Such a renaming turns the answers of one into those of the other, since both users are asked.
 */
import type { Principal, Value } from "../contract/types.ts";
import type { LoadedApp } from "../reload/model.ts";

export interface Field {
  readonly name: string;
  readonly values: readonly string[];
}

export interface Scope {
  readonly name: string;
  /** Cells of the columns USERID and GROUP, and of the reducing fields, in that order. */
  readonly identities: readonly (readonly [user: string, group: string])[];
  readonly fields: readonly Field[];
  readonly mostRights: number;
  /** A record of the data: a value or NULL a field, and an amount nothing is reduced by. */
  readonly records: readonly (readonly Value[])[];
  /** Bags of records, as sorted positions in `records`. */
  readonly data: readonly Bag[];
  /** Groups of the first user and of the second. */
  readonly memberships: readonly (readonly [first: readonly string[], second: readonly string[]])[];
  readonly renamings: readonly Renaming[];
}

/** Sorted positions, each as often as the thing stands there. */
export type Bag = readonly number[];

/** A name of a user, a group, a value or a field, and what it becomes; names that stay are left out. */
export type Renaming = ReadonlyMap<string, string>;

export const users = ["CORP\\ANN", "CORP\\BEN"] as const;
const groups = ["BUYERS", "TRADERS"] as const;
const levels = ["ADMIN", "USER"] as const;

/** Every bag of at most `most` of the first `count` positions, the empty one first. */
export function* bags(count: number, most: number, begun: Bag = []): Generator<Bag> {
  yield begun;
  if (begun.length === most) return;
  for (let at = begun.at(-1) ?? 0; at < count; at++) yield* bags(count, most, [...begun, at]);
}

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
}

function product<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  const [first, ...rest] = lists;
  if (first === undefined) return [[]];
  const others = product(rest);
  return first.flatMap((item) => others.map((more) => [item, ...more]));
}

function renamingsTo(from: readonly string[], to: readonly string[]): readonly Renaming[] {
  return permutations(to).map((image) => new Map(from.map((name, at) => [name, image[at] ?? name])));
}

/** Fields onto fields with as many values, and the values of each onto those of its image. */
function fieldRenamings(fields: readonly Field[]): readonly Renaming[] {
  return permutations(fields).flatMap((images) => {
    const pairs = fields.map((field, at) => [field, images[at] ?? field] as const);
    if (pairs.some(([field, image]) => field.values.length !== image.values.length)) return [];
    const names: Renaming = new Map(pairs.map(([field, image]) => [field.name, image.name]));
    return product([[names], ...pairs.map(([field, image]) => renamingsTo(field.values, image.values))]).map(joined);
  });
}

function joined(parts: readonly Renaming[]): Renaming {
  return new Map(parts.flatMap((part) => [...part].filter(([from, to]) => from !== to)));
}

/** All renamings of two users, the groups and the fields' values: a group in the sense of algebra. */
function renamingsOf(fields: readonly Field[]): readonly Renaming[] {
  return product([renamingsTo(users, users), renamingsTo(groups, groups), fieldRenamings(fields)]).map(joined);
}

export type Rights = readonly string[];

/** Columns of the table of rights. */
export function columnsOf({ fields }: Scope): readonly string[] {
  return ["ACCESS", "USERID", "GROUP", ...fields.map(({ name }) => name)];
}

/** Every row of rights: a level, whom it speaks of, and a value, a blank or `*` in each field. */
export function rightsOf({ identities, fields }: Scope): readonly Rights[] {
  const cells = product(fields.map(({ values }) => [...values, "", "*"]));
  return levels.flatMap((level) => identities.flatMap((who) => cells.map((row): Rights => [level, ...who, ...row])));
}

/** What a renaming makes of a row: its columns may change places with its fields. */
export function renamedRow(row: readonly Value[], columns: readonly string[], to: Renaming): readonly Value[] {
  const cells = new Map(columns.map((column, at) => [to.get(column) ?? column, row[at] ?? null]));
  return columns.map((column) => {
    const cell = cells.get(column) ?? null;
    return typeof cell === "string" ? (to.get(cell) ?? cell) : cell;
  });
}

export type Held = readonly [first: readonly string[], second: readonly string[]];

/** What a renaming makes of who is in which group: the users may change places. */
export function renamedHeld([first, second]: Held, to: Renaming): Held {
  const renamed = (held: readonly string[]): readonly string[] =>
    held.map((group) => to.get(group) ?? group).toSorted();
  return to.has(users[0]) ? [renamed(second), renamed(first)] : [renamed(first), renamed(second)];
}

function person(id: string, held: readonly string[]): Principal {
  return { directory: "CORP", id, groups: held, attributes: {}, session: {} };
}

export function principalsOf([first, second]: Held): readonly [Principal, Principal] {
  return [person("ann", first), person("ben", second)];
}

/** The tables a script with these rights and these data would leave behind. */
export function appOf(scope: Scope, rights: readonly Rights[], records: readonly (readonly Value[])[]): LoadedApp {
  const fields = columnsOf(scope);
  const sales = { name: "Sales", fields: scope.fields.map(({ name }) => name), rows: records, loosened: false };
  return { access: [{ name: "Access", fields, rows: rights, inline: rights.map(() => true) }], app: [sales] };
}

const anybody = "*";
const named = product([
  [...users, anybody],
  [...groups, anybody],
]).map(([user = anybody, group = anybody]): readonly [string, string] => [user, group]);

const everyHeld = product([[...bagsOfGroups()], [...bagsOfGroups()]]).map(([first = [], second = []]): Held => [
  first,
  second,
]);

function bagsOfGroups(): readonly (readonly string[])[] {
  return [[], [groups[0]], [groups[1]], [...groups]];
}

const region: Field = { name: "REGION", values: ["NORTH", "SOUTH"] };

function recordsOf(fields: readonly Field[], withNull: boolean): readonly (readonly Value[])[] {
  return product(fields.map(({ values }): readonly Value[] => (withNull ? [...values, null] : values)));
}

/** SALT is in no row of the data, and NULL in half of them. Both regions stand alike. */
const threeRights: Scope = {
  name: "three rows of rights",
  identities: [
    [users[0], anybody],
    [users[1], anybody],
    [anybody, groups[1]],
    [anybody, anybody],
    [users[0], groups[1]],
  ],
  fields: [region, { name: "PRODUCT", values: ["TEA", "SALT"] }],
  mostRights: 3,
  records: [
    ["NORTH", "TEA"],
    ["SOUTH", "TEA"],
    ["NORTH", null],
    ["SOUTH", null],
  ],
  data: [[0, 1, 2, 3]],
  memberships: [[[groups[1]], []]],
  renamings: renamingsTo(region.values, region.values).map((one) => joined([one])),
};

const twoFields = [region, { name: "PRODUCT", values: ["SALT", "TEA"] }];
const twoFieldRecords = recordsOf(twoFields, false);
const threeValues = [{ name: "REGION", values: ["EAST", "NORTH", "SOUTH"] }];
const threeValueRecords = recordsOf(threeValues, true);

export const scopes: readonly Scope[] = [
  threeRights,
  {
    name: "two fields",
    identities: named,
    fields: twoFields,
    mostRights: 2,
    records: twoFieldRecords,
    data: [...bags(twoFieldRecords.length, 4)],
    memberships: everyHeld,
    renamings: renamingsOf(twoFields),
  },
  {
    name: "three values",
    identities: named,
    fields: threeValues,
    mostRights: 3,
    records: threeValueRecords,
    data: [...bags(threeValueRecords.length, 3)],
    memberships: everyHeld,
    renamings: renamingsOf(threeValues),
  },
];
