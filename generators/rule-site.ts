/** Sites for rules: users with directory attributes, roles and custom properties; streams, apps, objects, connections, tasks. */
import * as fc from "fast-check";
import type { Entity, Json, Principal } from "../contract/types.ts";
import {
  connectionTypes,
  departments,
  groups,
  objectTypes,
  people,
  regions,
  roles,
  thingId,
  thingNames,
  type Person,
} from "./rule-vocabulary.ts";

export interface UserTraits {
  /** Groups the principal brings and groups the User row holds; the user has both. */
  readonly groups: readonly string[];
  readonly rowGroups: readonly string[];
  readonly departments: readonly string[];
  readonly regions: readonly string[];
  readonly roles: readonly string[];
  /** The attribute `role`, which is no admin role (SR-403). */
  readonly role: readonly string[];
  readonly session: {
    readonly group: readonly string[];
    readonly department: readonly string[];
    readonly secureRequest: readonly string[];
  };
}

function some(values: readonly string[], most: number): fc.Arbitrary<readonly string[]> {
  return fc.subarray([...values], { maxLength: most });
}

const plain = { noNullPrototype: true } as const;

const userTraits: fc.Arbitrary<UserTraits> = fc.record(
  {
    groups: some(groups, 3),
    rowGroups: some(groups, 1),
    departments: some(departments, 1),
    regions: some(regions, 2),
    roles: some(roles, 3),
    role: some(roles, 1),
    session: fc.record(
      { group: some(groups, 3), department: some(departments, 1), secureRequest: some(["true"], 1) },
      plain,
    ),
  },
  plain,
);

export function customProperties(values: { readonly [name: string]: readonly string[] }): Json {
  return Object.entries(values).flatMap(([name, list]) => list.map((value) => ({ value, definition: { name } })));
}

function attribute(attributeType: string, values: readonly string[]): readonly Json[] {
  return values.map((attributeValue) => ({ attributeType, attributeValue }));
}

function userRow({ id, directory, userId }: Person, traits: UserTraits): Entity {
  return {
    id,
    userDirectory: directory,
    userId,
    name: userId,
    roles: traits.roles,
    // `groups` is another attribute than `group`, however alike (SR-402).
    attributes: [
      ...attribute("group", traits.rowGroups),
      ...attribute("groups", traits.departments.length > 0 ? groups : []),
      ...attribute("role", traits.role),
    ],
    customProperties: customProperties({ Region: traits.regions }),
  };
}

/** The principal as a log-in or a directory would bring him. */
export function principalOf({ directory, userId }: Person, traits: UserTraits): Principal {
  const { group, department, secureRequest } = traits.session;
  return {
    directory,
    id: userId,
    groups: traits.groups,
    attributes: { department: traits.departments },
    session: { group, department, secureRequest },
  };
}

export const visitor: Principal = {
  directory: "NONE",
  id: "anonymous0f9e8d7c-6b5a-4948-8372-615049382716",
  groups: [],
  attributes: {},
  session: {},
};

function reference(person: Person | undefined): Json {
  if (person === undefined) return null;
  return { id: person.id, userDirectory: person.directory, userId: person.userId, name: person.userId };
}

interface ThingTraits {
  readonly name: string;
  readonly owner: Person | undefined;
  readonly regions: readonly string[];
  readonly access: readonly string[];
  /** Index of the stream or app it belongs to; beyond the last: none. */
  readonly parent: number;
  readonly kind: number;
  readonly published: boolean;
  readonly approved: boolean;
}

const thing: fc.Arbitrary<ThingTraits> = fc.record(
  {
    name: fc.constantFrom(...thingNames),
    owner: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...people.filter(({ known }) => known)) },
      fc.constant(undefined),
    ),
    regions: some(regions, 2),
    access: some(groups, 3),
    parent: fc.nat(4),
    kind: fc.nat(20),
    published: fc.boolean(),
    approved: fc.boolean(),
  },
  plain,
);

function base(type: string, index: number, { name, owner }: ThingTraits): Entity {
  return { id: thingId(type, index), name, owner: reference(owner) };
}

function parentOf(parents: readonly Entity[], index: number): Json {
  const parent = parents[index];
  return parent === undefined ? null : { id: parent.id, name: parent["name"] ?? null };
}

function pick(words: readonly string[], index: number): string {
  return words[index % words.length] ?? "";
}

export interface Things {
  readonly streams: readonly ThingTraits[];
  readonly apps: readonly ThingTraits[];
  readonly objects: readonly ThingTraits[];
  readonly connections: readonly ThingTraits[];
  readonly tasks: readonly ThingTraits[];
}

/** One entity of a type from its traits; also the body of a would-be one. */
export function entityOf(type: string, index: number, traits: ThingTraits, parents: readonly Entity[]): Entity {
  const common = base(type, index, traits);
  const region = { Region: traits.regions };
  switch (type) {
    case "Stream":
      return { ...common, customProperties: customProperties({ ...region, GroupAccess: traits.access }) };
    case "App": {
      const stream = parentOf(parents, traits.parent);
      return {
        ...common,
        description: traits.name,
        stream,
        published: stream !== null,
        customProperties: customProperties(region),
      };
    }
    case "App.Object": {
      const { published, approved, name: description } = traits;
      return {
        ...common,
        objectType: pick(objectTypes, traits.kind),
        description,
        published,
        approved,
        app: parentOf(parents, traits.parent),
      };
    }
    case "DataConnection": {
      const values = customProperties({ ...region, GroupAccess: traits.access });
      return { ...common, type: pick(connectionTypes, traits.kind), customProperties: values };
    }
    default:
      return {
        id: common.id,
        name: traits.name,
        app: parentOf(parents, traits.parent),
        customProperties: customProperties(region),
      };
  }
}

const things: fc.Arbitrary<Things> = fc.record(
  {
    streams: fc.array(thing, { minLength: 1, maxLength: 3 }),
    apps: fc.array(thing, { minLength: 1, maxLength: 3 }),
    objects: fc.array(thing, { maxLength: 3 }),
    connections: fc.array(thing, { maxLength: 2 }),
    tasks: fc.array(thing, { maxLength: 2 }),
  },
  plain,
);

export interface Furnished {
  readonly entities: { readonly [type: string]: readonly Entity[] };
  readonly principals: readonly Principal[];
  /** For would-be resources. */
  readonly spare: ThingTraits;
}

function furnish(people_: readonly UserTraits[], made: Things, spare: ThingTraits): Furnished {
  const pairs = people.flatMap((person, index) => {
    const traits = people_[index];
    return traits === undefined ? [] : [{ person, traits }];
  });
  const streams = made.streams.map((traits, index) => entityOf("Stream", index, traits, []));
  const apps = made.apps.map((traits, index) => entityOf("App", index, traits, streams));
  const entities = {
    User: pairs.filter(({ person }) => person.known).map(({ person, traits }) => userRow(person, traits)),
    Stream: streams,
    App: apps,
    "App.Object": made.objects.map((traits, index) => entityOf("App.Object", index, traits, apps)),
    DataConnection: made.connections.map((traits, index) => entityOf("DataConnection", index, traits, [])),
    ReloadTask: made.tasks.map((traits, index) => entityOf("ReloadTask", index, traits, apps)),
  };
  return { entities, principals: [...pairs.map(({ person, traits }) => principalOf(person, traits)), visitor], spare };
}

export const furnished: fc.Arbitrary<Furnished> = fc
  .tuple(fc.array(userTraits, { minLength: people.length, maxLength: people.length }), things, thing)
  .map(([users, made, spare]) => furnish(users, made, spare));
