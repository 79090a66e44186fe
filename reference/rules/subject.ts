/** Who asks: the principal, united with what the site's User row says of him. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Json, Principal, RequestContext } from "../../contract/types.ts";
import {
  customValues,
  fieldOf,
  firstText,
  heldAt,
  isRecord,
  textsOf,
  withTexts,
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
  const node = heldAt(index, "ServerNodeConfiguration", id);
  return node === undefined
    ? undefined
    : { principal: nobody, context, row: { type: "User", id: "", fields: {} }, node };
}

/** SR-521: directory NONE and an id that begins with `anonymous`. */
export function isAnonymous({ principal }: Subject): boolean {
  return principal.directory.toUpperCase() === "NONE" && principal.id.toLowerCase().startsWith("anonymous");
}

function named(values: { readonly [name: string]: readonly string[] }, name: string): readonly string[] {
  const keys = Object.keys(values);
  if (keys.length === 0) return [];
  const lower = name.toLowerCase();
  return keys.flatMap((key) => (key.toLowerCase() === lower ? (values[key] ?? []) : []));
}

/** Values of an attribute a user directory connector brought (SR-402). */
export function attributeValues(user: Resource, name: string): readonly string[] {
  const attributes: Json | undefined = fieldOf(user.fields, "attributes");
  if (!Array.isArray(attributes)) return [];
  const lower = name.toLowerCase();
  let found: string[] | undefined;
  for (let at = 0; at < attributes.length; at++) {
    const attribute: Json | undefined = attributes[at];
    if (!isRecord(attribute)) continue;
    const type = firstText(attribute["attributeType"]);
    if (type === name || type?.toLowerCase() === lower) {
      found = withTexts(found, attribute["attributeValue"]);
    }
  }
  return found ?? [];
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

/** Reads a property of a User row; how is settled by its name, once for all rows. */
export type UserReader = (index: ResourceIndex, user: Resource) => readonly string[];

/** `user.<name>` of a User row, be it the one who asks or another. */
export function userReader(name: string): UserReader {
  if (name.startsWith("@")) {
    const custom = name.slice(1);
    return (index, user) => customValues(index, user, custom);
  }
  const lower = name.toLowerCase();
  if (userProperties.includes(lower)) return (_, user) => textsOf(fieldOf(user.fields, name));
  if (lower !== "email") return (_, user) => attributeValues(user, name);
  return (_, user) => [...textsOf(fieldOf(user.fields, "email")), ...attributeValues(user, name)];
}

/** Reads a property of the one who asks. */
export type SubjectReader = (index: ResourceIndex, subject: Subject) => readonly string[];

/** `user.<name>` of the one who asks. Stored session attributes overwrite those of the directory (IM-049). */
export function subjectReader(name: string, dialect: Dialect): SubjectReader {
  const lower = name.toLowerCase();
  if (lower === "userid") return (_, { principal }) => [principal.id];
  if (lower === "userdirectory") return (_, { principal }) => [principal.directory];
  const own = userReader(name);
  if (lower === "name") {
    return (index, { row, principal }) => {
      const texts = own(index, row);
      return texts.length > 0 ? texts : [principal.id];
    };
  }
  if (name.startsWith("@") || userProperties.includes(lower)) return (index, { row }) => own(index, row);
  return (index, { row, principal }) => {
    const stored = dialect.sessionAttributesPersist ? named(principal.session, name) : [];
    if (stored.length > 0) return stored;
    const groups = lower === "group" ? principal.groups : [];
    return united(groups, named(principal.attributes, name), own(index, row));
  };
}

/** Each value once. */
function united(groups: readonly string[], brought: readonly string[], own: readonly string[]): readonly string[] {
  const all = groups.length === 0 && brought.length === 0 ? own : [...groups, ...brought, ...own];
  return isDistinct(all) ? all : [...new Set(all)];
}

/** Whether nothing stands twice, as far as that is cheaper to see than to mend. */
function isDistinct(texts: readonly string[]): boolean {
  if (texts.length > 16) return false;
  for (let at = 1; at < texts.length; at++) if (texts.indexOf(texts[at] ?? "") < at) return false;
  return true;
}

/** `user.environment.<name>`: the session's attributes (SR-404), and where the request comes from (SR-124). */
export function environmentValues(subject: Subject, name: string): readonly string[] {
  if (name.toLowerCase() === "context") return [contextNames[subject.context]];
  return named(subject.principal.session, name);
}
