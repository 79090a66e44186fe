/** A site with virtual proxies of each kind, and the credentials people bring. */
import { defaultDialect, dialectOf, type Dialect } from "../../../catalogue/dialects.ts";
import type { Credential, Entity, Json, Principal, Site } from "../../../contract/types.ts";
import { admit } from "../../../reference/impersonation/spec.ts";

export const tokens: Entity = {
  id: "vp-jwt",
  prefix: "jwt",
  sessionCookieHeaderName: "X-Qlik-Session-jwt",
  authenticationMethod: 4,
  anonymousAccessMode: 0,
  jwtAttributeUserId: "userId",
  jwtAttributeUserDirectory: "userDirectory",
  jwtAttributeMap: [],
  loadBalancingServerNodes: [{ id: "central" }],
};

export function proxy(id: string, changes: { readonly [field: string]: Json }): Entity {
  return { ...tokens, id, prefix: id, sessionCookieHeaderName: `X-Qlik-Session-${id}`, ...changes };
}

export function user(directory: string, id: string, more: { readonly [field: string]: Json } = {}): Entity {
  return { id: `user-${directory}-${id}`, userDirectory: directory, userId: id, name: id, attributes: [], ...more };
}

/** A site whose proxy service serves every virtual proxy given. */
export function siteOf(proxies: readonly Entity[], users: readonly Entity[] = []): Site {
  const virtualProxies = proxies.map(({ id }) => ({ id }));
  return {
    entities: {
      VirtualProxyConfig: proxies,
      ProxyService: [{ id: "central", settings: { virtualProxies } }],
      User: users,
    },
    apps: {},
  };
}

type Token = Extract<Credential, { by: "jwt" }>;

/** A good token of CORP\ann, with changes. */
export function token(changes: Partial<Token> = {}): Token {
  return {
    by: "jwt",
    header: { alg: "RS256", typ: "JWT" },
    claims: { userId: "ann", userDirectory: "CORP" },
    key: "proxy",
    expiresIn: 3600,
    ...changes,
  };
}

export function named(userId: Json, userDirectory: Json = "CORP", more: { readonly [name: string]: Json } = {}): Token {
  return token({ claims: { userId, userDirectory, ...more } });
}

export function person(directory: string, id: string): Principal {
  return { directory, id, groups: [], attributes: {}, session: {} };
}

export function withDialect(changes: Partial<Dialect> = {}): Dialect {
  return { ...dialectOf(defaultDialect), ...changes };
}

/** `DIRECTORY\id` of the session, or the code of the refusal. */
export function opens(
  site: Site,
  prefix: string,
  credential: Credential,
  dialect: Dialect = withDialect(),
): string | number {
  const admission = admit(site, prefix, credential, dialect);
  return admission.admitted ? `${admission.principal.directory}\\${admission.principal.id}` : admission.code;
}
