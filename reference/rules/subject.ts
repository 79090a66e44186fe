/** Who asks: the principal, united with what the site's User row says of him. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Principal, RequestContext } from "../../contract/types.ts";
import {
  customValues,
  fieldOf,
  isRecord,
  resourceKey,
  textsOf,
  type Resource,
  type ResourceIndex,
} from "./resources.ts";

export interface Subject {
  readonly principal: Principal;
  /** The User row, or one made of directory and id where the site has none. */
  readonly row: Resource;
  readonly context: RequestContext;
  /** What a load-balancing question is asked of; there is then no user (SR-611). */
  readonly node?: Resource;
}

/** Values of `user.environment.context` (SR-123, SR-124). */
const contextNames: { readonly [context in RequestContext]: string } = { hub: "AppAccess", qmc: "ManagementAccess" };

export function subjectOf(index: ResourceIndex, principal: Principal, context: RequestContext): Subject {
  const wanted = `${principal.directory}\\${principal.id}`.toLowerCase();
  const known = index.users.get(wanted);
  const fields = { userDirectory: principal.directory, userId: principal.id, name: principal.id };
  return { principal, context, row: known ?? { type: "User", id: "", fields } };
}

const nobody: Principal = { directory: "", id: "", groups: [], attributes: {}, session: {} };

/** SR-611: load balancing asks of a node and an app; undefined where the site does not hold the node. */
export function nodeSubject(index: ResourceIndex, id: string, context: RequestContext): Subject | undefined {
  const node = index.byKey.get(resourceKey("ServerNodeConfiguration", id));
  return node === undefined
    ? undefined
    : { principal: nobody, context, row: { type: "User", id: "", fields: {} }, node };
}

/** SR-521: directory NONE and an id that begins with `anonymous`. */
export function isAnonymous({ principal }: Subject): boolean {
  return principal.directory.toUpperCase() === "NONE" && principal.id.toLowerCase().startsWith("anonymous");
}

function named(values: { readonly [name: string]: readonly string[] }, name: string): readonly string[] {
  const lower = name.toLowerCase();
  return Object.entries(values).flatMap(([key, list]) => (key.toLowerCase() === lower ? list : []));
}

/** Values of an attribute a user directory connector brought (SR-402). */
export function attributeValues(user: Resource, name: string): readonly string[] {
  const attributes = fieldOf(user.fields, "attributes");
  if (!Array.isArray(attributes)) return [];
  return attributes.flatMap((attribute) => {
    if (!isRecord(attribute)) return [];
    const [type] = textsOf(attribute["attributeType"]);
    return type?.toLowerCase() === name.toLowerCase() ? textsOf(attribute["attributeValue"]) : [];
  });
}

/** Properties of the User type itself; every other name is a directory attribute (SR-401, SR-403). */
export const userProperties: readonly string[] = [
  "id",
  "name",
  "userid",
  "userdirectory",
  "userdirectoryconnectorname",
  "roles",
];

/** `user.<name>` of a User row, be it the one who asks or another. */
export function userValues(index: ResourceIndex, user: Resource, name: string): readonly string[] {
  if (name.startsWith("@")) return customValues(index, user, name.slice(1));
  const lower = name.toLowerCase();
  if (userProperties.includes(lower)) return textsOf(fieldOf(user.fields, name));
  const field = lower === "email" ? textsOf(fieldOf(user.fields, "email")) : [];
  return [...field, ...attributeValues(user, name)];
}

/** `user.<name>` of the one who asks. Stored session attributes overwrite those of the directory (IM-049). */
export function subjectValues(
  index: ResourceIndex,
  subject: Subject,
  name: string,
  dialect: Dialect,
): readonly string[] {
  const { principal, row } = subject;
  const lower = name.toLowerCase();
  if (lower === "userid") return [principal.id];
  if (lower === "userdirectory") return [principal.directory];
  const own = userValues(index, row, name);
  if (lower === "name" && own.length === 0) return [principal.id];
  if (name.startsWith("@") || userProperties.includes(lower)) return own;
  const stored = dialect.sessionAttributesPersist ? named(principal.session, name) : [];
  if (stored.length > 0) return stored;
  const groups = lower === "group" ? principal.groups : [];
  return [...new Set([...groups, ...named(principal.attributes, name), ...own])];
}

/** `user.environment.<name>`: the session's attributes (SR-404), and where the request comes from (SR-124). */
export function environmentValues(subject: Subject, name: string): readonly string[] {
  if (name.toLowerCase() === "context") return [contextNames[subject.context]];
  return named(subject.principal.session, name);
}
