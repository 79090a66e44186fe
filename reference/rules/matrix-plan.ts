/**
 * The rules of one context made ready for a matrix. A condition falls into atoms that depend on the user alone, on the
 * resource alone, or on both; the first are truths per user, the second sets of resources known beforehand, the third
 * sets of resources per user. Each atom is evaluated once, however many rules share it.
 */
import type { RequestContext } from "../../contract/types.ts";
import type { Condition, Operand, Path } from "../../languages/rule-condition/ast.ts";
import { printCondition } from "../../languages/rule-condition/print.ts";
import { actionNamed, type ActionName } from "./actions.ts";
import { fitter, isShared, isStrict, judge, type Comparison } from "./comparison.ts";
import { evaluate, type Call, type Privileges } from "./condition.ts";
import { addPosting, setBit, type Posting } from "./matrix-bits.ts";
import { Column } from "./matrix-columns.ts";
import { Coverage, type Reach } from "./matrix-coverage.ts";
import type { Universe } from "./matrix-universe.ts";
import { pathKey, sceneWithout } from "./matrix-values.ts";
import type { Found } from "./paths.ts";
import type { Policy, Rule } from "./policy.ts";

export type Plan =
  | { readonly kind: "constant"; readonly holds: boolean }
  | { readonly kind: "user" | "linked" | "privilege"; readonly at: number }
  | { readonly kind: "resource"; readonly words: Int32Array }
  | { readonly kind: "and" | "or"; readonly terms: readonly Plan[] }
  | { readonly kind: "not"; readonly term: Plan };

/** A comparison of a value of the user with values of the resource. */
export interface LinkedAtom {
  readonly atom: Comparison;
  readonly userSide: "left" | "right";
  /** Whether a value in common makes it hold, and then whether letter case counts; else it is judged. */
  readonly by: "text" | "exactText" | "judging";
  readonly path: Path;
  readonly column: Column;
}

/** `HasPrivilege`: which resources ask about which. */
export interface PrivilegeAtom {
  readonly action: ActionName;
  /** Bits that ask, by the bit asked about. */
  readonly askers: ReadonlyMap<number, readonly number[]>;
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
    const key = pathKey(path);
    const known = this.#columns.get(key) ?? new Column(this.#policy.index, this.#universe, path.segments);
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
      if (atom.on.root !== "resource") return this.#onUser(atom);
      return atom.function === "Empty"
        ? { kind: "resource", words: this.column(atom.on).empty() }
        : this.#onResource(atom);
    }
    const [left, right] = [rootOf(atom.left), rootOf(atom.right)];
    if (left !== "resource" && right !== "resource") return this.#onUser(atom);
    return left === "user" || right === "user" ? this.#link(atom) : this.#resourceComparison(atom);
  }

  #onUser(atom: Comparison | Call): Plan {
    this.user.push(atom);
    return { kind: "user", at: this.user.length - 1 };
  }

  #onResource(atom: Comparison | Call): Plan {
    const words = new Int32Array(this.#universe.size);
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
    const { dialect } = this.#policy;
    if (isShared(operator, dialect)) {
      const posting = column.equalTo(right.value, isStrict(operator, dialect));
      return { kind: "resource", words: this.#words(posting === undefined ? [] : [posting]) };
    }
    if (dialect.objectAsText === "never" && (operator === "like" || operator === "matches")) {
      return { kind: "resource", words: column.where(fitter(atom, this.#policy)) };
    }
    const side: Found = { items: [right.value] };
    const holding = column.classes.filter(
      ({ found }) => judge({ atom, left: found, right: side, scene: this.#policy }).holds,
    );
    return { kind: "resource", words: this.#words(holding.map(({ members }) => members)) };
  }

  #words(postings: readonly Posting[]): Int32Array {
    const words = new Int32Array(this.#universe.size);
    for (const posting of postings) addPosting(words, posting);
    return words;
  }

  #link(atom: Comparison): Plan {
    const userSide = rootOf(atom.left) === "user" ? "left" : "right";
    const [mine, theirs] = userSide === "left" ? [atom.left, atom.right] : [atom.right, atom.left];
    if (mine.kind !== "path" || theirs.kind !== "path") return this.#onResource(atom);
    const { dialect } = this.#policy;
    const exact = isStrict(atom.operator, dialect) ? "exactText" : "text";
    const by = isShared(atom.operator, dialect) ? exact : "judging";
    this.linked.push({ atom, userSide, by, path: mine, column: this.column(theirs) });
    return { kind: "linked", at: this.linked.length - 1 };
  }

  #privilege(atom: Call): Plan {
    const action = actionNamed(atom.argument ?? "");
    if (action === undefined) return { kind: "constant", holds: false };
    const askers = new Map<number, readonly number[]>();
    for (const [target, bits] of this.column(atom.on).objects) {
      const bit = this.#universe.bitOf(target);
      if (bit !== undefined) askers.set(bit, [...(askers.get(bit) ?? []), ...bits]);
    }
    this.privileges.push({ action, askers });
    return { kind: "privilege", at: this.privileges.length - 1 };
  }
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

/** What the filter of a rule covers, and what its condition comes to. */
export interface PlannedRule extends Reach {
  readonly rule: Rule;
  readonly plan: Plan;
}

export interface PlannedRules {
  readonly rules: readonly PlannedRule[];
  readonly atoms: Atoms;
}

/** The rules that take part in a context and can be judged; who cannot grants nothing (SR-106, SR-110). */
export function planRules(policy: Policy, universe: Universe, context: RequestContext): PlannedRules {
  const registry = new Registry(policy, universe);
  const coverage = new Coverage(policy, universe);
  const rules: PlannedRule[] = [];
  for (const rule of policy.rules) {
    if (rule.disabled || rule.category !== "Security" || !rule.contexts.includes(context)) continue;
    if ("fault" in rule.filter || "fault" in rule.condition) continue;
    const { covered, from, to } = coverage.of(rule.filter.tree);
    if (to > 0) rules.push({ rule, plan: planOf(rule.condition.tree, registry), covered, from, to });
  }
  return { rules, atoms: { user: registry.user, linked: registry.linked, privileges: registry.privileges } };
}
