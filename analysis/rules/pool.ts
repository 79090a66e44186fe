/**
 * Users and resources to ask a rule set about: those the site has, and made ones that every clause of every rule should
 * hold for, with those that miss a clause by one demand. What is asked of all pairs is exact for what the site has, and a
 * search beyond it.
 */
import type { Entity, Principal, ResourceRef, Site } from "../../contract/types.ts";
import { actionBits, actionNamed, type ActionName } from "../../reference/rules/actions.ts";
import type { Policy, Rule } from "../../reference/rules/policy.ts";
import { entitiesOf } from "../../reference/rules/resources.ts";
import { clausesOf, type Clause } from "./clauses.ts";
import { demandsOf, grantsOn, type Demands } from "./demands.ts";
import { make, type Made } from "./making.ts";

export interface Pool {
  /** The site with what was made; rules as they were. */
  readonly site: Site;
  readonly users: readonly Principal[];
  /** How many of the users, the first ones, are the site's own. */
  readonly ownUsers: number;
  readonly resources: readonly ResourceRef[];
  readonly ownResources: number;
}

export interface PoolLimits {
  readonly users: number;
  readonly resources: number;
}

export const plainLimits: PoolLimits = { users: 400, resources: 1_200 };

/** Types a filter may mean by `*` or a prefix: those conditions can say something about, and those the site holds. */
const commonTypes: readonly string[] = [
  "App",
  "App.Object",
  "Stream",
  "DataConnection",
  "ReloadTask",
  "ContentLibrary",
  "StaticContentReference",
  "Extension",
  "User",
  "SystemRule",
  "Tag",
  "SchemaEvent",
  "CompositeEvent",
  "ExecutionResult",
  "CustomPropertyDefinition",
  "VirtualProxyConfig",
  "ServerNodeConfiguration",
];

export const allActions: readonly ActionName[] = Object.keys(actionBits).flatMap((name) => actionNamed(name) ?? []);

export function typesOf(site: Site, rules: readonly Rule[]): readonly string[] {
  const named = rules.flatMap(({ filter }) =>
    "tree" in filter
      ? filter.tree.items.flatMap((item) => (item.kind === "type" || item.kind === "resource" ? [item.type] : []))
      : [],
  );
  const known = [...commonTypes, ...Object.keys(site.entities)];
  const more = named.filter((type) => !known.some((other) => other.toLowerCase() === type.toLowerCase()));
  return [...new Set([...known, ...more])];
}

/** A clause that demands more was not written by a person; it is searched whole alone. */
const mostDemands = 40;

/** The demands, and each of them left out once: what misses by one. */
function nearby(demands: Demands): readonly Demands[] {
  if (demands.length > mostDemands) return [demands];
  return [demands, ...demands.map((_, without) => demands.filter((__, at) => at !== without))];
}

function ruleMakes(policy: Policy, rule: Rule, type: string): readonly Made[] {
  if (!("tree" in rule.condition) || !allActions.some((action) => grantsOn(rule, type, action))) return [];
  return clausesOf(rule.condition.tree).clauses.flatMap((clause) => clauseMakes(policy, clause, type));
}

/** Rules whose conditions have more alternatives than are searched. */
export function partlySearched({ rules }: Policy): readonly string[] {
  return rules.flatMap(({ name, condition }) => ("tree" in condition && clausesOf(condition.tree).cut ? [name] : []));
}

export function clauseMakes(policy: Policy, clause: Clause, type: string): readonly Made[] {
  return demandsOf(clause, { policy, type, prefix: [], depth: 0 })
    .flatMap(nearby)
    .flatMap((demands) => make(demands, type) ?? []);
}

/** One of each, by id, in the order met. */
class Gathered {
  readonly #entities = new Map<string, Map<string, Entity>>();

  add(type: string, entity: Entity): void {
    const known = this.#entities.get(type) ?? new Map<string, Entity>();
    this.#entities.set(type, known);
    if (!known.has(entity.id)) known.set(entity.id, entity);
  }

  onto(site: Site): Site {
    const entities: { [type: string]: readonly Entity[] } = { ...site.entities };
    for (const [type, made] of this.#entities) {
      const own = entitiesOf(site, type);
      const ids = new Set(own.map(({ id }) => id.toLowerCase()));
      entities[type] = [...own, ...[...made.values()].filter(({ id }) => !ids.has(id.toLowerCase()))];
    }
    return { ...site, entities };
  }
}

function nobody(): Principal {
  return { directory: "MADE", id: "nobody", groups: [], attributes: {}, session: {} };
}

function anonymous(): Principal {
  return { directory: "NONE", id: "anonymous-made", groups: [], attributes: {}, session: {} };
}

function nameOf({ directory, id, session }: Principal): string {
  return JSON.stringify([directory.toLowerCase(), id.toLowerCase(), session]);
}

function distinct<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const found = new Map<string, T>();
  for (const item of items) {
    const key = keyOf(item);
    if (!found.has(key)) found.set(key, item);
  }
  return [...found.values()];
}

function ownResources(site: Site): readonly ResourceRef[] {
  return Object.entries(site.entities).flatMap(([type, entities]) => entities.map(({ id }) => ({ type, id })));
}

/** A page that a name with `*` means (SR-210). */
function pageOf(name: string): string {
  const plain = name.replaceAll("*", "");
  return plain.endsWith("_") ? `${plain}App` : plain;
}

function sectionsOf(policies: readonly Policy[]): readonly ResourceRef[] {
  const names = policies.flatMap(({ rules }) =>
    rules.flatMap(({ filter }) =>
      "tree" in filter ? filter.tree.items.flatMap((item) => (item.kind === "section" ? [pageOf(item.name)] : [])) : [],
    ),
  );
  return [...new Set(names)].map((id) => ({ type: "TransientObject", id }));
}

function refKey(ref: ResourceRef): string {
  return `${ref.type}_${"id" in ref ? ref.id : JSON.stringify(ref.wouldBe)}`.toLowerCase();
}

/** What is to be asked of the rule sets. `people` are the site's users; `further` makes more for a question of its own. */
export function poolOf(
  site: Site,
  policies: readonly Policy[],
  people: readonly Principal[],
  { limits = plainLimits, further = [] }: { readonly limits?: PoolLimits; readonly further?: readonly Made[] } = {},
): Pool {
  const made = [
    ...further,
    ...policies.flatMap((policy) => {
      const types = typesOf(site, policy.rules);
      return policy.rules.flatMap((rule) => types.flatMap((type) => ruleMakes(policy, rule, type)));
    }),
  ];
  const users = distinct([...people, nobody(), anonymous(), ...made.map(({ user }) => user)], nameOf);
  const own = distinct([...ownResources(site), ...sectionsOf(policies)], refKey);
  const resources = distinct([...own, ...made.map(({ resource }) => resource)], refKey);
  const keptUsers = users.slice(0, people.length + limits.users);
  const gathered = new Gathered();
  for (const { row, things } of made) {
    gathered.add("User", row);
    for (const { type, entity } of things) gathered.add(type, entity);
  }
  return {
    site: gathered.onto(site),
    users: keptUsers,
    ownUsers: distinct(people, nameOf).length,
    resources: resources.slice(0, own.length + limits.resources),
    ownResources: own.length,
  };
}
