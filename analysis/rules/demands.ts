/**
 * What has to be the case for a clause to hold: properties of the user and of the resource, links between things. Demands
 * are met by making such a user and such a resource; whether the rule then fires is for the reference to say.
 */
import type { Operand, Path } from "../../languages/rule-condition/ast.ts";
import { actionNamed, actionBits, type ActionName } from "../../reference/rules/actions.ts";
import type { Policy, Rule } from "../../reference/rules/policy.ts";
import { resourceTypeOf } from "../../reference/rules/resource-types.ts";
import { transientType } from "../../reference/rules/resources.ts";
import { clausesOf, type Clause, type Literal } from "./clauses.ts";

export type Demand =
  /** A value of a path; without value any will do. */
  | {
      readonly kind: "value";
      readonly root: "user" | "resource";
      readonly path: readonly string[];
      readonly value: string;
    }
  /** The relation leads somewhere. */
  | { readonly kind: "link"; readonly path: readonly string[] }
  /** The relation leads to the user himself. */
  | { readonly kind: "own"; readonly path: readonly string[] }
  | { readonly kind: "anonymous" };

export type Demands = readonly Demand[];

interface Search {
  readonly policy: Policy;
  /** Type of the resource asked about. */
  readonly type: string;
  /** Relations walked from it so far. */
  readonly prefix: readonly string[];
  readonly depth: number;
}

/** HasPrivilege asks about things behind things; beyond this many steps no shipped or published rule goes. */
const mostSteps = 3;
const mostWays = 12;

/** A value for two paths that must be equal, named after the property so that a person can read it. */
function sharedValue(path: Path): string {
  const name = path.segments.at(-1) ?? "value";
  return `some ${name.replace("@", "")}`;
}

/** A value that fits a `like` or, as far as it is plain, a `matches`. */
function fitting(operator: "like" | "matches", pattern: string): string {
  if (operator === "like") return pattern.replaceAll("*", "x");
  return pattern
    .replaceAll(/^\^|\$$/g, "")
    .replaceAll(/\.[*+]/g, "x")
    .replaceAll(/\\(.)/g, "$1");
}

function valueAt(path: Path, prefix: readonly string[], value: string): Demand {
  return path.root === "user"
    ? { kind: "value", root: "user", path: path.segments, value }
    : { kind: "value", root: "resource", path: [...prefix, ...path.segments], value };
}

/** The type a chain of relations leads to; undefined where the type has no such relation. */
export function typeBehind(type: string, path: readonly string[]): string | undefined {
  let here: string | undefined = type;
  for (const name of path) {
    const relations: { readonly [relation: string]: string } = here === undefined ? {} : resourceTypeOf(here).relations;
    here = Object.hasOwn(relations, name.toLowerCase()) ? relations[name.toLowerCase()] : undefined;
  }
  return here;
}

function isPath(operand: Operand): operand is Path {
  return operand.kind === "path";
}

function isBare({ root, segments }: Path): boolean {
  return root === "user" && segments.length === 0;
}

type Comparing = Extract<Literal["atom"], { readonly kind: "comparison" }>;

function equalDemands({ left, right }: Comparing, { prefix }: Search): readonly Demands[] {
  if (isPath(left) && isPath(right)) {
    const [user, other] = isBare(left) ? [left, right] : [right, left];
    if (isBare(user)) return other.root === "resource" ? [[{ kind: "own", path: [...prefix, ...other.segments] }]] : [];
    const shared = sharedValue(left.root === "user" ? right : left);
    return [[valueAt(left, prefix, shared), valueAt(right, prefix, shared)]];
  }
  const [path, text] = isPath(left) ? [left, right] : [right, left];
  return isPath(path) && text.kind === "text" ? [[valueAt(path, prefix, text.value)]] : [[]];
}

function unequalDemands({ left, right }: Comparing, { prefix }: Search): readonly Demands[] {
  const path = isPath(left) ? left : right;
  if (!isPath(path) || isBare(path)) return [[]];
  return [[], [valueAt(path, prefix, `other ${path.segments.at(-1) ?? ""}`)]];
}

function comparisonDemands(atom: Comparing, negated: boolean, search: Search): readonly Demands[] {
  switch (atom.operator) {
    case "=":
    case "==":
      return negated ? unequalDemands(atom, search) : equalDemands(atom, search);
    case "!=":
    case "!==":
      return negated ? equalDemands(atom, search) : unequalDemands(atom, search);
    case "like":
    case "matches":
      if (negated || !isPath(atom.left) || atom.right.kind !== "text") return [[]];
      return [[valueAt(atom.left, search.prefix, fitting(atom.operator, atom.right.value))]];
  }
}

type Calling = Extract<Literal["atom"], { readonly kind: "call" }>;

/** A text property is filled, a relation is given something to lead to. */
function present(path: Path, search: Search): Demands {
  if (path.root === "user") return [valueAt(path, search.prefix, "some value")];
  const whole = [...search.prefix, ...path.segments];
  if (typeBehind(search.type, whole) !== undefined) return [{ kind: "link", path: whole }];
  return [valueAt(path, search.prefix, "some value")];
}

function callDemands(atom: Calling, negated: boolean, search: Search): readonly Demands[] {
  switch (atom.function) {
    case "IsAnonymous":
      return negated ? [[]] : [[{ kind: "anonymous" }]];
    case "Empty":
      return negated ? [present(atom.on, search)] : [[]];
    case "IsOwned":
      return negated ? [[]] : [[{ kind: "link", path: [...search.prefix, ...atom.on.segments, "owner"] }]];
    case "HasPrivilege":
      return negated ? [[]] : privilegeDemands(atom, search);
  }
}

/** The ways to hold a right on what lies behind a path: the clauses of the rules that give it. */
function privilegeDemands(atom: Calling, search: Search): readonly Demands[] {
  const action = actionNamed(atom.argument ?? "");
  const prefix = [...search.prefix, ...atom.on.segments];
  const type = typeBehind(search.type, prefix);
  if (action === undefined || type === undefined || search.depth >= mostSteps) return [];
  const link: Demands = prefix.length === 0 ? [] : [{ kind: "link", path: prefix }];
  const ways = search.policy.rules
    .filter((rule) => grantsOn(rule, type, action))
    .flatMap((rule) => ("tree" in rule.condition ? clausesOf(rule.condition.tree).clauses : []))
    .flatMap((clause) => demandsOf(clause, { ...search, prefix, depth: search.depth + 1 }))
    .map((demands) => [...link, ...demands]);
  return fewest(ways);
}

/** Those that demand least, each once: which are left out does not hang on the order of the rules. */
function fewest(ways: readonly Demands[]): readonly Demands[] {
  const distinct = new Map(ways.map((demands) => [JSON.stringify(demands), demands]));
  const ranked = [...distinct].toSorted(([a, one], [b, other]) => one.length - other.length || (a < b ? -1 : 1));
  return ranked.slice(0, mostWays).map(([, demands]) => demands);
}

/** Whether a rule that takes part speaks of a type and an action; which single resource does not matter here. */
export function grantsOn(rule: Rule, type: string, action: ActionName): boolean {
  if (rule.disabled || rule.category !== "Security" || (rule.actions & actionBits[action]) === 0) return false;
  return "tree" in rule.filter && rule.filter.tree.items.some((item) => speaksOf(item, type));
}

type Item = Extract<Rule["filter"], { readonly tree: unknown }>["tree"]["items"][number];

export function speaksOf(item: Item, type: string): boolean {
  switch (item.kind) {
    case "everything":
      return true;
    case "typePrefix":
      return type.toLowerCase().startsWith(item.type.toLowerCase());
    case "type":
    case "resource":
      return type.toLowerCase() === item.type.toLowerCase();
    case "section":
      return type === transientType;
  }
}

/** The ways in which the literals of a clause can all hold. */
export function demandsOf(clause: Clause, search: Search): readonly Demands[] {
  let ways: readonly Demands[] = [[]];
  for (const { atom, negated } of clause) {
    const more = atom.kind === "call" ? callDemands(atom, negated, search) : comparisonDemands(atom, negated, search);
    const joined = ways.flatMap((way) => more.map((demands) => [...way, ...demands]));
    ways = joined.length <= mostWays ? joined : fewest(joined);
  }
  return ways;
}
