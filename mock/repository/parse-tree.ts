/** The editor's simple view of a condition: what it asks of the resource and of the user, each as alternatives (SR-705). */
import { isKnownError } from "../../contract/errors.ts";
import type { Json } from "../../contract/types.ts";
import type { Condition } from "../../languages/rule-condition/ast.ts";
import { parseCondition } from "../../languages/rule-condition/parse.ts";
import type { Repository } from "./repository.ts";

interface Asked {
  readonly root: "resource" | "user";
  readonly property: string;
  readonly operator: string;
  readonly value: string;
}

/** Alternatives, each of comparisons that must all hold. */
type Alternatives = readonly (readonly Asked[])[];

/** More than anybody reads in an editor. */
const most = 64;

function both(left: Alternatives, right: Alternatives): Alternatives | undefined {
  if (left.length * right.length > most) return undefined;
  return left.flatMap((one) => right.map((other) => [...one, ...other]));
}

function compared(condition: Extract<Condition, { kind: "comparison" }>): Alternatives | undefined {
  const { left, operator, right } = condition;
  if (left.kind !== "path" || left.root === "node" || right.kind !== "text") return undefined;
  return [[{ root: left.root, property: left.segments.join("."), operator, value: right.value }]];
}

function alternativesOf(condition: Condition): Alternatives | undefined {
  switch (condition.kind) {
    case "blank":
      return [[]];
    case "group":
      return alternativesOf(condition.term);
    case "comparison":
      return compared(condition);
    case "and":
      return condition.terms.reduce<Alternatives | undefined>(
        (sofar, term) => {
          const next = alternativesOf(term);
          return sofar === undefined || next === undefined ? undefined : both(sofar, next);
        },
        [[]],
      );
    case "or": {
      const parts = condition.terms.map(alternativesOf);
      return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
    }
    case "not":
    case "call":
      return undefined;
  }
}

function termsOf(condition: Condition): readonly Condition[] {
  if (condition.kind === "group") return termsOf(condition.term);
  return condition.kind === "and" ? condition.terms.flatMap(termsOf) : [condition];
}

/** What a term speaks of; undefined for one of both, or of neither. */
function subjectOf(alternatives: Alternatives | undefined): Asked["root"] | undefined {
  const [root, ...others] = new Set((alternatives ?? []).flat().map((one) => one.root));
  return others.length === 0 ? root : undefined;
}

/** What the terms about the resource, or those about the user, ask together. */
function together(terms: readonly (Alternatives | undefined)[], root: Asked["root"]): Alternatives | undefined {
  const about = terms.filter((term) => term !== undefined && subjectOf(term) === root);
  return about.reduce<Alternatives | undefined>(
    (sofar, term) => (sofar === undefined || term === undefined ? undefined : both(sofar, term)),
    [[]],
  );
}

function split(condition: Condition): { readonly [root in Asked["root"]]: Alternatives } | undefined {
  const terms = condition.kind === "blank" ? [] : termsOf(condition).map(alternativesOf);
  if (terms.some((term) => subjectOf(term) === undefined)) return undefined;
  const [resource, user] = [together(terms, "resource"), together(terms, "user")];
  return resource === undefined || user === undefined ? undefined : { resource, user };
}

function shown(alternatives: Alternatives): Json {
  const told = alternatives.filter((one) => one.length > 0);
  return told.map((one) => one.map(({ property, operator, value }) => ({ property, operator, value })));
}

function untold(message: string): Json {
  const nothing = { resourceType: "", resourceConditions: [], userConditions: [] };
  return { ...nothing, message, backtracked: false, schemaPath: "BacktrackedRule" };
}

/** `GET …/security/parsetree?rule=`: a condition without such a view is no wrong one. */
export function parseTree(repository: Repository, rule: string): Json {
  try {
    const parts = split(parseCondition(rule, { precedence: repository.seams.precedence(repository.dialect) }));
    if (parts === undefined) return untold("The condition has no simple view");
    const conditions = { resourceConditions: shown(parts.resource), userConditions: shown(parts.user) };
    return { resourceType: "", ...conditions, message: "", backtracked: true, schemaPath: "BacktrackedRule" };
  } catch (error) {
    if (!isKnownError(error)) throw error;
    return untold(error.message);
  }
}
