/** The rules of a site, parsed once. */
import { RE2JS, RE2JSException } from "re2js";
import type { Dialect } from "../../catalogue/dialects.ts";
import { ConformanceError, formatError, isKnownError } from "../../contract/errors.ts";
import type { Entity, Json, RequestContext, Site } from "../../contract/types.ts";
import type { ResourceFilter } from "../../languages/resource-filter/ast.ts";
import { parseFilter } from "../../languages/resource-filter/parse.ts";
import { placeAt } from "../../languages/place.ts";
import type { Condition, Span, Text } from "../../languages/rule-condition/ast.ts";
import { nearest } from "../../languages/rule-condition/complaints.ts";
import { parseCondition } from "../../languages/rule-condition/parse.ts";
import { actionBits, actionNamed } from "./actions.ts";
import { compilePattern } from "./comparison.ts";
import type { Call } from "./condition.ts";
import { indexResources, type ResourceIndex } from "./resources.ts";

/** A use of HasPrivilege, and whether an odd number of `!` stands over it. */
export interface PrivilegeUse {
  readonly atom: Call;
  readonly negated: boolean;
}

export type Parsed<Tree> = { readonly tree: Tree } | { readonly fault: string };

export interface Rule {
  readonly name: string;
  readonly disabled: boolean;
  readonly category: string;
  /** The contexts it takes part in (SR-121). */
  readonly contexts: readonly RequestContext[];
  readonly actions: number;
  readonly filter: Parsed<ResourceFilter>;
  readonly condition: Parsed<Condition>;
  /** None where the condition has a fault: what cannot be evaluated asks nothing. */
  readonly uses: readonly PrivilegeUse[];
}

export interface Policy {
  readonly rules: readonly Rule[];
  readonly index: ResourceIndex;
  readonly dialect: Dialect;
  /** Compiled patterns of `matches`, by their text. */
  readonly patterns: ReadonlyMap<string, RE2JS>;
}

/** SR-121, SR-126; the API also takes the names (catalogue §4.5). */
const ruleContexts: ReadonlyMap<Json | undefined, readonly RequestContext[]> = new Map<
  Json | undefined,
  readonly RequestContext[]
>([
  [undefined, ["hub", "qmc"]],
  [null, ["hub", "qmc"]],
  [0, ["hub", "qmc"]],
  ["BothQlikSenseAndQMC", ["hub", "qmc"]],
  [1, ["hub"]],
  ["QlikSenseOnly", ["hub"]],
  [2, ["qmc"]],
  ["QMCOnly", ["qmc"]],
]);

/** SR-110: what cannot be read is kept as a fault of this rule alone. */
function attempt<Tree>(read: () => Tree): Parsed<Tree> {
  try {
    return { tree: read() };
  } catch (error) {
    if (isKnownError(error)) return { fault: formatError(error) };
    throw error;
  }
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

export function children(condition: Condition): readonly Condition[] {
  switch (condition.kind) {
    case "or":
    case "and":
      return condition.terms;
    case "not":
    case "group":
      return [condition.term];
    case "blank":
    case "comparison":
    case "call":
      return [];
  }
}

function usesIn(condition: Condition, negated: boolean): readonly PrivilegeUse[] {
  if (condition.kind === "call") return condition.function === "HasPrivilege" ? [{ atom: condition, negated }] : [];
  const inner = condition.kind === "not" ? !negated : negated;
  return children(condition).flatMap((term) => usesIn(term, inner));
}

/** Why a part of a condition that parses cannot be evaluated, and what to do about it. */
interface Fault {
  readonly at: Span;
  readonly message: string;
  readonly remedy?: string;
}

function noSuchAction({ argument = "", span }: Call): Fault | undefined {
  if (actionNamed(argument) !== undefined) return undefined;
  const near = nearest(argument, Object.keys(actionBits));
  const remedy = near === undefined ? `the actions are ${Object.keys(actionBits).join(", ")}` : `did you mean ${near}?`;
  return { at: span, message: `there is no action "${argument}"`, remedy: `${remedy} (SR-238)` };
}

/** A function used on what it does not apply to, or an action that does not exist (table §4.2). */
function misuse(atom: Call): Fault | undefined {
  const { root, segments } = atom.on;
  const about = (what: string): Fault => ({ at: atom.span, message: `${atom.function} asks about ${what}` });
  switch (atom.function) {
    case "HasPrivilege":
      return root === "resource" ? noSuchAction(atom) : about("a resource");
    case "IsOwned":
      return root === "resource" ? undefined : about("a resource");
    case "IsAnonymous":
      return root === "user" && segments.length === 0 ? undefined : about("user");
    case "Empty":
      return undefined;
  }
}

/** The first reason why a condition that parses cannot be evaluated; patterns are compiled on the way. */
function faultIn(condition: Condition, dialect: Dialect, patterns: Map<string, RE2JS>): Fault | undefined {
  if (condition.kind === "call") return misuse(condition);
  if (condition.kind === "comparison" && condition.operator === "matches" && condition.right.kind === "text") {
    return unreadable(condition.right, dialect, patterns);
  }
  for (const child of children(condition)) {
    const fault = faultIn(child, dialect, patterns);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function unreadable({ value, span }: Text, dialect: Dialect, patterns: Map<string, RE2JS>): Fault | undefined {
  try {
    patterns.set(value, compilePattern(value, dialect));
    return undefined;
  } catch (error) {
    if (error instanceof RE2JSException)
      return { at: span, message: `the pattern "${value}" cannot be read: ${error.message}` };
    throw error;
  }
}

function told({ at, message, remedy }: Fault, condition: string, file: string): string {
  const place = { ...placeAt(condition, at.start), file };
  return formatError(new ConformanceError("rule-syntax", message, remedy === undefined ? place : { ...place, remedy }));
}

function ruleOf(entity: Entity, dialect: Dialect, patterns: Map<string, RE2JS>): Rule {
  const name = text(entity["name"]) === "" ? entity.id : text(entity["name"]);
  const { precedence, literalEscapes: escapes } = dialect;
  const parsed = attempt(() => parseCondition(text(entity["rule"]), { precedence, escapes, file: name }));
  const fault = "tree" in parsed ? faultIn(parsed.tree, dialect, patterns) : undefined;
  const actions = entity["actions"];
  return {
    name,
    disabled: entity["disabled"] === true,
    category: entity["category"] === undefined ? "Security" : text(entity["category"]),
    contexts: ruleContexts.get(entity["ruleContext"]) ?? [],
    actions: typeof actions === "number" ? actions : 0,
    filter: attempt(() => parseFilter(text(entity["resourceFilter"]), name)),
    condition: fault === undefined ? parsed : { fault: told(fault, text(entity["rule"]), name) },
    uses: "tree" in parsed && fault === undefined ? usesIn(parsed.tree, false) : [],
  };
}

/** Reads the rules of a site. Never throws: a rule that cannot be read grants nothing (SR-110). */
export function policyOf(site: Site, dialect: Dialect): Policy {
  const patterns = new Map<string, RE2JS>();
  const rules = (site.entities["SystemRule"] ?? []).map((entity) => ruleOf(entity, dialect, patterns));
  return { rules, index: indexResources(site), dialect, patterns };
}
