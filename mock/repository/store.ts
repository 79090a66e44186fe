/** Entities by type, as arrays in stored order. Writes replace whole entities; nothing is checked here. */
import { randomUUID } from "node:crypto";
import type { Entity, Json, Site } from "../../contract/types.ts";
import { isRecord, recordsOf, type Fields } from "../fields.ts";
import { complete, typeByName } from "./types.ts";

export interface Store {
  /** The live site: later writes show in it. */
  readonly site: Site;
  all(type: string): readonly Entity[];
  entity(type: string, id: string): Entity | undefined;
  /** Stores an entity, completed by what its type is filled with, in place of one with the same id. */
  put(type: string, entity: Entity): Entity;
  remove(type: string, id: string): void;
  /** A later instant than any given before, ISO 8601. */
  instant(): string;
}

/** Reference fields and the type they lead to, with what a reference shows of it. */
const references: { readonly [field: string]: { readonly type: string; readonly shows: readonly string[] } } = {
  owner: { type: "User", shows: ["userId", "userDirectory", "name"] },
  stream: { type: "Stream", shows: ["name"] },
  app: { type: "App", shows: ["name", "appId", "published", "stream"] },
};

export function referenceType(field: string): string | undefined {
  return references[field]?.type;
}

/** A reference as it is stored: what it names, as far as the site holds it; an object that names nothing is no reference. */
function expanded(store: Store, field: string, value: Json): Json {
  const reference = references[field];
  if (reference === undefined || !isRecord(value)) return value;
  const { id } = value;
  const full = typeof id === "string" ? store.entity(reference.type, id) : undefined;
  if (full === undefined) return Object.keys(value).length === 0 ? null : value;
  return {
    id: full.id,
    ...Object.fromEntries(reference.shows.map((name) => [name, full[name] ?? null])),
    privileges: null,
  };
}

/** A custom property value with the whole definition, which a body may name by id or by name. */
function definedValue(store: Store, item: Fields): Fields {
  const named = isRecord(item["definition"]) ? item["definition"] : {};
  const definition = store
    .all("CustomPropertyDefinition")
    .find((one) => one.id === named["id"] || (named["id"] === undefined && one["name"] === named["name"]));
  if (definition === undefined) return item;
  const { id, name = "", valueType = "Text", choiceValues = [] } = definition as Fields & { readonly id: string };
  const shown = { id, name, valueType, choiceValues, privileges: null };
  return { id: randomUUID(), schemaPath: "CustomPropertyValue", ...item, definition: shown };
}

/** An entity with its references showing what they name now. */
export function refreshed(store: Store, entity: Entity): Entity {
  const fields = Object.entries(entity).map(([field, value]) => [
    field,
    field === "customProperties"
      ? recordsOf(value).map((item) => definedValue(store, item))
      : expanded(store, field, value),
  ]);
  return { ...Object.fromEntries(fields), id: entity.id };
}

export function createStore(): Store {
  const entities: { [type: string]: Entity[] } = { SystemRule: [], User: [], CustomPropertyDefinition: [] };
  let last = Date.now();
  const listOf = (type: string): Entity[] => (entities[typeByName(type).name] ??= []);
  return {
    site: { entities, apps: {} },
    all: listOf,
    entity: (type, id) => listOf(type).find((one) => one.id.toLowerCase() === id.toLowerCase()),
    put(type, entity) {
      const list = listOf(type);
      const stored = complete(typeByName(type), entity, this.instant());
      const at = list.findIndex((one) => one.id === entity.id);
      list.splice(at === -1 ? list.length : at, 1, stored);
      return stored;
    },
    remove(type, id) {
      const list = listOf(type);
      const at = list.findIndex((one) => one.id === id);
      if (at !== -1) list.splice(at, 1);
    },
    instant() {
      last = Math.max(Date.now(), last + 1);
      return new Date(last).toISOString();
    },
  };
}
