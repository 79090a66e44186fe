/** Short forms for small sites: a rule in the notation of the catalogue (`filter | actions | context`), users, references. */
import { createHash } from "node:crypto";
import { dialectOf, type Dialect } from "../../../catalogue/dialects.ts";
import type { Entity, Principal, RequestContext, ResourceRef, Site } from "../../../contract/types.ts";
import { decideOnSite } from "../../../reference/rules/spec.ts";
import type { Decision } from "../../../reference/rules/types.ts";

/** Action letters of the audit (catalogue §4.4). */
const letters: { readonly [letter: string]: number } = {
  C: 1,
  R: 2,
  U: 4,
  D: 8,
  E: 16,
  P: 32,
  O: 64,
  A: 256,
  M: 512,
  T: 2048,
  V: 4096,
};
const contexts: { readonly [letter: string]: number } = { B: 0, H: 1, Q: 2 };

/** A stable GUID for a name, so that fixtures can be read. */
export function guid(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}

export function reference(name: string): { readonly id: string; readonly name: string } {
  return { id: guid(name), name };
}

export function rule(name: string, head: string, condition: string, more: Partial<Entity> = {}): Entity {
  const [resourceFilter = "", actions = "", context = "B"] = head.split("|").map((part) => part.trim());
  return {
    id: guid(`rule ${name}`),
    name,
    category: "Security",
    type: "Custom",
    resourceFilter,
    rule: condition,
    actions: actions === "all" ? 8191 : Array.from(actions).reduce((sum, letter) => sum + (letters[letter] ?? 0), 0),
    ruleContext: contexts[context] ?? 0,
    disabled: false,
    ...more,
  };
}

export interface UserTraits {
  readonly directory?: string;
  readonly groups?: readonly string[];
  readonly attributes?: { readonly [name: string]: readonly string[] };
  readonly session?: { readonly [name: string]: readonly string[] };
}

export function user(id: string, traits: UserTraits = {}): Principal {
  const { directory = "CORP", groups = [], attributes = {}, session = {} } = traits;
  return { directory, id, groups, attributes, session };
}

export const anonymous: Principal = user(`anonymous${guid("visitor")}`, { directory: "NONE" });

/** The User row of a principal, with roles and custom properties. */
export function userRow(who: Principal, more: Partial<Entity> = {}): Entity {
  return {
    id: guid(`${who.directory}\\${who.id}`),
    userDirectory: who.directory,
    userId: who.id,
    name: who.id,
    ...more,
  };
}

export function ownedBy(who: Principal): Entity {
  return { id: guid(`${who.directory}\\${who.id}`), userDirectory: who.directory, userId: who.id, name: who.id };
}

export function custom(values: { readonly [name: string]: readonly string[] }): Entity["customProperties"] {
  return Object.entries(values).flatMap(([name, list]) => list.map((value) => ({ value, definition: { name } })));
}

export function entity(name: string, more: Partial<Entity> = {}): Entity {
  return { id: guid(name), name, ...more };
}

export function siteOf(rules: readonly Entity[], entities: { readonly [type: string]: readonly Entity[] } = {}): Site {
  return { apps: {}, entities: { ...entities, SystemRule: rules } };
}

export function at(type: string, name: string): ResourceRef {
  return { type, id: guid(name) };
}

export interface Circumstances {
  readonly context?: RequestContext;
  readonly dialect?: Partial<Dialect>;
}

/** Whether `as` may do `action` to `resource`: the answer with its reasons. */
export function decision(
  site: Site,
  as: Principal,
  [action, resource]: readonly [action: string, resource: ResourceRef],
  { context = "hub", dialect = {} }: Circumstances = {},
): Decision {
  return decideOnSite(site, { as, resource, action, context }, { ...dialectOf("documented"), ...dialect });
}
