/** Targets that know nothing: each answers by a rule that has nothing to do with the question. */
import type { Capability, Json, Outcome, Probe, Site, Step, Target, Value } from "../../contract/types.ts";
import { reload } from "../../reload/index.ts";

const capabilities: readonly Capability[] = [
  "deploy",
  "reload",
  "groups",
  "audit",
  "categories",
  "proxies",
  "life-cycle",
  "wire",
  "certificate",
  "destructive",
  "surface:tables",
  "surface:hypercube",
  "surface:fields",
  "surface:counts",
];

type Answerer = (site: Site) => (probe: Probe, signal: AbortSignal) => Promise<Outcome> | Outcome;

function target(name: string, answerer: Answerer): Target {
  return {
    name,
    capabilities,
    dialect: "documented",
    prepare: (site) => {
      const answer = answerer(site);
      return Promise.resolve({ ask: async (probe, signal) => answer(probe, signal), dispose: () => Promise.resolve() });
    },
  };
}

function everything(site: Site, app: string): Outcome {
  const source = site.apps[app];
  if (source === undefined) return { kind: "view", fields: [], tables: [] };
  const tables = reload(source.script, { files: (path) => source.files[path] }).app.map(({ name, fields, rows }) => ({
    name,
    fields,
    rows,
  }));
  return { kind: "view", fields: [...new Set(tables.flatMap(({ fields }) => fields))].sort(), tables };
}

function nobody(): Outcome {
  return { kind: "session", directory: "CORP", id: "anybody", sets: { apps: [] } };
}

function allow(site: Site, probe: Probe): Outcome {
  switch (probe.kind) {
    case "open":
      return probe.noData === true ? { kind: "without-data" } : everything(site, probe.app);
    case "decide":
      return { kind: "decision", allowed: true, broken: [] };
    case "login":
      return nobody();
    case "impersonate":
      return probe.app === undefined ? nobody() : everything(site, probe.app);
    case "converse":
      return { kind: "transcript", of: probe.steps.map((step) => allowStep(site, step)) };
  }
}

const agreed: { readonly [step: string]: { readonly [name: string]: Value } } = {
  "set-script": { stored: 1 },
  reload: { loaded: 1, lockedOut: 0 },
  "reload-by-task": { loaded: 1 },
  publish: { published: 1 },
  republish: { published: 1 },
  layout: { hasSectionAccess: 1, withoutData: 0, published: 1 },
  request: { status: 200 },
};

/** What a target that always says yes would say to a step. */
function allowStep(site: Site, { do: what, with: given }: Step): Outcome {
  const values = what === "call" ? calledNames(given["calls"]) : agreed[what];
  if (values !== undefined) return { kind: "measure", values };
  if (what !== "open" && what !== "export-reduced") return nobody();
  return given["noData"] === true
    ? { kind: "without-data" }
    : everything(site, typeof given["app"] === "string" ? given["app"] : "");
}

/** Every call answered without error. */
function calledNames(calls: Json | undefined): { readonly [name: string]: Value } {
  const list: readonly Json[] = Array.isArray(calls) ? calls : [];
  const names = list.flatMap((call) =>
    typeof call === "object" && call !== null && "method" in call && typeof call["method"] === "string"
      ? [call["method"]]
      : [],
  );
  return Object.fromEntries(names.map((name) => [name, 0]));
}

function denyStep({ do: what, with: given }: Step): Outcome {
  if (what === "request") return { kind: "measure", values: { status: 403 } };
  if (given["as"] === undefined) return { kind: "refused", by: "proxy", code: 401 };
  return {
    kind: "refused",
    by: what.endsWith("publish") ? "repository" : "engine",
    code: what.endsWith("publish") ? 403 : 5,
  };
}

function deny(probe: Probe): Outcome {
  switch (probe.kind) {
    case "open":
      return { kind: "refused", by: "engine", code: 5 };
    case "decide":
      return { kind: "decision", allowed: false, broken: [] };
    case "login":
    case "impersonate":
      return { kind: "refused", by: "proxy", code: 401 };
    case "converse":
      return { kind: "transcript", of: probe.steps.map(denyStep) };
  }
}

function objectOf(probe: Probe): string {
  switch (probe.kind) {
    case "open":
      return `open ${probe.app} ${probe.through} ${probe.noData ?? false}`;
    case "decide":
      return JSON.stringify([probe.resource, probe.action, probe.context]);
    case "login":
      return probe.proxy;
    case "impersonate":
      return `impersonate ${probe.datasource} ${probe.app ?? ""}`;
    case "converse":
      return "converse";
  }
}

/** The first principal's answer, by a target that is right about him, for everybody after. */
function firstUsers(right: Target): Target {
  return {
    name: "first user's answer for everybody",
    capabilities,
    prepare: async (site, how) => {
      const inner = await right.prepare(site, how);
      const kept = new Map<string, Outcome>();
      return {
        ask: async (probe, signal) => {
          const key = objectOf(probe);
          const answer = kept.get(key) ?? (await inner.ask(probe, signal));
          kept.set(key, answer);
          return answer;
        },
        dispose: () => inner.dispose(),
      };
    },
  };
}

/** Whatever was answered first in the whole run. */
function frozen(right: Target): Target {
  const hold: { outcome?: Outcome } = {};
  return {
    name: "frozen",
    capabilities,
    prepare: async (site, how) => {
      const inner = await right.prepare(site, how);
      return {
        ask: async (probe, signal) => {
          hold.outcome ??= await inner.ask(probe, signal);
          return hold.outcome;
        },
        dispose: () => inner.dispose(),
      };
    },
  };
}

function random(seed: number): Target {
  const state = { value: seed };
  const next = (): number => {
    state.value = (state.value * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state.value / 2_147_483_648;
  };
  return target("random", (site) => (probe) => (next() < 0.5 ? allow(site, probe) : deny(probe)));
}

function empty(probe: Probe): Outcome {
  if (probe.kind === "open" || (probe.kind === "impersonate" && probe.app !== undefined))
    return { kind: "view", fields: [], tables: [] };
  if (probe.kind === "decide") return { kind: "decision", allowed: false, broken: [] };
  return probe.kind === "converse"
    ? { kind: "transcript", of: [] }
    : { kind: "session", directory: "", id: "", sets: {} };
}

function never(signal: AbortSignal): Promise<Outcome> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () =>
      reject(signal.reason instanceof Error ? signal.reason : new Error("aborted")),
    );
  });
}

/** Eight targets that must get nothing proven. `right` is a target that answers correctly. */
export function nullTargets(right: Target): readonly Target[] {
  return [
    target("always allow", (site) => (probe) => allow(site, probe)),
    target("always deny", () => deny),
    firstUsers(right),
    target("empty results", () => empty),
    frozen(right),
    random(7),
    target("slow", () => (_probe, signal) => never(signal)),
    target("echo", () => (probe) => probe as unknown as Outcome),
  ];
}
