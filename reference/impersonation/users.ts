/** From a name that was proved to the principal the site knows: spelling, groups, attributes, blocked or not. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Entity, Principal, Reason, Site } from "../../contract/types.ts";
import { recordsAt, textAt, userEntity } from "./site-entities.ts";
import type { Admission } from "./types.ts";

export type Attributes = { readonly [name: string]: readonly string[] };

export interface Claimed {
  readonly directory: string;
  readonly id: string;
  /** Attributes that came with the log-in, by the name rules see. */
  readonly session: Attributes;
}

/** Attributes of the repository, values of one type together in their order. */
function storedAttributes(user: Entity | undefined): Attributes {
  const stored: { [name: string]: string[] } = {};
  for (const item of user === undefined ? [] : recordsAt(user, "attributes")) {
    const type = textAt(item, "attributeType");
    const name = type.toLowerCase() === "group" ? "group" : type;
    (stored[name] ??= []).push(textAt(item, "attributeValue"));
  }
  return stored;
}

/** Attributes of the session overwrite stored ones of the same name where a release keeps them (IM-049). */
function knownAttributes(user: Entity | undefined, session: Attributes, dialect: Dialect): Attributes {
  const stored = storedAttributes(user);
  return dialect.sessionAttributesPersist ? { ...stored, ...session } : stored;
}

/** The principal of a proven name; refused when the user is blocked (IM-052). */
export function principalOf(site: Site, claimed: Claimed, dialect: Dialect, because: readonly Reason[]): Admission {
  const user = userEntity(site, claimed.directory, claimed.id);
  const blocked = ["inactive", "blacklisted"].find((flag) => user?.[flag] === true);
  if (blocked !== undefined) {
    const why: Reason = {
      requirement: "IM-052",
      evidence: `the user ${claimed.directory}\\${claimed.id} is ${blocked}`,
    };
    return { admitted: false, code: 401, alsoAcceptable: [403], because: [why] };
  }
  const spelt = user === undefined ? claimed : { directory: textAt(user, "userDirectory"), id: textAt(user, "userId") };
  const { group = [], ...attributes } = knownAttributes(user, claimed.session, dialect);
  const principal: Principal = {
    directory: spelt.directory,
    id: spelt.id,
    groups: group,
    attributes,
    session: claimed.session,
  };
  return { admitted: true, principal, because: [...because, ...whySpelling(claimed, principal)] };
}

function whySpelling(claimed: Claimed, principal: Principal): Reason[] {
  if (claimed.directory === principal.directory && claimed.id === principal.id) return [];
  const evidence = `${claimed.directory}\\${claimed.id} is the known ${principal.directory}\\${principal.id}`;
  return [{ requirement: "IM-053", evidence }];
}

/** Nobody in particular, as an anonymous session names him. */
export function anonymous(because: readonly Reason[]): Admission {
  return {
    admitted: true,
    principal: { directory: "NONE", id: "anonymous", groups: [], attributes: {}, session: {} },
    because,
  };
}
