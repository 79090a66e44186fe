/**
 * Whose session a credential opens at a virtual proxy (A1, A2 of the wire catalogue; the status matrix A2.1 row by row),
 * and whom a reporting tool asks for (S0).
 */
import type { Dialect } from "../../catalogue/dialects.ts";
import { ConformanceError } from "../../contract/errors.ts";
import type { Credential, Entity, Principal, RequirementId, Site } from "../../contract/types.ts";
import { numberAt, textAt, virtualProxy } from "./site-entities.ts";
import { judgeToken, type TokenRecipe } from "./tokens.ts";
import type { Admission, Admit, ResolveDatasource } from "./types.ts";
import { anonymous, principalOf } from "./users.ts";

/** Values of `authenticationMethod` (IM-002). */
const methods = ["ticket", "header-static", "header-dynamic", "saml", "jwt", "oidc"] as const;
type Method = (typeof methods)[number];

interface Door {
  readonly site: Site;
  readonly proxy: Entity;
  readonly dialect: Dialect;
  readonly method: Method;
}

/** Whose session the credential opens at the prefix, or how it is refused. */
export const admit: Admit = (site, prefix, credential, dialect) => {
  const proxy = virtualProxy(site, prefix);
  if (proxy === undefined) return refused("IM-013", `no proxy serves the prefix ${JSON.stringify(prefix)}`, 400);
  if (proxy["anonymousAccessMode"] === 2) {
    return anonymous([{ requirement: "IM-016", evidence: "the virtual proxy is always anonymous" }]);
  }
  const method = methods[numberAt(proxy, "authenticationMethod")] ?? "ticket";
  return enter({ site, proxy, dialect, method }, credential);
};

function enter(door: Door, credential: Credential): Admission {
  switch (credential.by) {
    case "jwt":
      return door.method === "jwt" ? byToken(door, credential) : byNothing(door);
    case "header":
      return byHeader(door, credential.principal);
    case "ticket":
      return byTicket(door, credential.principal);
    case "bytes":
      return byBytes(door, credential.authorization);
    case "certificate": // names a user only on the direct ports; through a proxy it proves nothing (IM-062, IM-110)
    case "nothing":
      return byNothing(door);
  }
}

function refused(requirement: RequirementId, evidence: string, code: number, ...alsoAcceptable: number[]): Admission {
  return { admitted: false, code, alsoAcceptable, because: [{ requirement, evidence }] };
}

/** Rows 1 and 4 to 7 of the matrix, and row 9 behind them. */
function byToken({ site, proxy, dialect }: Door, token: TokenRecipe): Admission {
  const verdict = judgeToken(token, proxy, dialect);
  if (!verdict.valid) return { admitted: false, code: 401, alsoAcceptable: [], because: verdict.because };
  return principalOf(site, verdict.claimed, dialect, verdict.because);
}

/** Row 2: nobody was named. An anonymous virtual proxy takes him in (IM-016); a header one has a complaint of its own (IM-018). */
function byNothing({ proxy, method }: Door): Admission {
  if (proxy["anonymousAccessMode"] === 1) {
    return anonymous([{ requirement: "IM-016", evidence: "anonymous until a log-in happens" }]);
  }
  if (method === "header-static" || method === "header-dynamic") {
    return refused("IM-018", `the header ${textAt(proxy, "headerAuthenticationHeaderName")} is missing`, 400);
  }
  return refused("IM-044", "neither a token nor a session", 401, 400, 403, 302);
}

/** Row 3: something stands in the Authorization header that is no token. */
function byBytes(door: Door, authorization: string): Admission {
  if (door.method !== "jwt") return byNothing(door);
  const shown = JSON.stringify(authorization.slice(0, 20));
  return refused("IM-045", `${shown} is no token`, 401, 400);
}

// oxlint-disable-next-line no-control-regex -- the control characters are what a header may not carry
const headerText = /^[\x20-\x7e]+$/;

/** The header names the user; his directory is configured, or stands before the backslash (IM-018). */
function byHeader(door: Door, principal: Principal): Admission {
  const { site, proxy, dialect, method } = door;
  if (method !== "header-static" && method !== "header-dynamic") return byNothing(door);
  const directory =
    method === "header-static" ? textAt(proxy, "headerAuthenticationStaticUserDirectory") : principal.directory;
  if (directory.trim() === "" || principal.id.trim() === "") return byNothing(door);
  if (!headerText.test(directory + principal.id)) return refused("IM-018", "the header is not US-ASCII", 400);
  const because = [{ requirement: "IM-018", evidence: `the header names ${directory}\\${principal.id}` }] as const;
  return principalOf(site, { directory, id: principal.id, session: {} }, dialect, because);
}

/** A ticket is redeemed for the session it was issued for, on whatever virtual proxy (IM-016, IM-120). */
function byTicket({ site, dialect }: Door, principal: Principal): Admission {
  const { directory, id, session } = principal;
  const names = [directory, id].map((name) => name.trim());
  if (names.some((name) => name === "" || name.includes("\\"))) {
    return refused("IM-120", "a ticket's names are not blank and hold no backslash", 401, 400, 403, 302);
  }
  const because = [{ requirement: "IM-120", evidence: `a ticket for ${directory}\\${id}` }] as const;
  return principalOf(site, { directory: names[0] ?? "", id: names[1] ?? "", session }, dialect, because);
}

/** The token a reporting tool sends: for the user who asks, and for the default user only when nobody does (S0). */
export const resolveDatasource: ResolveDatasource = (site, datasource, user) => {
  const source = site.datasources?.[datasource];
  if (source === undefined) {
    throw new ConformanceError("input", `the site has no datasource ${JSON.stringify(datasource)}`, {
      expected: `one of ${Object.keys(site.datasources ?? {}).join(", ") || "none"}`,
    });
  }
  const proxy = virtualProxy(site, source.proxy) ?? { id: "" };
  const audience = textAt(proxy, "jwtAudience");
  const named = user ?? { directory: source.defaultDirectory, id: source.defaultUser };
  return {
    by: "jwt",
    header: { alg: "RS256", typ: "JWT" },
    claims: {
      [textAt(proxy, "jwtAttributeUserId") || "userId"]: named.id,
      [textAt(proxy, "jwtAttributeUserDirectory") || "userDirectory"]: named.directory,
      ...(audience === "" ? {} : { aud: audience }),
    },
    key: "proxy",
    expiresIn: 3600,
  };
};
