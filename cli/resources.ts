/** Resources as filters name them: `TYPE_ID`, or a QMC section. */
import { ConformanceError } from "../contract/errors.ts";
import { parseJson } from "../contract/json-text.ts";
import type { Entity, Json, ResourceRef, Site } from "../contract/types.ts";
import { isObject } from "../intake/files.ts";
import { entitiesOf } from "../reference/rules/resources.ts";
import { usage, type Command } from "./arguments.ts";

/** A resource named on the command line. */
export interface Asked {
  /** `TYPE_ID`, as resource filters have it. */
  readonly name: string;
  /** For a person: type and name. */
  readonly label: string;
  readonly resource: ResourceRef;
}

function listed(type: string, entity: Entity): Asked {
  const { name } = entity as { readonly name?: Json };
  const label = typeof name === "string" && name !== "" ? `${type} ${name}` : `${type}_${entity.id}`;
  return { name: `${type}_${entity.id}`, label, resource: { type, id: entity.id } };
}

const notResources: ReadonlySet<string> = new Set(["SystemRule"]);

export function allResources(site: Site): readonly Asked[] {
  return Object.entries(site.entities)
    .filter(([type]) => !notResources.has(type))
    .flatMap(([type, entities]) => entities.map((entity) => listed(type, entity)));
}

/** Throws `input` for one the site does not have. */
export function namedResource(name: string, site: Site): Asked {
  if (name.startsWith("QmcSection_")) return { name, label: name, resource: { type: "TransientObject", id: name } };
  const at = name.indexOf("_");
  const type = name.slice(0, Math.max(at, 0));
  const id = name.slice(at + 1);
  const known = entitiesOf(site, type).find((entity) => entity.id === id);
  if (known === undefined) {
    throw new ConformanceError("input", `the site has no resource ${JSON.stringify(name)}`, {
      expected: "TYPE_ID of an entity in the site, such as App_<id>, or a QMC section",
      remedy: "leave --resource out to see all",
    });
  }
  return listed(type, known);
}

/** `{"type":"App", …}`, or `DataConnection={"type":"folder", …}` for an entity with a type of its own. */
function wouldBeEntity(
  command: Command,
  given: string,
): { readonly type: string; readonly fields: { readonly [field: string]: Json } } {
  const [, named, text = given] = /^([\w.]+)=(.*)$/s.exec(given) ?? [];
  const value = parseJson(text, "--would-be");
  const fields = isObject(value) ? value : {};
  const type = named ?? fields["type"];
  if (typeof type === "string" && type !== "") return { type, fields };
  throw usage(command, "--would-be names no type", '{"type":"App", …} or App={…}');
}

/** `--would-be`: without an id of its own, the first is `App_would-be`, the second `App_would-be-2`. */
export function wouldBe(command: Command, given: string, index: number): Asked {
  const { type, fields } = wouldBeEntity(command, given);
  const { id, name, objectType } = fields;
  const entity = { ...fields, id: typeof id === "string" ? id : `would-be${index === 0 ? "" : `-${index + 1}`}` };
  const told = [name, objectType].find((item) => typeof item === "string");
  const label = `new ${type}${told === undefined ? "" : ` ${told}`}`;
  return { name: `${type}_${entity.id}`, label, resource: { type, wouldBe: entity } };
}
