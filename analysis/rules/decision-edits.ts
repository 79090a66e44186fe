/** Single changes to a user, a resource or a rule that could turn a decision round. */
import type { Entity, Json, Principal, ResourceRef, Site } from "../../contract/types.ts";
import { resolve } from "../../reference/rules/paths.ts";
import type { Policy, Rule } from "../../reference/rules/policy.ts";
import { privilegeTargets } from "../../reference/rules/condition.ts";
import { sceneWithout } from "../../reference/rules/matrix-values.ts";
import { concerns, reaches } from "../../reference/rules/privileges.ts";
import { entitiesOf, resourceKey } from "../../reference/rules/resources.ts";
import { categoryOf, type AskedAction } from "../../reference/rules/actions.ts";
import type { Path } from "../../languages/rule-condition/ast.ts";
import { resourceOf } from "../../reference/rules/spec.ts";
import { resourceTypeOf } from "../../reference/rules/resource-types.ts";
import { subjectOf } from "../../reference/rules/subject.ts";
import { clausesOf, type Literal } from "./clauses.ts";
import { pathsOf } from "./reading.ts";

/** Where a decision is asked. */
export interface Stand {
  readonly site: Site;
  readonly user: Principal;
}

export interface Edit {
  /** For a person: what is done. */
  readonly what: string;
  readonly apply: (stand: Stand) => Stand;
}

export interface Asked {
  readonly resource: ResourceRef;
  /** Asked of a user: load balancing is not. */
  readonly action: Exclude<AskedAction, "loadbalancing">;
  readonly context: "hub" | "qmc";
}

function withList(site: Site, type: string, change: (entity: Entity) => Entity): Site {
  return { ...site, entities: { ...site.entities, [type]: entitiesOf(site, type).map(change) } };
}

function listAt(entity: Entity, name: string): readonly Json[] {
  const list = entity[name];
  return Array.isArray(list) ? list : [];
}

interface Property {
  readonly name: string;
  readonly value: string;
}

/** A value of a custom property put on one entity. */
function customEdit(type: string, id: string, { name, value }: Property): Edit["apply"] {
  const change = (entity: Entity): Entity =>
    entity.id === id
      ? { ...entity, customProperties: [...listAt(entity, "customProperties"), { value, definition: { name } }] }
      : entity;
  return ({ site, user }) => ({ site: withList(site, type, change), user });
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}

function rowOf({ site, user }: Stand): Entity | undefined {
  return (site.entities["User"] ?? []).find((row) => {
    const { userDirectory, userId } = row as { readonly userDirectory?: Json; readonly userId?: Json };
    return (
      typeof userDirectory === "string" &&
      typeof userId === "string" &&
      userDirectory.toLowerCase() === user.directory.toLowerCase() &&
      userId.toLowerCase() === user.id.toLowerCase()
    );
  });
}

const fixed: ReadonlySet<string> = new Set(["userid", "userdirectory", "name", "id"]);

/** What stands in the user's row: roles and custom properties. */
function givenInRow(name: string, value: string, row: Entity | undefined): Edit | undefined {
  if (row === undefined) return undefined;
  if (name.startsWith("@")) {
    const what = `the user is given ${name} = ${value}`;
    return { what, apply: customEdit("User", row.id, { name: name.slice(1), value }) };
  }
  const change = (entity: Entity): Entity =>
    entity.id === row.id ? { ...entity, roles: [...listAt(entity, "roles"), value] } : entity;
  const apply = ({ site, user }: Stand): Stand => ({ site: withList(site, "User", change), user });
  return { what: `the user is given the role ${value}`, apply };
}

/** The user's values of a name, which may be one every object has. */
function valuesAt(values: Principal["attributes"], name: string): readonly string[] {
  return Object.hasOwn(values, name) ? (values[name] ?? []) : [];
}

function givenInSession(attribute: string, value: string): Edit {
  const apply = ({ site, user }: Stand): Stand => {
    const session = { ...user.session, [attribute]: [...valuesAt(user.session, attribute), value] };
    return { site, user: { ...user, session } };
  };
  return { what: `the session brings ${attribute} = ${value}`, apply };
}

/** The user with one more value of what a path asks for. */
function givenValue(path: readonly string[], value: string, stand: Stand): Edit | undefined {
  const [name = "", attribute] = path;
  const lower = name.toLowerCase();
  if (attribute !== undefined) return lower === "environment" ? givenInSession(attribute, value) : undefined;
  if (fixed.has(lower)) return undefined;
  if (name.startsWith("@") || lower === "roles") return givenInRow(name, value, rowOf(stand));
  if (lower === "group") {
    const apply = ({ site, user }: Stand): Stand => ({ site, user: { ...user, groups: [...user.groups, value] } });
    return { what: `the user joins group ${value}`, apply };
  }
  const apply = ({ site, user }: Stand): Stand => {
    const attributes = { ...user.attributes, [name]: [...valuesAt(user.attributes, name), value] };
    return { site, user: { ...user, attributes } };
  };
  return { what: `the user's ${name} is ${value} as well`, apply };
}

/** What the user has, each taken away alone. */
function takenAway(stand: Stand): readonly Edit[] {
  const row = rowOf(stand);
  const attributes = row === undefined ? [] : listAt(row, "attributes");
  const named = attributes.flatMap((item, at): Edit[] => {
    const { attributeType, attributeValue } = item as { readonly attributeType?: Json; readonly attributeValue?: Json };
    const gone = (entity: Entity): Entity =>
      entity.id === row?.id ? { ...entity, attributes: attributes.filter((_, other) => other !== at) } : entity;
    const values = (list: readonly string[]): readonly string[] => list.filter((value) => value !== attributeValue);
    const apply = ({ site, user }: Stand): Stand => ({
      site: withList(site, "User", gone),
      user: textOf(attributeType).toLowerCase() === "group" ? { ...user, groups: values(user.groups) } : user,
    });
    return [{ what: `the user loses ${textOf(attributeType)} = ${textOf(attributeValue)}`, apply }];
  });
  const carried = stand.user.groups
    .filter((group) => !attributes.some((item) => JSON.stringify(item).includes(JSON.stringify(group))))
    .map((group): Edit => ({
      what: `the user leaves group ${group}`,
      apply: ({ site, user }) => ({ site, user: { ...user, groups: user.groups.filter((other) => other !== group) } }),
    }));
  const roles = (row === undefined ? [] : listAt(row, "roles")).map((role): Edit => {
    const gone = (entity: Entity): Entity =>
      entity.id === row?.id ? { ...entity, roles: listAt(entity, "roles").filter((other) => other !== role) } : entity;
    return {
      what: `the user loses the role ${textOf(role)}`,
      apply: ({ site, user }) => ({ site: withList(site, "User", gone), user }),
    };
  });
  return [...named, ...carried, ...roles];
}

function ruleEdits(policy: Policy, action: AskedAction, site: Site): readonly Edit[] {
  return policy.rules
    .filter((rule) => concerns(rule, action))
    .map((rule): Edit => {
      const entity = (site.entities["SystemRule"] ?? []).find(({ name, id }) => name === rule.name || id === rule.name);
      const change = (other: Entity): Entity =>
        other.id === entity?.id ? { ...other, disabled: !rule.disabled } : other;
      return {
        what: `rule ${JSON.stringify(rule.name)} is ${rule.disabled ? "enabled" : "disabled"}`,
        apply: (stand) => ({ ...stand, site: withList(stand.site, "SystemRule", change) }),
      };
    });
}

function literalsOf(rules: readonly Rule[]): readonly Literal[] {
  return rules.flatMap(({ condition }) => ("tree" in condition ? clausesOf(condition.tree).clauses.flat() : []));
}

function textsAt(policy: Policy, path: Path, stand: Stand, asked: Asked): readonly string[] {
  const subject = subjectOf(policy.index, stand.user, asked.context);
  const resource = resourceOf(policy, subject, asked.resource);
  if (resource === undefined) return [];
  const { index, dialect, patterns } = policy;
  return resolve(path, { index, dialect, patterns, subject, resource }).items.filter(
    (item) => typeof item === "string",
  );
}

/** The thing whose custom property a path ends in: the resource itself, its app, its stream. */
function holderOf(policy: Policy, path: Path, stand: Stand, asked: Asked): { type: string; id: string } | undefined {
  const subject = subjectOf(policy.index, stand.user, asked.context);
  const resource = resourceOf(policy, subject, asked.resource);
  if (resource === undefined) return undefined;
  const { index, dialect, patterns } = policy;
  const way: Path = { ...path, segments: path.segments.slice(0, -1) };
  const [item] = resolve(way, { index, dialect, patterns, subject, resource }).items;
  if (item === undefined || typeof item === "string" || !("id" in item)) return undefined;
  return index.byKey.has(`${item.type}_${item.id}`.toLowerCase()) ? item : undefined;
}

/** Values the rules compare: literals the user could be given, the resource's for him, his for the resource. */
function comparisonEdits(policy: Policy, { atom }: Literal, stand: Stand, asked: Asked): readonly (Edit | undefined)[] {
  if (atom.kind !== "comparison") return [];
  const paths = pathsOf({ atom, negated: false });
  const mine = paths.find(({ root }) => root === "user");
  const theirs = paths.find(({ root }) => root === "resource");
  const literal = [atom.left, atom.right].flatMap((side) => (side.kind === "text" ? [side.value] : []));
  const forUser = mine === undefined ? [] : theirs === undefined ? literal : textsAt(policy, theirs, stand, asked);
  const forThing = theirs === undefined ? [] : mine === undefined ? literal : textsAt(policy, mine, stand, asked);
  return [
    ...(mine === undefined ? [] : forUser.map((value) => givenValue(mine.segments, value, stand))),
    ...(theirs === undefined ? [] : forThing.map((value) => thingEdit(policy, theirs, { value, stand, asked }))),
  ];
}

function thingEdit(
  policy: Policy,
  path: Path,
  { value, stand, asked }: { readonly value: string; readonly stand: Stand; readonly asked: Asked },
): Edit | undefined {
  const name = path.segments.at(-1) ?? "";
  const holder = name.startsWith("@") ? holderOf(policy, path, stand, asked) : undefined;
  if (holder === undefined || !resourceTypeOf(holder.type).custom) return undefined;
  return {
    what: `the ${holder.type} ${holder.id} is given ${name} = ${value}`,
    apply: customEdit(holder.type, holder.id, { name: name.slice(1), value }),
  };
}

/** The resource, and what rules ask HasPrivilege of on its behalf. */
function things(policy: Policy, stand: Stand, asked: Asked): readonly ResourceRef[] {
  const subject = subjectOf(policy.index, stand.user, asked.context);
  const first = resourceOf(policy, subject, asked.resource);
  const found = new Map(first === undefined ? [] : [[resourceKey(first.type, first.id), first]]);
  for (const resource of found.values()) {
    const targets = policy.rules
      .filter((rule) => rule.uses.length > 0 && reaches(rule, policy, resource))
      .flatMap(({ uses }) => uses.flatMap(({ atom }) => privilegeTargets(atom, sceneWithout(policy, resource))));
    for (const target of targets) {
      const key = resourceKey(target.type, target.id);
      if (policy.index.byKey.has(key) && !found.has(key)) found.set(key, target);
    }
  }
  const behind = [...found.values()].filter((resource) => resource !== first);
  return [asked.resource, ...behind.map(({ type, id }) => ({ type, id }))];
}

/** Every single change worth trying, each once; those to the user first, those to rules last. */
export function decisionEdits(policy: Policy, stand: Stand, asked: Asked): readonly Edit[] {
  const rules = policy.rules.filter((rule) => rule.category === categoryOf(asked.action));
  const literals = literalsOf(rules);
  const compared = things(policy, stand, asked).flatMap((resource) =>
    literals.flatMap((literal) => comparisonEdits(policy, literal, stand, { ...asked, resource })),
  );
  const all = [
    ...compared.filter((edit) => edit !== undefined),
    ...takenAway(stand),
    ...ruleEdits(policy, asked.action, stand.site),
  ];
  return [...new Map(all.map((edit) => [edit.what, edit])).values()];
}
