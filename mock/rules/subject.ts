/** The asking user as one User entity: the directory's record united with what the request says of him. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Entity, Principal, Site } from "../../contract/types.ts";
import { recordsOf, textAt } from "../fields.ts";
import { same } from "./model.ts";

/** The User entity of this directory and id, letter case ignored (IM-053). */
export function userEntity(site: Site, directory: string, id: string): Entity | undefined {
  return site.entities["User"]?.find(
    (user) => same(textAt(user, "userDirectory"), directory) && same(textAt(user, "userId"), id),
  );
}

interface Attribute {
  readonly [key: string]: string;
  readonly attributeType: string;
  readonly attributeValue: string;
}

function attribute(attributeType: string, attributeValue: string): Attribute {
  return { attributeType, attributeValue };
}

function stored(entity: Entity | undefined): readonly Attribute[] {
  return recordsOf(entity?.["attributes"]).map((item) =>
    attribute(textAt(item, "attributeType"), textAt(item, "attributeValue")),
  );
}

function named(attributes: Principal["attributes"]): readonly Attribute[] {
  return Object.entries(attributes).flatMap(([name, values]) => values.map((value) => attribute(name, value)));
}

/** Directory attributes, or those of the session where the release stores them over the directory's (IM-049). */
function attributesOf(who: Principal, entity: Entity | undefined, dialect: Dialect): readonly Attribute[] {
  const groups = who.groups.map((group) => attribute("group", group));
  const directory = [...stored(entity), ...groups, ...named(who.attributes)];
  if (!dialect.sessionAttributesPersist) return directory;
  const session = named(who.session);
  const kept = directory.filter((item) => !session.some((one) => same(one.attributeType, item.attributeType)));
  return [...kept, ...session];
}

export function subjectOf(site: Site, who: Principal, dialect: Dialect): Entity {
  const entity = userEntity(site, who.directory, who.id);
  return {
    name: who.attributes["name"]?.[0] ?? who.id,
    ...entity,
    id: entity?.id ?? "",
    userId: who.id,
    userDirectory: who.directory,
    attributes: attributesOf(who, entity, dialect),
  };
}
