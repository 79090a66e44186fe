/** The trading company as cases: four people, a reduced app, an open one, and targets that answer by a function. */
import type {
  Ask,
  Capability,
  Case,
  Deployment,
  Expected,
  Level,
  Origin,
  Outcome,
  Principal,
  Probe,
  Requirement,
  RequirementId,
  Site,
  Target,
  Value,
} from "../../contract/types.ts";
import type { GroupKind, SuiteGroup } from "../../harness/groups.ts";

export function person(id: string, groups: readonly string[] = []): Principal {
  return { directory: "TRADING", id, groups, attributes: {}, session: {} };
}

export const regions: readonly (readonly Value[])[] = [
  ["NORTH", 10],
  ["NORTH", 10],
  ["SOUTH", 20],
];

export function view(rows: readonly (readonly Value[])[], fields: readonly string[] = ["REGION", "AMOUNT"]): Outcome {
  return { kind: "view", fields, tables: [{ name: "Sales", fields, rows }] };
}

export const denied: Outcome = { kind: "refused", by: "engine", code: 5 };

export function allowed(is: boolean, broken: readonly string[] = []): Outcome {
  return { kind: "decision", allowed: is, broken };
}

export function known(outcome: Outcome, because: readonly RequirementId[] = ["SA-ROW-01"]): Expected {
  return { kind: "known", outcome, because: because.map((id) => ({ requirement: id, evidence: "row 1" })) };
}

export function open(id: string, app = "sales"): Probe {
  return { kind: "open", app, as: person(id), through: "tables" };
}

export function ask(id: string, probe: Probe, expected: Expected, more: Partial<Ask> = {}): Ask {
  return { id, probe, expected, proves: [], ...more };
}

export const tradingSite: Site = {
  entities: {
    User: [
      { id: "u1", userId: "ann", userDirectory: "TRADING", name: "Ann North" },
      { id: "u2", userId: "ben", userDirectory: "TRADING", name: "Ben South" },
    ],
    App: [
      { id: "sales", name: "Sales" },
      { id: "lobby", name: "Lobby" },
    ],
  },
  apps: { sales: { script: "Section Access; …", files: {} }, lobby: { script: "Sales: …", files: {} } },
};

export function caseOf(
  id: string,
  asks: Case["asks"],
  origin: Origin = { kind: "golden", source: "help, page 1" },
): Case {
  return {
    id,
    title: "ann sees her region only",
    dialect: "documented",
    needs: [],
    sites: { main: tradingSite },
    asks,
    origin,
  };
}

/** Ann is reduced, ben refused; each has the control that makes a refusal count. */
export function reducedCase(id = "section-access/regions"): Case {
  return caseOf(id, [
    ask("ann", open("ann"), known(view(regions.slice(0, 2))), { proves: ["SA-ROW-01"], contrast: "ben" }),
    ask("ben", open("ben"), known(denied)),
    ask("ben-lobby", open("ben", "lobby"), known(view([["ALL", 1]]))),
  ]);
}

export function requirementRow(id: RequirementId, level: Level = "core", more: Partial<Requirement> = {}): Requirement {
  return {
    id,
    area: "section-access",
    title: `title of ${id}`,
    statement: "A row grants its user the values it lists.",
    basis: "documented",
    level,
    sources: [{ where: "help", read: true }],
    ...more,
  };
}

export const rows: readonly Requirement[] = [
  requirementRow("SA-ROW-01"),
  requirementRow("SA-STF-01", "staff"),
  requirementRow("SA-DIS-01", "disputed", { dialectSwitch: "strict" }),
];

export function requirement(id: string): Requirement | undefined {
  return rows.find((row) => row.id === id);
}

const allSurfaces = ["surface:tables", "surface:hypercube", "surface:fields", "surface:counts"] as const;
const everything: readonly Capability[] = ["deploy", "reload", "groups", "audit", "proxies", ...allSurfaces];

export type Answers = (probe: Probe, site: Site) => Outcome | Promise<Outcome>;

export function targetOf(answers: Answers, more: Partial<Target> = {}): Target & { readonly live: () => number } {
  let live = 0;
  return {
    name: "scripted",
    capabilities: everything,
    async prepare(site): Promise<Deployment> {
      live += 1;
      return {
        ask: async (probe) => answers(probe, site),
        dispose: async () => {
          live -= 1;
        },
      };
    },
    ...more,
    live: () => live,
  };
}

/** Answers every ask of the case as it is expected. */
export function answersOf(of: Case): Answers {
  const answers = new Map(
    of.asks.map(({ probe, expected }) => [
      JSON.stringify(probe),
      expected.kind === "known" ? expected.outcome : denied,
    ]),
  );
  return (probe) =>
    answers.get(JSON.stringify(probe)) ?? { kind: "undetermined", code: "not-found", detail: "no answer" };
}

export function groupOf(kind: GroupKind, cases: readonly Case[], id = `section-access/${kind}`): SuiteGroup {
  return { id, area: "section-access", kind, title: `the ${kind} of section access`, cases: () => cases };
}
