/** Entities of the probes' sites, in the shapes QRS answers. */
import type { Entity, Principal } from "../../contract/types.ts";

/** The same GUID for the same name, for ever. */
export function idOf(name: string): string {
  let hash = 0x811c_9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x0100_0193) >>> 0;
  return `f1a9e400-0000-4000-8000-${hash.toString(16).padStart(12, "0")}`;
}

/** Owns what nobody of the probes is to own. */
export const keeper: Entity = {
  id: idOf("keeper"),
  userId: "sa_repository",
  userDirectory: "INTERNAL",
  name: "sa_repository",
};

export function userEntity({ directory, id, groups, attributes }: Principal): Entity {
  const known = [
    ...groups.map((group) => ["group", group]),
    ...(attributes["email"] ?? []).map((mail) => ["email", mail]),
  ];
  return {
    id: idOf(`user ${id}`),
    userId: id,
    userDirectory: directory,
    name: id,
    roles: [],
    attributes: known.map(([attributeType = "", attributeValue = ""]) => ({ attributeType, attributeValue })),
    customProperties: [],
  };
}

const read = 2;

export function ruleEntity(name: string, resourceFilter: string, rule: string, actions: number = read): Entity {
  return {
    id: idOf(`rule ${name}`),
    name,
    category: "Security",
    type: "Custom",
    resourceFilter,
    actions,
    rule,
    ruleContext: 0,
    disabled: false,
    comment: "",
  };
}
