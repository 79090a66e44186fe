/** Small worlds: 12 rows of rights, 30 rows of data. */
import { dialectOf } from "../catalogue/dialects.ts";
import type { Principal, Value } from "../contract/types.ts";
import { columnarReduce, countsOf } from "../reference/section-access/columnar.ts";
import { encode } from "../reference/section-access/columnar-encode.ts";
import { reduce } from "../reference/section-access/spec.ts";
import type { LoadedApp } from "../reload/model.ts";

const dialect = dialectOf("documented");
const regions = ["NORTH", "SOUTH", "EAST", "WEST"];

/** Two tables of 10 and 20 rows; the rights differ from world to world. */
function small(world: number): LoadedApp {
  const rights = Array.from({ length: 12 }, (_, at): Value[] => {
    const own = (world + at * 5) % 5;
    return [at === 0 ? "ADMIN" : "USER", `CORP\\USER${at % 8}`, regions[own] ?? "*"];
  });
  const customers = Array.from({ length: 10 }, (_, at): Value[] => [at, regions[(at + world) % 4] ?? null]);
  const orders = Array.from({ length: 20 }, (_, at): Value[] => [(at * 3) % 11, at]);
  return {
    access: [{ name: "Access", fields: ["ACCESS", "USERID", "REGION"], rows: rights, inline: rights.map(() => true) }],
    app: [
      { name: "Customers", fields: ["CUSTOMER", "REGION"], rows: customers, loosened: false },
      { name: "Orders", fields: ["CUSTOMER", "ORDER"], rows: orders, loosened: false },
    ],
  };
}

function people(count: number): readonly Principal[] {
  return Array.from({ length: count }, (_, at) => ({
    directory: "CORP",
    id: `user${at % 9}`,
    groups: [],
    attributes: {},
    session: {},
  }));
}

function perSecond(views: number, work: () => void, rounds: number): number {
  work();
  const rates = Array.from({ length: rounds }, () => {
    const start = performance.now();
    work();
    return (views * 1_000) / (performance.now() - start);
  });
  return rates.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
}

/**
 * User views a second in one thread. A view is one user of an encoded app: his names matched, his level, hidden fields
 * and selection, and the visible rows of all tables counted; or his whole reduction, every row and reason made.
 */
export function smallWorlds(rounds: number): string {
  const worlds = Array.from({ length: 200 }, (_, at) => small(at));
  const apps = worlds.map((app) => encode(app));
  const [alone, together] = [people(9), people(200)];
  const rates: readonly (readonly [string, number])[] = [
    [
      "counts, 200 users asked together",
      perSecond(200 * 200, () => apps.forEach((app) => countsOf(app, together, dialect)), rounds),
    ],
    [
      "counts, 9 users asked together",
      perSecond(200 * 9, () => apps.forEach((app) => countsOf(app, alone, dialect)), rounds),
    ],
    [
      "rows and reasons, 9 users asked together",
      perSecond(200 * 9, () => void apps.map((app) => JSON.stringify(columnarReduce(app, alone, dialect))), rounds),
    ],
    [
      "the specification, rows and reasons",
      perSecond(
        200 * 9,
        () => void worlds.map((app) => alone.map((who) => JSON.stringify(reduce(app, who, dialect)))),
        rounds,
      ),
    ],
  ];
  const lines = rates.map(([what, rate]) => `| ${what} | ${Math.round(rate / 100) / 10} |`);
  return ["| small worlds | thousand views a second |", "| --- | --- |", ...lines].join("\n");
}
