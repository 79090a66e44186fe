/** What a caller may do with the entities of one type: list, read, create, change, remove; rights by the site's rules. */
import { randomUUID } from "node:crypto";
import type { Entity, Json } from "../../contract/types.ts";
import { same } from "../rules/model.ts";
import { isRecord, textAt, type Fields } from "../fields.ts";
import { isOwned } from "../rules/walk.ts";
import { dropUndefinedValues, requireDefinedValues } from "./custom-properties.ts";
import { inOrder, passes, readFilter } from "./query.ts";
import { forbidden, Refusal, unknown } from "./refusal.ts";
import { service, signature, type Caller } from "./caller.ts";
import type { Repository } from "./repository.ts";
import { keepingSecrets } from "./secrets.ts";
import { refreshed } from "./store.ts";
import type { EntityType } from "./types.ts";

export interface ListQuery {
  readonly filter?: string;
  readonly orderBy?: string;
  readonly ascending?: boolean;
}

/** Entities of a type the caller may read, in stored order unless told otherwise; the others are left out silently (QR-008). */
export function list(
  repository: Repository,
  caller: Caller,
  type: EntityType,
  query: ListQuery = {},
): readonly Entity[] {
  const { store } = repository;
  const filter = query.filter === undefined || query.filter.trim() === "" ? undefined : readFilter(query.filter);
  const as = repository.principal(caller.who);
  const all = store.all(type.name).filter((entity) => filter === undefined || passes(store, entity, filter));
  const answers = repository.decide(
    all.map(({ id }) => ({ as, resource: { type: type.name, id }, action: "read", context: caller.context })),
  );
  const readable = all.filter((_, index) => answers[index]?.allowed === true).map((entity) => refreshed(store, entity));
  return query.orderBy === undefined ? readable : inOrder(readable, query.orderBy, query.ascending ?? true);
}

function existing(repository: Repository, type: EntityType, id: string): Entity {
  const entity = repository.store.entity(type.name, id);
  if (entity === undefined) throw unknown();
  return entity;
}

/** The entity, when the caller may do this to it: 404 when there is none, 403 when he may not (QR-008). */
export function permitted(
  repository: Repository,
  caller: Caller,
  type: EntityType,
  ask: { id: string; action: string },
): Entity {
  const entity = existing(repository, type, ask.id);
  if (!repository.may(caller.who, ask.action, type.name, entity.id, caller.context)) throw forbidden();
  return refreshed(repository.store, entity);
}

function sameText(left: Json | undefined, right: Json | undefined): boolean {
  return typeof left === "string" && typeof right === "string" && same(left, right);
}

/** Field groups that no two entities of a type share (IM-005, IM-053). */
const unique: { readonly [type: string]: readonly (readonly string[])[] } = {
  VirtualProxyConfig: [["prefix"], ["sessionCookieHeaderName"]],
  User: [["userDirectory", "userId"]],
  CustomPropertyDefinition: [["name"]],
};

function requireUnique(repository: Repository, type: EntityType, entity: Entity): void {
  for (const fields of unique[type.name] ?? []) {
    const taken = repository.store
      .all(type.name)
      .some((other) => other.id !== entity.id && fields.every((name) => sameText(other[name], entity[name])));
    if (taken) throw new Refusal(400, `${type.name} with the same ${fields.join(" and ")} exists already`);
  }
}

function body(value: Json, type: EntityType): { readonly [field: string]: Json } {
  if (!isRecord(value)) throw new Refusal(400, "Missing parameter value(s)");
  const missing = type.required.filter(
    (name) => value[name] === undefined || value[name] === null || value[name] === "",
  );
  if (missing.length > 0) throw new Refusal(400, `Missing parameter value(s): ${missing.join(", ")}`);
  return value;
}

/** The entity a body stands for, references followed, as rules judge it before it exists (SR-501). */
export function wouldBe(repository: Repository, value: Json): Entity {
  const fields = isRecord(value) ? value : {};
  const id = typeof fields["id"] === "string" && fields["id"] !== "" ? fields["id"] : randomUUID();
  const draft = refreshed(repository.store, { ...fields, id });
  if (draft["owner"] !== null) return draft;
  return { ...Object.fromEntries(Object.entries(draft).filter(([name]) => name !== "owner")), id };
}

function ownership(
  repository: Repository,
  caller: Caller,
  type: EntityType,
  entity: Entity,
): { readonly owner?: Json } {
  if (!isOwned(type.name) || isRecord(entity["owner"])) return {};
  return { owner: { id: repository.userAtLogin(caller.who.directory, caller.who.id).id } };
}

/** Stores a new entity: ids, dates and defaults are filled in, the caller owns it unless the body says otherwise. */
export function create(repository: Repository, caller: Caller, type: EntityType, value: Json): Entity {
  const { store } = repository;
  const fields = body(value, type);
  const draft = wouldBe(repository, fields);
  if (store.entity(type.name, draft.id) !== undefined)
    throw new Refusal(400, `${type.name} with the same id exists already`);
  if (!repository.mayCreate(caller.who, type.name, draft, caller.context)) throw forbidden();
  requireDefinedValues(repository.store, type.name, draft);
  requireUnique(repository, type, draft);
  const now = store.instant();
  const entity = {
    ...type.readable,
    ...draft,
    ...ownership(repository, caller, type, draft),
    createdDate: now,
    modifiedDate: now,
    modifiedByUserName: signature(caller),
  };
  return refreshed(store, store.put(type.name, refreshed(store, entity)));
}

/** The rights a change needs beside update: who gives away, or hands out roles, needs that right too (SR-524). */
function furtherActions(type: EntityType, before: Entity, after: Entity): readonly string[] {
  const owners = [before["owner"], after["owner"]].map((owner) => (isRecord(owner) ? owner["id"] : undefined));
  const roles = [before["roles"], after["roles"]].map((held) => JSON.stringify(held ?? []));
  return [
    ...(isOwned(type.name) && owners[0] !== owners[1] ? ["changeowner"] : []),
    ...(type.name === "User" && roles[0] !== roles[1] ? ["changerole"] : []),
  ];
}

/** A shipped rule is read-only, or becomes the site's own with the first change (SR-132); one of a client's is his. */
function requireChangeable(entity: Entity): void {
  const { schemaPath, type, modifiedByUserName } = entity as Fields & Entity;
  if (schemaPath === "SystemRule" && type === "ReadOnly" && modifiedByUserName === service) throw forbidden();
}

function asChanged(before: Entity, after: Entity): Entity {
  return before["schemaPath"] === "SystemRule" && before["type"] === "Default" ? { ...after, type: "Custom" } : after;
}

/** Changes an entity. The body brings the id and the modifiedDate that was read; an old one is a conflict (IM-021). */
export function update(
  repository: Repository,
  caller: Caller,
  type: EntityType,
  ask: { id: string; value: Json },
): Entity {
  const before = permitted(repository, caller, type, { id: ask.id, action: "update" });
  requireChangeable(before);
  if (!isRecord(ask.value)) throw new Refusal(400, "Missing parameter value(s)");
  const fields = ask.value;
  if (fields["id"] !== undefined && !sameText(fields["id"], before.id)) throw new Refusal(400, "The ids differ");
  if (Date.parse(textAt(fields, "modifiedDate")) !== Date.parse(textAt(before, "modifiedDate"))) {
    throw new Refusal(409, "The item has been modified by another user");
  }
  const { createdDate = "" } = before as Fields & Entity;
  const changes = refreshed(repository.store, {
    ...before,
    ...keepingSecrets(before, fields),
    id: before.id,
    createdDate,
  });
  const after = asChanged(before, changes);
  for (const action of furtherActions(type, before, after)) {
    if (!repository.may(caller.who, action, type.name, before.id, caller.context)) throw forbidden();
  }
  requireDefinedValues(repository.store, type.name, after);
  requireUnique(repository, type, after);
  const changed = repository.update(type.name, before.id, { ...after, modifiedByUserName: signature(caller) });
  if (type.name === "CustomPropertyDefinition") dropUndefinedValues(repository.store, before.id, signature(caller));
  return refreshed(repository.store, changed);
}

/** Types whose entities belong to an app and go with it. */
const partsOfApp: readonly string[] = ["App.Object", "App.Content", "App.Internal", "App.DataSegment", "ReloadTask"];

/** Removes an entity and what belongs to it. */
export function remove(repository: Repository, caller: Caller, type: EntityType, id: string): void {
  const leaving = permitted(repository, caller, type, { id, action: "delete" });
  requireChangeable(leaving);
  const { id: gone } = leaving;
  const { store } = repository;
  store.remove(type.name, gone);
  if (type.name === "CustomPropertyDefinition") dropUndefinedValues(store, gone, signature(caller));
  if (type.name !== "App") return;
  for (const part of partsOfApp) {
    const parts = store.all(part).filter((one) => isRecord(one["app"]) && one["app"]["id"] === gone);
    for (const one of parts) store.remove(part, one.id);
  }
}

/** Publishes an app to a stream: the right is needed on both (SR-512). */
export function publish(
  repository: Repository,
  caller: Caller,
  type: EntityType,
  ask: { id: string; stream: string; name?: string },
): Entity {
  const app = permitted(repository, caller, type, { id: ask.id, action: "publish" });
  const stream = repository.store.entity("Stream", ask.stream);
  if (stream === undefined) throw new Refusal(400, "Missing parameter value(s): stream");
  if (!repository.may(caller.who, "publish", "Stream", stream.id, caller.context)) throw forbidden();
  const publishTime = repository.store.instant();
  const name = ask.name === undefined || ask.name === "" ? {} : { name: ask.name };
  const published = { stream: { id: stream.id }, published: true, publishTime, ...name };
  return repository.update(type.name, app.id, { ...published, modifiedByUserName: signature(caller) });
}
