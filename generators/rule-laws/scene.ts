/** Changes to who asks and to what is asked about. */
import type { Entity, Json, Principal, Site } from "../../contract/types.ts";
import type { RuleQuestion, RuleScene } from "./posing.ts";

export function isAnonymous({ as }: RuleQuestion): boolean {
  return as.directory.toUpperCase() === "NONE";
}

function nameOf(directory: Json | undefined, id: Json | undefined): string {
  return JSON.stringify([directory, id]).toLowerCase();
}

/** Whether an entity or a reference names this user (SR-333). */
export function isUser(entity: { readonly [field: string]: Json }, { directory, id }: Principal): boolean {
  return nameOf(entity["userDirectory"], entity["userId"]) === nameOf(directory, id);
}

/** Who a row of the site is, as one asks whose directory says the rest. */
export function personOf({ userDirectory, userId }: Entity): Principal {
  const [directory, id] = [userDirectory, userId].map((name) => (typeof name === "string" ? name : ""));
  return { directory: directory ?? "", id: id ?? "", groups: [], attributes: {}, session: {} };
}

function attributesOf({ groups, attributes }: Principal): Json {
  return Object.entries({ ...attributes, group: groups }).flatMap(([attributeType, values]) =>
    values.map((attributeValue) => ({ attributeType, attributeValue })),
  );
}

/** Another principal in his place; what his directory says of him follows, and his row may change beside. */
export function withPerson(
  { site, question }: RuleScene,
  who: Principal,
  change: (row: Entity) => Entity = (row) => row,
): RuleScene {
  const users = (site.entities["User"] ?? []).map((row) =>
    isUser(row, question.as) ? change({ ...row, attributes: attributesOf(who) }) : row,
  );
  return { site: { ...site, entities: { ...site.entities, User: users } }, question: { ...question, as: who } };
}

interface Fields {
  readonly [field: string]: Json;
}

export function isFields(value: Json | undefined): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object somewhere in an entity, changed or as it is. */
export type Touch = (object: Fields) => Fields;

function touched(value: Json, touch: Touch): Json {
  if (Array.isArray(value)) return value.map((item: Json) => touched(item, touch));
  return isFields(value) ? touchedFields(value, touch) : value;
}

function touchedFields(fields: Fields, touch: Touch): Fields {
  return Object.fromEntries(Object.entries(touch(fields)).map(([name, one]) => [name, touched(one, touch)]));
}

function touchedEntity(entity: Entity, touch: Touch): Entity {
  return { ...touchedFields(entity, touch), id: entity.id };
}

/** Every object in the site and in a would-be resource, except in the rules. */
export function touchedScene({ site, question }: RuleScene, touch: Touch): RuleScene {
  const entities = Object.entries(site.entities).map(([type, all]) => [
    type,
    type === "SystemRule" ? all : all.map((one) => touchedEntity(one, touch)),
  ]);
  const { resource } = question;
  const about = "wouldBe" in resource ? { ...resource, wouldBe: touchedEntity(resource.wouldBe, touch) } : resource;
  return {
    site: { ...site, entities: Object.fromEntries(entities) as Site["entities"] },
    question: { ...question, resource: about },
  };
}

/** The filter that covers the type asked about; a section by its name. */
export function filterFor({ resource }: RuleQuestion): string {
  if (resource.type === "TransientObject") return "id" in resource ? resource.id : "*";
  return `${resource.type}_*`;
}

/** What is asked about; undefined where the site does not hold it. */
export function askedEntity({ site, question }: RuleScene): Entity | undefined {
  const { resource } = question;
  if ("wouldBe" in resource) return resource.wouldBe;
  if (resource.type === "TransientObject") return { id: resource.id, name: resource.id };
  return (site.entities[resource.type] ?? []).find(({ id }) => id === resource.id);
}

export function capsFlipped(text: string): string {
  return text.replaceAll(/[a-z]/gi, (letter) =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
  );
}
