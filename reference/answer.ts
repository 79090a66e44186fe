/** The reference's answer to any probe on a site, as an expectation: what the reference target says and what the harness asks. */
import { dialectOf, type Dialect } from "../catalogue/dialects.ts";
import { ConformanceError } from "../contract/errors.ts";
import { withPreview } from "../contract/preview.ts";
import type { Case, Expected, Outcome, Principal, Probe, Reason, Site } from "../contract/types.ts";
import { admit, resolveDatasource } from "./impersonation/spec.ts";
import { reachesEngine } from "./impersonation/site-entities.ts";
import { converse } from "./impersonation/converse.ts";
import { possible } from "./life-cycle/selection.ts";
import { isPublished } from "./life-cycle/spec.ts";
import { needsWire } from "./life-cycle/steps.ts";
import { stageOf, type Opening, type World } from "./life-cycle/stage.ts";
import { decide, policyOf, type Policy } from "./rules/spec.ts";
import { reduce } from "./section-access/spec.ts";
import { reload } from "../reload/index.ts";
import type { LoadedApp } from "../reload/model.ts";
import { siteLoader } from "../reload/site-apps.ts";
import { through } from "./surfaces.ts";

/** A site made ready for questions: rules parsed and apps loaded at most once. */
export interface Desk {
  readonly site: Site;
  readonly dialect: Dialect;
  readonly policy: () => Policy;
  readonly app: (id: string) => LoadedApp;
  readonly published: (id: string) => boolean;
}

export interface Reasoned {
  readonly outcome: Outcome;
  readonly alsoAcceptable?: readonly Outcome[];
  readonly because: readonly Reason[];
}

export function deskFor(site: Site, dialect: Dialect): Desk {
  let policy: Policy | undefined;
  return {
    site,
    dialect,
    policy: () => (policy ??= policyOf(site, dialect)),
    app: siteLoader(site, reload),
    published: (id) => isPublished(site, id),
  };
}

type Of<K extends Probe["kind"]> = Extract<Probe, { kind: K }>;

function may(desk: Desk, as: Principal, action: string, app: string): boolean {
  return decide(desk.policy(), { as, resource: { type: "App", id: app }, action, context: "hub" }).allowed;
}

const refusedByEngine: Outcome = { kind: "refused", by: "engine", code: 5 };

function withoutData(desk: Desk, { as, app }: Of<"open">): Reasoned {
  const because: Reason[] = [{ requirement: "EN-030", evidence: "opened without data" }];
  return { outcome: may(desk, as, "update", app) ? { kind: "without-data" } : refusedByEngine, because };
}

/** Existence, then the rules, then section access, then the data (EN-020). */
function open(desk: Desk, probe: Of<"open">): Reasoned {
  const exists = (desk.site.entities["App"] ?? []).some(({ id }) => id === probe.app);
  if (!exists)
    return {
      outcome: { kind: "refused", by: "engine", code: 1003 },
      because: [{ requirement: "EN-020", evidence: "no such app" }],
    };
  if (!may(desk, probe.as, "read", probe.app)) {
    return {
      outcome: refusedByEngine,
      because: [{ requirement: "EN-020", evidence: "no rule lets the user read the app" }],
    };
  }
  if (probe.noData === true) return withoutData(desk, probe);
  const state = { published: desk.published(probe.app) };
  const reduction = reduce(desk.app(probe.app), probe.as, desk.dialect, state);
  if (reduction.access === "denied") return { outcome: refusedByEngine, because: reduction.because };
  return { outcome: through(probe.through, reduction.tables), because: reduction.because };
}

function refusal(code: number): Outcome {
  return { kind: "refused", by: "proxy", code };
}

function login(desk: Desk, { proxy, with: credential }: Of<"login">): Reasoned {
  const admission = admit(desk.site, proxy, credential, desk.dialect);
  if (admission.admitted) {
    const { directory, id } = admission.principal;
    return { outcome: { kind: "session", directory, id, sets: {} }, because: admission.because };
  }
  return {
    outcome: refusal(admission.code),
    alsoAcceptable: admission.alsoAcceptable.map(refusal),
    because: admission.because,
  };
}

/** Opens an app through a virtual proxy's socket. One without a node says that no engine is available, before all else. */
function openThrough(desk: Desk, proxy: string, app: string, as: Principal): Reasoned {
  if (reachesEngine(desk.site, proxy)) return open(desk, { kind: "open", app, as, through: "tables" });
  const evidence = `the virtual proxy ${JSON.stringify(proxy)} has no load-balancing node`;
  return { outcome: refusal(503), because: [{ requirement: "IM-011", evidence }] };
}

function impersonate(desk: Desk, { datasource, user, app }: Of<"impersonate">): Reasoned {
  const source = desk.site.datasources?.[datasource];
  if (source === undefined)
    throw new ConformanceError("input", `the site has no datasource ${JSON.stringify(datasource)}`);
  const credential = resolveDatasource(desk.site, datasource, user);
  const admission = admit(desk.site, source.proxy, credential, desk.dialect);
  if (!admission.admitted) return login(desk, { kind: "login", proxy: source.proxy, with: credential });
  const { principal } = admission;
  if (app !== undefined) return openThrough(desk, source.proxy, app, principal);
  const apps = (desk.site.entities["App"] ?? []).filter(({ id }) => may(desk, principal, "read", id));
  const names = apps.map(({ name }) => (typeof name === "string" ? name : "")).sort();
  const { directory, id } = principal;
  return { outcome: { kind: "session", directory, id, sets: { apps: names } }, because: admission.because };
}

/** The desk of a site as the steps of a conversation left it. */
function deskOf(world: World, dialect: Dialect): Desk {
  return {
    ...deskFor(world.site, dialect),
    app: (id) => world.life(id).data,
    published: (id) => world.life(id).published,
  };
}

/** A door for each step: what was selected is looked at in the user's own tables (SA-SCR-09). */
function opened(desk: Desk, { selected, ...request }: Opening): Outcome {
  const probe: Of<"open"> = { kind: "open", app: request.app, as: request.as, through: "tables" };
  const { outcome } = open(desk, request.noData ? { ...probe, noData: true } : probe);
  if (outcome.kind !== "view") return outcome;
  return through(request.through, possible(desk.app(request.app), outcome.tables, selected));
}

function conversation(desk: Desk, { steps }: Of<"converse">): Reasoned {
  const { dialect } = desk;
  const unreached: Reason[] = [];
  const stage = stageOf(desk.site, dialect, {
    open: (world, request) => opened(deskOf(world, dialect), request),
    loaded: desk.app,
    may: (site, as, action, resource) =>
      decide(deskFor(site, dialect).policy(), { as, resource, action, context: "hub" }).allowed,
  });
  const openApp = (app: string, as: Principal, proxy: string): Outcome => {
    const { outcome, because } = openThrough(deskOf(stage.world, dialect), proxy, app, as);
    unreached.push(...because.filter(({ requirement }) => requirement === "IM-011"));
    return outcome;
  };
  const { of, because } = converse(desk.site, steps, dialect, { open: openApp, perform: stage.perform });
  return { outcome: { kind: "transcript", of }, because: [...because, ...stage.because, ...unreached] };
}

/** What the reference says, and why. Throws ConformanceError for a script that does not load or a circular model. */
export function answerOf(desk: Desk, probe: Probe): Reasoned {
  switch (probe.kind) {
    case "open":
      return open(desk, probe);
    case "decide": {
      const { resource, preview } = probe;
      const policy =
        preview === undefined ? desk.policy() : policyOf(withPreview(desk.site, resource.type, preview), desk.dialect);
      const { allowed, broken, because } = decide(policy, probe);
      return { outcome: { kind: "decision", allowed, broken: broken.toSorted() }, because };
    }
    case "login":
      return login(desk, probe);
    case "impersonate":
      return impersonate(desk, probe);
    case "converse":
      return conversation(desk, probe);
  }
}

/** The same as an expectation of a case. */
export function expectationOf(desk: Desk, probe: Probe): Expected {
  return { kind: "known", ...answerOf(desk, probe) };
}

/**
 * The case with its expectations computed again by the reference, as shrinking needs after each step; undefined where some
 * are about the wire.
 */
export function reexpected(of: Case): Case | undefined {
  if (of.asks.some(({ probe }) => needsWire(probe))) return undefined;
  const dialect = dialectOf(of.dialect);
  const desks = new Map<string, Desk>();
  const asks = of.asks.map((ask) => {
    const name = ask.at ?? "main";
    const site = of.sites[name];
    if (site === undefined) return ask;
    const desk = desks.get(name) ?? deskFor(site, dialect);
    desks.set(name, desk);
    return ask.expected.kind === "relation" ? ask : { ...ask, expected: expectationOf(desk, ask.probe) };
  });
  const [first, ...rest] = asks;
  return first === undefined ? undefined : { ...of, asks: [first, ...rest] };
}
