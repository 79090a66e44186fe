/**
 * A site in the making: people and things whose values can still be set, one slot at a time. A slot is absent (no such
 * property), empty, or holds values; what evaluators make of the difference is theirs.
 */
import type { Entity, Json, Principal } from "../../contract/types.ts";
import { groups as groupNames, people as known, thingId, type Person } from "../rule-vocabulary.ts";

export type Values = readonly string[] | undefined;

export type UserSlot =
  | "group"
  | "department"
  | "title"
  | "role"
  | "roles"
  | "@Region"
  | "@GroupAccess"
  | "session group"
  | "session department"
  | "session secureRequest";

export interface PersonDraft {
  readonly who: Person;
  /** Groups that the row of the site holds beside those the directory brings at log-in. */
  rowGroups: readonly string[];
  readonly values: { [slot in UserSlot]: Values };
}

export type ThingSlot =
  | "name"
  | "description"
  | "objectType"
  | "type"
  | "published"
  | "approved"
  | "@Region"
  | "@GroupAccess";

export const thingTypes = ["Stream", "App", "App.Object", "DataConnection", "ReloadTask"] as const;
export type ThingType = (typeof thingTypes)[number];

/** Where a relation leads: a thing, nothing (`null`), or there is no such property (`undefined`). */
export type Link<To> = To | null | undefined;

export interface ThingDraft {
  readonly type: ThingType;
  readonly id: string;
  readonly values: { [slot in ThingSlot]: Values };
  owner: Link<PersonDraft>;
  /** The stream of an app, the app of an object or a task. */
  parent: Link<ThingDraft>;
}

/** Groups that are members of other groups; no group is, over others, a member of itself. */
export interface GroupTree {
  readonly [group: string]: readonly string[];
}

export interface SiteDraft {
  readonly people: readonly PersonDraft[];
  readonly things: ThingDraft[];
  readonly nesting: GroupTree;
}

export const visitor: Principal = {
  directory: "NONE",
  id: "anonymous0f9e8d7c-6b5a-4948-8372-615049382716",
  groups: [],
  attributes: {},
  session: {},
};

export const knownPeople: readonly Person[] = known;

/** A group with all it is a member of, over any number of others, each once; in the order of the vocabulary. */
export function closureOf(groups: readonly string[], nesting: GroupTree): readonly string[] {
  const found = new Set<string>();
  const follow = (group: string): void => {
    if (found.has(group)) return;
    found.add(group);
    for (const parent of nesting[group] ?? []) follow(parent);
  };
  for (const group of groups) follow(group);
  return found.size === groups.length ? groups : groupNames.filter((group) => found.has(group));
}

function groupsOf({ rowGroups, values }: PersonDraft): readonly string[] {
  return [...rowGroups, ...(values.group ?? [])];
}

/** The memberships of groups that everybody's groups bear out: who is in the inner one is in the outer one. */
export function heldNesting({ people, nesting }: SiteDraft): GroupTree {
  const all = people.map(groupsOf);
  const holds = (inner: string, outer: string): boolean =>
    all.every((groups) => !groups.includes(inner) || groups.includes(outer));
  return Object.fromEntries(
    Object.entries(nesting).flatMap(([inner, outers]) => {
      const left = outers.filter((outer) => holds(inner, outer));
      return left.length === 0 ? [] : [[inner, left]];
    }),
  );
}

/** A thing of a type without any values, the next of its type. */
export function addThing(site: SiteDraft, type: ThingType): ThingDraft {
  const index = site.things.filter((thing) => thing.type === type).length;
  const thing: ThingDraft = {
    type,
    id: thingId(type, index),
    values: {
      name: [`${type} ${index + 1}`],
      description: undefined,
      objectType: type === "App.Object" ? ["sheet"] : undefined,
      type: type === "DataConnection" ? ["folder"] : undefined,
      published: type === "App.Object" ? ["true"] : undefined,
      approved: type === "App.Object" ? ["false"] : undefined,
      "@Region": [],
      "@GroupAccess": [],
    },
    owner: type === "ReloadTask" ? undefined : null,
    parent: type === "Stream" || type === "DataConnection" ? undefined : null,
  };
  site.things.push(thing);
  return thing;
}

function customRows(values: readonly (readonly [name: string, values: Values])[]): { customProperties?: Json } {
  if (values.every(([, list]) => list === undefined)) return {};
  return {
    customProperties: values.flatMap(([name, list]) => (list ?? []).map((value) => ({ value, definition: { name } }))),
  };
}

function attributes(attributeType: string, values: readonly string[]): readonly Json[] {
  return values.map((attributeValue) => ({ attributeType, attributeValue }));
}

export function userRow({ who, rowGroups, values }: PersonDraft): Entity {
  const { role = [], department = [], roles } = values;
  return {
    id: who.id,
    userDirectory: who.directory,
    userId: who.userId,
    name: who.userId,
    ...(roles === undefined ? {} : { roles }),
    // `groups` is another attribute than `group`, however alike (SR-402).
    attributes: [
      ...attributes("group", rowGroups),
      ...attributes("groups", department.length > 0 ? groupNames : []),
      ...attributes("role", role),
    ],
    ...customRows([
      ["Region", values["@Region"]],
      ["GroupAccess", values["@GroupAccess"]],
    ]),
  };
}

function present(lists: readonly (readonly [name: string, values: Values])[]): {
  readonly [name: string]: readonly string[];
} {
  const held: { [name: string]: readonly string[] } = {};
  for (const [name, values] of lists) if (values !== undefined) held[name] = values;
  return held;
}

/** The principal as a log-in or a directory brings him. */
export function principalOf({ who, values }: PersonDraft): Principal {
  const { group = [], department, title } = values;
  return {
    directory: who.directory,
    id: who.userId,
    groups: group,
    attributes: present([
      ["department", department],
      ["title", title],
    ]),
    session: present([
      ["group", values["session group"]],
      ["department", values["session department"]],
      ["secureRequest", values["session secureRequest"]],
    ]),
  };
}

function ownerOf(link: Link<PersonDraft>): { owner?: Json } {
  if (link === undefined) return {};
  if (link === null) return { owner: null };
  const { id, directory, userId } = link.who;
  return { owner: { id, userDirectory: directory, userId, name: userId } };
}

const parentNames: { readonly [type in ThingType]?: string } = {
  App: "stream",
  "App.Object": "app",
  ReloadTask: "app",
};

function parentOf({ type, parent }: ThingDraft): { readonly [name: string]: Json } {
  const name = parentNames[type];
  if (name === undefined || parent === undefined) return {};
  return { [name]: parent === null ? null : { id: parent.id, name: parent.values.name?.[0] ?? null } };
}

/** A value of one text: `""` where it is empty, nothing where it is absent. */
function single(name: ThingSlot, values: Values): { readonly [name: string]: Json } {
  return values === undefined ? {} : { [name]: values[0] ?? "" };
}

function truth(name: ThingSlot, values: Values): { readonly [name: string]: Json } {
  return values === undefined ? {} : { [name]: values[0] === "true" };
}

/** The thing in the shape QRS answers; also the body of a would-be one. */
export function entityOf(thing: ThingDraft): Entity {
  const { id, type, values, parent } = thing;
  const published = type === "App" ? { published: parent !== null && parent !== undefined } : {};
  return {
    id,
    ...single("name", values.name),
    ...ownerOf(thing.owner),
    ...single("description", values.description),
    ...single("objectType", values.objectType),
    ...single("type", values.type),
    ...published,
    ...truth("published", values.published),
    ...truth("approved", values.approved),
    ...parentOf(thing),
    ...customRows([
      ["Region", values["@Region"]],
      ["GroupAccess", values["@GroupAccess"]],
    ]),
  };
}

export type Entities = { readonly [type: string]: readonly Entity[] };

export function entitiesOf({ people, things }: SiteDraft): Entities {
  const rows = people.filter(({ who }) => who.known).map(userRow);
  const byType = thingTypes.map((type) => [type, things.filter((thing) => thing.type === type).map(entityOf)] as const);
  return { User: rows, ...Object.fromEntries(byType) };
}
