/** The sample's people, site and questions. */
import type {
  Ask,
  Case,
  Expected,
  Origin,
  Outcome,
  Principal,
  Probe,
  RequirementId,
  Site,
  Value,
} from "../../contract/types.ts";

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

export const fields: readonly string[] = ["REGION", "CUSTOMER", "AMOUNT", "MARGIN"];
export const sales: readonly (readonly Value[])[] = [
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

export function view(rows: readonly (readonly Value[])[], names: readonly string[] = fields): Outcome {
  const columns = names.map((name) => fields.indexOf(name));
  return {
    kind: "view",
    fields: names,
    tables: [{ name: "Sales", fields: names, rows: rows.map((row) => columns.map((column) => row[column] ?? null)) }],
  };
}

export const denied: Outcome = { kind: "refused", by: "engine", code: 5 };
const lobby: Outcome = { kind: "view", fields: ["ONE"], tables: [{ name: "Lobby", fields: ["ONE"], rows: [[1]] }] };

export function known(outcome: Outcome, ...because: readonly (readonly [RequirementId, string])[]): Expected {
  return { kind: "known", outcome, because: because.map(([id, evidence]) => ({ requirement: id, evidence })) };
}

export function open(id: string, app = "app-sales"): Probe {
  return { kind: "open", app, as: person(id), through: "tables" };
}

export function decide(id: string, type: string, resource: string, action: string): Probe {
  return { kind: "decide", as: person(id), resource: { type, id: resource }, action, context: "hub" };
}

export function login(user: string, attack?: "tampered-payload"): Probe {
  const claims = { userId: user, userDirectory: "TRADING" };
  return {
    kind: "login",
    proxy: "portal",
    with: { by: "jwt", header: { alg: "RS256" }, claims, key: "proxy", ...(attack === undefined ? {} : { attack }) },
  };
}

export function session(id: string): Outcome {
  return { kind: "session", directory: "TRADING", id, sets: {} };
}

/** What the sample's target answers where it errs. */
export const wrong: Map<Expected, Outcome> = new Map();

export function caseOf(
  id: string,
  title: string,
  asks: Case["asks"],
  origin: Origin = { kind: "golden", source: "help" },
): Case {
  return { id, title, dialect: "documented", needs: [], sites: { main: site }, asks, origin };
}

export function ask(
  id: string,
  probe: Probe,
  expected: Expected,
  more: Partial<Ask> & { readonly answers?: Outcome } = {},
): Ask {
  const { answers, ...named } = more;
  if (answers !== undefined) wrong.set(expected, answers);
  return { id, probe, expected, proves: [], ...named };
}

export function allow(allowed: boolean): Outcome {
  return { kind: "decision", allowed, broken: [] };
}
export const lobbyOf = (id: string): Ask =>
  ask(`${id} opens the lobby`, open(id, "app-lobby"), known(lobby, ["SA-SCR-02", "no section access"]));
