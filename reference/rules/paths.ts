/** What a path of a condition stands for: texts, other resources, or nothing. */
import type { RE2JS } from "re2js";
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Reason, RequirementId } from "../../contract/types.ts";
import type { Path } from "../../languages/rule-condition/ast.ts";
import { isOwnedType, resourceTypeOf } from "./resource-types.ts";
import {
  customValues,
  fieldOf,
  follow,
  textsOf,
  transientType,
  type Resource,
  type ResourceIndex,
} from "./resources.ts";
import { environmentValues, subjectReader, userReader, type Subject } from "./subject.ts";

/** The session as a whole: an object that equals no text (SR-334). */
export interface Session {
  readonly type: "session";
}

export type Item = string | Resource | Session;

export interface Found {
  readonly items: readonly Item[];
  /** Why there is nothing; only where `items` is empty. */
  readonly lack?: Reason;
}

/** Where a condition is evaluated: one user, one resource, one request. */
export interface Scene {
  readonly index: ResourceIndex;
  readonly dialect: Dialect;
  readonly subject: Subject;
  readonly resource: Resource;
  /** Patterns of `matches`, compiled, by their text. */
  readonly patterns: ReadonlyMap<string, RE2JS>;
}

const session: Session = { type: "session" };

/** SR-346, SR-348: a property that exists and holds no value. */
function noValue(what: string): Reason {
  return { requirement: "SR-346", evidence: `${what} has no value` };
}

/** Which documented border a name lies beyond on this type. */
function notOffered(type: string, name: string): Reason {
  const lower = name.toLowerCase();
  const evidence = `${type} offers no ${name} to conditions`;
  if (type.toLowerCase() === "app" && ["published", "approved"].includes(lower)) {
    return { requirement: "SR-407", evidence };
  }
  if (["app", "stream", "owner"].includes(lower)) return { requirement: "SR-421", evidence };
  return { requirement: lower.startsWith("@") ? "SR-408" : "SR-405", evidence };
}

/** One step from a resource: along a relation, to texts, or none. Its type and the name settle which (SR-405, SR-421). */
export type Step =
  | { readonly kind: "relation"; readonly read: (index: ResourceIndex, resource: Resource) => readonly Resource[] }
  | { readonly kind: "texts"; readonly read: (index: ResourceIndex, resource: Resource) => readonly string[] }
  | { readonly kind: "none" };

export function stepFrom(type: string, name: string): Step {
  const lower = name.toLowerCase();
  const { relations, properties, custom } = resourceTypeOf(type);
  const target = Object.hasOwn(relations, lower) ? relations[lower] : undefined;
  if (target !== undefined) {
    return { kind: "relation", read: (index, { fields }) => follow(index, target, fieldOf(fields, name)) };
  }
  if (lower === "resourcetype") return { kind: "texts", read: (_, resource) => [resource.type] };
  if (type.toLowerCase() === "user") return { kind: "texts", read: userReader(name) };
  if (lower.startsWith("@")) {
    const property = name.slice(1);
    return custom
      ? { kind: "texts", read: (index, resource) => customValues(index, resource, property) }
      : { kind: "none" };
  }
  if (lower === "id") return { kind: "texts", read: (_, { id }) => textsOf(id) };
  if (lower !== "name" && !properties.includes(lower)) return { kind: "none" };
  return { kind: "texts", read: (_, { fields }) => textsOf(fieldOf(fields, name)) };
}

/** The owner of a resource, if it has one (SR-479). */
export function ownersOf(index: ResourceIndex, resource: Resource): readonly Resource[] {
  const step = stepFrom(resource.type, "owner");
  return isOwnedType(resource.type) && step.kind === "relation" ? step.read(index, resource) : [];
}

function walk(index: ResourceIndex, resource: Resource, segments: readonly string[]): Found {
  const name = segments[0];
  if (name === undefined) return { items: [resource] };
  const step = stepFrom(resource.type, name);
  if (step.kind === "none" || (step.kind === "texts" && segments.length > 1)) {
    return { items: [], lack: notOffered(resource.type, name) };
  }
  if (step.kind === "relation" && segments.length > 1) {
    return behind(index, step.read(index, resource), { resource, segments });
  }
  const items = step.read(index, resource);
  return items.length > 0 ? { items } : { items, lack: noValue(`${name} of the ${resource.type}`) };
}

interface Way {
  readonly resource: Resource;
  readonly segments: readonly string[];
}

function behind(index: ResourceIndex, targets: readonly Resource[], { resource, segments }: Way): Found {
  const rest = segments.slice(1);
  const ways = targets.map((target) => walk(index, target, rest));
  const items = ways.flatMap((way) => way.items);
  if (items.length > 0) return { items };
  const lack = ways.find((way) => way.lack !== undefined)?.lack;
  // SR-422: nothing lies behind a missing link.
  return { items, lack: lack ?? { requirement: "SR-422", evidence: `the ${resource.type} has no ${segments[0]}` } };
}

/** Reads a path of whoever asks. */
export function readerOfUser(
  segments: readonly string[],
  dialect: Dialect,
): (index: ResourceIndex, subject: Subject) => readonly Item[] {
  const name = segments[0];
  const attribute = segments[1];
  if (name === undefined) return (_, { row }) => [row];
  if (name.toLowerCase() === "environment" && segments.length <= 2) {
    return attribute === undefined ? () => [session] : (_, subject) => environmentValues(subject, attribute);
  }
  return attribute === undefined ? subjectReader(name, dialect) : () => [];
}

function userPath(scene: Scene, segments: readonly string[]): Found {
  const items = readerOfUser(segments, scene.dialect)(scene.index, scene.subject);
  return items.length > 0 ? { items } : { items, lack: userLack(scene, segments) };
}

/** SR-403, SR-404: beside those that have no value, the two places where people look for what stands elsewhere. */
function userLack({ subject }: Scene, segments: readonly string[]): Reason {
  const [name = "", attribute] = segments;
  if (name.toLowerCase() === "environment" && segments.length === 2) return noValue(`the session's ${attribute}`);
  if (name.toLowerCase() === "role" && textsOf(fieldOf(subject.row.fields, "roles")).length > 0) {
    return { requirement: "SR-403", evidence: "admin roles stand in user.roles, not in user.role" };
  }
  if (environmentValues(subject, name).length === 0 || name.toLowerCase() === "context") {
    return noValue(`user.${segments.join(".")}`);
  }
  return { requirement: "SR-404", evidence: `${name} is known to the session only: user.environment.${name}` };
}

export function resolve(path: Path, scene: Scene): Found {
  switch (path.root) {
    case "resource":
      return walk(scene.index, scene.resource, path.segments);
    case "user":
      if (scene.subject.node === undefined) return userPath(scene, path.segments);
      return {
        items: [],
        lack: { requirement: "SR-611", evidence: "load balancing is asked of a node, not of a user" },
      };
    case "node":
      if (scene.subject.node !== undefined) return walk(scene.index, scene.subject.node, path.segments);
      return { items: [], lack: { requirement: "SR-611", evidence: "only load balancing is asked of a node" } };
  }
}

/** What else the use of a path rests on, by its shape. */
export function pathReasons(path: Path): readonly Reason[] {
  const [first, second] = path.segments.map((segment) => segment.toLowerCase());
  const evidence = [path.root, ...path.segments].join(".");
  if (first === undefined) return [];
  if (path.root === "node") return [{ requirement: "SR-611", evidence }];
  if (path.root === "user") return [{ requirement: userReason(first, second), evidence }];
  if (first === "resourcetype") return [{ requirement: "SR-406", evidence }];
  if (path.segments.at(-1)?.startsWith("@") === true) return [{ requirement: "SR-408", evidence }];
  if (path.segments.length > 1) return [{ requirement: first === "owner" ? "SR-423" : "SR-421", evidence }];
  return [];
}

function userReason(first: string, second: string | undefined): RequirementId {
  if (first === "environment") return second === "context" ? "SR-124" : "SR-404";
  return userReasons.get(first) ?? "SR-401";
}

const userReasons: ReadonlyMap<string, "SR-402" | "SR-403" | "SR-523"> = new Map([
  ["group", "SR-402"],
  ["role", "SR-403"],
  ["roles", "SR-523"],
]);

/** How a resource is named in evidence and in filters: QMC sections by their name (SR-207). */
export function nameOfResource(resource: Resource): string {
  return resource.type.toLowerCase() === transientType.toLowerCase() ? resource.id : `${resource.type}_${resource.id}`;
}
