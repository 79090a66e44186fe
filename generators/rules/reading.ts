/**
 * What a path of a condition finds on a site for one user and one resource: how many values, and which. Worlds are made
 * and measured by it; no answer is (evaluators find their own way).
 */
import type { Json, Principal, RequestContext, ResourceRef } from "../../contract/types.ts";
import type { Operand, Path } from "../../languages/rule-condition/ast.ts";
import type { Count, OperandKind } from "./factors.ts";
import type { Entities } from "./drafts.ts";

export interface Thing {
  readonly type: string;
  readonly id: string;
  readonly fields: { readonly [field: string]: Json };
}

export interface Asking {
  readonly who: Principal;
  readonly thing: Thing;
  readonly context: RequestContext;
}

export interface Held {
  readonly count: Count;
  readonly texts: readonly string[];
  /** Users and resources found, by type and id. */
  readonly things: readonly string[];
}

interface Offer {
  readonly relations: { readonly [name: string]: string };
  readonly properties: readonly string[];
  readonly custom: boolean;
}

const owned = { owner: "User" };

/** What types offer to conditions (SR-405, SR-408, SR-421), names in lower case. */
const offers: { readonly [type: string]: Offer } = {
  Stream: { relations: owned, properties: [], custom: true },
  App: { relations: { ...owned, stream: "Stream" }, properties: [], custom: true },
  "App.Object": {
    relations: { ...owned, app: "App" },
    properties: ["description", "objecttype", "published", "approved"],
    custom: false,
  },
  DataConnection: { relations: owned, properties: ["type"], custom: true },
  ReloadTask: { relations: { app: "App" }, properties: [], custom: true },
  User: { relations: {}, properties: ["userid", "userdirectory", "roles"], custom: true },
};

const bare: Offer = { relations: {}, properties: [], custom: false };
const everywhere: readonly string[] = ["id", "name", "resourcetype"];
const resourceProperties: ReadonlySet<string> = new Set([
  ...everywhere,
  ...Object.values(offers).flatMap(({ properties }) => properties),
]);
const userNames: ReadonlySet<string> = new Set(["userid", "userdirectory", "name", "id"]);
const attributesKnown: ReadonlySet<string> = new Set(["group", "groups", "department", "title", "role", "email"]);
const relationNames: ReadonlySet<string> = new Set(["app", "stream", "owner"]);

function userKind([first = "", second]: readonly string[]): OperandKind {
  if (first === "") return "user";
  if (first === "environment") return second === undefined ? "unknown" : "session";
  if (second !== undefined) return "unknown";
  if (first.startsWith("@")) return "user custom";
  if (first === "roles") return "roles";
  if (userNames.has(first)) return "user name";
  return attributesKnown.has(first) ? "user property" : "unknown";
}

const stepKinds: readonly OperandKind[] = ["resource property", "one step", "two steps", "three steps"];

/** What a property is, so many relations away from the resource. */
function propertyKind(name: string, steps: number, overOwner: boolean): OperandKind {
  if (steps === 0 && name.startsWith("@")) return "resource custom";
  const isKnown = name.startsWith("@") || resourceProperties.has(name) || (steps > 0 && attributesKnown.has(name));
  if (!isKnown) return "unknown";
  return overOwner ? "owner property" : (stepKinds[steps] ?? "unknown");
}

function resourceKind(segments: readonly string[]): OperandKind {
  if (segments.length === 0) return "resource";
  const steps = segments.findIndex((segment) => !relationNames.has(segment));
  if (steps < 0) return segments.at(-1) === "owner" ? "owner" : "related";
  if (steps < segments.length - 1) return "unknown";
  return propertyKind(segments[steps] ?? "", steps, steps === 1 && segments[0] === "owner");
}

export function kindOf(operand: Operand): OperandKind {
  if (operand.kind === "text") return "text";
  const segments = operand.segments.map((segment) => segment.toLowerCase());
  if (operand.root === "user") return userKind(segments);
  return operand.root === "resource" ? resourceKind(segments) : "unknown";
}

function isRecord(value: Json | undefined): value is { readonly [field: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textIn(fields: Thing["fields"], name: string): string {
  const value = fields[name];
  return typeof value === "string" ? value : "";
}

function counted(texts: readonly string[], absent: boolean): Held {
  const count = texts.length > 1 ? "several" : texts.length === 1 ? "one" : absent ? "missing" : "empty";
  return { count, texts, things: [] };
}

const missing: Held = { count: "missing", texts: [], things: [] };

function fieldHeld(value: Json | undefined): Held {
  if (value === undefined) return missing;
  const list: readonly Json[] = Array.isArray(value) ? value : [value];
  return counted(
    list.flatMap((item) => (item === null || item === "" || typeof item === "object" ? [] : [String(item)])),
    false,
  );
}

function ofName(values: { readonly [name: string]: readonly string[] }, name: string): readonly string[] | undefined {
  const key = Object.keys(values).find((one) => one.toLowerCase() === name);
  return key === undefined ? undefined : values[key];
}

function fieldOf(fields: Thing["fields"], lower: string): Json | undefined {
  for (const key in fields) if (key.toLowerCase() === lower) return fields[key];
  return undefined;
}

function customHeld(fields: Thing["fields"], name: string): Held {
  const list = fields["customProperties"];
  if (!Array.isArray(list)) return missing;
  const texts = list.flatMap((item: Json) => {
    if (!isRecord(item)) return [];
    const { definition, value } = item as { readonly definition?: Json; readonly value?: Json };
    const defined = isRecord(definition) ? definition["name"] : undefined;
    return typeof value === "string" && typeof defined === "string" && defined.toLowerCase() === name ? [value] : [];
  });
  return counted(texts, false);
}

function attributeTexts(fields: Thing["fields"], name: string): readonly string[] {
  const list = fields["attributes"];
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: Json) => {
    if (!isRecord(item)) return [];
    const { attributeType, attributeValue } = item as { readonly attributeType?: Json; readonly attributeValue?: Json };
    const isOf = typeof attributeType === "string" && attributeType.toLowerCase() === name;
    return isOf && typeof attributeValue === "string" ? [attributeValue] : [];
  });
}

const contextNames: { readonly [context in RequestContext]: string } = { hub: "AppAccess", qmc: "ManagementAccess" };

function ofSession(name: string | undefined, { who, context }: Asking): Held {
  if (name === "context") return counted([contextNames[context]], false);
  const values = name === undefined ? undefined : ofName(who.session, name);
  return counted(values ?? [], values === undefined);
}

/** What is said of a user by his principal and by his row; without a row the latter has no fields. */
function ofUser(name: string, who: Principal, row: Thing["fields"]): Held {
  if (name === "userid" || name === "name") return counted([who.id], false);
  if (name === "userdirectory") return counted([who.directory], false);
  if (name.startsWith("@")) return customHeld(row, name.slice(1));
  if (name === "roles" || name === "id") return fieldHeld(row[name]);
  const brought = name === "group" ? who.groups : ofName(who.attributes, name);
  const texts = new Set([...(brought ?? []), ...attributeTexts(row, name)]);
  return counted([...texts], brought === undefined || name === "group");
}

/** The things and people of a site, found as paths lead to them. */
export class Scenery {
  readonly #byId = new Map<string, Thing>();
  readonly #users = new Map<string, Thing>();

  constructor(entities: Entities) {
    for (const [type, rows] of Object.entries(entities)) {
      for (const fields of rows) this.#byId.set(`${type}_${fields.id}`, { type, id: fields.id, fields });
    }
    for (const fields of entities["User"] ?? []) {
      const [directory, id] = [textIn(fields, "userDirectory"), textIn(fields, "userId")];
      this.#users.set(`${directory}\\${id}`.toLowerCase(), { type: "User", id: fields.id, fields });
    }
  }

  rowOf({ directory, id }: Principal): Thing | undefined {
    return this.#users.get(`${directory}\\${id}`.toLowerCase());
  }

  /** What a question is about; who names no owner of a would-be resource is its owner (SR-502). */
  thingOf(ref: ResourceRef, who: Principal): Thing | undefined {
    if (!("wouldBe" in ref)) {
      if (ref.type === "TransientObject") return { type: ref.type, id: ref.id, fields: { name: ref.id } };
      return this.#byId.get(`${ref.type}_${ref.id}`);
    }
    const { type, wouldBe } = ref;
    const isOwned = offers[type]?.relations["owner"] !== undefined;
    if (!isOwned || isRecord(wouldBe["owner"])) return { type, id: wouldBe.id, fields: wouldBe };
    const owner = { id: this.rowOf(who)?.id ?? "", userDirectory: who.directory, userId: who.id };
    return { type, id: wouldBe.id, fields: { ...wouldBe, owner } };
  }

  find(operand: Operand, asking: Asking): Held {
    if (operand.kind === "text") return { count: "one", texts: [operand.value], things: [] };
    const segments = operand.segments.map((segment) => segment.toLowerCase());
    if (operand.root === "user") return this.#ofUser(segments, asking);
    return operand.root === "resource" ? this.#along(segments, asking.thing) : missing;
  }

  #identity(user: Thing | undefined, { directory, id }: { readonly directory: string; readonly id: string }): string {
    return user !== undefined && user.id !== "" ? `User_${user.id}` : `User_${directory}\\${id}`.toLowerCase();
  }

  #ofUser([first, second]: readonly string[], asking: Asking): Held {
    const { who } = asking;
    const row = this.rowOf(who);
    if (first === undefined) return { count: "one", texts: [], things: [this.#identity(row, who)] };
    if (first === "environment") return ofSession(second, asking);
    return second === undefined ? ofUser(first, who, row?.fields ?? {}) : missing;
  }

  #along([first, ...rest]: readonly string[], thing: Thing): Held {
    if (first === undefined) return { count: "one", texts: [], things: [`${thing.type}_${thing.id}`] };
    const target = (offers[thing.type] ?? bare).relations[first];
    if (target === undefined) return rest.length === 0 ? propertyOf(thing, first) : missing;
    const link = fieldOf(thing.fields, first);
    if (!isRecord(link)) return rest.length === 0 && link === null ? { ...missing, count: "empty" } : missing;
    const id = textIn(link, "id");
    const found = this.#byId.get(`${target}_${id}`) ?? { type: target, id, fields: link };
    return this.#along(rest, found);
  }
}

function propertyOf(thing: Thing, name: string): Held {
  const { properties, custom } = offers[thing.type] ?? bare;
  if (name === "resourcetype") return counted([thing.type], false);
  if (name.startsWith("@")) return custom ? customHeld(thing.fields, name.slice(1)) : missing;
  if (everywhere.includes(name) || properties.includes(name)) return fieldHeld(fieldOf(thing.fields, name));
  if (thing.type !== "User") return missing;
  const texts = attributeTexts(thing.fields, name);
  return counted(texts, texts.length === 0);
}

/** Whether some resource of the type could have what the path asks for. */
export function isOffered({ root, segments }: Path, type: string): boolean {
  if (root !== "resource") return kindOf({ kind: "path", root, segments, span: { start: 0, end: 0 } }) !== "unknown";
  let at: string = type;
  for (const [index, segment] of segments.entries()) {
    const name = segment.toLowerCase();
    const { relations, properties, custom } = offers[at] ?? bare;
    const next = relations[name];
    if (next !== undefined) at = next;
    else if (index < segments.length - 1) return false;
    else return isProperty(name, at, { properties, custom });
  }
  return true;
}

function isProperty(name: string, type: string, { properties, custom }: Pick<Offer, "properties" | "custom">): boolean {
  if (name.startsWith("@")) return custom;
  return everywhere.includes(name) || properties.includes(name) || (type === "User" && attributesKnown.has(name));
}
