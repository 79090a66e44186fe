/** A run of the trading company with a bit of everything: proofs, leaks, lock-outs, deviations, doubts, a campaign. */
import { requirement, requirements } from "../../catalogue/index.ts";
import type { RunMeta, RunRecord } from "../../contract/run.ts";
import type { Area, Case, Deployment, Target } from "../../contract/types.ts";
import { controlAsks } from "../../harness/controls.ts";
import type { GroupKind, GroupResult, SuiteGroup } from "../../harness/groups.ts";
import { playGroup } from "../../harness/play.ts";
import { assemble } from "../../harness/record.ts";
import {
  fields,
  sales,
  view,
  denied,
  known,
  open,
  decide,
  login,
  session,
  wrong,
  caseOf,
  ask,
  allow,
  lobbyOf,
} from "./scenes.ts";

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

/** Answers as expected except where the sample errs; asks are put in order, so a counter finds the one that is meant. */
function scripted(of: readonly Case[]): Target {
  const queue = of.flatMap((one) => one.asks);
  let next = 0;
  return {
    name: "mock",
    capabilities: ["deploy", "audit", "proxies", "surface:tables"],
    async prepare(): Promise<Deployment> {
      return {
        ask: async () => {
          const expected = queue[next]?.expected;
          next += 1;
          if (expected?.kind !== "known") return denied;
          return wrong.get(expected) ?? expected.outcome;
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

export async function sampleRecord(): Promise<RunRecord> {
  const results: GroupResult[] = [];
  const selection = { seed: 7, count: 40, dialect: "documented" };
  for (const one of groups) {
    const cases = [...(one.cases(selection) as readonly Case[])];
    results.push(await playGroup(one, scripted(cases), { strict: false, requirement, selection }));
  }
  return assemble(
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
