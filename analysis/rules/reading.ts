/** One rule taken apart: which types it covers, which of its clauses can hold on which of them, for whom. */
import type { ResourceRef, Site } from "../../contract/types.ts";
import { printCondition } from "../../languages/rule-condition/print.ts";
import { printItem } from "../../languages/resource-filter/print.ts";
import type { FilterItem } from "../../languages/resource-filter/ast.ts";
import type { Path } from "../../languages/rule-condition/ast.ts";
import type { Policy, Rule } from "../../reference/rules/policy.ts";
import { clausesOf, type Clause, type Literal } from "./clauses.ts";
import { demandsOf, speaksOf, type Demands } from "./demands.ts";
import { make, type Made } from "./making.ts";
import { typesOf } from "./pool.ts";

/** A clause that can hold on a type, with the least that makes it hold. */
export interface Way {
  readonly clause: Clause;
  readonly type: string;
  readonly demands: Demands;
  readonly made: Made;
}

export interface Reading {
  readonly rule: Rule;
  readonly items: readonly FilterItem[];
  /** Types the filter covers, QMC sections apart. */
  readonly types: readonly string[];
  readonly sections: readonly ResourceRef[];
  readonly clauses: readonly Clause[];
  /** There are more clauses than are kept. */
  readonly cut: boolean;
  readonly ways: readonly Way[];
}

export function pathsOf({ atom }: Literal): readonly Path[] {
  if (atom.kind === "call") return [atom.on];
  return [atom.left, atom.right].flatMap((operand) => (operand.kind === "path" ? [operand] : []));
}

export function printClause(clause: Clause): string {
  if (clause.length === 0) return "(blank)";
  return clause
    .map(({ atom, negated }) => (negated ? `!(${printCondition(atom)})` : printCondition(atom)))
    .join(" and ");
}

export { printItem };

/** A comparison that holds when a value is there, and not when one is missing. */
export function isPositive({ atom, negated }: Literal): boolean {
  if (atom.kind !== "comparison") return false;
  const unequal = atom.operator === "!=" || atom.operator === "!==";
  return unequal === negated;
}

/** What the literal says of the one who asks. */
export type UserTest = "none" | "signed-in" | "constant" | "linked" | "privilege";

export function userTestOf(literal: Literal): UserTest {
  const { atom } = literal;
  if (atom.kind === "call" && atom.function === "HasPrivilege") return "privilege";
  if (atom.kind === "call" && atom.function === "IsAnonymous") return literal.negated ? "signed-in" : "constant";
  const roots = new Set(pathsOf(literal).map(({ root }) => root));
  if (!roots.has("user")) return "none";
  return roots.has("resource") ? "linked" : "constant";
}

export function testsOf(clause: Clause): ReadonlySet<UserTest> {
  return new Set(clause.map(userTestOf));
}

/** Whether the clause asks anything of the resource beyond its type. */
export function asksOfResource(clause: Clause): boolean {
  return clause.some((literal) =>
    pathsOf(literal).some(({ root, segments }) => root === "resource" && segments[0]?.toLowerCase() !== "resourcetype"),
  );
}

function waysOf(policy: Policy, clauses: readonly Clause[], types: readonly string[]): readonly Way[] {
  return types.flatMap((type) =>
    clauses.flatMap((clause) =>
      demandsOf(clause, { policy, type, prefix: [], depth: 0 }).flatMap((demands): Way[] => {
        const made = make(demands, type);
        return made === undefined ? [] : [{ clause, type, demands, made }];
      }),
    ),
  );
}

/** Undefined for a rule that cannot be read. */
export function readingOf(policy: Policy, site: Site, rule: Rule): Reading | undefined {
  if (!("tree" in rule.filter) || !("tree" in rule.condition)) return undefined;
  const { items } = rule.filter.tree;
  const types = typesOf(site, [rule]).filter((type) => items.some((item) => speaksOf(item, type)));
  const { clauses, cut } = clausesOf(rule.condition.tree);
  return {
    rule,
    items,
    types,
    sections: items.flatMap((item) => (item.kind === "section" ? [{ type: "TransientObject", id: item.name }] : [])),
    clauses,
    cut,
    ways: waysOf(policy, clauses, types),
  };
}
