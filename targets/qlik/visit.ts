/** Opens apps as one session and reads them. */
import type { Outcome, Probe, Site, Surface } from "../../contract/types.ts";
import { connect, type Connection, type Doc } from "./engine.ts";
import { CookieJar } from "./http.ts";
import type { IdMap } from "./ids.ts";
import { textOf } from "./ids.ts";
import { newXrfKey, prefixPath, type Session } from "./identity.ts";
import { withBrowser } from "./log-out.ts";
import { datasourceCredential, login, type Door } from "./login.ts";
import { openQrs } from "./qrs.ts";
import { readThrough } from "./read.ts";
import type { Sessions } from "./sessions.ts";
import { EngineRefusal, type EngineAddress } from "./socket.ts";
import type { Ledger, Workshop } from "./workshop.ts";

export interface Visit {
  readonly door: Door;
  readonly site: Site;
  readonly ids: IdMap;
  /** Sessions of principals that are named instead of logging in. */
  readonly sessions: Sessions;
  readonly shop: Workshop;
  readonly ledger: Ledger;
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
  /** Values selected before looking, by field; absent: none. */
  readonly selected?: { readonly [field: string]: readonly (string | number)[] };
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

export function addressOf({ door: { config, http }, site }: Visit, prefix: string): EngineAddress {
  return {
    origin: http.origin,
    timeoutMs: config.timeoutMs,
    readingOnly: !config.allowWrites,
    withoutNode: namesNoNode(site, prefix),
    ...(config.caPem === undefined ? {} : { caPem: config.caPem }),
  };
}

/** What is done with an engine connection of this session; the connection is closed whatever happens. */
export function connected(
  visit: Visit,
  session: Session,
  app: string,
  work: (connection: Connection) => Promise<Outcome>,
): Promise<Outcome> {
  return orRefused(async () => {
    const connection = await connect(addressOf(visit, session.prefix), session, app, visit.door.signal);
    try {
      return await work(connection);
    } finally {
      await connection.close();
    }
  });
}

async function select(doc: Doc, selected: OpenRequest["selected"]): Promise<void> {
  for (const [field, values] of Object.entries(selected ?? {})) {
    const handle = await doc.getField(field);
    await handle.selectValues(
      values.map((value) =>
        typeof value === "number"
          ? { qText: String(value), qIsNumeric: true, qNumber: value }
          : { qText: value, qIsNumeric: false },
      ),
    );
  }
}

export function openAs(visit: Visit, session: Session, request: OpenRequest): Promise<Outcome> {
  const app = visit.ids.real("App", request.app);
  return connected(visit, session, app, async (connection) => {
    if (request.noData) return readWithoutData(connection, app);
    const doc = await connection.global.openDoc(app, "", "", "", false);
    await select(doc, request.selected);
    return readThrough(doc, request.through);
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
export async function appsListed(visit: Visit, session: Session): Promise<readonly string[]> {
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
  return withBrowser(visit.door, prefix, async (jar) => {
    const outcome = await login(visit.door, prefix, credential, jar);
    if (outcome.kind !== "session") return outcome;
    const session = await sessionIn(visit, prefix, jar);
    if (probe.app !== undefined) return openAs(visit, session, { app: probe.app, through: "tables", noData: false });
    return { ...outcome, sets: { apps: await appsListed(visit, session) } };
  });
}
