/** A run of the trading company with a bit of everything: proofs, leaks, lock-outs, deviations, doubts, a campaign. */
import { requirement, requirements } from "../../catalogue/index.ts";
import type { RunMeta, RunRecord } from "../../contract/run.ts";
import type {
  Area,
  Ask,
  Case,
  Deployment,
  Expected,
  Origin,
  Outcome,
  Principal,
  Probe,
  RequirementId,
  Site,
  Target,
  Value,
} from "../../contract/types.ts";
import { controlAsks } from "../../harness/controls.ts";
import type { GroupKind, GroupResult, SuiteGroup } from "../../harness/groups.ts";
import { playGroup } from "../../harness/play.ts";
import { assemble } from "../../harness/record.ts";

const script = `Section Access;
LOAD * INLINE [
ACCESS, USERID, REGION, OMIT
ADMIN, TRADING\\CARLA, *,
USER, TRADING\\ANN, NORTH,
USER, TRADING\\BEN, SOUTH, MARGIN
];
Section Application;
Sales:
LOAD * INLINE [
REGION, CUSTOMER, AMOUNT, MARGIN
NORTH, Aurora, 120, 14
NORTH, Borealis, 80, 9
SOUTH, Cassia, 45, 5
SOUTH, Delta, 200, 31
WEST, Ember, 70, 8
];`;

const fields = ["REGION", "CUSTOMER", "AMOUNT", "MARGIN"];
const sales: readonly (readonly Value[])[] = [
  ["NORTH", "Aurora", 120, 14],
  ["NORTH", "Borealis", 80, 9],
  ["SOUTH", "Cassia", 45, 5],
  ["SOUTH", "Delta", 200, 31],
  ["WEST", "Ember", 70, 8],
];

const site: Site = {
  entities: {
    User: ["ann", "ben", "carla", "dora"].map((id, index) => ({
      id: `user-${index}`,
      userId: id,
      userDirectory: "TRADING",
      name: id,
    })),
    App: [
      { id: "app-sales", name: "Sales" },
      { id: "app-lobby", name: "Lobby" },
    ],
    Stream: [
      { id: "stream-finance", name: "Finance" },
      { id: "stream-sales", name: "Sales" },
    ],
    SystemRule: [
      {
        id: "rule-1",
        name: "Finance readers",
        category: "Security",
        resourceFilter: "Stream_*",
        actions: 2,
        rule: 'user.group = "Finance"',
      },
      {
        id: "rule-2",
        name: "Owners",
        category: "Security",
        resourceFilter: "App_*",
        actions: 15,
        rule: "resource.IsOwned() and resource.owner = user",
        disabled: true,
      },
    ],
  },
  apps: {
    "app-sales": { script, files: {} },
    "app-lobby": { script: "Lobby: LOAD 1 AS ONE AUTOGENERATE 1;", files: {} },
  },
};

function person(id: string): Principal {
  return { directory: "TRADING", id, groups: id === "carla" ? ["Finance"] : [], attributes: {}, session: {} };
}

function view(rows: readonly (readonly Value[])[], names: readonly string[] = fields): Outcome {
  const columns = names.map((name) => fields.indexOf(name));
  return {
    kind: "view",
    fields: names,
    tables: [{ name: "Sales", fields: names, rows: rows.map((row) => columns.map((column) => row[column] ?? null)) }],
  };
}

const denied: Outcome = { kind: "refused", by: "engine", code: 5 };
const lobby: Outcome = { kind: "view", fields: ["ONE"], tables: [{ name: "Lobby", fields: ["ONE"], rows: [[1]] }] };

function known(outcome: Outcome, ...because: readonly (readonly [RequirementId, string])[]): Expected {
  return { kind: "known", outcome, because: because.map(([id, evidence]) => ({ requirement: id, evidence })) };
}

function open(id: string, app = "app-sales"): Probe {
  return { kind: "open", app, as: person(id), through: "tables" };
}

function decide(id: string, type: string, resource: string, action: string): Probe {
  return { kind: "decide", as: person(id), resource: { type, id: resource }, action, context: "hub" };
}

function login(user: string, attack?: "tampered-payload"): Probe {
  const claims = { userId: user, userDirectory: "TRADING" };
  return {
    kind: "login",
    proxy: "portal",
    with: { by: "jwt", header: { alg: "RS256" }, claims, key: "proxy", ...(attack === undefined ? {} : { attack }) },
  };
}

function session(id: string): Outcome {
  return { kind: "session", directory: "TRADING", id, sets: {} };
}

/** An ask with what the sample's target will answer, which a target never sees. */
type Scene = Ask & { readonly answers?: Outcome };

function caseOf(
  id: string,
  title: string,
  scenes: readonly [Scene, ...Scene[]],
  origin: Origin = { kind: "golden", source: "help" },
): Case {
  return { id, title, dialect: "documented", needs: [], sites: { main: site }, asks: scenes, origin };
}

function ask(id: string, probe: Probe, expected: Expected, more: Partial<Scene> = {}): Scene {
  return { id, probe, expected, proves: [], ...more };
}

const allow = (allowed: boolean): Outcome => ({ kind: "decision", allowed, broken: [] });
const lobbyOf = (id: string): Scene =>
  ask(`${id} opens the lobby`, open(id, "app-lobby"), known(lobby, ["SA-SCR-02", "no section access"]));

const sectionAccess: readonly Case[] = [
  caseOf("section-access/rows/regions", "each seller sees the rows of the own region", [
    ask("ann", open("ann"), known(view(sales.slice(0, 2)), ["SA-ROW-04", "row 2: USER TRADING\\ANN NORTH"]), {
      proves: ["SA-ROW-04", "SA-ROW-06"],
      contrast: "dora",
    }),
    ask("ben", open("ben"), known(view(sales.slice(2, 4), fields.slice(0, 3)), ["SA-OMT-01", "row 3: OMIT MARGIN"]), {
      proves: ["SA-OMT-01"],
      answers: view(sales.slice(2, 4)),
    }),
    ask("carla", open("carla"), known(view(sales.slice(0, 4)), ["SA-WLD-02", "row 1: * stands for NORTH, SOUTH"]), {
      proves: ["SA-WLD-02"],
      answers: view(sales),
    }),
    ask("dora", open("dora"), known(denied, ["SA-ROW-06", "no row names TRADING\\DORA"])),
    lobbyOf("dora"),
  ]),
  caseOf("section-access/omit/wildcard", "hides with the wildcard all listed names", [
    ask("ben", open("ben"), known(view(sales.slice(2, 4), fields.slice(0, 3)), ["SA-OMT-03", "row 3"]), {
      proves: ["SA-OMT-03"],
      answers: { kind: "undetermined", code: "unlicensed", detail: "no analyzer capacity left" },
    }),
  ]),
  caseOf("section-access/strict/blank", "refuses a user whose cells are all blank", [
    ask("dora", open("dora"), known(denied, ["SA-STR-03", "row 4: USER TRADING\\DORA with a blank REGION"]), {
      proves: ["SA-STR-03"],
      answers: view(sales),
    }),
    lobbyOf("dora"),
  ]),
];

const rules: readonly Case[] = [
  caseOf("rules/streams/readers", "readers of Finance are its group", [
    ask(
      "carla reads Finance",
      decide("carla", "Stream", "stream-finance", "read"),
      known(allow(true), ["SR-321", 'user.group = "Finance"']),
      { proves: ["SR-321", "SR-101"], contrast: "ann reads Finance" },
    ),
    ask(
      "ann reads Finance",
      decide("ann", "Stream", "stream-finance", "read"),
      known(allow(false), ["SR-101", "no rule fits"]),
    ),
    ask(
      "ben reads Finance",
      decide("ben", "Stream", "stream-finance", "read"),
      known(allow(false), ["SR-101", "no rule fits"]),
    ),
    ask(
      "carla updates Sales",
      decide("carla", "App", "app-sales", "update"),
      known(allow(false), ["SR-131", "rule Owners is disabled"]),
      { proves: ["SR-131"], answers: allow(true) },
    ),
    ask(
      "ann updates Sales",
      decide("ann", "App", "app-sales", "update"),
      known(allow(false), ["SR-131", "rule Owners is disabled"]),
    ),
  ]),
];

const impersonation: readonly Case[] = [
  caseOf("impersonation/token/user", "a token opens the session of the user it names", [
    ask("ann", login("ann"), known(session("ann"), ["IM-030", "claim userId"]), {
      proves: ["IM-030"],
      contrast: "tampered",
    }),
    ask(
      "tampered",
      login("ann", "tampered-payload"),
      known({ kind: "refused", by: "proxy", code: 401 }, ["IM-032", "signature does not fit"]),
    ),
    ask("ben after ann", login("ben"), known(session("ben"), ["IM-034", "claim userId"]), {
      proves: ["IM-034"],
      answers: session("ann"),
    }),
  ]),
];

const campaign: readonly Case[] = Array.from({ length: 40 }, (_, index) =>
  caseOf(
    `section-access/worlds/${index}`,
    `world ${index}`,
    [
      ask("ann", open("ann"), known(view(sales.slice(0, index % 5)), ["SA-ROW-04", "row 2"])),
      ask("dora", open("dora"), known(denied, ["SA-ROW-06", "no row"])),
    ],
    { kind: "generated", campaign: "worlds", version: 1, seed: 7, index },
  ),
);

function control(area: Area): Case {
  const [refused, reduced, full] = [
    ask("dora", open("dora"), known(denied)),
    ask("ann", open("ann"), known(view(sales.slice(0, 2)))),
    ask("carla", open("carla"), known(view(sales))),
  ];
  const asks = controlAsks({ refused: [refused], reduced: [reduced], full: [full] });
  return caseOf(`${area}/control`, "a refused, a reduced and a full user", [
    asks[0],
    ...asks.slice(1),
    lobbyOf("dora"),
  ]);
}

const all = [...sectionAccess, ...rules, ...impersonation, ...campaign, control("section-access")];

/** Answers what each scene says; the asks of a case are put in order, so a counter per case finds the scene. */
function scripted(of: readonly Case[]): Target {
  const queue = of.flatMap((one) => one.asks.map((scene: Scene) => scene));
  let next = 0;
  return {
    name: "mock",
    capabilities: ["deploy", "audit", "proxies", "surface:tables"],
    async prepare(): Promise<Deployment> {
      return {
        ask: async () => {
          const scene = queue[next];
          next += 1;
          const expected = scene?.expected.kind === "known" ? scene.expected.outcome : denied;
          return scene?.answers ?? expected;
        },
        dispose: async () => {},
      };
    },
  };
}

function group(area: Area, kind: GroupKind, cases: readonly Case[], id: string): SuiteGroup {
  return { id: `${area}/${id}`, area, kind, title: id, cases: () => cases };
}

const areas: readonly Area[] = ["section-access", "impersonation", "rules"];

const groups: readonly SuiteGroup[] = [
  ...areas.map((area) => group(area, "control-before", [control(area)], "control-before")),
  group("section-access", "cases", sectionAccess, "SA-ROW-04"),
  group("section-access", "campaign", campaign, "worlds"),
  group("rules", "cases", rules, "SR-321"),
  group("impersonation", "cases", impersonation, "IM-030"),
  ...areas.slice(0, 2).map((area) => group(area, "control-after", [control(area)], "control-after")),
];

/** How many cases the sample has, so that tests do not loop over nothing. */
export const sampleCases: number = all.length;

export async function sampleRecord(): Promise<RunRecord> {
  const results: GroupResult[] = [];
  const selection = { seed: 7, count: 40, dialect: "documented" };
  for (const one of groups) {
    const cases = [...(one.cases(selection) as readonly Case[])];
    results.push(await playGroup(one, scripted(cases), { strict: false, requirement, selection }));
  }
  const record = assemble(
    results,
    {
      product: "qlik-conformance 0.1.0",
      target: "mock",
      dialect: "documented",
      dialectDeclared: false,
      defect: "star-means-everything",
      suites: areas,
      seed: 7,
      casesPerCampaign: 40,
      strict: false,
    },
    requirements,
  );
  return record;
}

export const sampleMeta: RunMeta = {
  format: 1,
  startedAt: "2026-03-02T09:00:00.000Z",
  durationMs: 4200,
  host: "trading-ci",
  node: "v20.20.2",
  groups: { "section-access/SA-ROW-04": 1500, "rules/SR-321": 250 },
  notes: [],
};
