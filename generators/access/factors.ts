/**
 * What worlds of section access are varied by: factors with a few values each, and the combinations that cannot be, each
 * with its reason. The generator makes a world to order from one row of values; `coverage.ts` reads them off the world.
 */
import type { Dice } from "../dice.ts";

export const factorValues = {
  identity: ["user", "group", "user and group", "nt", "user and email"],
  serial: ["absent", "present"],
  people: ["plain", "prefix", "directory", "case", "odd"],
  groups: ["none", "one", "several", "like a user"],
  levels: ["user", "admin", "both"],
  rows: ["one", "several", "repeated"],
  rights: ["one table", "values by key", "roles by key"],
  load: ["inline", "resident", "file"],
  stars: ["none", "values", "everybody", "both"],
  blanks: ["none", "admin"],
  reducing: ["0", "1", "2", "3"],
  place: ["nowhere", "hub", "outer", "key", "several"],
  values: ["text", "number", "dual"],
  shape: ["single", "pair", "star", "snowflake", "bridge"],
  keys: ["plain", "composite", "synthetic", "shared"],
  apart: ["none", "island", "loosened"],
  data: ["whole", "nulls", "dangling", "repeated"],
  source: ["inline", "resident", "file"],
  omit: ["none", "column", "star", "by key"],
} as const;

export type Factor = keyof typeof factorValues;

/** One value for every factor. */
export type Features = { readonly [F in Factor]: (typeof factorValues)[F][number] };

export const factorNames: readonly Factor[] = Object.keys(factorValues) as Factor[];

/** What the factors stand for, for people. */
export const aboutFactor: { readonly [F in Factor]: string } = {
  identity: "columns that name people: USERID, GROUP, both, NTNAME, USERID and USER.EMAIL (the other is `*` then)",
  serial: "whether there is a SERIAL column, of `*` and QLIKSENSE",
  people:
    "look-alikes among those who ask: none, one name the beginning of another, one id in two directories, letter case, " +
    "a trailing blank or a letter of another alphabet",
  groups: "groups of those who ask: none, at most one each, several, or a group named as a user is",
  levels: "levels in ACCESS: USER, ADMIN, both",
  rows: "rows a name has in the table of values: one, several, or equal rows",
  rights: "tables of section access: one, values in a table of their own, or people apart from rights",
  load: "how the tables of section access are loaded",
  stars: "`*`: nowhere, in reducing columns, in a row for everybody, both",
  blanks: "blank reducing cells: none, or in rows of ADMIN",
  reducing: "number of fields that reduce",
  place: "where those lie: in the first table, in one other, one is a key, in several tables",
  values: "values of those: texts, numbers, numbers with a text of their own (duals)",
  shape: "how tables of the app hang together",
  keys: "how its first link is made: one field, one field of two parts, two fields (synthetic key), one of three tables",
  apart: "tables beside the model: none, an island, one loosely coupled",
  data: "flaws of the data: none, NULL, keys without partner, equal rows",
  source: "how the tables of the app are loaded",
  omit: "OMIT: none, a column, a column with `*`, a table of its own behind a key",
};

/** Values that never meet in one world. */
export interface Constraint {
  readonly never: { readonly [F in Factor]?: readonly Features[F][] };
  readonly because: string;
}

const withFields = ["1", "2", "3"] as const;

export const constraints: readonly Constraint[] = [
  {
    never: { reducing: ["0"], place: ["hub", "outer", "key", "several"] },
    because: "no field reduces, so none lies anywhere",
  },
  { never: { reducing: withFields, place: ["nowhere"] }, because: "a field that reduces lies somewhere" },
  { never: { reducing: ["1"], place: ["several"] }, because: "one field lies in one table unless it is a key" },
  { never: { shape: ["single"], place: ["outer", "key", "several"] }, because: "there is one table" },
  { never: { shape: ["single"], keys: ["composite", "synthetic", "shared"] }, because: "one table has no links" },
  { never: { shape: ["single"], data: ["dangling"] }, because: "one table has no links" },
  { never: { reducing: ["0"], stars: ["values", "both"] }, because: "no column of values to write `*` in" },
  { never: { reducing: ["0"], blanks: ["admin"] }, because: "no column of values to leave blank" },
  { never: { reducing: ["0"], rights: ["values by key"] }, because: "no values to keep apart" },
  { never: { reducing: ["0"], values: ["number", "dual"] }, because: "no field reduces, so none has values" },
  { never: { reducing: ["0"], omit: ["none"], rows: ["several"] }, because: "rows of one name would be equal" },
  { never: { levels: ["user"], blanks: ["admin"] }, because: "a blank of USER is disputed (SA-STR-03)" },
  {
    never: { levels: ["both"], stars: ["everybody", "both"] },
    because: "everybody's row would mix the levels of each other row (SA-ACC-05 is open)",
  },
  {
    never: { blanks: ["admin"], stars: ["everybody", "both"] },
    because: "everybody's row would put values beside the blank of ADMIN (SA-STR-10 is open)",
  },
  { never: { identity: ["group"], groups: ["none"] }, because: "nobody could be named" },
  {
    never: { keys: ["composite"], place: ["key"], values: ["number", "dual"] },
    because: "a key of two parts is a text",
  },
];

/** A row in the making: factors without a value are open. */
export type Draft = { readonly [F in Factor]?: Features[F] | undefined };

/** The values each factor may take; settings narrow them. */
export type Domains = { readonly [F in Factor]: readonly Features[F][] };

interface Rule {
  readonly constraint: Constraint;
  readonly parts: readonly { readonly factor: Factor; readonly values: ReadonlySet<string> }[];
}

const rules: readonly Rule[] = constraints.map((constraint) => ({
  constraint,
  parts: factorNames.flatMap((factor) => {
    const values = constraint.never[factor];
    return values === undefined ? [] : [{ factor, values: new Set<string>(values) }];
  }),
}));

const rulesOf = new Map(
  factorNames.map((factor) => [factor, rules.filter(({ parts }) => parts.some((part) => part.factor === factor))]),
);

function isBroken({ parts }: Rule, draft: Draft): boolean {
  return parts.every(({ factor, values }) => values.has(draft[factor] ?? ""));
}

/** The constraint that the values given break, if any. */
export function brokenBy(draft: Draft): Constraint | undefined {
  return rules.find((rule) => isBroken(rule, draft))?.constraint;
}

/** Most bound first, so that dead ends show early. */
const byBonds: readonly Factor[] = factorNames.toSorted(
  (one, other) => (rulesOf.get(other)?.length ?? 0) - (rulesOf.get(one)?.length ?? 0),
);
const bound = byBonds.filter((factor) => (rulesOf.get(factor) ?? []).length > 0);

type Making = { -readonly [F in Factor]?: Features[F] | undefined };

/** Gives the open factors from `at` on their values, in that order, backing out of dead ends; false when there is no way. */
function fill(draft: Making, order: readonly Factor[], { domains, dice, at = 0 }: Filling): boolean {
  const factor = order[at];
  if (factor === undefined) return true;
  if (draft[factor] !== undefined) return fill(draft, order, { domains, dice, at: at + 1 });
  const values: readonly Features[Factor][] = domains[factor];
  for (const value of dice === undefined ? values : dice.shuffled(values)) {
    Object.assign(draft, { [factor]: value });
    const broken = rulesOf.get(factor)?.some((rule) => isBroken(rule, draft)) === true;
    if (!broken && fill(draft, order, { domains, dice, at: at + 1 })) return true;
  }
  draft[factor] = undefined;
  return false;
}

interface Filling {
  readonly domains: Domains;
  /** Draws the values; without, the first that fit are taken. */
  readonly dice: Dice | undefined;
  readonly at?: number;
}

/** Whether some world has these values; only factors that constraints name can be in the way. */
export function isFeasible(draft: Draft, domains: Domains): boolean {
  const named = factorNames.filter((factor) => draft[factor] !== undefined);
  const admitted = named.every((factor) => domains[factor].some((value) => value === draft[factor]));
  return admitted && brokenBy(draft) === undefined && fill({ ...draft }, bound, { domains, dice: undefined });
}

function isWhole(draft: Making): draft is Making & Features {
  return factorNames.every((factor) => draft[factor] !== undefined);
}

/** A row at random that has the values given; undefined when no world has them. */
export function randomFeatures(domains: Domains, dice: Dice, given: Draft = {}): Features | undefined {
  const row: Making = { ...given };
  return fill(row, byBonds, { domains, dice }) && isWhole(row) ? row : undefined;
}
