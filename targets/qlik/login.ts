/** Brings credentials to a virtual proxy and reads back whose session came of it. */
import type { Credential, Json, Outcome, Principal, Site } from "../../contract/types.ts";
import { TargetFault } from "../faults.ts";
import type { QlikConfig } from "./config.ts";
import { CookieJar, type Answer, type Http } from "./http.ts";
import { jsonOf, newXrfKey, prefixPath } from "./identity.ts";
import { textOf } from "./ids.ts";
import { tokenOf } from "./sign.ts";

export interface Door {
  readonly http: Http;
  readonly config: QlikConfig;
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
      throw new TargetFault("malformed", `this target cannot log in by ${credential.by} yet`);
  }
}

function whoAmI(door: Door, prefix: string, jar: CookieJar, authorization?: string): Promise<Answer> {
  const key = newXrfKey();
  return door.http.request({
    path: `${prefixPath(prefix)}/qps/user?xrfkey=${key}`,
    headers: { "X-Qlik-Xrfkey": key, ...(authorization === undefined ? {} : { Authorization: authorization }) },
    jar,
    signal: door.signal,
  });
}

function sessionOf(answer: Answer): Outcome | undefined {
  if (answer.status < 200 || answer.status > 299) return undefined;
  const body = jsonOf(answer, "asking whose session this is");
  if (typeof body !== "object" || body === null || !("userId" in body) || !("userDirectory" in body)) return undefined;
  if (typeof body.userId !== "string" || typeof body.userDirectory !== "string" || body.userId === "") return undefined;
  return { kind: "session", directory: body.userDirectory, id: body.userId, sets: {} };
}

/**
 * Shows a credential to a proxy. A refusal that hands out a cookie is asked again with that cookie: a session behind a
 * refusing status would otherwise pass as a refusal.
 */
export async function login(door: Door, prefix: string, credential: Credential, jar: CookieJar): Promise<Outcome> {
  const answer = await whoAmI(door, prefix, jar, await authorizationOf(door.config, credential));
  const session = sessionOf(answer);
  if (session !== undefined) return session;
  if (answer.setCookies.length > 0) {
    const behind = sessionOf(await whoAmI(door, prefix, jar));
    if (behind !== undefined) return behind;
  }
  return refused(answer.status);
}

/** Asks with the cookies alone. */
export async function whoseSession(door: Door, prefix: string, jar: CookieJar): Promise<Outcome> {
  const answer = await whoAmI(door, prefix, jar);
  return sessionOf(answer) ?? refused(answer.status);
}

function refused(status: number): Outcome {
  /** A 2xx without a user is the personal API's "nobody is logged in" (IM-090): as good as 401. */
  return { kind: "refused", by: "proxy", code: status >= 200 && status < 300 ? 401 : status };
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
  if (answer.status !== 200 && answer.status !== 204) return refused(answer.status);
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

/** The recipe a reporting tool follows: the virtual proxy's own claim names, the named user or the default one (seed 000). */
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
