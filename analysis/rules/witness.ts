/** A pair of user and resource that shows something, with everything taken away that does not matter. */
import type { Entity, Json, Principal, RequestContext, ResourceRef, Site } from "../../contract/types.ts";
import type { ActionName } from "../../reference/rules/actions.ts";
import { entitiesOf } from "../../reference/rules/resources.ts";

export interface Witness {
  readonly user: Principal;
  readonly resource: ResourceRef;
  readonly action: ActionName;
  readonly context: RequestContext;
  /** The site it is shown on. */
  readonly site: Site;
  /** Whether user and resource are the site's own. */
  readonly existing: boolean;
}

/** Whether what is to be shown still shows. */
export type Shows = (witness: Witness) => boolean;

function withEntity(site: Site, type: string, changed: Entity): Site {
  const list = entitiesOf(site, type).map((entity) => (entity.id === changed.id ? changed : entity));
  return { ...site, entities: { ...site.entities, [type]: list } };
}

function without(value: Json, at: number): Json {
  return Array.isArray(value) ? value.filter((_, index) => index !== at) : value;
}

/** Lists of an entity whose items can go one by one. */
const lists: readonly string[] = ["customProperties", "attributes", "roles"];
/** What an entity cannot be without. */
const kept: ReadonlySet<string> = new Set(["id", "name", "userId", "userDirectory", ...lists]);

function smallerEntities(entity: Entity): readonly Entity[] {
  const shorter = lists.flatMap((name) => {
    const list = entity[name];
    return Array.isArray(list) ? list.map((_, at) => ({ ...entity, [name]: without(list, at) })) : [];
  });
  const fewer = Object.keys(entity)
    .filter((name) => !kept.has(name))
    .map((name): Entity => {
      const { [name]: _gone, ...rest } = entity;
      return { ...rest, id: entity.id };
    });
  return [...shorter, ...fewer];
}

function isObject(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function referredTo(entity: Entity): readonly string[] {
  return Object.values(entity).flatMap((value) =>
    isObject(value) && typeof value["id"] === "string" ? [value["id"]] : [],
  );
}

/** Ids of things and of what they refer to. */
function concerned(site: Site, ids: readonly string[]): ReadonlySet<string> {
  const byId = new Map(Object.values(site.entities).flatMap((list) => list.map((entity) => [entity.id, entity])));
  const seen = new Set(ids);
  for (const id of seen) {
    const entity = byId.get(id);
    for (const there of entity === undefined ? [] : referredTo(entity)) seen.add(there);
  }
  return seen;
}

function isNamed(entity: Entity, { directory, id }: Principal): boolean {
  const { userDirectory, userId } = entity as { readonly userDirectory?: Json; readonly userId?: Json };
  return (
    typeof userDirectory === "string" &&
    typeof userId === "string" &&
    userDirectory.toLowerCase() === directory.toLowerCase() &&
    userId.toLowerCase() === id.toLowerCase()
  );
}

function rowOf(site: Site, user: Principal): Entity | undefined {
  return (site.entities["User"] ?? []).find((entity) => isNamed(entity, user));
}

function idsOf({ site, user, resource }: Witness): readonly string[] {
  return [rowOf(site, user)?.id ?? "", ...("id" in resource ? [resource.id] : referredTo(resource.wouldBe))];
}

/** The same pair on a site that holds nothing else. */
function alone(witness: Witness): Witness {
  const ids = concerned(witness.site, idsOf(witness));
  const entities = Object.entries(witness.site.entities).map(([type, list]) => [
    type,
    type === "SystemRule" ? list : list.filter(({ id }) => ids.has(id)),
  ]);
  return { ...witness, site: { ...witness.site, entities: Object.fromEntries(entities) } };
}

/** Without one of the things the site holds beside what is asked about. */
function fewerEntities(witness: Witness): readonly Witness[] {
  const { site, resource } = witness;
  const asked = "id" in resource ? resource.id : undefined;
  return Object.entries(site.entities).flatMap(([type, list]) =>
    type === "SystemRule"
      ? []
      : list
          .filter(({ id }) => id !== asked)
          .map((gone) => {
            const entities = { ...site.entities, [type]: list.filter((other) => other !== gone) };
            return { ...witness, site: { ...site, entities } };
          }),
  );
}

function smaller(witness: Witness): readonly Witness[] {
  const { site, user } = witness;
  const changed = Object.entries(site.entities)
    .filter(([type]) => type !== "SystemRule")
    .flatMap(([type, entities]) =>
      entities.flatMap(smallerEntities).map((entity) => ({ ...witness, site: withEntity(site, type, entity) })),
    );
  const groups = user.groups.map((_, at) => ({
    ...witness,
    user: { ...user, groups: user.groups.filter((__, other) => other !== at) },
  }));
  const session = Object.keys(user.session).map((name) => {
    const { [name]: _gone, ...rest } = user.session;
    return { ...witness, user: { ...user, session: rest } };
  });
  const created =
    "wouldBe" in witness.resource
      ? smallerEntities(witness.resource.wouldBe).map((wouldBe) => ({
          ...witness,
          resource: { type: witness.resource.type, wouldBe },
        }))
      : [];
  return [...fewerEntities(witness), ...groups, ...session, ...created, ...changed];
}

/** 1-minimal: nothing more can go. An existing pair stays as it is: it stands for itself. */
export function minimal(witness: Witness, shows: Shows): Witness {
  if (witness.existing) return witness;
  const lonely = alone(witness);
  let least = shows(lonely) ? lonely : witness;
  for (let found: Witness | undefined = least; found !== undefined;) {
    found = smaller(least).find(shows);
    if (found !== undefined) least = found;
  }
  return least;
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? null);
}

function customTexts(entity: Entity): readonly string[] {
  const list = entity["customProperties"];
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: Json) =>
    isObject(item) && isObject(item["definition"])
      ? [`@${textOf(item["definition"]["name"])} = ${textOf(item["value"])}`]
      : [],
  );
}

function attributeTexts(entity: Entity): readonly string[] {
  const list = entity["attributes"];
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: Json) =>
    isObject(item) ? [`${textOf(item["attributeType"])} = ${textOf(item["attributeValue"])}`] : [],
  );
}

/** The user in words: who he is and what he has. */
export function describeUser({ user, site }: Witness): string {
  const row = rowOf(site, user);
  const roles = Array.isArray(row?.["roles"]) ? row["roles"].map((role) => `role ${textOf(role)}`) : [];
  const traits = [
    ...user.groups.map((group) => `group = ${group}`),
    ...(row === undefined ? [] : [...attributeTexts(row), ...customTexts(row)]),
    ...roles,
    ...Object.entries(user.session).map(([name, values]) => `environment.${name} = ${values.join(", ")}`),
  ];
  const name = `${user.directory}\\${user.id}`;
  return traits.length === 0 ? `${name} (nothing else)` : `${name} (${[...new Set(traits)].join(", ")})`;
}

/** The resource in words, with what stands in it and what it leads to. */
export function describeResource({ resource, site }: Witness): string {
  if (!("id" in resource)) return describeEntity(site, `new ${resource.type}`, resource.wouldBe);
  const entity = entitiesOf(site, resource.type).find(({ id }) => id === resource.id);
  if (entity === undefined)
    return resource.type === "TransientObject" ? resource.id : `${resource.type}_${resource.id}`;
  return describeEntity(site, resource.type, entity);
}

function describeEntity(site: Site, type: string, entity: Entity): string {
  const fields = Object.entries(entity).flatMap(([name, value]) => {
    if (["id", "name", "customProperties", "schemaPath", "privileges"].includes(name)) return [];
    if (isObject(value) && typeof value["id"] === "string") return [`${name} ${describeReference(site, name, value)}`];
    return typeof value === "string" && value !== "" ? [`${name} = ${value}`] : [];
  });
  const traits = [...customTexts(entity), ...fields];
  const name = entity["name"] === undefined ? type : `${type} ${textOf(entity["name"])}`;
  return traits.length === 0 ? name : `${name} (${traits.join(", ")})`;
}

const behind: { readonly [relation: string]: string } = { app: "App", stream: "Stream" };

function describeReference(site: Site, relation: string, reference: { readonly [name: string]: Json }): string {
  const type = behind[relation];
  const entity = type === undefined ? undefined : entitiesOf(site, type).find(({ id }) => id === reference["id"]);
  const { owner } = (entity ?? {}) as { readonly owner?: Json };
  const owned = isObject(owner) ? [`owner ${textOf(owner["userId"] ?? owner["name"] ?? owner["id"])}`] : [];
  const traits = entity === undefined ? [] : [...customTexts(entity), ...owned];
  const name = textOf(reference["name"] ?? reference["userId"] ?? reference["id"]);
  return traits.length === 0 ? name : `${name} (${traits.join(", ")})`;
}
