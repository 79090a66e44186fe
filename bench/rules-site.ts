/** The workload as a Qlik site. */
import type { Entity, Principal, ResourceRef, Site } from "../contract/types.ts";
import { actionBits, actionNamed } from "../reference/rules/actions.ts";
import type { QlikRule, Workload, WorkResource, WorkUser } from "./rules-workload.ts";

function custom(name: string, values: readonly string[]): readonly Entity[] {
  return values.map((value) => ({ id: "", value, definition: { id: "", name } }));
}

function userEntity(user: WorkUser): Entity {
  return {
    id: user.id,
    userDirectory: user.directory,
    userId: user.name,
    name: user.name,
    roles: user.roles,
    attributes: user.groups.map((group) => ({ attributeType: "group", attributeValue: group })),
    customProperties: [...custom("Department", user.departments), ...custom("Region", [user.region])],
  };
}

function resourceEntity(resource: WorkResource, streams: ReadonlyMap<string, string>): Entity {
  const stream = resource.stream === undefined ? undefined : streams.get(resource.stream);
  return {
    id: resource.id,
    name: resource.name,
    owner: { id: resource.owner },
    ...(resource.type === "App" && stream !== undefined ? { stream: { id: stream } } : {}),
    customProperties: [
      ...custom("Department", resource.departments),
      ...custom("Region", [resource.region]),
      ...custom("Class", [resource.classification]),
      ...(resource.type === "Stream" ? custom("GroupAccess", resource.groupAccess) : []),
    ],
  };
}

/** Bits of an action list. */
export function maskOf(actions: readonly string[]): number {
  return actions.reduce((mask, name) => mask | actionBits[actionNamed(name) ?? "read"], 0);
}

export function siteOf({ users, resources, rules }: Workload<QlikRule>): Site {
  const streams = new Map(resources.filter(({ type }) => type === "Stream").map(({ name, id }) => [name, id]));
  const entities = (type: WorkResource["type"]): readonly Entity[] =>
    resources.filter((resource) => resource.type === type).map((resource) => resourceEntity(resource, streams));
  return {
    entities: {
      User: users.map(userEntity),
      App: entities("App"),
      Stream: entities("Stream"),
      DataConnection: entities("DataConnection"),
      SystemRule: rules.map(({ filter, actions, condition }, index) => ({
        id: `rule-${index}`,
        name: `Rule ${index}`,
        category: "Security",
        type: "Custom",
        rule: condition,
        resourceFilter: filter,
        actions: maskOf(actions),
        ruleContext: 0,
        disabled: false,
      })),
    },
    apps: {},
  };
}

export function principalsOf({ users }: Pick<Workload, "users">): readonly Principal[] {
  return users.map(({ directory, name }) => ({ directory, id: name, groups: [], attributes: {}, session: {} }));
}

export function refsOf({ resources }: Pick<Workload, "resources">): readonly ResourceRef[] {
  return resources.map(({ type, id }) => ({ type, id }));
}
