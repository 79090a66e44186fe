/**
 * A small scope of rules: every condition of a tiny language, as the one rule that lets an app be read, asked of every
 * person about every app, under every reading that matters there.
 */
import { createHash } from "node:crypto";
import { documentedDialect, type Dialect } from "../catalogue/dialects.ts";
import type { Entity, Json, Principal, Site } from "../contract/types.ts";
import { plainRules } from "../mock/rules/plain.ts";
import type { RuleSeams } from "../mock/rules/seams.ts";
import type { RuleQuestion } from "../reference/rules/types.ts";
import { heard } from "./rule-parties.ts";

export const ruleShards = 64;

/** Atoms with every operator, on no, one and several values, of users, resources, their links and both. */
export const atoms = [
  'user.group = "Sales"',
  'user.group == "Sales"',
  'user.group != "Sales"',
  'user.group !== "Sales"',
  'user.group like "S*"',
  'user.group matches "S.*"',
  "user.group = resource.@Region",
  // Not of two missing values: what `!=` says of those is described nowhere (SR-347).
  "user.userId != resource.@Region",
  'resource.name = "Orders"',
  'resource.stream.name = "Sales"',
  "resource.owner = user",
  "resource.@Region.Empty()",
  "resource.IsOwned()",
  "user.IsAnonymous()",
  'resource.stream.HasPrivilege("read")',
  'resource.HasPrivilege("update")',
] as const;

const junctions = ["and", "or"] as const;

function product<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  const [first, ...rest] = lists;
  if (first === undefined) return [[]];
  const others = product(rest);
  return first.flatMap((item) => others.map((more) => [item, ...more]));
}

/** Atoms, each as it is and negated. */
const literals = atoms.flatMap((atom) => [atom, `!(${atom})`]);

/** Conditions of one and two atoms, with `!` before each and before both. */
function upToTwo(): readonly string[] {
  const pairs = product<string>([literals, junctions, literals]).map((parts) => parts.join(" "));
  return ["", ...literals, ...pairs, ...pairs.map((pair) => `!(${pair})`)];
}

/** Three atoms in a row, in which precedence shows, and with the last two in parentheses. */
function three(): readonly string[] {
  const rows = product<string>([atoms, junctions, atoms, junctions, atoms]);
  return rows.flatMap(([one, first, two, second, last]) => [
    `${one} ${first} ${two} ${second} ${last}`,
    `${one} ${first} (${two} ${second} ${last})`,
  ]);
}

type Reading = Partial<Dialect>;

function readings(...switches: readonly (readonly [Reading, Reading])[]): readonly Reading[] {
  return product<Reading>(switches).map((chosen) => Object.assign({}, ...chosen) as Reading);
}

const precedence = [{ precedence: "andFirst" }, { precedence: "orFirst" }] as const;

export interface RuleScope {
  readonly name: string;
  readonly conditions: readonly string[];
  readonly readings: readonly Reading[];
  /** The matrix is heard on one site in so many. */
  readonly matrixEvery: number;
}

export const ruleScopes: readonly RuleScope[] = [
  {
    name: "two atoms",
    conditions: upToTwo(),
    readings: readings(
      [{ notEqualOnLists: "someDiffers" }, { notEqualOnLists: "noneEqual" }],
      [{ notEqualOnMissing: true }, { notEqualOnMissing: false }],
      [{ matchesCase: "insensitive" }, { matchesCase: "sensitive" }],
    ),
    matrixEvery: 1,
  },
  { name: "three atoms", conditions: three(), readings: readings(precedence), matrixEvery: 7 },
];

function person(id: string, groups: readonly string[]): Principal {
  return { directory: "CORP", id, groups, attributes: {}, session: {} };
}

/** In no group, in one, in two of which one is spelled in small letters, and nobody. */
export const people: readonly Principal[] = [
  person("ann", []),
  person("ben", ["Sales"]),
  person("carla", ["sales", "NORTH"]),
  { directory: "NONE", id: "anonymous1", groups: [], attributes: {}, session: {} },
];

const owner = { id: "user-ben", userDirectory: "CORP", userId: "ben" };
const sales: Entity = { id: "stream-sales", name: "Sales" };

function region(...values: readonly string[]): Json {
  return values.map((value) => ({ value, definition: { name: "Region" } }));
}

/** Published with two regions and an owner; unpublished with one; with nothing at all. */
export const apps: readonly Entity[] = [
  { id: "app-orders", name: "Orders", owner, stream: { id: sales.id }, customProperties: region("NORTH", "SALES") },
  { id: "app-stock", name: "Stock", owner, stream: null, customProperties: region("Finance") },
  { id: "app-margin", name: "Margin", owner: null, stream: null, customProperties: [] },
];

function rule(name: string, [resourceFilter, actions, condition]: readonly [string, number, string]): Entity {
  const common = { category: "Security", ruleContext: 0, disabled: false };
  return { ...common, id: `rule-${name}`, name, resourceFilter, actions, rule: condition };
}

const others = [
  rule("Streams", ["Stream_*", 2, 'user.group="Sales"']),
  rule("Updates", ["App_*", 4, 'resource.name="Stock"']),
];

const users = people
  .filter(({ directory }) => directory !== "NONE")
  .map(({ directory, id }): Entity => ({
    id: `user-${id}`,
    userDirectory: directory,
    userId: id,
    name: id,
    roles: [],
  }));

function siteOf(condition: string): Site {
  const SystemRule = [rule("Asked", ["App_*", 2, condition]), ...others];
  return { entities: { User: users, Stream: [sales], App: apps, SystemRule }, apps: {} };
}

const questions: readonly RuleQuestion[] = people.flatMap((as) =>
  apps.map(({ id }): RuleQuestion => ({ as, resource: { type: "App", id }, action: "read", context: "hub" })),
);

export interface RuleShard {
  readonly sites: number;
  readonly decisions: number;
  readonly granted: number;
  readonly disagreements: number;
  /** Over the specification's answers, in order. */
  readonly hash: string;
}

/** How many sites the scope has: a condition under a reading. */
export function sitesInScope({ conditions, readings: all }: RuleScope): number {
  return conditions.length * all.length;
}

/** Plays the conditions whose number leaves this remainder, each under every reading; of them at most `most`. */
export function playRuleShard(
  scope: RuleScope,
  shard: number,
  { most = Infinity, seams = plainRules }: { readonly most?: number; readonly seams?: RuleSeams } = {},
): RuleShard {
  const digest = createHash("sha256");
  const total = { sites: 0, decisions: 0, granted: 0, disagreements: 0 };
  const own = scope.conditions.filter((_, at) => at % ruleShards === shard).slice(0, most);
  for (const [condition, reading] of own.flatMap((one) => scope.readings.map((read) => [one, read] as const))) {
    const dialect: Dialect = { ...documentedDialect, ...reading };
    const { specified, texts, apart } = heard(siteOf(condition), questions, dialect, {
      seams,
      matrix: total.sites % scope.matrixEvery === 0,
    });
    total.sites += 1;
    total.decisions += texts.length;
    total.granted += specified.filter(({ allowed }) => allowed).length;
    total.disagreements += apart.length;
    digest.update(`${condition} ${texts.join()}\n`);
  }
  return { ...total, hash: digest.digest("hex") };
}
