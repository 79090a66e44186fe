/**
 * HasPrivilege as a least fixpoint (SR-473): an inquiry is granted only if that can be shown without assuming it. Only
 * final answers are remembered. A rule that asks, under `!`, for something that depends on its own answer is broken.
 */
import type { Reason } from "../../contract/types.ts";
import type { Condition } from "../../languages/rule-condition/ast.ts";
import { printCondition } from "../../languages/rule-condition/print.ts";
import { actionNamed, bitOf, categoryOf, type AskedAction } from "./actions.ts";
import { evaluate, privilegeTargets, type Privileges } from "./condition.ts";
import { coveringItem } from "./filter.ts";
import type { Scene } from "./paths.ts";
import { children, type Policy, type Rule } from "./policy.ts";
import { resourceKey, type Resource } from "./resources.ts";
import type { Subject } from "./subject.ts";
import type { Truth } from "./truth.ts";

/** One user asks in one request; the resource and the action vary from inquiry to inquiry. */
export interface Inquiry {
  readonly resource: Resource;
  readonly action: AskedAction;
}

interface Dependency {
  readonly on: string;
  readonly negated: boolean;
}

interface Node {
  readonly inquiry: Inquiry;
  readonly scene: Scene;
  /** Rules that take part, each with the inquiries its condition may make. */
  readonly rules: ReadonlyMap<Rule, readonly Dependency[]>;
}

export type Ruling = { readonly rule: Rule } & (
  | { readonly fault: string; readonly cyclic: boolean }
  | {
      readonly truth: Truth;
      /** The atoms of its condition that are true, as written. */
      readonly atoms: () => readonly string[];
    }
);

/** SR-106: enabled, of this category, in this context, with this action; what is left are filter and condition. */
export function takesPart(rule: Rule, subject: Subject, action: AskedAction): boolean {
  return !rule.disabled && rule.contexts.includes(subject.context) && concerns(rule, action);
}

/** Category (SR-134) and action bit (SR-231). */
export function concerns(rule: Rule, action: AskedAction): boolean {
  return rule.category === categoryOf(action) && (rule.actions & bitOf(action)) !== 0;
}

export function reaches(rule: Rule, policy: Policy, resource: Resource): boolean {
  return "tree" in rule.filter && coveringItem(rule.filter.tree, resource, policy.dialect) !== undefined;
}

/** A filter that cannot be read may have been meant for any resource: its rule counts as broken on each (SR-110). */
function mayReach(rule: Rule, policy: Policy, resource: Resource): boolean {
  return "fault" in rule.filter || reaches(rule, policy, resource);
}

function keyOf({ resource, action }: Inquiry): string {
  return `${action} ${resourceKey(resource.type, resource.id)}`;
}

/** Every inquiry the first one may lead to. */
function explore(policy: Policy, subject: Subject, first: Inquiry): ReadonlyMap<string, Node> {
  const nodes = new Map<string, Node>();
  const open = [first];
  for (let inquiry = open.pop(); inquiry !== undefined; inquiry = open.pop()) {
    const key = keyOf(inquiry);
    if (nodes.has(key)) continue;
    const { index, dialect, patterns } = policy;
    const scene: Scene = { index, dialect, patterns, subject, resource: inquiry.resource };
    const rules = new Map<Rule, readonly Dependency[]>();
    nodes.set(key, { inquiry, scene, rules });
    for (const rule of policy.rules) {
      if (!takesPart(rule, subject, inquiry.action) || !mayReach(rule, policy, inquiry.resource)) continue;
      const asked = "fault" in rule.filter ? [] : inquiriesOf(rule, scene);
      rules.set(
        rule,
        asked.map(({ inquiry: next, negated }) => ({ on: keyOf(next), negated })),
      );
      open.push(...asked.map(({ inquiry: next }) => next));
    }
  }
  return nodes;
}

function inquiriesOf(rule: Rule, scene: Scene): readonly { readonly inquiry: Inquiry; readonly negated: boolean }[] {
  return rule.uses.flatMap(({ atom, negated }) => {
    const action = actionNamed(atom.argument ?? "");
    if (action === undefined) return [];
    return privilegeTargets(atom, scene).map((resource) => ({ inquiry: { resource, action }, negated }));
  });
}

/** The keys reachable from one, itself included. */
function reachable(nodes: ReadonlyMap<string, Node>, from: string): ReadonlySet<string> {
  const seen = new Set([from]);
  for (const key of seen) {
    for (const dependencies of nodes.get(key)?.rules.values() ?? []) {
      for (const { on } of dependencies) seen.add(on);
    }
  }
  return seen;
}

function atomsIn(condition: Condition): readonly Condition[] {
  if (condition.kind === "comparison" || condition.kind === "call") return [condition];
  return children(condition).flatMap(atomsIn);
}

class Solver {
  readonly #nodes: ReadonlyMap<string, Node>;
  readonly #reach = new Map<string, ReadonlySet<string>>();
  /** Final answers only: never a no that rests on an assumption. */
  readonly #settled = new Map<string, boolean>();

  readonly #explaining = new Set<string>();

  constructor(nodes: ReadonlyMap<string, Node>) {
    this.#nodes = nodes;
  }

  #reachOf(key: string): ReadonlySet<string> {
    const known = this.#reach.get(key) ?? reachable(this.#nodes, key);
    this.#reach.set(key, known);
    return known;
  }

  /** SR-473: whether the rule asks, under `!`, for what depends on this very inquiry. */
  #isCyclic(key: string, dependencies: readonly Dependency[]): boolean {
    return dependencies.some(({ on, negated }) => negated && this.#reachOf(on).has(key));
  }

  rulings(key: string, privileges: Privileges): readonly Ruling[] {
    const node = this.#nodes.get(key);
    if (node === undefined) return [];
    return [...node.rules].map(([rule, dependencies]): Ruling => {
      if (this.#isCyclic(key, dependencies)) {
        return { rule, cyclic: true, fault: "it asks with ! HasPrivilege for what depends on its own answer" };
      }
      if ("fault" in rule.filter) return { rule, cyclic: false, fault: rule.filter.fault };
      if ("fault" in rule.condition) return { rule, cyclic: false, fault: rule.condition.fault };
      const { tree } = rule.condition;
      const isTrue = (atom: Condition): boolean => evaluate(atom, node.scene, privileges).holds;
      return {
        rule,
        truth: evaluate(tree, node.scene, privileges),
        atoms: () =>
          atomsIn(tree)
            .filter(isTrue)
            .map((atom) => printCondition(atom)),
      };
    });
  }

  /** Settles a component of inquiries that depend on each other: everything they lead to first, then step by step. */
  settle(key: string): void {
    if (this.#settled.has(key)) return;
    const reach = this.#reachOf(key);
    const component = [...reach].filter((other) => this.#reachOf(other).has(key));
    for (const other of reach) if (!component.includes(other)) this.settle(other);
    const proven = new Set<string>();
    const assumed: Privileges = {
      holds: (resource, action) => {
        const asked = keyOf({ resource, action });
        return this.#settled.get(asked) ?? proven.has(asked);
      },
      why: () => [],
    };
    for (let grown = true; grown;) {
      const fresh = component.filter(
        (member) =>
          !proven.has(member) && this.rulings(member, assumed).some((one) => "truth" in one && one.truth.holds),
      );
      for (const member of fresh) proven.add(member);
      grown = fresh.length > 0;
    }
    for (const member of component) this.#settled.set(member, proven.has(member));
  }

  /** Why an inquiry came out as it did; a circle is told once. */
  #why(key: string): readonly Reason[] {
    if (this.#explaining.has(key)) return [];
    this.#explaining.add(key);
    const truths = this.rulings(key, this.settled).flatMap((ruling) => ("truth" in ruling ? [ruling.truth] : []));
    const granting = truths.find((truth) => truth.holds);
    const reasons = granting === undefined ? truths.flatMap((truth) => truth.why()) : granting.why();
    this.#explaining.delete(key);
    return reasons;
  }

  readonly settled: Privileges = {
    holds: (resource, action) => this.#settled.get(keyOf({ resource, action })) === true,
    why: (resource, action) => this.#why(keyOf({ resource, action })),
  };
}

/** What each rule that takes part says to the inquiry, in the order of the site. */
export function rulingsOn(policy: Policy, subject: Subject, inquiry: Inquiry): readonly Ruling[] {
  const solver = new Solver(explore(policy, subject, inquiry));
  const key = keyOf(inquiry);
  solver.settle(key);
  return solver.rulings(key, solver.settled);
}
