/** The entities of a site as resources: found by id, followed from a reference, compared by identity. */
import type { Entity, Json, Site } from "../../contract/types.ts";

export interface Resource {
  readonly type: string;
  /** Empty for something the site knows by name only. */
  readonly id: string;
  readonly fields: { readonly [field: string]: Json };
}

export interface ResourceIndex {
  /** By {@link resourceKey}. */
  readonly byKey: ReadonlyMap<string, Resource>;
  /** Users by `directory\\id` in lower case. */
  readonly users: ReadonlyMap<string, Resource>;
  /** By type, as written and in lower case, then by id in lower case; see {@link heldAt}. */
  readonly byType: ReadonlyMap<string, ReadonlyMap<string, Resource>>;
  /** All that `byType` holds. */
  readonly held: ReadonlySet<Resource>;
}

/** Type of the QMC's pages (SR-207). */
export const transientType = "TransientObject";

const definitionType = "CustomPropertyDefinition";
const definitionKey = definitionType.toLowerCase();

/** Identifiers are GUIDs and type names; neither differs by letter case alone. */
export function resourceKey(type: string, id: string): string {
  return `${type}_${id}`.toLowerCase();
}

/** The site's entities of a type; a filter may name `constructor`, which every object has. */
export function entitiesOf(site: Site, type: string): readonly Entity[] {
  return Object.hasOwn(site.entities, type) ? (site.entities[type] ?? []) : [];
}

export function indexResources(site: Site): ResourceIndex {
  const byKey = new Map<string, Resource>();
  const users = new Map<string, Resource>();
  const byType = new Map<string, Map<string, Resource>>();
  for (const [type, entities] of Object.entries(site.entities)) {
    const ofType = byType.get(type.toLowerCase()) ?? new Map<string, Resource>();
    byType.set(type, ofType).set(type.toLowerCase(), ofType);
    for (const entity of entities) {
      const resource = { type, id: entity.id, fields: entity };
      byKey.set(resourceKey(type, entity.id), resource);
      ofType.set(entity.id.toLowerCase(), resource);
      const name = type === "User" ? userName(resource) : undefined;
      if (name !== undefined) users.set(name, resource);
    }
  }
  const held = new Set([...byType.values()].flatMap((ofType) => [...ofType.values()]));
  return { byKey, users, byType, held };
}

/** The resource of the site a type and an id name; neither differs by letter case alone. */
export function heldAt({ byType }: Pick<ResourceIndex, "byType">, type: string, id: string): Resource | undefined {
  const ofType = byType.get(type) ?? byType.get(type.toLowerCase());
  return ofType?.get(id) ?? ofType?.get(id.toLowerCase());
}

export function isRecord(value: Json | undefined): value is { readonly [field: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A field by its name in any letter case (SR-312). */
export function fieldOf(fields: { readonly [field: string]: Json }, name: string): Json | undefined {
  if (Object.hasOwn(fields, name)) return fields[name];
  const lower = name.toLowerCase();
  for (const key of Object.keys(fields)) if (key.toLowerCase() === lower) return fields[key];
  return undefined;
}

const noTexts: readonly string[] = [];

/** The texts of a field: Booleans and numbers as they are written (SR-332), lists value by value, no value none (SR-348). */
export function textsOf(value: Json | undefined): readonly string[] {
  if (value === undefined || value === null || value === "") return noTexts;
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap((item: Json) => textsOf(item));
  return typeof value === "object" ? noTexts : [String(value)];
}

/** The texts so far and those of a field; the list is the first of its kind, made when there is something to put in it. */
export function withTexts(texts: string[] | undefined, value: Json | undefined): string[] | undefined {
  if (typeof value === "string") {
    if (value === "") return texts;
    if (texts === undefined) return [value];
    texts.push(value);
    return texts;
  }
  return [...(texts ?? noTexts), ...textsOf(value)];
}

export function firstText(value: Json | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : textsOf(value)[0];
}

/** The full entities a reference names; a reference the site cannot resolve stands for itself. */
export function follow(index: ResourceIndex, type: string, reference: Json | undefined): readonly Resource[] {
  if (Array.isArray(reference)) return reference.flatMap((item: Json) => follow(index, type, item));
  if (!isRecord(reference)) return [];
  const id = firstText(reference["id"]) ?? "";
  return [heldAt(index, type, id) ?? { type, id, fields: reference }];
}

/** The name of the definition a value of a custom property refers to. */
function definedName(index: ResourceIndex, reference: Json | undefined): string | undefined {
  if (Array.isArray(reference)) {
    const [first] = follow(index, definitionType, reference);
    return firstText(first?.fields["name"]);
  }
  if (!isRecord(reference)) return undefined;
  const known = index.byType.has(definitionKey)
    ? heldAt(index, definitionType, firstText(reference["id"]) ?? "")
    : undefined;
  return firstText((known?.fields ?? reference)["name"]);
}

/** Values of a custom property, by the name of its definition in any letter case (SR-408). */
export function customValues(index: ResourceIndex, resource: Resource, name: string): readonly string[] {
  const values: Json | undefined = fieldOf(resource.fields, "customProperties");
  if (!Array.isArray(values)) return noTexts;
  const lower = name.toLowerCase();
  let found: string[] | undefined;
  for (let at = 0; at < values.length; at++) {
    const item: Json | undefined = values[at];
    if (!isRecord(item)) continue;
    const defined = definedName(index, item["definition"]);
    if (defined === name || defined?.toLowerCase() === lower) found = withTexts(found, item["value"]);
  }
  return found ?? noTexts;
}

/** `directory\\id` in lower case, as rights and owners name a user; undefined for what lacks either. */
export function userName(user: Resource): string | undefined {
  const [directory] = textsOf(user.fields["userDirectory"]);
  const [id] = textsOf(user.fields["userId"]);
  return directory === undefined || id === undefined ? undefined : `${directory}\\${id}`.toLowerCase();
}

/** SR-333: by identity, not by name; a user without a row in the site is known by directory and id. */
export function isSame(one: Resource, other: Resource): boolean {
  if (one.type.toLowerCase() !== other.type.toLowerCase()) return false;
  if (one.id !== "" && other.id !== "") return one.id.toLowerCase() === other.id.toLowerCase();
  const name = userName(one);
  return name !== undefined && name === userName(other);
}
