import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dialectOf, type Dialect } from "../../../catalogue/dialects.ts";
import { evaluateAccess, type AccessAnswer } from "../../../mock/engine/evaluate.ts";
import type { LoadedApp } from "../../../reload/model.ts";
import { accessTable, appTable, we1, we11, we2, we3, we4, we5, we7, we7Key, we8, who } from "./worked-examples.ts";

const documented = dialectOf("documented");

/** `FIELD FIELD: v v | v v` per table, or `denied`. */
function seen(answer: AccessAnswer | undefined): string {
  if (answer === undefined || answer.access === "denied") return "denied";
  return answer.tables
    .map(({ fields, rows }) => `${fields.join(" ")}: ${rows.map((row) => row.map(String).join(" ")).join(" | ")}`)
    .join("; ");
}

async function expectSeen(
  app: LoadedApp,
  expected: { readonly [user: string]: string },
  dialect: Dialect = documented,
) {
  const users = Object.keys(expected);
  assert.ok(users.length > 0);
  const answers = await evaluateAccess(
    users.map((user) => ({ app, who: who(user) })),
    dialect,
  );
  assert.deepEqual(Object.fromEntries(users.map((user, index) => [user, seen(answers[index])])), expected);
}

describe("worked examples", () => {
  test("WE-1 gives each user his row without the field omitted for him", async () => {
    await expectSeen(we1, {
      "AD_DOMAIN\\ADMIN": "ALPHA NUM REDUCTION: A 1 1 | B 2 2 | C 3 3",
      "AD_DOMAIN\\A": "ALPHA NUM REDUCTION: A 1 1",
      "AD_DOMAIN\\B": "ALPHA REDUCTION: B 2",
      "AD_DOMAIN\\C": "NUM REDUCTION: 3 3",
      "INTERNAL\\SA_SCHEDULER": "ALPHA NUM REDUCTION: A 1 1 | B 2 2 | C 3 3",
      "AD_DOMAIN\\D": "denied",
      "ad_domain\\a": "ALPHA NUM REDUCTION: A 1 1",
    });
  });

  test("WE-2 shows an ADMIN with a blank all rows", async () => {
    await expectSeen(we2, {
      "AD_DOMAIN\\ADMIN": "ALPHA NUM REDUCTION: A 1 1 | B 2 2 | C 3 3",
      "AD_DOMAIN\\A": "ALPHA NUM REDUCTION: A 1 1",
      "INTERNAL\\SA_SCHEDULER": "ALPHA NUM REDUCTION: A 1 1 | B 2 2 | C 3 3",
    });
  });

  test("WE-3 gives a star the listed values only", async () => {
    await expectSeen(we3, {
      "EXAMPLE\\USER1": "ALPHA NUM REDUCTION: A 1 1 | B 2 2",
      "EXAMPLE\\USER2": "ALPHA NUM REDUCTION: A 1 1",
      "EXAMPLE\\USER3": "ALPHA NUM REDUCTION: B 2 2",
      "EXAMPLE\\USER4": "ALPHA NUM REDUCTION: A 1 1 | B 2 2 | C 3 3",
    });
  });

  test("WE-4 removes the fields omitted, each row adding one and a star all listed", async () => {
    await expectSeen(we4, {
      "CORP\\ADMIN": "SALES WAREHOUSE EMPLOYEES ORDERS: 1 2 3 4",
      "CORP\\USER1": "WAREHOUSE EMPLOYEES ORDERS: 2 3 4",
      "CORP\\USER2": "SALES EMPLOYEES ORDERS: 1 3 4",
      "CORP\\USER3": "SALES WAREHOUSE ORDERS: 1 2 4",
      "CORP\\USER4": "EMPLOYEES ORDERS: 3 4",
      "CORP\\USER5": "ORDERS: 4",
    });
  });

  test("WE-5 refuses a USER whose value the data lack, and shows him all where exclusion is not strict", async () => {
    await expectSeen(we5, { "CORP\\ANNA": "REGION: A | B", "CORP\\MARY": "REGION: A", "CORP\\ERICA": "denied" });
    await expectSeen(we5, { "CORP\\ERICA": "REGION: A | B" }, dialectOf("qlikview-desktop"));
  });

  test("WE-7 reduces each field to its own values, and by pairs only through a composite key", async () => {
    const all = [
      "GERMANY MACHINES GERMANY|MACHINES",
      "GERMANY FOOD GERMANY|FOOD",
      "FRANCE MACHINES FRANCE|MACHINES",
      "FRANCE FOOD FRANCE|FOOD",
    ];
    const fields = "COUNTRY PRODUCTGROUP COUNTRYPRODUCT";
    await expectSeen(we7, { "CORP\\MARKUS": `${fields}: ${all.join(" | ")}` });
    await expectSeen(we7Key, { "CORP\\MARKUS": `${fields}: ${all[0]} | ${all[3]}` });
  });

  test("WE-8 lets group members in by their groups", async () => {
    const fields = "ALPHA NUM REDUCTION";
    await expectSeen(we8, {
      "CORP\\ann:ADMIN": `${fields}: A 1 1 | B 2 2 | C 3 3`,
      "CORP\\ben:A": `${fields}: A 1 1`,
      "CORP\\carla:B": "ALPHA REDUCTION: B 2",
      "CORP\\dora:C": "NUM REDUCTION: 3 3",
      "CORP\\emil:GROUP1": `${fields}: C 3 3`,
      "CORP\\fay:A,GROUP1": `${fields}: A 1 1 | C 3 3`,
      "CORP\\gus:C,GROUP1": "NUM REDUCTION: 3 3",
      "CORP\\hal": "denied",
      "INTERNAL\\SA_SCHEDULER": `${fields}: A 1 1 | B 2 2 | C 3 3`,
    });
  });

  test("WE-11 omits the fields of a user's omit group, whatever their letter case", async () => {
    await expectSeen(we11, {
      "CORP\\ADMIN": "EmpID Name Salary Absence: 1 Ann 4000 2",
      "CORP\\USER1": "EmpID Name Salary Absence: 1 Ann 4000 2",
      "CORP\\USER2": "EmpID Name Absence: 1 Ann 2",
      "CORP\\USER3": "EmpID Name: 1 Ann",
      "CORP\\USER4": "EmpID Name Salary: 1 Ann 4000",
    });
  });
});

test("a table of 150,000 rows is reduced like a small one", async () => {
  const rows = Array.from({ length: 150_000 }, (_, index) => [index % 3 === 0 ? "NORTH" : "SOUTH"]);
  const access = [accessTable("ACCESS USERID REGION", [["USER", "TRADING\\ANN", "NORTH"]])];
  const app = { app: [appTable("Sales", "REGION", rows)], access };
  const [answer] = await evaluateAccess([{ app, who: who("TRADING\\ann") }], documented);
  assert.equal(answer?.access === "granted" && answer.tables[0]?.rows.length, 50_000);
});
