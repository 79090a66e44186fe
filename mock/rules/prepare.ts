/** SystemRule entities, parsed once per round of questions. */
import type { Dialect } from "../../catalogue/dialects.ts";
import { isKnownError } from "../../contract/errors.ts";
import type { Entity, Json, Site } from "../../contract/types.ts";
import type { ResourceFilter } from "../../languages/resource-filter/ast.ts";
import { parseFilter } from "../../languages/resource-filter/parse.ts";
import type { Condition } from "../../languages/rule-condition/ast.ts";
import { parseCondition } from "../../languages/rule-condition/parse.ts";
import { bitOf } from "./model.ts";
import { compilePattern } from "./patterns.ts";
import type { RuleSeams } from "./seams.ts";

/** A rule as it will be asked; a part that cannot be read is absent and the rule grants nothing (SR-110). */
export interface PreparedRule {
  readonly name: string;
  readonly category: string;
  readonly mask: number;
  readonly ruleContext: number;
  readonly filter: ResourceFilter | undefined;
  readonly condition: Condition | undefined;
}

const contexts: readonly string[] = ["BothQlikSenseAndQMC", "QlikSenseOnly", "QMCOnly"];

/** 0, 1 or 2; enumeration names are accepted, and an omitted context is both (SR-126). */
function contextOf(value: Json | undefined): number {
  if (typeof value === "number") return value;
  return typeof value === "string" ? Math.max(0, contexts.indexOf(value)) : 0;
}

function readable<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (isKnownError(error)) return undefined;
    throw error;
  }
}

/** Functions ask about what they are for, and a privilege is one of the actions (table of functions, SR-238). */
function fitsItsSubject({ function: name, on, argument }: Extract<Condition, { kind: "call" }>): boolean {
  switch (name) {
    case "HasPrivilege":
      return on.root === "resource" && bitOf(argument ?? "") !== 0;
    case "IsOwned":
      return on.root === "resource";
    case "IsAnonymous":
      return on.root === "user" && on.segments.length === 0;
    case "Empty":
      return true;
  }
}

/** Whether each of its parts can be judged: a part that cannot breaks the whole rule, also under `!` (SR-110). */
function canBeJudged(condition: Condition, dialect: Dialect): boolean {
  switch (condition.kind) {
    case "or":
    case "and":
      return condition.terms.every((term) => canBeJudged(term, dialect));
    case "not":
    case "group":
      return canBeJudged(condition.term, dialect);
    case "comparison":
      if (condition.operator !== "matches" || condition.right.kind !== "text") return true;
      return compilePattern(condition.right.value, dialect) !== undefined;
    case "call":
      return fitsItsSubject(condition);
    case "blank":
      return true;
  }
}

function conditionOf(rule: Entity, dialect: Dialect, seams: RuleSeams): Condition | undefined {
  const text = rule["rule"] ?? "";
  if (typeof text !== "string") return undefined;
  const how = { precedence: seams.precedence(dialect), escapes: dialect.literalEscapes };
  const condition = readable(() => parseCondition(text, how));
  return condition !== undefined && canBeJudged(condition, dialect) ? condition : undefined;
}

function prepare(rule: Entity, dialect: Dialect, seams: RuleSeams): PreparedRule {
  const { name, category = "Security", actions, resourceFilter } = rule as { readonly [field: string]: Json };
  return {
    name: typeof name === "string" ? name : rule.id,
    category: typeof category === "string" ? category : "",
    mask: typeof actions === "number" ? actions : 0,
    ruleContext: contextOf(rule["ruleContext"]),
    filter: typeof resourceFilter === "string" ? readable(() => parseFilter(resourceFilter)) : undefined,
    condition: conditionOf(rule, dialect, seams),
  };
}

export function prepareRules(site: Site, dialect: Dialect, seams: RuleSeams): readonly PreparedRule[] {
  return (site.entities["SystemRule"] ?? [])
    .filter(seams.takesPart)
    .map((rule) => prepare(seams.readRule(rule), dialect, seams));
}
