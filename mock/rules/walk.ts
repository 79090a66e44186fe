/** Walks a condition's path over the entities by their QRS field names. */
import type { Entity, Json, Principal, RequestContext, Site } from "../../contract/types.ts";
import type { Path } from "../../languages/rule-condition/ast.ts";
import { nothing, same, textsOf, thingsOf, type Found, type Resource } from "./model.ts";
import type { RuleSeams } from "./seams.ts";
import { recordsOf } from "../fields.ts";

/** What a path is walked in: the site, the asking user, the request. */
export interface Scene {
  readonly site: Site;
  readonly who: Principal;
  readonly subject: Entity;
  readonly context: RequestContext;
  readonly seams: RuleSeams;
  /** Set where apps are placed: the question is then asked of no user (SR-611). */
  readonly node?: Resource;
}

/** Text properties a rule may name, beside id, name and resourcetype, which every resource has (SR-405). */
const readable: { readonly [type: string]: readonly string[] } = {
  "App.Object": ["description", "objectType", "published", "approved"],
  DataConnection: ["type"],
  SystemRule: ["category", "subcategory", "type", "resourceFilter"],
  User: ["userId", "userDirectory", "userDirectoryConnectorName", "email", "roles"],
};

export function readableProperties(type: string): readonly string[] {
  return readable[type] ?? [];
}

/** Relations by type: property and the type it leads to (SR-421). */
const relations: { readonly [type: string]: { readonly [property: string]: string } } = {
  App: { stream: "Stream", owner: "User" },
  "App.Object": { app: "App", owner: "User" },
  "App.Content": { app: "App" },
  "App.Internal": { app: "App" },
  "App.DataSegment": { app: "App" },
  Stream: { owner: "User" },
  DataConnection: { owner: "User" },
  ContentLibrary: { owner: "User" },
  Extension: { owner: "User" },
  ReloadTask: { app: "App" },
  StaticContentReference: { ContentLibrarys: "ContentLibrary" },
};

/** Types a custom property can be enabled for (QR-043). */
const customised = new Set([
  "App",
  "AnalyticConnection",
  "ContentLibrary",
  "DataConnection",
  "EngineService",
  "Extension",
  "ExternalProgramTask",
  "ServerNodeConfiguration",
  "PrintingService",
  "ProxyService",
  "ReloadTask",
  "RepositoryService",
  "SchedulerService",
  "Stream",
  "UserSyncTask",
  "User",
  "VirtualProxyConfig",
]);

export function isOwned(type: string): boolean {
  return relations[type]?.["owner"] !== undefined;
}

/** A field as texts: booleans and numbers in their plain spelling (SR-332), lists value by value; an empty text is none. */
function texts(value: Json | undefined): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => texts(item));
  if (typeof value === "string") return value === "" ? [] : [value];
  return typeof value === "number" || typeof value === "boolean" ? [String(value)] : [];
}

function definitionName(site: Site, definition: Json | undefined): string | undefined {
  if (typeof definition !== "object" || definition === null || Array.isArray(definition)) return undefined;
  const { id, name } = definition as { readonly [key: string]: Json };
  const known = site.entities["CustomPropertyDefinition"]?.find((one) => one.id === id);
  const answer = known?.["name"] ?? name;
  return typeof answer === "string" ? answer : undefined;
}

function customProperty(scene: Scene, resource: Resource, name: string): Found {
  if (!customised.has(resource.type)) return nothing;
  const values = recordsOf(resource.entity["customProperties"])
    .filter((item) => same(definitionName(scene.site, item["definition"]) ?? "", name))
    .flatMap((item) => texts(item["value"]));
  return textsOf(scene.seams.propertyValues(resource.type, `@${name}`, values));
}

/** The full entity a reference names, or the reference itself where the site does not hold it. */
function referred(site: Site, type: string, value: Json | undefined): readonly Resource[] {
  if (Array.isArray(value)) return value.flatMap((item) => referred(site, type, item));
  if (typeof value !== "object" || value === null) return [];
  const reference = value as Entity;
  const full = site.entities[type]?.find((one) => one.id === reference.id);
  return [{ type, entity: full ?? reference }];
}

function keyOf(keys: readonly string[], name: string): string | undefined {
  return keys.find((key) => same(key, name));
}

function attributes(scene: Scene, user: Entity, name: string): Found {
  const values = recordsOf(user["attributes"]).flatMap((item) =>
    same(texts(item["attributeType"])[0] ?? "", name) ? texts(item["attributeValue"]) : [],
  );
  return textsOf(scene.seams.attributeValues(name.toLowerCase(), [...new Set(values)]));
}

function property(scene: Scene, resource: Resource, segment: string): Found {
  if (segment.startsWith("@")) return customProperty(scene, resource, segment.slice(1));
  if (same(segment, "resourcetype")) {
    return textsOf(scene.seams.propertyValues(resource.type, "resourcetype", [resource.type]));
  }
  const to = relations[resource.type] ?? {};
  const relation = keyOf(Object.keys(to), segment);
  if (relation !== undefined) return thingsOf(referred(scene.site, to[relation] ?? "", resource.entity[relation]));
  const field = keyOf(["id", "name", ...scene.seams.readableProperties(resource.type)], segment);
  const own = field === undefined ? [] : texts(resource.entity[field]);
  if (field !== undefined && own.length > 0) {
    return textsOf(scene.seams.propertyValues(resource.type, field, own));
  }
  // A user's other properties are his directory's attributes, but a role of the QMC is no attribute (SR-403).
  return resource.type === "User" && field !== "roles" ? attributes(scene, resource.entity, segment) : nothing;
}

function step(scene: Scene, from: Found, segment: string): Found {
  if (from.kind !== "things") return nothing;
  const found = from.values.map((resource) => property(scene, resource, segment));
  const things = found.flatMap((one) => (one.kind === "things" ? one.values : []));
  return things.length > 0
    ? thingsOf(things)
    : textsOf(found.flatMap((one) => (one.kind === "texts" ? one.values : [])));
}

function walked(scene: Scene, from: Resource, segments: readonly string[]): Found {
  return segments.reduce<Found>((found, segment) => step(scene, found, segment), thingsOf([from]));
}

/** A load-balancing question has a node and no user, every other question a user and no node. */
function isAbsent({ node }: Scene, root: Path["root"]): boolean {
  return root !== "resource" && (root === "node") === (node === undefined);
}

/** Where a path leads, from the resource asked for, the asking user or the node. */
export function follow(scene: Scene, path: Path, resource: Resource): Found {
  if (isAbsent(scene, path.root)) return nothing;
  if (path.root === "node" && scene.node !== undefined) return walked(scene, scene.node, path.segments);
  const [first, second] = path.segments;
  if (path.root === "user" && first !== undefined && same(first, "environment")) {
    if (second === undefined) return thingsOf([{ type: "session", entity: { id: "" } }]);
    if (path.segments.length > 2) return nothing;
    return textsOf(scene.seams.environment(second, scene.who, scene.context));
  }
  return walked(scene, path.root === "user" ? { type: "User", entity: scene.subject } : resource, path.segments);
}
