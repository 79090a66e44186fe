/** Makes the user and the resource that demands describe, in the shapes QRS answers. */
import { createHash } from "node:crypto";
import type { Entity, Json, Principal, RequestContext } from "../../contract/types.ts";
import { resourceTypeOf } from "../../reference/rules/resource-types.ts";
import { transientType } from "../../reference/rules/resources.ts";
import { userProperties } from "../../reference/rules/subject.ts";
import type { Demand, Demands } from "./demands.ts";

/** A thing on the way from the resource: itself, its app, the app's stream, an owner. */
interface Draft {
  readonly type: string;
  /** Properties of one value, by name in lower case. */
  readonly single: Map<string, string>;
  /** Custom properties and, of users, attributes and roles. */
  readonly several: Map<string, Set<string>>;
  readonly relations: Map<string, Draft>;
  /** The one who asks. */
  own: boolean;
}

export interface MadeThing {
  readonly type: string;
  readonly entity: Entity;
}

export interface Made {
  readonly user: Principal;
  /** His row: roles and custom properties stand there. */
  readonly row: Entity;
  readonly resource: { readonly type: string; readonly id: string };
  /** The resource and what it leads to. */
  readonly things: readonly MadeThing[];
  /** Where the request has to come from, if it matters. */
  readonly context?: RequestContext;
}

function draftOf(type: string): Draft {
  return { type, single: new Map(), several: new Map(), relations: new Map(), own: false };
}

function setSingle(draft: Draft, name: string, value: string): boolean {
  const known = draft.single.get(name);
  draft.single.set(name, value);
  return known === undefined || known.toLowerCase() === value.toLowerCase();
}

function addValue(draft: Draft, name: string, value: string): boolean {
  const known = draft.several.get(name) ?? new Set<string>();
  draft.several.set(name, known.add(value));
  return true;
}

/** Puts a value where the type offers one; false where it does not, or where another stands already. */
function setValue(draft: Draft, name: string, value: string): boolean {
  const lower = name.toLowerCase();
  if (draft.type === "User" && !userProperties.includes(lower)) return addValue(draft, name, value);
  if (lower === "roles") return addValue(draft, lower, value);
  if (lower === "resourcetype") return draft.type.toLowerCase() === value.toLowerCase();
  const { custom, properties } = resourceTypeOf(draft.type);
  if (name.startsWith("@")) return custom && addValue(draft, name, value);
  const offered = lower === "id" || lower === "name" || properties.includes(lower) || draft.type === "User";
  return offered && setSingle(draft, lower, value);
}

function behind(draft: Draft, path: readonly string[]): Draft | undefined {
  let here: Draft | undefined = draft;
  for (const name of path) {
    if (here === undefined) return undefined;
    const lower = name.toLowerCase();
    const { relations } = resourceTypeOf(here.type);
    const type: string | undefined = Object.hasOwn(relations, lower) ? relations[lower] : undefined;
    if (type === undefined) return undefined;
    const next: Draft = here.relations.get(lower) ?? draftOf(type);
    here.relations.set(lower, next);
    here = next;
  }
  return here;
}

interface Sketch {
  readonly user: Draft;
  readonly session: Map<string, Set<string>>;
  readonly resource: Draft;
  anonymous: boolean;
}

function meetUser(sketch: Sketch, path: readonly string[], value: string): boolean {
  const [first, second, ...beyond] = path;
  if (first === undefined || beyond.length > 0) return false;
  if (first.toLowerCase() !== "environment") return second === undefined && setValue(sketch.user, first, value);
  if (second === undefined) return false;
  const known = sketch.session.get(second.toLowerCase()) ?? new Set<string>();
  sketch.session.set(second.toLowerCase(), known.add(value));
  return second.toLowerCase() !== "context" || known.size === 1;
}

function meet(sketch: Sketch, demand: Demand): boolean {
  switch (demand.kind) {
    case "anonymous":
      sketch.anonymous = true;
      return true;
    case "link":
      return behind(sketch.resource, demand.path) !== undefined;
    case "own": {
      const owner = behind(sketch.resource, demand.path);
      if (owner === undefined) return false;
      owner.own = true;
      return owner.type === "User";
    }
    case "value": {
      if (demand.root === "user") return meetUser(sketch, demand.path, demand.value);
      const holder = behind(sketch.resource, demand.path.slice(0, -1));
      return holder !== undefined && setValue(holder, demand.path.at(-1) ?? "", demand.value);
    }
  }
}

function idFor(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}

/** A stable text of a draft: what is made twice the same is made once. */
function signature(draft: Draft): string {
  const single = [...draft.single].map((pair) => JSON.stringify(pair)).sort();
  const several = [...draft.several].map(([name, values]) => JSON.stringify([name, [...values].sort()])).sort();
  const relations = [...draft.relations].map(([name, next]) => JSON.stringify([name, signature(next)])).sort();
  return JSON.stringify([draft.type, draft.own, single, several, relations]);
}

function customProperties(draft: Draft): readonly Json[] {
  return [...draft.several].flatMap(([name, values]) =>
    name.startsWith("@") ? [...values].map((value) => ({ value, definition: { name: name.slice(1) } })) : [],
  );
}

function rowOf(draft: Draft, names: { readonly directory: string; readonly id: string }): Entity {
  const attributes = [...draft.several].flatMap(([name, values]) =>
    name.startsWith("@") || name === "roles"
      ? []
      : [...values].map((attributeValue) => ({ attributeType: name, attributeValue })),
  );
  return {
    id: draft.single.get("id") ?? idFor(signature(draft)),
    userDirectory: names.directory,
    userId: names.id,
    name: draft.single.get("name") ?? names.id,
    roles: [...(draft.several.get("roles") ?? [])],
    attributes,
    customProperties: customProperties(draft),
  };
}

/** Spelt as QRS spells them; names compare without case anyway (SR-312). */
function fieldName(name: string): string {
  return name === "objecttype" ? "objectType" : name === "resourcefilter" ? "resourceFilter" : name;
}

class Maker {
  readonly things: MadeThing[] = [];
  readonly #asker: Entity;

  constructor(asker: Entity) {
    this.#asker = asker;
  }

  make(draft: Draft): Entity {
    if (draft.own) return this.#asker;
    const text = signature(draft);
    const id =
      draft.single.get("id") ?? idFor(`${text} ${draft.relations.get("owner")?.own === true ? this.#asker.id : ""}`);
    const relations = [...draft.relations].map(([name, next]): [string, Json] => {
      const { id: there, ...rest } = this.make(next);
      return [name, next.type === "User" ? { id: there, ...rest } : { id: there, name: rest["name"] ?? there }];
    });
    const singles = [...draft.single].map(([name, value]): [string, Json] => [fieldName(name), value]);
    const entity: Entity =
      draft.type === "User"
        ? rowOf(draft, { directory: "MADE", id: draft.single.get("userid") ?? `owner-${id.slice(0, 4)}` })
        : {
            name: `made ${draft.type} ${id.slice(0, 4)}`,
            ...Object.fromEntries(singles),
            ...Object.fromEntries(relations),
            customProperties: customProperties(draft),
            id,
          };
    this.things.push({ type: draft.type, entity });
    return entity;
  }
}

const contexts: ReadonlyMap<string, RequestContext> = new Map([
  ["appaccess", "hub"],
  ["managementaccess", "qmc"],
]);

function askerOf({ user, session, anonymous }: Sketch): Pick<Made, "user" | "row"> {
  const tag = idFor(signature(user)).slice(0, 4);
  const directory = anonymous ? "NONE" : (user.single.get("userdirectory") ?? "MADE");
  const id = anonymous ? `anonymous-${tag}` : (user.single.get("userid") ?? `user-${tag}`);
  const carried = [...session].filter(([name]) => name !== "context").map(([name, values]) => [name, [...values]]);
  return {
    user: { directory, id, groups: [], attributes: {}, session: Object.fromEntries(carried) as Principal["session"] },
    row: rowOf(user, { directory, id }),
  };
}

/** A user and a resource of the type as demanded; undefined where the demands exclude each other or the type lacks something. */
export function make(demands: Demands, type: string): Made | undefined {
  const sketch: Sketch = { user: draftOf("User"), session: new Map(), resource: draftOf(type), anonymous: false };
  if (type === transientType || !demands.every((demand) => meet(sketch, demand))) return undefined;
  const context = contexts.get([...(sketch.session.get("context") ?? [])][0]?.toLowerCase() ?? "");
  const { user, row } = askerOf(sketch);
  const maker = new Maker(row);
  const { id } = maker.make(sketch.resource);
  return {
    user,
    row,
    resource: { type, id },
    things: maker.things,
    ...(context === undefined ? {} : { context }),
  };
}
