/** Sessions on the site: one per principal and set of session attributes, kept for the whole deployment. */
import type { Principal } from "../../contract/types.ts";
import { TargetFault } from "../faults.ts";
import type { QlikConfig } from "./config.ts";
import { CookieJar, type Answer, type Http } from "./http.ts";
import { tokenOf } from "./sign.ts";

export interface Session {
  readonly prefix: string;
  readonly jar: CookieJar;
  /** Token for the WebSocket upgrade; absent on servers that have none. */
  readonly csrf?: string;
}

const xrfAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

/** 16 characters, as QRS demands (IM-100). Not a secret, so a plain generator serves. */
export function newXrfKey(): string {
  return Array.from({ length: 16 }, () => xrfAlphabet[Math.floor(Math.random() * xrfAlphabet.length)]).join("");
}

export function prefixPath(prefix: string): string {
  return prefix === "" ? "" : `/${prefix}`;
}

function claimsFor(config: QlikConfig, who: Principal): { readonly [claim: string]: string | readonly string[] } {
  const attributes = Object.entries(who.session).map(([name, values]) => [
    config.claims.attributes[name] ?? name,
    values,
  ]);
  return {
    [config.claims.userId]: who.id,
    [config.claims.userDirectory]: who.directory,
    ...Object.fromEntries(attributes),
  };
}

export async function bearerFor(config: QlikConfig, who: Principal): Promise<string> {
  const token = await tokenOf(
    { by: "jwt", header: { alg: "RS256", typ: "JWT" }, claims: claimsFor(config, who), key: "proxy", expiresIn: 3600 },
    { proxyKeyPem: config.keyPem },
    Math.floor(Date.now() / 1000),
  );
  return `Bearer ${token}`;
}

const remedies: { readonly [status: number]: string } = {
  400: "check the prefix, that the virtual proxy is linked to a proxy, and its host allow list",
  401: "check the certificate in the virtual proxy, the names of the claims, and the clock",
};

function notIn(prefix: string, status: number): TargetFault {
  const remedy = remedies[status] ?? "check that this is the address of a Qlik Sense proxy";
  return new TargetFault("malformed", `log-in through "${prefix}" answered ${status}`, undefined, { remedy });
}

async function bootstrap(http: Http, prefix: string, headers: { readonly [name: string]: string }): Promise<Session> {
  const jar = new CookieJar();
  const key = newXrfKey();
  const answer = await http.request({
    path: `${prefixPath(prefix)}/qps/csrftoken?xrfkey=${key}`,
    headers: { ...headers, "X-Qlik-Xrfkey": key },
    jar,
  });
  if (jar.size === 0) throw notIn(prefix, answer.status);
  const csrf = answer.headers.get("qlik-csrf-token");
  return csrf === null ? { prefix, jar } : { prefix, jar, csrf };
}

function isSame(told: unknown, asked: string): boolean {
  return typeof told === "string" && told.toUpperCase() === asked.toUpperCase();
}

/** Whether `/qps/user` names this principal (IM-090); letter case does not count (IM-053). */
function names(body: unknown, who: Pick<Principal, "directory" | "id">): boolean {
  if (typeof body !== "object" || body === null || !("userId" in body) || !("userDirectory" in body)) return false;
  return isSame(body.userId, who.id) && isSame(body.userDirectory, who.directory);
}

/**
 * Ends a session, or tries to: one that is gone already is as good. Only where the site is kept for tests, since a log-out
 * ends all of the user's sessions at the virtual proxy (IM-085); elsewhere the run's sessions run out by themselves.
 */
export async function endSession(
  { config, http }: { readonly config: QlikConfig; readonly http: Http },
  { prefix, jar }: Pick<Session, "prefix" | "jar">,
): Promise<void> {
  if (!config.allowWrites || config.dedicated !== true || jar.size === 0) return;
  const key = newXrfKey();
  const path = `${prefixPath(prefix)}/qps/user?xrfkey=${key}`;
  await http.request({ method: "DELETE", path, headers: { "X-Qlik-Xrfkey": key }, jar }).catch(() => undefined);
}

/** What somebody else sees says nothing of what the principal sees: the session is asked whose it is before it is used. */
async function assertOwn(http: Http, config: QlikConfig, session: Session, who: Principal): Promise<void> {
  const key = newXrfKey();
  const answer = await http.request({
    path: `${prefixPath(session.prefix)}/qps/user?xrfkey=${key}`,
    headers: { "X-Qlik-Xrfkey": key },
    jar: session.jar,
  });
  const body = answer.status === 200 ? jsonOf(answer, "asking whose session this is") : undefined;
  if (names(body, who)) return;
  // Left open it would count among the five of whoever it is; the administrator's is the run's own.
  if (!names(body, config.admin)) await endSession({ config, http }, session);
  const remedy = "check the names of the claims in the configuration and in the virtual proxy";
  const what = `log-in through "${session.prefix}" did not open a session of the user it was for`;
  throw new TargetFault("malformed", what, undefined, { remedy });
}

/** Logs a principal in through a virtual proxy and keeps its cookie; the token is sent once (IM-043, IM-070). */
export async function openSession(http: Http, config: QlikConfig, who: Principal, prefix: string): Promise<Session> {
  const session = await bootstrap(http, prefix, { Authorization: await bearerFor(config, who) });
  await assertOwn(http, config, session, who);
  return session;
}

/** A session of nobody in particular, through a proxy that lets anonymous users in (IM-016). */
export function openAnonymousSession(http: Http, prefix: string): Promise<Session> {
  return bootstrap(http, prefix, {});
}

export function isAnonymous(who: Principal): boolean {
  return who.directory.toUpperCase() === "NONE";
}

/** Two principals with equal keys may share a session. */
export function sessionKey(who: Principal): string {
  return JSON.stringify([who.directory.toUpperCase(), who.id.toUpperCase(), who.session]);
}

export function jsonOf(answer: Answer, what: string): unknown {
  try {
    return JSON.parse(answer.text);
  } catch (cause) {
    const remedy = "look what answers there: a page of a proxy or of a log-in is no answer of the repository";
    const message = `${what} answered ${answer.status} with something that is not JSON`;
    throw new TargetFault("malformed", message, cause, { remedy });
  }
}
