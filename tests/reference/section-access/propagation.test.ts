/** How a reduction spreads through associated tables (§10), as the text says it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ConformanceError } from "../../../contract/errors.ts";
import { reduce } from "../../../reference/section-access/spec.ts";
import { app, data, loosened, person, security, sees, withDialect } from "./fixtures.ts";

const ann = person("CORP\\ann");
function rights(...rows: string[]): ReturnType<typeof security> {
  return security("Access", "ACCESS,USERID,REGION", ...rows);
}

function namesLoopAndRemedy(error: unknown): boolean {
  if (!(error instanceof ConformanceError) || error.code !== "not-supported") return false;
  return (
    ["A", "B", "C"].every((name) => error.message.includes(name)) &&
    (error.details.remedy ?? "").includes("LOOSEN TABLE")
  );
}

describe("propagation", () => {
  const se = [security("Access", "ACCESS,USERID,COUNTRY", String.raw`USER,CORP\ANN,SE`)];
  const customers = data("Customers", "CUST,COUNTRY", "C1,SE", "C2,DE", "C3,SE");
  const orders = data("Orders", "CUST,ORDERNO", "C1,1", "C2,2", "C9,3", "-,4");
  const lines = data("Lines", "ORDERNO,AMT", "1,10", "1,11", "2,20", "3,30", "4,40");

  test("SA-PRP-01: orders and lines of possible customers stay; dangling orders go, a customer without orders stays", () =>
    assert.deepEqual(sees(app(se, customers, orders, lines), ann), {
      "Customers(CUST,COUNTRY)": ["C1,SE", "C3,SE"],
      "Orders(CUST,ORDERNO)": ["C1,1"],
      "Lines(ORDERNO,AMT)": ["1,10", "1,11"],
    }));
  test("SA-PRP-03: an island stays whole", () => {
    const calendar = data("Calendar", "YEAR,MONTH", "2024,1", "2024,2");
    assert.deepEqual(sees(app(se, customers, calendar), ann), {
      "Customers(CUST,COUNTRY)": ["C1,SE", "C3,SE"],
      "Calendar(YEAR,MONTH)": ["2024,1", "2024,2"],
    });
  });
  test("SA-PRP-04: a reducing field in several tables reduces them all, and needs no partner there", () => {
    const targets = data("Targets", "COUNTRY,GOAL", "SE,100", "DE,200");
    const sweden = app(se, customers, targets);
    assert.deepEqual(sees(sweden, ann), {
      "Customers(CUST,COUNTRY)": ["C1,SE", "C3,SE"],
      "Targets(COUNTRY,GOAL)": ["SE,100"],
    });
    assert.deepEqual(sees(app(se, customers, data("Targets", "COUNTRY,GOAL", "DE,200")), ann), {
      "Customers(CUST,COUNTRY)": ["C1,SE", "C3,SE"],
      "Targets(COUNTRY,GOAL)": [],
    });
  });
  test("SA-PRP-06: two shared fields link on the combination, not each by itself", () => {
    const budget = data("Budget", "REGION,MONTH,OWNER", "NORTH,1,ANN", "NORTH,2,BEN", "SOUTH,1,BEN");
    const sales = data("Sales", "REGION,MONTH,AMOUNT", "NORTH,1,10", "NORTH,2,20", "SOUTH,1,30", "SOUTH,2,40");
    const loaded = app([security("Access", "ACCESS,USERID,OWNER", String.raw`USER,CORP\ANN,BEN`)], budget, sales);
    assert.deepEqual(sees(loaded, ann), {
      "Budget(REGION,MONTH,OWNER)": ["NORTH,2,BEN", "SOUTH,1,BEN"],
      "Sales(REGION,MONTH,AMOUNT)": ["NORTH,2,20", "SOUTH,1,30"],
    });
  });
  test("SA-PRP-07: a loosened table is not reduced through its links", () =>
    assert.deepEqual(sees(app(se, customers, loosened(orders)), ann), {
      "Customers(CUST,COUNTRY)": ["C1,SE", "C3,SE"],
      "Orders(CUST,ORDERNO)": ["C1,1", "C2,2", "C9,3", "-,4"],
    }));
  test("SA-PRP-08: selections in two tables meet at the records of both", () => {
    const both = [
      security("Access", "ACCESS,USERID,COUNTRY,AMT", String.raw`USER,CORP\ANN,SE,11`, String.raw`USER,CORP\ANN,SE,20`),
    ];
    assert.deepEqual(sees(app(both, customers, orders, lines), ann), {
      "Customers(CUST,COUNTRY)": ["C1,SE"],
      "Orders(CUST,ORDERNO)": ["C1,1"],
      "Lines(ORDERNO,AMT)": ["1,11"],
    });
  });
  test("SA-PRP-09: a bridge keeps what at least one possible row reaches", () => {
    const teams = data("Teams", "TEAM,LEAD", "T1,ANN", "T2,BEN");
    const bridge = data("Membership", "CUST,TEAM", "C1,T1", "C1,T2", "C2,T2", "C3,T1");
    const loaded = app(
      [security("Access", "ACCESS,USERID,LEAD", String.raw`USER,CORP\ANN,ANN`)],
      customers,
      bridge,
      teams,
    );
    assert.deepEqual(sees(loaded, ann), {
      "Customers(CUST,COUNTRY)": ["C1,SE", "C3,SE"],
      "Membership(CUST,TEAM)": ["C1,T1", "C3,T1"],
      "Teams(TEAM,LEAD)": ["T1,ANN"],
    });
  });
  test("a field of three tables is one link key: the third is reached without a partner in the second", () => {
    const notes = data("Notes", "CUST,NOTE", "C3,NEW", "C2,OLD");
    assert.deepEqual(sees(app(se, customers, orders, notes), ann), {
      "Customers(CUST,COUNTRY)": ["C1,SE", "C3,SE"],
      "Orders(CUST,ORDERNO)": ["C1,1"],
      "Notes(CUST,NOTE)": ["C3,NEW"],
    });
  });
  test("SA-RED-08, SA-PRP-10: NULL is lost to a reduced user, equal rows stay several", () => {
    const sales = data("Sales", "REGION,AMOUNT", "NORTH,10", "-,15", "NORTH,10", "SOUTH,20");
    const loaded = app([rights(String.raw`USER,CORP\ANN,NORTH`, String.raw`ADMIN,CORP\BEN,`)], sales);
    assert.deepEqual(sees(loaded, ann), { "Sales(REGION,AMOUNT)": ["NORTH,10", "NORTH,10"] });
    assert.deepEqual(sees(loaded, person("CORP\\ben")), {
      "Sales(REGION,AMOUNT)": ["NORTH,10", "-,15", "NORTH,10", "SOUTH,20"],
    });
  });
  test("LS-VAL-05: NULL never links, in a combination as little as alone", () => {
    const budget = data("Budget", "REGION,MONTH,OWNER", "NORTH,-,ANN", "SOUTH,1,ANN");
    const sales = data("Sales", "REGION,MONTH,AMOUNT", "NORTH,-,10", "SOUTH,1,20");
    const loaded = app([security("Access", "ACCESS,USERID,OWNER", String.raw`USER,CORP\ANN,ANN`)], budget, sales);
    assert.deepEqual(sees(loaded, ann), {
      "Budget(REGION,MONTH,OWNER)": ["NORTH,-,ANN", "SOUTH,1,ANN"],
      "Sales(REGION,MONTH,AMOUNT)": ["SOUTH,1,20"],
    });
  });
  test("names the loop of a circular model and what to do about it", () => {
    const loop = app(se, data("A", "X,Y,COUNTRY", "1,1,SE"), data("B", "Y,Z", "1,1"), data("C", "Z,X", "1,1"));
    assert.throws(() => reduce(loop, ann, withDialect({})), namesLoopAndRemedy);
    assert.notEqual(
      sees(app(loop.access, ...loop.app.map((table) => (table.name === "C" ? loosened(table) : table))), ann),
      "denied",
    );
  });
});
