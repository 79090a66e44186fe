/** A condition as alternatives: it holds when every literal of one clause does. */
import type { Condition } from "../../languages/rule-condition/ast.ts";

export type Atom = Extract<Condition, { readonly kind: "comparison" | "call" }>;

export interface Literal {
  readonly atom: Atom;
  /** The atom has to fail. */
  readonly negated: boolean;
}

export type Clause = readonly Literal[];

export interface Clauses {
  readonly clauses: readonly Clause[];
  /** There were more than could be kept. */
  readonly cut: boolean;
}

/** A condition that multiplies out to more is a generated one; what is left out is told. */
const mostClauses = 256;

function isSame(one: Literal, other: Literal): boolean {
  return one.negated === other.negated && one.atom === other.atom;
}

function both(one: Clause, other: Clause): Clause {
  return [...one, ...other.filter((literal) => !one.some((known) => isSame(known, literal)))];
}

function product(parts: readonly Clauses[]): Clauses {
  let result: Clauses = { clauses: [[]], cut: false };
  for (const part of parts) {
    const all = result.clauses.flatMap((left) => part.clauses.map((right) => both(left, right)));
    result = { clauses: all.slice(0, mostClauses), cut: result.cut || part.cut || all.length > mostClauses };
  }
  return result;
}

function sum(parts: readonly Clauses[]): Clauses {
  const all = parts.flatMap(({ clauses }) => clauses);
  return { clauses: all.slice(0, mostClauses), cut: all.length > mostClauses || parts.some(({ cut }) => cut) };
}

function expand(condition: Condition, negated: boolean): Clauses {
  switch (condition.kind) {
    case "blank":
      return { clauses: negated ? [] : [[]], cut: false };
    case "group":
      return expand(condition.term, negated);
    case "not":
      return expand(condition.term, !negated);
    case "and":
    case "or": {
      const parts = condition.terms.map((term) => expand(term, negated));
      return (condition.kind === "and") === negated ? sum(parts) : product(parts);
    }
    case "comparison":
    case "call":
      return { clauses: [[{ atom: condition, negated }]], cut: false };
  }
}

/** The alternatives of a condition; none: it never holds. */
export function clausesOf(condition: Condition): Clauses {
  return expand(condition, false);
}
