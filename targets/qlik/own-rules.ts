/**
 * Rules on a site that others use too. A rule is cut down to the resources the run made and to the people of its own
 * directories, and looked at once more as it leaves: rules add up (SR-101), so whatever it said beyond them it would grant
 * to everybody on the site.
 */
import { isKnownError } from "../../contract/errors.ts";
import type { Json } from "../../contract/types.ts";
import type { FilterItem } from "../../languages/resource-filter/ast.ts";
import { parseFilter } from "../../languages/resource-filter/parse.ts";
import type { Condition } from "../../languages/rule-condition/ast.ts";
import { parseCondition } from "../../languages/rule-condition/parse.ts";
import type { OwnThings } from "./own-things.ts";
import { isObject } from "./steps.ts";

/** What is wrong with a rule, in words that end "the rule …"; nothing when it may be installed. */
export type Objection = string | undefined;

function parsed<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (isKnownError(error)) return undefined;
    throw error;
  }
}

type Comparison = Extract<Condition, { kind: "comparison" }>;

function namesOwn(item: FilterItem, own: OwnThings): boolean {
  return item.kind === "resource" && own.has(item.id);
}

function filterObjection(text: string, own: OwnThings): Objection {
  const filter = parsed(() => parseFilter(text));
  if (filter === undefined) return "has a resource filter that cannot be read";
  return filter.items.every((item) => namesOwn(item, own)) ? undefined : "names resources the run did not make";
}

function namesOwnDirectory({ left, operator, right }: Comparison, own: OwnThings): boolean {
  const asked = left.kind === "path" && left.root === "user" && left.segments.join(".") === "userDirectory";
  return asked && (operator === "=" || operator === "==") && right.kind === "text" && own.hasDirectory(right.value);
}

/** Whether the condition can be true only for users of the run's own directories. */
function isConfined(condition: Condition, own: OwnThings): boolean {
  switch (condition.kind) {
    case "group":
      return isConfined(condition.term, own);
    case "and":
      return condition.terms.some((term) => isConfined(term, own));
    case "or":
      return condition.terms.every((term) => isConfined(term, own));
    case "comparison":
      return namesOwnDirectory(condition, own);
    case "blank":
    case "not":
    case "call":
      return false;
  }
}

/** Which of `and` and `or` binds tighter, and what a backslash means in a text, is not told alike everywhere (SR-301, SR-308). */
function conditionObjection(text: string, own: OwnThings): Objection {
  if (/[\\\p{Cc}\p{Zl}\p{Zp}]/u.test(text)) return "has a condition with characters that may be read in two ways";
  for (const precedence of ["andFirst", "orFirst"] as const) {
    const condition = parsed(() => parseCondition(text, { precedence }));
    if (condition === undefined) return "has a condition that cannot be read";
    if (!isConfined(condition, own)) return "speaks of users outside the run's own directories";
  }
  return undefined;
}

/** Roles to which shipped rules give rights all over a site. */
const administratorRoles: ReadonlySet<string> = new Set([
  "rootadmin",
  "auditadmin",
  "contentadmin",
  "deploymentadmin",
  "securityadmin",
  "hubadmin",
]);

/** The first of a user's roles that makes him an administrator of the site. */
export function administratorRole(user: Json): string | undefined {
  const roles = fieldOf(user, "roles");
  const texts = Array.isArray(roles) ? roles.filter((role: Json) => typeof role === "string") : [];
  return texts.find((role) => administratorRoles.has(role.toLowerCase()));
}

/** A field of a body, whatever the case its name is written in: so a site reads it. */
export function fieldOf(body: Json, name: string): Json | undefined {
  if (!isObject(body)) return undefined;
  return Object.entries(body).find(([field]) => field.toLowerCase() === name.toLowerCase())?.[1];
}

function textIn(body: Json, field: string): string {
  const value = fieldOf(body, field);
  return typeof value === "string" ? value : "";
}

/** Looks at the body of a rule as it would be sent. */
export function objectionTo(body: Json, own: OwnThings): Objection {
  if (!isObject(body)) return "is no rule";
  if (textIn(body, "category") !== "Security") return "is no security rule";
  if (textIn(body, "type") !== "Custom") return "is not of type Custom";
  return filterObjection(textIn(body, "resourceFilter"), own) ?? conditionObjection(textIn(body, "rule"), own);
}

/** What the run made, by type. */
export type Made = readonly { readonly type: string; readonly id: string }[];

function same(type: string, other: string): boolean {
  return type.toLowerCase() === other.toLowerCase();
}

/** What the run made of what an item names. Sections of the QMC are the site's own: an item of them is left out. */
function covered(item: FilterItem, made: Made): readonly string[] {
  switch (item.kind) {
    case "everything":
      return made.map(({ type, id }) => `${type}_${id}`);
    case "type":
      return made.filter(({ type }) => same(type, item.type)).map(({ type, id }) => `${type}_${id}`);
    case "typePrefix": {
      const within = made.filter(({ type }) => type.toLowerCase().startsWith(item.type.toLowerCase()));
      return within.map(({ type, id }) => `${type}_${id}`);
    }
    case "resource":
      return made.some(({ type, id }) => same(type, item.type) && id === item.id) ? [`${item.type}_${item.id}`] : [];
    case "section":
      return [];
  }
}

export type Confined =
  | { readonly kind: "rule"; readonly rule: string; readonly resourceFilter: string }
  /** Nothing the run made is meant by it. */
  | { readonly kind: "idle" }
  | { readonly kind: "refused"; readonly why: string };

/** A rule that says of the run's own things and people what the given one says, and nothing of others. */
export function confinedRule(rule: string, filter: string, own: OwnThings, made: Made): Confined {
  const read = parsed(() => parseFilter(filter));
  if (read === undefined) return { kind: "refused", why: "its resource filter cannot be read" };
  const items = read.items.map((item) => covered(item, made));
  const named = [...new Set(items.flat())];
  if (named.length === 0) return { kind: "idle" };
  const people = own.directories.map((name) => `user.userDirectory="${name}"`).join(" or ");
  if (people === "") return { kind: "refused", why: "the run has no user directory of its own" };
  const condition = rule.trim() === "" ? `(${people})` : `(${rule}) and (${people})`;
  const why = conditionObjection(condition, own);
  if (why !== undefined) return { kind: "refused", why: `it ${why}` };
  return { kind: "rule", rule: condition, resourceFilter: named.join(", ") };
}
