/**
 * The rules of one context made ready for a matrix. A condition falls into atoms that depend on the user alone, on the
 * resource alone, or on both; the first are truths per user, the second sets of resources known beforehand, the third
 * sets of resources per user. Each atom is evaluated once, however many rules share it.
 */
import type { RequestContext } from "../../contract/types.ts";
import type { Condition, Operand, Path } from "../../languages/rule-condition/ast.ts";
import type { ResourceFilter } from "../../languages/resource-filter/ast.ts";
import { printCondition } from "../../languages/rule-condition/print.ts";
import { actionNamed, type ActionName } from "./actions.ts";
import { fitter, isResource, isShared, isStrict, judge, type Comparison } from "./comparison.ts";
import { evaluate, type Call, type Privileges } from "./condition.ts";
import { addPosting, setBit, type Posting } from "./matrix-bits.ts";
import { columnOf, membersWhere, type Column } from "./matrix-columns.ts";
import { sceneWithout, type TypeRange, type Universe } from "./matrix-universe.ts";
import type { Found } from "./paths.ts";
import { coveringItem } from "./filter.ts";
import type { Policy, Rule } from "./policy.ts";
import { resourceKey, transientType } from "./resources.ts";

export type Plan =
  | { readonly kind: "constant"; readonly holds: boolean }
  | { readonly kind: "user" | "linked" | "privilege"; readonly at: number }
  | { readonly kind: "resource"; readonly words: Uint32Array }
  | { readonly kind: "and" | "or"; readonly terms: readonly Plan[] }
  | { readonly kind: "not"; readonly term: Plan };

/** A comparison of a value of the user with values of the resource. */
export interface LinkedAtom {
  readonly atom: Comparison;
  readonly userSide: "left" | "right";
  readonly path: Path;
  readonly column: Column;
}

/** `HasPrivilege`: which resources ask about which. */
export interface PrivilegeAtom {
  readonly action: ActionName;
  /** Bits that ask, by the bit asked about. */
  readonly askers: ReadonlyMap<number, Posting>;
}

export interface Atoms {
  readonly user: readonly Condition[];
  readonly linked: readonly LinkedAtom[];
  readonly privileges: readonly PrivilegeAtom[];
}

const noPrivileges: Privileges = { holds: () => false, why: () => [] };

/** What is filled while conditions are read. */
class Registry {
  readonly user: Condition[] = [];
  readonly linked: LinkedAtom[] = [];
  readonly privileges: PrivilegeAtom[] = [];
  readonly #plans = new Map<string, Plan>();
  readonly #columns = new Map<string, Column>();
  readonly #policy: Policy;
  readonly #universe: Universe;

  constructor(policy: Policy, universe: Universe) {
    this.#policy = policy;
    this.#universe = universe;
  }

  column(path: Path): Column {
    const key = path.segments.join(".").toLowerCase();
    const known = this.#columns.get(key) ?? columnOf(this.#policy, this.#universe, path);
    this.#columns.set(key, known);
    return known;
  }

  /** The plan of an atom, the same for all rules that use it. */
  atom(atom: Comparison | Call): Plan {
    const key = printCondition(atom);
    const plan = this.#plans.get(key) ?? this.#planned(atom);
    this.#plans.set(key, plan);
    return plan;
  }

  #planned(atom: Comparison | Call): Plan {
    if (atom.kind === "call") {
      if (atom.function === "HasPrivilege") return this.#privilege(atom);
      return atom.on.root === "resource" ? this.#onResource(atom) : this.#onUser(atom);
    }
    const roots = new Set([rootOf(atom.left), rootOf(atom.right)]);
    if (!roots.has("resource")) return this.#onUser(atom);
    return roots.has("user") ? this.#link(atom) : this.#resourceComparison(atom);
  }

  #onUser(atom: Comparison | Call): Plan {
    this.user.push(atom);
    return { kind: "user", at: this.user.length - 1 };
  }

  #onResource(atom: Comparison | Call): Plan {
    const words = new Uint32Array(this.#universe.size);
    for (const [bit, resource] of this.#universe.resources.entries()) {
      if (resource === undefined) continue;
      if (evaluate(atom, sceneWithout(this.#policy, resource), noPrivileges).holds) setBit(words, bit);
    }
    return { kind: "resource", words };
  }

  /** Compared with a literal, resources of equal values are judged together. */
  #resourceComparison(atom: Comparison): Plan {
    const { left, right, operator } = atom;
    if (left.kind !== "path" || left.root !== "resource" || right.kind !== "text") return this.#onResource(atom);
    const column = this.column(left);
    const { size } = this.#universe;
    const { dialect } = this.#policy;
    if (dialect.objectAsText === "never" && (operator === "like" || operator === "matches")) {
      const fits = fitter(atom, this.#policy);
      const isFit = ({ items }: Found): boolean => items.some((item) => typeof item === "string" && fits(item));
      return { kind: "resource", words: membersWhere(column, size, isFit) };
    }
    if (!isShared(operator, dialect)) {
      const side = { items: [right.value] };
      const holds = (found: Found): boolean => judge({ atom, left: found, right: side, scene: this.#policy }).holds;
      return { kind: "resource", words: membersWhere(column, size, holds) };
    }
    const words = new Uint32Array(size);
    const posting = column.equalTo(right.value, isStrict(operator, dialect));
    if (posting !== undefined) addPosting(words, posting);
    return { kind: "resource", words };
  }

  #link(atom: Comparison): Plan {
    const userSide = rootOf(atom.left) === "user" ? "left" : "right";
    const [mine, theirs] = userSide === "left" ? [atom.left, atom.right] : [atom.right, atom.left];
    if (mine.kind !== "path" || theirs.kind !== "path") return this.#onResource(atom);
    this.linked.push({ atom, userSide, path: mine, column: this.column(theirs) });
    return { kind: "linked", at: this.linked.length - 1 };
  }

  #privilege(atom: Call): Plan {
    const action = actionNamed(atom.argument ?? "");
    if (action === undefined) return { kind: "constant", holds: false };
    const askers = new Map<number, Posting>();
    for (const { found, members } of this.column(atom.on).classes) {
      for (const item of found.items) {
        const bit = isResource(item) ? this.#universe.bitOf(item) : undefined;
        if (bit !== undefined) askers.set(bit, joined(askers.get(bit), members, this.#universe.size));
      }
    }
    this.privileges.push({ action, askers });
    return { kind: "privilege", at: this.privileges.length - 1 };
  }
}

function joined(one: Posting | undefined, other: Posting, size: number): Posting {
  if (one === undefined) return other;
  const words = new Uint32Array(size);
  addPosting(words, one);
  addPosting(words, other);
  return { kind: "words", words, from: 0, to: size };
}

function rootOf(operand: Operand): "user" | "resource" | "neither" {
  if (operand.kind === "text" || operand.root === "node") return "neither";
  return operand.root;
}

/** What costs least stands first: truths of the user decide before sets are joined. */
const cost: { readonly [kind in Plan["kind"]]: number } = {
  constant: 0,
  user: 1,
  resource: 2,
  not: 3,
  linked: 4,
  and: 5,
  or: 5,
  privilege: 6,
};

function planOf(condition: Condition, registry: Registry): Plan {
  switch (condition.kind) {
    case "blank":
      return { kind: "constant", holds: true };
    case "group":
      return planOf(condition.term, registry);
    case "not":
      return { kind: "not", term: planOf(condition.term, registry) };
    case "and":
    case "or": {
      const terms = condition.terms.map((term) => planOf(term, registry));
      return { kind: condition.kind, terms: terms.toSorted((a, b) => cost[a.kind] - cost[b.kind]) };
    }
    case "comparison":
    case "call":
      return registry.atom(condition);
  }
}

export interface PlannedRule {
  readonly rule: Rule;
  readonly plan: Plan;
  /** What the filter covers: words `from` to `to` of a row, the first of them at 0. */
  readonly covered: Uint32Array;
  readonly from: number;
  readonly to: number;
}

export interface PlannedRules {
  readonly rules: readonly PlannedRule[];
  readonly atoms: Atoms;
}

/** Sections answer to their names, one by one (SR-207). */
function coverSections(words: Uint32Array, filter: ResourceFilter, { policy, universe, range }: Covering): void {
  for (let bit = range.from * 32; bit < range.to * 32; bit++) {
    const resource = universe.resources[bit];
    if (resource !== undefined && coveringItem(filter, resource, policy.dialect) !== undefined) setBit(words, bit);
  }
}

interface Covering {
  readonly policy: Policy;
  readonly universe: Universe;
  readonly range: TypeRange;
}

/** Wide items look at the type alone, so one resource answers for all of it. */
function coverTypes(words: Uint32Array, filter: ResourceFilter, policy: Policy, universe: Universe): void {
  const wide = filter.items.filter(({ kind }) => kind !== "resource" && kind !== "section");
  for (const range of universe.types) {
    const first = universe.resources[range.from * 32];
    const sections = range.type.toLowerCase() === transientType.toLowerCase();
    if (sections) coverSections(words, filter, { policy, universe, range });
    else if (first !== undefined && coveringItem({ items: wide }, first, policy.dialect) !== undefined) {
      words.fill(~0, range.from, range.to);
    }
  }
}

/** Bits of the resources that items name by id, and of those the site does not hold. */
function namedBits(filter: ResourceFilter, policy: Policy, universe: Universe): readonly number[] {
  const named = filter.items.flatMap((item) => {
    const resource = item.kind === "resource" ? policy.index.byKey.get(resourceKey(item.type, item.id)) : undefined;
    return resource === undefined ? [] : (universe.bitOf(resource) ?? []);
  });
  return [...named, ...universe.loose];
}

function coveredBy(filter: ResourceFilter, policy: Policy, universe: Universe): Uint32Array {
  const words = new Uint32Array(universe.size);
  coverTypes(words, filter, policy, universe);
  for (const bit of namedBits(filter, policy, universe)) {
    const resource = universe.resources[bit];
    if (resource !== undefined && coveringItem(filter, resource, policy.dialect) !== undefined) setBit(words, bit);
  }
  return words;
}

function cut(words: Uint32Array): Pick<PlannedRule, "covered" | "from" | "to"> {
  const from = words.findIndex((word) => word !== 0);
  if (from === -1) return { covered: new Uint32Array(0), from: 0, to: 0 };
  const to = words.findLastIndex((word) => word !== 0) + 1;
  return { covered: words.slice(from, to), from, to };
}

/** The rules that take part in a context and can be judged; who cannot grants nothing (SR-106, SR-110). */
export function planRules(policy: Policy, universe: Universe, context: RequestContext): PlannedRules {
  const registry = new Registry(policy, universe);
  const rules = policy.rules.flatMap((rule): PlannedRule[] => {
    if (rule.disabled || rule.category !== "Security" || !rule.contexts.includes(context)) return [];
    if ("fault" in rule.filter || "fault" in rule.condition) return [];
    const reach = cut(coveredBy(rule.filter.tree, policy, universe));
    return reach.to === 0 ? [] : [{ rule, plan: planOf(rule.condition.tree, registry), ...reach }];
  });
  return { rules, atoms: { user: registry.user, linked: registry.linked, privileges: registry.privileges } };
}
