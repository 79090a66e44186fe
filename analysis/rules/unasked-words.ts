/** Findings about how a condition is written: properties nobody offers, and junctions read two ways. */
import { isKnownError } from "../../contract/errors.ts";
import type { Entity, Json, RequirementId } from "../../contract/types.ts";
import { nearest } from "../../languages/rule-condition/complaints.ts";
import { parseCondition } from "../../languages/rule-condition/parse.ts";
import type { Condition, Path } from "../../languages/rule-condition/ast.ts";
import { printCondition } from "../../languages/rule-condition/print.ts";
import { resourceTypeOf } from "../../reference/rules/resource-types.ts";
import { clausesOf, type Clause } from "./clauses.ts";
import { typeBehind } from "./demands.ts";
import { pathsOf, printClause, type Reading } from "./reading.ts";
import type { RuleSet, Unasked } from "./finding.ts";

function definitions(entities: readonly Entity[]): readonly string[] {
  return entities.flatMap((entity) => {
    const { name } = entity as { readonly name?: Json };
    return typeof name === "string" ? [`@${name}`] : [];
  });
}

function offeredBy(type: string, custom: readonly string[]): readonly string[] {
  const { properties, relations, custom: hasCustom } = resourceTypeOf(type);
  return ["id", "name", "resourcetype", ...properties, ...Object.keys(relations), ...(hasCustom ? custom : [])];
}

function isOffered(name: string, offered: readonly string[]): boolean {
  return offered.some((known) => known.toLowerCase() === name.toLowerCase());
}

/** A name of a path that nothing offers, and what is offered in its place. */
interface Stray {
  readonly name: string;
  readonly offered: readonly string[];
}

/** The first name of a path that no type offers where the names before it lead; a user has attributes of any name. */
function strayIn({ segments }: Path, types: readonly string[], custom: readonly string[]): Stray | undefined {
  for (const [at, name] of segments.entries()) {
    const holders = types.flatMap((type) => typeBehind(type, segments.slice(0, at)) ?? []);
    if (holders.includes("User")) return undefined;
    const offered = [...new Set(holders.flatMap((type) => offeredBy(type, custom)))];
    const untold = name.startsWith("@") && custom.length === 0 && holders.some((type) => resourceTypeOf(type).custom);
    if (!untold && !isOffered(name, offered)) return { name, offered };
  }
  return undefined;
}

function strayOfUser(path: Path, custom: readonly string[]): Stray | undefined {
  const name = path.segments.at(-1);
  const offered = userChoices(path, custom);
  return name === undefined || offered === undefined || isOffered(name, offered) ? undefined : { name, offered };
}

function unknownProperty({ site }: RuleSet, { rule, types, clauses }: Reading): readonly Unasked[] {
  const custom = definitions(site.entities["CustomPropertyDefinition"] ?? []);
  const paths = new Map(
    clauses
      .flat()
      .flatMap((literal) => pathsOf(literal).map((path) => [[path.root, ...path.segments].join("."), path] as const)),
  );
  return [...paths].flatMap(([text, path]): Unasked[] => {
    const told = homeless(path, rule.category) ?? wrongName(path, types, custom);
    if (told === undefined) return [];
    const { requirement, why } = told;
    return [
      {
        kind: "unknown-property",
        weight: "nothing",
        rule: rule.name,
        requirement,
        text: `${text} stands for nothing: ${why}`,
      },
    ];
  });
}

interface Told {
  readonly requirement: RequirementId;
  readonly why: string;
}

/** SR-611: load balancing is asked of nodes, everything else of users. */
function homeless({ root }: Path, category: string): Told | undefined {
  const balancing = category === "Sync";
  if (root === "user" && balancing)
    return { requirement: "SR-611", why: "load balancing is asked of a node, not of a user" };
  if (root === "node" && !balancing) return { requirement: "SR-611", why: "only load-balancing rules know a node" };
  return undefined;
}

function strayOf(path: Path, types: readonly string[], custom: readonly string[]): Stray | undefined {
  switch (path.root) {
    case "user":
      return strayOfUser(path, custom);
    case "node":
      return strayIn(path, ["ServerNodeConfiguration"], custom);
    case "resource":
      // A filter that covers no type is told of by its items.
      return types.length === 0 ? undefined : strayIn(path, types, custom);
  }
}

function wrongName(path: Path, types: readonly string[], custom: readonly string[]): Told | undefined {
  const stray = strayOf(path, types, custom);
  const near = stray === undefined ? undefined : nearest(stray.name, stray.offered);
  if (stray === undefined || (near === undefined && path.root === "user")) return undefined;
  const nowhere = path.root === "node" ? "nodes offer no such property" : "no type in the filter offers it";
  return { requirement: "SR-405", why: near === undefined ? nowhere : `did you mean ${near}?` };
}

/** Attributes have any name; a custom property has to be defined, where the site tells definitions at all. */
function userChoices({ segments }: Path, custom: readonly string[]): readonly string[] | undefined {
  const last = segments.at(-1) ?? "";
  if (segments.length > 1 && segments[0]?.toLowerCase() === "environment") {
    // SR-441; a session attribute may have any other name, and short names are near too many.
    return last.length < 4 ? undefined : ["browser", "context", "device", "secureRequest", "group"];
  }
  if (!last.startsWith("@"))
    return ["group", "name", "userId", "userDirectory", "roles", "role", "email", "environment"];
  return custom.length === 0 ? undefined : custom;
}

function hasMixed(condition: Condition): boolean {
  switch (condition.kind) {
    case "or":
    case "and":
      return condition.terms.some(
        (term) =>
          (term.kind === "and" && condition.kind === "or") ||
          (term.kind === "or" && condition.kind === "and") ||
          hasMixed(term),
      );
    case "not":
    case "group":
      return hasMixed(condition.term);
    case "blank":
    case "comparison":
    case "call":
      return false;
  }
}

/** SR-301: without parentheses two readings of one text are documented. */
function precedence(_set: RuleSet, { rule }: Reading): readonly Unasked[] {
  if (!("tree" in rule.condition) || !hasMixed(rule.condition.tree)) return [];
  const text = printCondition(rule.condition.tree);
  const other = readAgain(text);
  if (other === undefined || meaning(clausesOf(other).clauses) === meaning(clausesOf(rule.condition.tree).clauses))
    return [];
  return [
    {
      kind: "precedence-trap",
      weight: "unclear",
      rule: rule.name,
      requirement: "SR-301",
      text: "and and or stand side by side without parentheses: and binds first, which may not be what was meant",
    },
  ];
}

function readAgain(text: string): Condition | undefined {
  try {
    return parseCondition(text, { precedence: "orFirst" });
  } catch (error) {
    if (isKnownError(error)) return undefined;
    throw error;
  }
}

function meaning(clauses: readonly Clause[]): string {
  return clauses
    .map((clause) =>
      clause
        .map((literal) => printClause([literal]))
        .sort()
        .join(" and "),
    )
    .sort()
    .join(" or ");
}

/** SR-344: people write `!=` for "is none of"; of several values, one that differs is enough. */
function unequalLists(_set: RuleSet, { rule, clauses }: Reading): readonly Unasked[] {
  const texts = clauses.flat().flatMap(({ atom, negated }) => {
    if (negated || atom.kind !== "comparison" || (atom.operator !== "!=" && atom.operator !== "!==")) return [];
    if (![atom.left, atom.right].some((side) => side.kind === "path" && isSeveral(side))) return [];
    const equal = printCondition({ ...atom, operator: atom.operator === "!=" ? "=" : "==" });
    const text = `${printCondition(atom)} also holds for who has another value beside it; to leave out whoever has it write !(${equal})`;
    return [text];
  });
  return [...new Set(texts)].map((text): Unasked => {
    return { kind: "unequal-lists", weight: "unclear", rule: rule.name, requirement: "SR-344", text };
  });
}

/** Of groups, roles and custom properties users have several values. */
function isSeveral({ root, segments }: Path): boolean {
  const last = segments.at(-1)?.toLowerCase() ?? "";
  return root === "user" && (last.startsWith("@") || ["group", "role", "roles"].includes(last));
}

export function aboutWords(set: RuleSet, reading: Reading): readonly Unasked[] {
  return [...unknownProperty(set, reading), ...unequalLists(set, reading), ...precedence(set, reading)];
}
