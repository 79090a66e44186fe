/** Brings credentials to a virtual proxy and reads back whose session came of it. */
import type { Credential, Json, Outcome, Principal, Site } from "../../contract/types.ts";
import { TargetFault } from "../faults.ts";
import type { QlikConfig } from "./config.ts";
import { headerOf } from "./header-login.ts";
import { askTicket, servicesOf, ticketIn, type Services } from "./services.ts";
import { CookieJar, type Answer, type Http } from "./http.ts";
import { jsonOf, newXrfKey, prefixPath } from "./identity.ts";
import { textOf } from "./ids.ts";
import { tokenOf } from "./sign.ts";

export interface Door {
  readonly http: Http;
  readonly config: QlikConfig;
  readonly services?: Services;
  /** The case's site: its virtual proxies say which header names the user. */
  readonly site: Site;
  readonly signal: AbortSignal;
}

const invented = "conformance-invented-session-value";

/** The Authorization header of a recipe; absent when nothing is sent. Throws for a way in the adapter cannot take. */
export async function authorizationOf(config: QlikConfig, credential: Credential): Promise<string | undefined> {
  switch (credential.by) {
    case "jwt": {
      const keys = {
        proxyKeyPem: config.keyPem,
        ...(config.certificatePem === undefined ? {} : { proxyCertificatePem: config.certificatePem }),
      };
      return `Bearer ${await tokenOf(credential, keys, Math.floor(Date.now() / 1000))}`;
    }
    case "bytes":
      return credential.authorization;
    case "nothing":
      return undefined;
    case "header":
    case "ticket":
    case "certificate":
      throw new TargetFault("malformed", `a ${credential.by} is no Authorization header`);
  }
}

/** What is shown beside the cookies: headers, or a ticket in the address. */
interface Shown {
  readonly headers?: { readonly [name: string]: string };
  readonly ticket?: string;
}

function whoAmI(door: Door, prefix: string, jar: CookieJar, shown: Shown = {}): Promise<Answer> {
  const key = newXrfKey();
  const ticket = shown.ticket === undefined ? "" : `&qlikTicket=${encodeURIComponent(shown.ticket)}`;
  return door.http.request({
    path: `${prefixPath(prefix)}/qps/user?xrfkey=${key}${ticket}`,
    headers: { "X-Qlik-Xrfkey": key, ...shown.headers },
    jar,
    signal: door.signal,
  });
}

/** Statuses by which a proxy says no: bad token, nobody logged in, not this way in, please log in over there. */
const refusals: ReadonlySet<number> = new Set([302, 400, 401, 403]);

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * What `/qps/user` tells (IM-090): whose session it is, or that there is none. An answer that tells neither leaves the
 * question open: an error page must not pass as a refusal.
 */
function told(answer: Answer): Outcome {
  const { status } = answer;
  if (refusals.has(status)) return { kind: "refused", by: "proxy", code: status };
  if (status !== 200) throw new TargetFault("malformed", `asking whose session this is answered ${status}`);
  const body = jsonOf(answer, "asking whose session this is");
  if (!isRecord(body)) throw new TargetFault("malformed", "asking whose session this is answered no object");
  const { userDirectory: directory, userId: id, session } = body;
  if (typeof directory === "string" && typeof id === "string" && id !== "") {
    return { kind: "session", directory, id, sets: {} };
  }
  // Nobody is logged in: as good as 401.
  if (session === "inactive" && id === undefined) return { kind: "refused", by: "proxy", code: 401 };
  throw new TargetFault("malformed", "asking whose session this is named nobody");
}

/**
 * Shows a credential to a proxy. A refusal that hands out a cookie is asked again with that cookie: a session behind a
 * refusing status would otherwise pass as a refusal.
 */
export async function login(door: Door, prefix: string, credential: Credential, jar: CookieJar): Promise<Outcome> {
  return entered(door, prefix, jar, await shownOf(door, prefix, credential));
}

/** Shows a ticket to a proxy (IM-121). */
export function redeem(door: Door, prefix: string, ticket: string, jar: CookieJar): Promise<Outcome> {
  return entered(door, prefix, jar, { ticket });
}

async function shownOf(door: Door, prefix: string, credential: Credential): Promise<Shown> {
  if (credential.by === "header") return { headers: headerOf(door.site, prefix, credential.principal) };
  if (credential.by !== "ticket") {
    const authorization = await authorizationOf(door.config, credential);
    return authorization === undefined ? {} : { headers: { Authorization: authorization } };
  }
  const answer = await askTicket(servicesOf(door.services), prefix, credential.principal, door.signal);
  const ticket = ticketIn(answer);
  if (ticket === undefined) throw new TargetFault("malformed", `asking for a ticket answered ${answer.status}`);
  return { ticket };
}

async function entered(door: Door, prefix: string, jar: CookieJar, shown: Shown): Promise<Outcome> {
  const answer = await whoAmI(door, prefix, jar, shown);
  const outcome = told(answer);
  if (outcome.kind === "session" || answer.setCookies.length === 0) return outcome;
  const behind = told(await whoAmI(door, prefix, jar));
  return behind.kind === "session" ? behind : outcome;
}

/** Asks with the cookies alone. */
export async function whoseSession(door: Door, prefix: string, jar: CookieJar): Promise<Outcome> {
  return told(await whoAmI(door, prefix, jar));
}

export async function logout(door: Door, prefix: string, jar: CookieJar): Promise<Outcome> {
  const key = newXrfKey();
  const answer = await door.http.request({
    method: "DELETE",
    path: `${prefixPath(prefix)}/qps/user?xrfkey=${key}`,
    headers: { "X-Qlik-Xrfkey": key },
    jar,
    signal: door.signal,
  });
  if (answer.status !== 200 && answer.status !== 204) return told(answer);
  return { kind: "session", directory: "", id: "", sets: {} };
}

/** A jar with a made-up value under every cookie name of another jar: worth nothing on a sound proxy (IM-076). */
export function forgedFrom(jar: CookieJar): CookieJar {
  const forged = new CookieJar();
  const names = jar
    .header()
    .split("; ")
    .map((pair) => pair.split("=")[0] ?? "");
  forged.accept(names.filter((name) => name !== "").map((name) => `${name}=${invented}`));
  return forged;
}

/** The recipe a reporting tool follows: the virtual proxy's own claim names, the named user or the default one (S0). */
export function datasourceCredential(
  site: Site,
  datasource: string,
  user: Principal | undefined,
): Credential & { by: "jwt" } {
  const source = site.datasources?.[datasource];
  if (source === undefined) throw new TargetFault("not-found", `the site has no datasource ${datasource}`);
  const proxy = (site.entities["VirtualProxyConfig"] ?? []).find((entity) => textOf(entity, "prefix") === source.proxy);
  const userClaim = (proxy === undefined ? "" : textOf(proxy, "jwtAttributeUserId")) || "userId";
  const directoryClaim = (proxy === undefined ? "" : textOf(proxy, "jwtAttributeUserDirectory")) || "userDirectory";
  const claims: { [name: string]: Json } = {
    [userClaim]: user?.id ?? source.defaultUser,
    [directoryClaim]: user?.directory ?? source.defaultDirectory,
  };
  return { by: "jwt", header: { alg: "RS256", typ: "JWT" }, claims, key: "proxy", expiresIn: 3600 };
}
