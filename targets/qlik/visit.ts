/** Opens apps as one session and reads them; follows conversations of several browsers. */
import type { Json, Outcome, Probe, Site, Step, Surface } from "../../contract/types.ts";
import { TargetFault } from "../faults.ts";
import { connect, type Connection } from "./engine.ts";
import { CookieJar } from "./http.ts";
import type { IdMap } from "./ids.ts";
import { textOf } from "./ids.ts";
import { newXrfKey, prefixPath, type Session } from "./identity.ts";
import { authorizationOf, datasourceCredential, forgedFrom, login, logout, whoseSession, type Door } from "./login.ts";
import { openQrs } from "./qrs.ts";
import { readThrough } from "./read.ts";
import { EngineRefusal, type EngineAddress } from "./socket.ts";

export interface Visit {
  readonly door: Door;
  readonly site: Site;
  readonly ids: IdMap;
}

/** The engine and the proxy refuse by number; anything else on the way leaves the ask undetermined. */
export async function orRefused(work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof EngineRefusal) return { kind: "refused", by: error.by, code: error.code };
    throw error;
  }
}

export interface OpenRequest {
  readonly app: string;
  readonly through: Surface;
  readonly noData: boolean;
}

async function readWithoutData(connection: Connection, app: string): Promise<Outcome> {
  const doc = await connection.global.openDoc(app, "", "", "", true);
  const layout = await doc.getAppLayout();
  return layout.qIsOpenedWithoutData === true ? { kind: "without-data" } : readThrough(doc, "tables");
}

/** Whether the case has this virtual proxy and gives it no load-balancing node. */
function namesNoNode(site: Site, prefix: string): boolean {
  const proxy = (site.entities["VirtualProxyConfig"] ?? []).find((entity) => textOf(entity, "prefix") === prefix);
  const nodes = proxy?.["loadBalancingServerNodes"];
  return proxy !== undefined && !(Array.isArray(nodes) && nodes.length > 0);
}

function addressOf({ door: { config, http }, site }: Visit, prefix: string): EngineAddress {
  return {
    origin: http.origin,
    timeoutMs: config.timeoutMs,
    readingOnly: !config.allowWrites,
    withoutNode: namesNoNode(site, prefix),
    ...(config.caPem === undefined ? {} : { caPem: config.caPem }),
  };
}

export function openAs(visit: Visit, session: Session, request: OpenRequest): Promise<Outcome> {
  const app = visit.ids.real("App", request.app);
  return orRefused(async () => {
    const connection = await connect(addressOf(visit, session.prefix), session, app, visit.door.signal);
    try {
      if (request.noData) return await readWithoutData(connection, app);
      return await readThrough(await connection.global.openDoc(app, "", "", "", false), request.through);
    } finally {
      await connection.close();
    }
  });
}

async function csrfOf(visit: Visit, prefix: string, jar: CookieJar): Promise<string | undefined> {
  const key = newXrfKey();
  const answer = await visit.door.http.request({
    path: `${prefixPath(prefix)}/qps/csrftoken?xrfkey=${key}`,
    headers: { "X-Qlik-Xrfkey": key },
    jar,
    signal: visit.door.signal,
  });
  return answer.headers.get("qlik-csrf-token") ?? undefined;
}

export async function sessionIn(visit: Visit, prefix: string, jar: CookieJar): Promise<Session> {
  const csrf = await csrfOf(visit, prefix, jar);
  return csrf === undefined ? { prefix, jar } : { prefix, jar, csrf };
}

/** Ids of the apps the engine lists; none where the virtual proxy leads to no engine. */
async function engineList(visit: Visit, session: Session): Promise<readonly (readonly [id: string, name: string])[]> {
  if (namesNoNode(visit.site, session.prefix)) return [];
  const connection = await connect(addressOf(visit, session.prefix), session, undefined, visit.door.signal);
  try {
    return (await connection.global.getDocList()).map(({ qDocId, qDocName }) => [qDocId, qDocName]);
  } finally {
    await connection.close();
  }
}

/** Names of the deployment's apps that the hub (QR-050) or the engine (EN-032) lists for this session: each may leak one. */
async function appsListed(visit: Visit, session: Session): Promise<readonly string[]> {
  const listed = await openQrs(visit.door.http, session, "hub", visit.door.signal).list("/app/hublist/full");
  const names = new Map([
    ...(await engineList(visit, session)),
    ...listed.map((app) => [app.id, textOf(app, "name")] as const),
  ]);
  const own = new Set(visit.ids.known);
  return [...names].flatMap(([id, name]) => (own.has(id) ? [name] : [])).sort();
}

export async function impersonate(visit: Visit, probe: Extract<Probe, { kind: "impersonate" }>): Promise<Outcome> {
  const credential = datasourceCredential(visit.site, probe.datasource, probe.user);
  const prefix = visit.site.datasources?.[probe.datasource]?.proxy ?? "";
  const jar = new CookieJar();
  const outcome = await login(visit.door, prefix, credential, jar);
  if (outcome.kind !== "session") return outcome;
  const session = await sessionIn(visit, prefix, jar);
  if (probe.app !== undefined) return openAs(visit, session, { app: probe.app, through: "tables", noData: false });
  return { ...outcome, sets: { apps: await appsListed(visit, session) } };
}

interface Browsers {
  readonly jars: Map<string, CookieJar>;
}

function jarOf(browsers: Browsers, actor: string): CookieJar {
  const jar = browsers.jars.get(actor) ?? new CookieJar();
  browsers.jars.set(actor, jar);
  return jar;
}

function textArgument(step: Step, name: string): string {
  const value = step.with[name];
  if (typeof value !== "string") throw new TargetFault("malformed", `step "${step.do}" lacks "${name}"`);
  return value;
}

type JwtOrOther = Parameters<typeof authorizationOf>[1];

function credentialArgument(value: Json | undefined): JwtOrOther | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "object" || value === null || !("by" in value)) {
    throw new TargetFault("malformed", "a step's credential is no recipe");
  }
  return value as JwtOrOther;
}

function cookieName(visit: Visit, prefix: string): string {
  const proxy = (visit.site.entities["VirtualProxyConfig"] ?? []).find((entity) => textOf(entity, "prefix") === prefix);
  if (proxy === undefined) throw new TargetFault("malformed", `the case has no virtual proxy ${prefix}`);
  return textOf(proxy, "sessionCookieHeaderName");
}

/** All cookies of another browser, or with `of` the one of that virtual proxy under the name of this one's. */
function takeCookies(visit: Visit, jar: CookieJar, from: CookieJar, step: Step): void {
  if (step.with["of"] === undefined) return jar.copyFrom(from);
  const value = from.value(cookieName(visit, textArgument(step, "of")));
  if (value !== undefined) jar.accept([`${cookieName(visit, textArgument(step, "proxy"))}=${value}`]);
}

async function takeStep(visit: Visit, browsers: Browsers, step: Step): Promise<Outcome> {
  const jar = jarOf(browsers, step.actor);
  const credential = credentialArgument(step.with["credential"]);
  const prefix = textArgument(step, "proxy");
  switch (step.do) {
    case "login":
      return login(visit.door, prefix, credential ?? { by: "nothing" }, jar);
    case "whoami":
      return credential === undefined
        ? whoseSession(visit.door, prefix, jar)
        : login(visit.door, prefix, credential, jar);
    case "logout":
      return logout(visit.door, prefix, jar);
    case "cookie-of":
      takeCookies(visit, jar, jarOf(browsers, textArgument(step, "from")), step);
      return whoseSession(visit.door, prefix, jar);
    case "forge-cookie":
      browsers.jars.set(step.actor, forgedFrom(jarOf(browsers, textArgument(step, "from"))));
      return whoseSession(visit.door, prefix, jarOf(browsers, step.actor));
    case "open": {
      if (credential !== undefined) {
        const entered = await login(visit.door, prefix, credential, jar);
        if (entered.kind !== "session") return entered;
      }
      const session = await sessionIn(visit, prefix, jar);
      return openAs(visit, session, { app: textArgument(step, "app"), through: "tables", noData: false });
    }
    default:
      throw new TargetFault("malformed", `no such step: ${step.do}`);
  }
}

/** Plays the steps in order, each browser with its own cookies; the transcript has one outcome a step. */
export async function converse(visit: Visit, steps: readonly Step[]): Promise<Outcome> {
  const browsers: Browsers = { jars: new Map() };
  const of: Outcome[] = [];
  for (const step of steps) of.push(await takeStep(visit, browsers, step));
  return { kind: "transcript", of };
}
