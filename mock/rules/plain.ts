/** The rules' seams as documented. */
import type { Entity, Principal, RequestContext } from "../../contract/types.ts";
import type { FilterItem } from "../../languages/resource-filter/ast.ts";
import type { Dialect } from "../../catalogue/dialects.ts";
import { askedBit, same, type Resource } from "./model.ts";
import { matchesLike, matchesPattern } from "./patterns.ts";
import type { RuleSeams } from "./seams.ts";
import { readableProperties } from "./walk.ts";

const contextNames: { readonly [context in RequestContext]: string } = {
  hub: "AppAccess",
  qmc: "ManagementAccess",
};

function takesPart(rule: Entity): boolean {
  return rule["disabled"] !== true;
}

function contextFits(ruleContext: number, context: RequestContext): boolean {
  return ruleContext === 0 || ruleContext === (context === "hub" ? 1 : 2);
}

/** A section's key is its name, and an item is a pattern over it (SR-207, SR-210). */
function coversSection(item: FilterItem, section: string, fold: (text: string) => string): boolean {
  if (item.kind === "typePrefix") return fold(section).startsWith(fold(item.type));
  if (item.kind !== "section") return false;
  const beginning = item.name.endsWith("*") ? fold(item.name.slice(0, -1)) : undefined;
  return beginning === undefined ? fold(item.name) === fold(section) : fold(section).startsWith(beginning);
}

function filterFits(item: FilterItem, resource: Resource, dialect: Dialect): boolean {
  const fold = (text: string): string => (dialect.filterCase === "insensitive" ? text.toLowerCase() : text);
  const type = fold(resource.type);
  if (item.kind === "everything") return true;
  if (same(type, "TransientObject")) return coversSection(item, resource.entity.id, fold);
  if (item.kind === "section") return false;
  if (item.kind === "typePrefix") return type.startsWith(fold(item.type));
  if (type !== fold(item.type)) return false;
  return item.kind === "type" || item.id.toLowerCase() === resource.entity.id.toLowerCase();
}

function environment(name: string, who: Principal, context: RequestContext): readonly string[] {
  if (same(name, "context")) return [contextNames[context]];
  return Object.entries(who.session).flatMap(([key, values]) => (same(key, name) ? values : []));
}

function isAnonymous(who: Principal): boolean {
  return same(who.directory, "NONE") && who.id.toLowerCase().startsWith("anonymous");
}

export const plainRules: RuleSeams = {
  readRule: (rule) => rule,
  takesPart,
  categoryFits: (category, asked) => category === asked,
  askedBit,
  nodeSeen: (node) => node,
  contextFits,
  actionFits: (mask, bit) => (mask & bit) !== 0,
  filterFits,
  combine: (verdicts) => verdicts.includes(true),
  equal: same,
  strictlyEqual: (left, right) => left === right,
  likeMatches: matchesLike,
  patternMatches: matchesPattern,
  precedence: (dialect) => dialect.precedence,
  privilegesAsked: (argument) => [argument.toLowerCase()],
  ownerOf: (given, caller) => given ?? caller,
  isAnonymous,
  attributeValues: (_name, values) => values,
  readableProperties,
  propertyValues: (_type, _name, values) => values,
  environment,
};
