/** Case ids to the ids the site gave: QRS makes its own, and rules, filters and references must follow. */
import type { Entity, Json } from "../../contract/types.ts";

export class IdMap {
  readonly #real = new Map<string, string>();

  set(caseId: string, realId: string): void {
    this.#real.set(caseId, realId);
  }

  /** The site's id of a case's entity; ids the case does not own (QMC sections) stay. */
  real(caseId: string): string {
    return this.#real.get(caseId) ?? caseId;
  }

  get known(): readonly string[] {
    return [...this.#real.values()];
  }

  has(caseId: string): boolean {
    return this.#real.has(caseId);
  }

  /** Replaces every case id inside a text: resource filters and conditions name resources. */
  inText(text: string): string {
    let result = text;
    for (const [caseId, realId] of this.#real) result = result.replaceAll(caseId, realId);
    return result;
  }

  inJson(value: Json): Json {
    if (typeof value === "string") return this.#real.get(value) ?? value;
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map((item: Json) => this.inJson(item));
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.inJson(item)]));
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
  return id !== undefined && !ids.has(id);
}

/** The body of a POST: what the server itself fills in is left out, references point at the site's ids. */
export function bodyOf(entity: Entity, ids: IdMap): { [field: string]: Json } {
  const fields = Object.entries(entity).filter(
    ([field, value]) => !serverOwned.has(field) && !isForeignOwner(field, value, ids),
  );
  return Object.fromEntries(fields.map(([field, value]) => [field, ids.inJson(value)]));
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
