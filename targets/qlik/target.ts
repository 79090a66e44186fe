/** A real Qlik Sense site as a target: QRS over HTTP, the engine over enigma.js, by a configuration file. */
import { ConformanceError } from "../../contract/errors.ts";
import type {
  Capability,
  Deployment,
  Outcome,
  Preparation,
  Principal,
  Probe,
  RequestContext,
  Site,
  Target,
} from "../../contract/types.ts";
import { orUndetermined, TargetFault } from "../faults.ts";
import { accountOf, accountsIn, claimDirectories, knowing, removeNewUsers, visitorNotes } from "./accounts.ts";
import { assertSigningKey, type QlikConfig } from "./config.ts";
import { decideOn } from "./decide.ts";
import { deploySite } from "./deploy.ts";
import { assertAuditor } from "./auditor.ts";
import { uploadApp } from "./exports.ts";
import { connect } from "./engine.ts";
import { openHttp, type Http, type HttpOptions } from "./http.ts";
import { newXrfKey, openSession, prefixPath, type Session } from "./identity.ts";
import { attachedIds, IdMap, textOf } from "./ids.ts";
import { withBrowser } from "./log-out.ts";
import { login } from "./login.ts";
import { OwnThings } from "./own-things.ts";
import { Sessions } from "./sessions.ts";
import { openQrs, type Qrs } from "./qrs.ts";
import { surfaces } from "./read.ts";
import { openServices, type Services } from "./services.ts";
import { removeLeftovers, runTag, type Removed, type RunTag } from "./tagging.ts";
import { converse } from "./converse.ts";
import { impersonate, openAs, type Visit } from "./visit.ts";
import { Ledger, type Workshop } from "./workshop.ts";
import { gated } from "./write-gate.ts";

const reading: readonly Capability[] = ["audit", ...surfaces.map((surface): Capability => `surface:${surface}`)];
/** What a run can do on a site that others use, too; its own proxies and changes as a case writes them are for test sites. */
const apart: readonly Capability[] = ["deploy", "reload", "groups"];
const writing: readonly Capability[] = [...apart, "proxies", "life-cycle", "wire", "destructive"];

function capabilitiesOf(config: QlikConfig): readonly Capability[] {
  if (!config.allowWrites) return reading;
  if (config.dedicated !== true) return [...reading, ...apart];
  return [...reading, ...writing, ...(config.service === undefined ? [] : (["certificate"] as const))];
}

/** Everything one run shares: the HTTP client and the administrator's session. */
interface Desk {
  readonly name: string;
  readonly config: QlikConfig;
  readonly http: Http;
  readonly services?: Services;
  /** What the run may change; absent on a site kept for tests. */
  readonly own?: OwnThings;
  readonly admin: () => Promise<Session>;
  /** Clears what earlier runs left, then gives this run's tag; once a run. */
  readonly tag: (name: string) => Promise<RunTag>;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

async function attach(
  desk: Desk,
  session: Session,
  appId: string,
  file: { name: string; content: string },
): Promise<void> {
  const key = newXrfKey();
  const sent = await desk.http.request({
    method: "POST",
    path: `${prefixPath(session.prefix)}/qrs/appcontent/${appId}/uploadfile?externalpath=${encodeURIComponent(file.name)}&overwrite=true&xrfkey=${key}`,
    headers: {
      "X-Qlik-Xrfkey": key,
      "X-Qlik-Security": "Context=ManagementAccess",
      "Content-Type": "application/octet-stream",
      ...(session.csrf === undefined ? {} : { "qlik-csrf-token": session.csrf }),
    },
    jar: session.jar,
    body: file.content,
  });
  if (sent.status !== 200 && sent.status !== 201) {
    throw new ConformanceError("target", `uploading ${file.name} answered ${sent.status}`);
  }
}

async function workshopOf(desk: Desk, ids: IdMap, how: Preparation): Promise<Workshop> {
  const session = await desk.admin();
  const address = {
    origin: desk.config.url,
    timeoutMs: desk.config.timeoutMs,
    readingOnly: !desk.config.allowWrites,
    ...(desk.config.caPem === undefined ? {} : { caPem: desk.config.caPem }),
  };
  return {
    qrs: openQrs(desk.http, session, "qmc", how.signal),
    ids,
    tag: how.mode === "deploy" ? await desk.tag(how.tag) : { id: "", name: how.tag },
    helperTag: () => desk.tag(how.tag),
    ...(desk.own === undefined ? {} : { own: desk.own }),
    ...(desk.config.certificatePem === undefined ? {} : { certificatePem: desk.config.certificatePem }),
    engine: (app) => connect(address, session, app, how.signal),
    attach: (appId, name, content) => attach(desk, session, appId, { name, content }),
    upload: (name, content) => uploadApp(desk.http, session, name, content),
  };
}

interface Stay {
  readonly mode: Preparation["mode"];
  readonly desk: Desk;
  readonly site: Site;
  readonly ids: IdMap;
  readonly shop: Workshop;
  readonly ledger: Ledger;
  readonly sessions: Sessions;
  readonly users: Map<string, string>;
}

/** Credentials of a probe's own may create users or end sessions of people at work. */
function assertReading(desk: Desk, probe: Probe): void {
  if (desk.config.allowWrites || probe.kind === "open" || probe.kind === "decide") return;
  throw new ConformanceError("unsafe", `a probe "${probe.kind}" may change the site`, {
    remedy: "pass --allow-writes to let the run create and remove its own things",
  });
}

/** Rules cut down to the run's own things and people answer for nobody else, and for nothing that is not there yet. */
function assertConfined(own: OwnThings, probe: Probe): void {
  const why = "on a site that others use the rules of a case hold only for";
  if ("as" in probe && !own.hasDirectory(probe.as.directory))
    throw new TargetFault("not-found", `${why} people of its own directories`);
  if (probe.kind === "decide" && ("wouldBe" in probe.resource || probe.resource.type === "TransientObject"))
    throw new TargetFault("not-found", `${why} resources that the run made`);
}

async function answer(stay: Stay, probe: Probe, signal: AbortSignal): Promise<Outcome> {
  const { desk, ids, sessions, site } = stay;
  assertReading(desk, probe);
  if (stay.mode === "deploy" && desk.own !== undefined) assertConfined(desk.own, probe);
  const { services } = desk;
  const door = { http: desk.http, config: desk.config, site, signal, ...(services === undefined ? {} : { services }) };
  const visit: Visit = { door, site, ids, sessions, shop: stay.shop, ledger: stay.ledger };
  switch (probe.kind) {
    case "open": {
      const session = await sessions.of(probe.as);
      const request = { app: probe.app, through: probe.through, noData: probe.noData === true };
      return openAs(visit, session, request);
    }
    case "decide": {
      const asUser = async (who: Principal, context: RequestContext): Promise<Qrs> =>
        openQrs(desk.http, await sessions.of(who), context, signal);
      return decideOn({ ids, auditor: stay.shop.qrs, asUser, users: stay.users }, probe);
    }
    case "login":
      return withBrowser(door, probe.proxy, async (jar) => login(door, probe.proxy, probe.with, jar));
    case "impersonate":
      return impersonate(visit, probe);
    case "converse":
      return converse(visit, probe.steps);
  }
}

async function settleIn(desk: Desk, site: Site, how: Preparation): Promise<Deployment> {
  const ids = how.mode === "deploy" ? new IdMap() : attachedIds(site);
  const ledger = new Ledger(desk.own);
  const shop = await workshopOf(desk, ids, how);
  const there = await shop.qrs.list("/user");
  const before = new Set(there.map((user) => user.id));
  if (desk.own !== undefined && how.mode === "deploy") await claimDirectories(desk.own, shop.qrs, site, there);
  const accounts = new Set<string>();
  const sessions = new Sessions({ ...desk, knows: knowing(there) }, shop, ledger);
  const dispose = async (): Promise<void> => {
    // Not bound to the signal of the preparation: what a deadline cut short is removed all the same.
    await sessions.end();
    const qrs = openQrs(desk.http, await desk.admin(), "qmc");
    const made = await ledger.removeAll(qrs);
    const left = [...made, ...(await removeNewUsers(qrs, before, accounts, desk.own))];
    if (left.length > 0)
      throw new ConformanceError("target", `could not remove ${left.join(", ")}`, { remedy: "remove them in the QMC" });
  };
  try {
    if (how.mode === "deploy") await deploySite(shop, ledger, site);
  } catch (error) {
    await dispose().catch(() => undefined);
    throw error;
  }
  const marking = { qrs: shop.qrs, tag: shop.helperTag, before, ...(desk.own === undefined ? {} : { own: desk.own }) };
  const known = new Set([...there, ...(site.entities["User"] ?? [])].map(accountOf));
  const note = visitorNotes(accounts, desk.config.allowWrites ? { ...marking, known } : undefined);
  const stay: Stay = { mode: how.mode, desk, site, ids, shop, ledger, sessions, users: new Map() };
  return {
    ask: async (probe, signal) => {
      const outcome = await orUndetermined(() => answer(stay, probe, signal));
      for (const account of accountsIn(probe, outcome)) await note(account);
      return outcome;
    },
    // Attached with leave to write, it may have made virtual proxies and logged new users in.
    dispose: desk.config.allowWrites ? dispose : () => Promise.resolve(),
  };
}

/** Shipped rules and whatever else grants on the site already. */
async function ambientSite(desk: Desk): Promise<Site> {
  const qrs = openQrs(desk.http, await desk.admin(), "qmc");
  const rules = await qrs.list("/systemrule/full");
  return { entities: { SystemRule: rules.filter((rule) => textOf(rule, "category") === "Security") }, apps: {} };
}

function httpOf(config: QlikConfig, own: OwnThings | undefined, fetch?: HttpOptions["fetch"]): Http {
  const open = openHttp({
    url: config.url,
    ...(config.caPem === undefined ? {} : { caPem: config.caPem }),
    allowWrites: config.allowWrites,
    timeoutMs: config.timeoutMs,
    ...(fetch === undefined ? {} : { fetch }),
  });
  return own === undefined ? open : gated(open, own);
}

function administratorOf(config: QlikConfig): Principal {
  return { ...config.admin, groups: [], attributes: {}, session: {} };
}

/** What earlier runs left on a site, removed or only told. Throws `target` where the site does not let it. */
export async function cleanSite(config: QlikConfig, how: "remove" | "tell"): Promise<readonly Removed[]> {
  const own = new OwnThings();
  const http = httpOf(config, own);
  try {
    const session = await openSession(http, config, administratorOf(config), config.prefix);
    return await removeLeftovers(openQrs(http, session, "qmc"), own, how === "tell");
  } finally {
    await http.close();
  }
}

/**
 * A site as a target. Nothing is sent before the first question. Throws `configuration` for an unusable key.
 * `fetch` replaces the network for the HTTP half.
 */
export function qlikTarget(
  config: QlikConfig,
  options: { readonly name?: string; readonly fetch?: HttpOptions["fetch"] } = {},
): Target {
  assertSigningKey(config.keyPem);
  const own = config.allowWrites && config.dedicated !== true ? new OwnThings() : undefined;
  const http = httpOf(config, own, options.fetch);
  const services = own === undefined ? openServices(config) : undefined;
  const admin = once(async () => {
    const session = await openSession(http, config, administratorOf(config), config.prefix);
    await assertAuditor(openQrs(http, session, "qmc"), config.admin);
    return session;
  });
  const asAdmin = async (): Promise<Qrs> => openQrs(http, await admin(), "qmc");
  const tags = new Map<string, Promise<RunTag>>();
  const makeTag = async (name: string): Promise<RunTag> => {
    const qrs = await asAdmin();
    await removeLeftovers(qrs, own);
    const tag = await runTag(qrs, name);
    own?.add(tag.id);
    return tag;
  };
  const desk: Desk = {
    name: options.name ?? "qlik",
    config,
    http,
    ...(services === undefined ? {} : { services }),
    ...(own === undefined ? {} : { own }),
    admin,
    tag: (name) => {
      const made = tags.get(name) ?? makeTag(name);
      tags.set(name, made);
      return made;
    },
  };
  return {
    name: desk.name,
    capabilities: capabilitiesOf(config),
    ...(config.dialect === undefined ? {} : { dialect: config.dialect }),
    ambient: () => ambientSite(desk),
    prepare: (site, how) => settleIn(desk, site, how),
    close: async () => {
      for (const tag of tags.values()) {
        const { id } = await tag.catch(() => ({ id: "" }));
        if (id !== "") await (await asAdmin()).send("DELETE", `/tag/${id}`).catch(() => undefined);
      }
      for (const one of [http, services?.proxy, services?.repository]) await one?.close();
    },
  };
}
