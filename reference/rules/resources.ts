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
  /** Definitions of custom properties by id in lower case. */
  readonly definitions: ReadonlyMap<string, Resource>;
  /** All that `byKey` holds. */
  readonly held: ReadonlySet<Resource>;
}

/** Type of the QMC's pages (SR-207). */
export const transientType = "TransientObject";

const definitionType = "CustomPropertyDefinition";

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
  for (const [type, entities] of Object.entries(site.entities)) {
    for (const entity of entities) {
      const resource = { type, id: entity.id, fields: entity };
      byKey.set(resourceKey(type, entity.id), resource);
      const name = type === "User" ? userName(resource) : undefined;
      if (name !== undefined) users.set(name, resource);
    }
  }
  const definitions = new Map<string, Resource>();
  const prefix = resourceKey(definitionType, "");
  for (const [key, resource] of byKey) if (key.startsWith(prefix)) definitions.set(key.slice(prefix.length), resource);
  return { byKey, users, definitions, held: new Set(byKey.values()) };
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

/** Adds the texts of a field to a list. */
export function addTexts(texts: string[], value: Json | undefined): void {
  if (typeof value === "string" && value !== "") texts.push(value);
  else for (const text of textsOf(value)) texts.push(text);
}

export function firstText(value: Json | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : textsOf(value)[0];
}

/** The full entities a reference names; a reference the site cannot resolve stands for itself. */
export function follow(index: ResourceIndex, type: string, reference: Json | undefined): readonly Resource[] {
  if (Array.isArray(reference)) return reference.flatMap((item: Json) => follow(index, type, item));
  if (!isRecord(reference)) return [];
  const id = firstText(reference["id"]) ?? "";
  return [index.byKey.get(resourceKey(type, id)) ?? { type, id, fields: reference }];
}

/** The name of the definition a value of a custom property refers to. */
function definedName(index: ResourceIndex, reference: Json | undefined): string | undefined {
  if (Array.isArray(reference)) {
    const [first] = follow(index, definitionType, reference);
    return firstText(first?.fields["name"]);
  }
  if (!isRecord(reference)) return undefined;
  const { definitions } = index;
  const known = definitions.size === 0 ? undefined : definitions.get((firstText(reference["id"]) ?? "").toLowerCase());
  return firstText((known?.fields ?? reference)["name"]);
}

/** Values of a custom property, by the name of its definition in any letter case (SR-408). */
export function customValues(index: ResourceIndex, resource: Resource, name: string): readonly string[] {
  const values: Json | undefined = fieldOf(resource.fields, "customProperties");
  if (!Array.isArray(values)) return noTexts;
  const lower = name.toLowerCase();
  const found: string[] = [];
  for (let at = 0; at < values.length; at++) {
    const item: Json | undefined = values[at];
    if (!isRecord(item)) continue;
    const defined = definedName(index, item["definition"]);
    if (defined === name || defined?.toLowerCase() === lower) addTexts(found, item["value"]);
  }
  return found;
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
