/** Case ids to the ids the site gave: QRS makes its own, and rules, filters and references must follow. */
import type { Entity, Json, Site } from "../../contract/types.ts";

/** Type of what a reference field points at; ids of different types may be equal in a case. */
const referred: { readonly [field: string]: string } = {
  stream: "Stream",
  app: "App",
  owner: "User",
  definition: "CustomPropertyDefinition",
};

/** An id of a case may be one letter: inside a longer word it is no id. */
function whole(id: string): RegExp {
  const literal = id.replaceAll(/[$()*+.?[\\\]^{|}/]/g, String.raw`\$&`);
  return new RegExp(`(?<![\\p{L}\\p{N}-])${literal}(?![\\p{L}\\p{N}-])`, "gu");
}

export class IdMap {
  readonly #typed = new Map<string, string>();
  /** For an id whose type is not told: the first entity that has it. */
  readonly #any = new Map<string, string>();

  set(type: string, caseId: string, realId: string): void {
    this.#typed.set(`${type} ${caseId}`, realId);
    if (!this.#any.has(caseId)) this.#any.set(caseId, realId);
  }

  /** The site's id of a case's entity; ids the case does not own (QMC sections) stay. */
  real(type: string, caseId: string): string {
    return this.#typed.get(`${type} ${caseId}`) ?? caseId;
  }

  get known(): readonly string[] {
    return [...this.#typed.values()];
  }

  /** Type and id of everything of the case that is on the site. */
  get made(): readonly { readonly type: string; readonly id: string }[] {
    return [...this.#typed].map(([key, id]) => ({ type: key.split(" ")[0] ?? "", id }));
  }

  has(type: string, caseId: string): boolean {
    return this.#typed.has(`${type} ${caseId}`);
  }

  /** Replaces every case id inside a text: resource filters (`App_<id>`) and conditions name resources. */
  inText(text: string): string {
    let result = text;
    for (const [key, realId] of this.#typed) {
      const [type = "", caseId = ""] = key.split(" ");
      result = result.replaceAll(`${type}_${caseId}`, `${type}_${realId}`);
    }
    for (const [caseId, realId] of this.#any) result = result.replaceAll(whole(caseId), () => realId);
    return result;
  }

  /** The text with the case's ids in the place of the site's. */
  inCase(text: string): string {
    let result = text;
    for (const [caseId, realId] of this.#any) result = result.replaceAll(realId, caseId);
    return result;
  }

  inJson(value: Json, field?: string): Json {
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map((item: Json) => this.inJson(item, field));
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        key === "id" && typeof item === "string" ? this.#reference(field, item) : this.inJson(item, key),
      ]),
    );
  }

  #reference(field: string | undefined, id: string): string {
    const type = field === undefined ? undefined : referred[field];
    return type === undefined ? (this.#any.get(id) ?? id) : this.real(type, id);
  }
}

const serverOwned: ReadonlySet<string> = new Set([
  "id",
  "createdDate",
  "modifiedDate",
  "modifiedByUserName",
  "privileges",
  "schemaPath",
]);

/** An owner who is no user of the case (a service account) is left to the site: it makes the deploying user the owner. */
function isForeignOwner(field: string, value: Json, ids: IdMap): boolean {
  const id = field === "owner" ? referenceId(value) : undefined;
  return id !== undefined && !ids.has("User", id);
}

/** The body of a POST: what the server itself fills in is left out, references point at the site's ids. */
export function bodyOf(entity: Entity, ids: IdMap): { [field: string]: Json } {
  const fields = Object.entries(entity).filter(
    ([field, value]) => !serverOwned.has(field) && !isForeignOwner(field, value, ids),
  );
  return Object.fromEntries(fields.map(([field, value]) => [field, ids.inJson(value, field)]));
}

export function textOf(entity: Entity, field: string): string {
  const value = entity[field];
  return typeof value === "string" ? value : "";
}

export function referenceId(value: Json | undefined): string | undefined {
  if (typeof value !== "object" || value === null || !("id" in value)) return undefined;
  const { id } = value as { readonly id: Json };
  return typeof id === "string" ? id : undefined;
}

/** The ids of a site that is there already: each stands for itself. */
export function attachedIds(site: Site): IdMap {
  const ids = new IdMap();
  for (const [type, entities] of Object.entries(site.entities)) for (const { id } of entities) ids.set(type, id, id);
  for (const definition of site.entities["CustomPropertyDefinition"] ?? []) {
    ids.set("CustomPropertyDefinition", `property:${textOf(definition, "name")}`, definition.id);
  }
  return ids;
}

/** Names of the custom properties an entity carries values of. */
export function propertyValues(entity: Entity): readonly { readonly name: string; readonly value: string }[] {
  const values = entity["customProperties"];
  if (!Array.isArray(values)) return [];
  return values.flatMap((item: Json) => {
    if (typeof item !== "object" || item === null || !("value" in item) || !("definition" in item)) return [];
    const { definition, value } = item;
    if (typeof definition !== "object" || definition === null || !("name" in definition)) return [];
    const { name } = definition as { readonly name: Json };
    return typeof name === "string" && typeof value === "string" ? [{ name, value }] : [];
  });
}
