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
import { environmentValues, subjectValues, userValues, type Subject } from "./subject.ts";

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

function found(items: readonly Item[], lack: () => Reason): Found {
  return items.length > 0 ? { items } : { items, lack: lack() };
}

/** SR-346, SR-348: a property that exists and holds no value. */
function noValue(what: string): () => Reason {
  return () => ({ requirement: "SR-346", evidence: `${what} has no value` });
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

function propertyTexts(index: ResourceIndex, resource: Resource, name: string): readonly string[] | undefined {
  const lower = name.toLowerCase();
  const { properties, custom } = resourceTypeOf(resource.type);
  if (lower === "resourcetype") return [resource.type];
  if (resource.type.toLowerCase() === "user") return userValues(index, resource, name);
  if (lower.startsWith("@")) return custom ? customValues(index, resource, name.slice(1)) : undefined;
  if (lower === "id") return textsOf(resource.id);
  if (lower === "name" || properties.includes(lower)) return textsOf(fieldOf(resource.fields, name));
  return undefined;
}

/** SR-421: one step from a resource along a relation of its type. */
function related(index: ResourceIndex, resource: Resource, name: string): readonly Resource[] | undefined {
  const { relations } = resourceTypeOf(resource.type);
  const lower = name.toLowerCase();
  const target = Object.hasOwn(relations, lower) ? relations[lower] : undefined;
  return target === undefined ? undefined : follow(index, target, fieldOf(resource.fields, name));
}

/** The owner of a resource, if it has one (SR-479). */
export function ownersOf(index: ResourceIndex, resource: Resource): readonly Resource[] {
  return isOwnedType(resource.type) ? (related(index, resource, "owner") ?? []) : [];
}

function step(index: ResourceIndex, resource: Resource, segments: readonly string[]): Found {
  const [name, ...rest] = segments;
  if (name === undefined) return { items: [resource] };
  const targets = related(index, resource, name);
  if (targets === undefined) {
    const texts = rest.length === 0 ? propertyTexts(index, resource, name) : undefined;
    if (texts === undefined) return { items: [], lack: notOffered(resource.type, name) };
    return found(texts, noValue(`${name} of the ${resource.type}`));
  }
  if (targets.length === 0 && rest.length > 0) {
    // SR-422: nothing lies behind a missing link.
    return { items: [], lack: { requirement: "SR-422", evidence: `the ${resource.type} has no ${name}` } };
  }
  const ways = targets.map((target) => step(index, target, rest));
  const lack = ways.find((way) => way.lack !== undefined)?.lack;
  return found(
    ways.flatMap((way) => way.items),
    () => lack ?? noValue(`${name} of the ${resource.type}`)(),
  );
}

function userPath(scene: Scene, segments: readonly string[]): Found {
  const { subject, index, dialect } = scene;
  const [name, attribute, ...beyond] = segments;
  if (name === undefined) return { items: [subject.row] };
  if (name.toLowerCase() === "environment" && beyond.length === 0) {
    if (attribute === undefined) return { items: [session] };
    return found(environmentValues(subject, attribute), noValue(`the session's ${attribute}`));
  }
  const texts = attribute === undefined ? subjectValues(index, subject, name, dialect) : [];
  return found(texts, () => userLack(scene, name) ?? noValue(`user.${segments.join(".")}`)());
}

/** SR-403, SR-404: the two places where people look for what stands elsewhere. */
function userLack({ subject }: Scene, name: string): Reason | undefined {
  if (name.toLowerCase() === "role" && textsOf(fieldOf(subject.row.fields, "roles")).length > 0) {
    return { requirement: "SR-403", evidence: "admin roles stand in user.roles, not in user.role" };
  }
  if (environmentValues(subject, name).length === 0 || name.toLowerCase() === "context") return undefined;
  return { requirement: "SR-404", evidence: `${name} is known to the session only: user.environment.${name}` };
}

export function resolve(path: Path, scene: Scene): Found {
  switch (path.root) {
    case "resource":
      return step(scene.index, scene.resource, path.segments);
    case "user":
      if (scene.subject.node === undefined) return userPath(scene, path.segments);
      return {
        items: [],
        lack: { requirement: "SR-611", evidence: "load balancing is asked of a node, not of a user" },
      };
    case "node":
      if (scene.subject.node !== undefined) return step(scene.index, scene.subject.node, path.segments);
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
