/** Texts and fields that exports hold by mistake: what cannot be read, what is huge, and letters that look like others. */
import type { Json } from "../../contract/types.ts";
import { brokenConditions } from "./conditions.ts";

type Some = readonly [string, ...string[]];

export const misspelt: Some = [
  ...brokenConditions,
  "user.group = “Sales”",
  "not user.IsAnonymous()",
  'user.clearance >= "3"',
  '((user.group = "Sales")',
  'user.group = "Sales" or',
  "user.group = 'Sales'",
];

export const unknownFunctions: Some = [
  "user.Anonymous()",
  'resource.HasPrivileage("read")',
  'resource.tags.contains("F")',
  "user.group.Count()",
  "user.IsAnonymous",
];

export function huge(): string {
  const terms = Array.from({ length: 400 }, (_, at) => `user.group = "Team ${at}"`);
  return `${terms.join(" or ")} or user.group = "Sales"`;
}

export function deep(levels: number): string {
  return `${"(".repeat(levels)}user.group = "Sales"${")".repeat(levels)}`;
}

/** Blanks that are none, letters whose case is longer than themselves, marks that stand on the letter before. */
export const oddTexts: Some = [
  'user.group = "SALES\u200B"',
  'user.group =\u00A0"Sales"',
  'user.group like "\u0130*"',
  'resource.name = "Gro\u00DFe"',
  'resource.name like "*\u{1F4C8}*"',
  'resource.name = "Sale\u0301s"',
  'user.\u0261roup = "Sales"',
  'user.group matches ".*\u202E.*"',
];

export const oddNames: Some = [
  "\u0130ST",
  "Gro\u00DFe",
  "GROSSE",
  "\u{1F4C8} Sales",
  "Sale\u0301s",
  "Sal\u00E9s",
  "Sales\u202E",
];

export const catastrophic: Some = ["(a+)+$", "(a|aa)*b", "(.*)*x", "((a*)*)*c", "(a?){30}a{30}"];
export const beyond: Some = [String.raw`(a)\1`, "(?=Sales).*", "(?<!x)Sales", "[", "*", "a{2,1}", "(?i)sales"];

export const oddFields: readonly [{ [field: string]: Json }, ...{ [field: string]: Json }[]] = [
  { rule: null },
  { actions: "2" },
  { actions: null },
  { ruleContext: null },
  { ruleContext: 7 },
  { disabled: null },
  { disabled: "true" },
  { category: "security" },
  { category: null },
  { resourceFilter: null },
  { name: null },
];
