import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dialectOf } from "../../../catalogue/dialects.ts";
import { requirements } from "../../../catalogue/index.ts";
import { defects } from "../../../mock/defects/index.ts";
import { evaluateAccess } from "../../../mock/engine/evaluate.ts";
import { engineSeams, type EngineSeams } from "../../../mock/engine/seams.ts";
import { plainSeams } from "../../../mock/plain-seams.ts";
import type { Value } from "../../../contract/types.ts";
import type { LoadedApp } from "../../../reload/model.ts";
import { openDesk, Wire } from "./trading-desk.ts";
import { accessTable, appTable, we1, we11, we2, we3, we4, we5, we7, we8, who } from "./worked-examples.ts";

/** An app and a user, and what the documents say he gets. */
interface Shown {
  readonly app: LoadedApp;
  readonly user: string;
  readonly correct: string;
}

const letters = "ALPHA NUM REDUCTION";
const sales = appTable("Sales", "REGION CITY AMOUNT", [
  ["NORTH", "Umea", 1],
  ["NORTH", "Umea", 1],
  [null, "Oslo", 2],
  ["SOUTH", "Rome", 3],
]);
const cities = appTable("Cities", "CITY MAYOR", [
  ["Umea", "Eva"],
  ["Rome", "Ugo"],
]);
const holidays = appTable("Holidays", "DAY", [[1]]);
const plans = appTable("Plans", "REGION CITY GOAL", [
  ["NORTH", "Umea", 8],
  ["NORTH", "Lulea", 9],
]);

function grants(fields: string, ...rows: readonly (readonly Value[])[]) {
  return [accessTable(`ACCESS USERID ${fields}`, rows)];
}

const north = grants("REGION", ["USER", "TRADING\\ANN", "NORTH"]);
const company: LoadedApp = { app: [sales, cities, holidays], access: north };
const reduced = "REGION CITY AMOUNT: NORTH Umea 1 | NORTH Umea 1; CITY MAYOR: Umea Eva; DAY: 1";
const blank: LoadedApp = { app: [sales], access: grants("REGION", ["USER", "TRADING\\ANN", ""]) };
const allowed = "REGION CITY AMOUNT: NORTH Umea 1 | NORTH Umea 1";

const shown: { readonly [defect: string]: Shown } = {
  "star-means-everything": { app: we3, user: "EXAMPLE\\USER1", correct: `${letters}: A 1 1 | B 2 2` },
  "row-or-matching": { app: we8, user: "CORP\\hal", correct: "denied" },
  "rows-apply-to-everybody": { app: we1, user: "AD_DOMAIN\\D", correct: "denied" },
  "first-row-only": { app: we8, user: "CORP\\fay:A,GROUP1", correct: `${letters}: A 1 1 | C 3 3` },
  "user-blank-sees-all": { app: blank, user: "TRADING\\ann", correct: "denied" },
  "strict-exclusion-off": { app: we5, user: "CORP\\ERICA", correct: "denied" },
  "admin-unreduced": {
    app: { app: [sales], access: grants("REGION", ["ADMIN", "TRADING\\ANN", "NORTH"]) },
    user: "TRADING\\ann",
    correct: allowed,
  },
  "admin-blank-refused": {
    app: we2,
    user: "INTERNAL\\SA_SCHEDULER",
    correct: `${letters}: A 1 1 | B 2 2 | C 3 3`,
  },
  "level-ignored": {
    app: { app: [sales], access: grants("REGION", ["GUEST", "TRADING\\ANN", "NORTH"]) },
    user: "TRADING\\ann",
    correct: "denied",
  },
  "omit-ignored": { app: we1, user: "AD_DOMAIN\\B", correct: "ALPHA REDUCTION: B 2" },
  "omit-first-only": { app: we4, user: "CORP\\USER4", correct: "EMPLOYEES ORDERS: 3 4" },
  "omit-exact-case": { app: we11, user: "CORP\\USER2", correct: "EmpID Name Absence: 1 Ann 2" },
  "group-ignored": { app: we8, user: "CORP\\ben:A", correct: `${letters}: A 1 1` },
  "directory-ignored": { app: we1, user: "OTHER\\A", correct: "denied" },
  "identity-by-prefix": { app: company, user: "TRADING\\anna", correct: "denied" },
  "case-sensitive-identity": { app: company, user: "trading\\ann", correct: reduced },
  "values-as-written": {
    app: { app: [sales], access: grants("REGION", ["USER", "TRADING\\ANN", "North"]) },
    user: "TRADING\\ann",
    correct: allowed,
  },
  "reduction-by-any-case": {
    app: { app: [appTable("Sales", "Region", [["NORTH"], ["SOUTH"]])], access: north },
    user: "TRADING\\ann",
    correct: "Region: NORTH | SOUTH",
  },
  "no-propagation": { app: company, user: "TRADING\\ann", correct: reduced },
  "synthetic-key-by-single-field": {
    app: {
      app: [sales, plans],
      access: grants("AMOUNT", ["USER", "TRADING\\BEN", 1]),
    },
    user: "TRADING\\ben",
    correct: `${allowed}; REGION CITY GOAL: NORTH Umea 8`,
  },
  "values-and-by-row": {
    app: we7,
    user: "CORP\\MARKUS",
    correct:
      "COUNTRY PRODUCTGROUP COUNTRYPRODUCT: GERMANY MACHINES GERMANY|MACHINES | GERMANY FOOD GERMANY|FOOD | FRANCE MACHINES FRANCE|MACHINES | FRANCE FOOD FRANCE|FOOD",
  },
  "island-reduced": { app: company, user: "TRADING\\ann", correct: reduced },
  "null-kept": { app: company, user: "TRADING\\ann", correct: reduced },
  "duplicates-merged": { app: company, user: "TRADING\\ann", correct: reduced },
};

/** What is asked of an engine, and the answer the documents give. */
interface Asked {
  readonly ask: (seams: EngineSeams) => Promise<unknown>;
  readonly correct: unknown;
}

const asked: { readonly [defect: string]: Asked } = {
  "cache-ignores-user": {
    ask: async (seams) => {
      const { engine } = await openDesk({ seams });
      await new Wire(engine, "ada").ask(-1, "OpenDoc", "plan");
      const ann = new Wire(engine, "ann");
      await ann.ask(-1, "OpenDoc", "plan");
      return await ann.ask(1, "Evaluate", "Count(REGION)");
    },
    correct: { qReturn: "2" },
  },
  "counts-unreduced": {
    ask: async (seams) => {
      const { engine } = await openDesk({ seams });
      const ann = new Wire(engine, "ann");
      await ann.ask(-1, "OpenDoc", "plan");
      return [await ann.ask(1, "Evaluate", "Count(REGION)"), await ann.ask(1, "GetTableData", 2, 9, true, "Regions")];
    },
    correct: [{ qReturn: "2" }, { qData: [] }],
  },
  "no-data-to-anyone": {
    ask: async (seams) => await firstAnswer(seams, "dora", ["plan", "", "", "", true]),
    correct: "error 5",
  },
  "unreadable-app-opens": { ask: async (seams) => await firstAnswer(seams, "ada", ["secret"]), correct: "error 5" },
  "open-doc-name-honoured": {
    ask: async (seams) => await firstAnswer(seams, "carla", ["plan", "TRADING\\ada"]),
    correct: "error 5",
  },
  "script-edited-by-anyone": {
    ask: async (seams) => {
      const { engine } = await openDesk({ seams });
      const ann = new Wire(engine, "ann");
      await ann.ask(-1, "OpenDoc", "plan");
      return await ann.ask(1, "SetScript", "");
    },
    correct: "error 5",
  },
};

async function firstAnswer(seams: EngineSeams, user: string, params: readonly (string | boolean)[]): Promise<unknown> {
  const { engine } = await openDesk({ seams });
  return await new Wire(engine, user).ask(-1, "OpenDoc", ...params);
}

async function seen({ app, user }: Shown, seams: EngineSeams): Promise<string> {
  const [answer] = await evaluateAccess([{ app, who: who(user) }], dialectOf("documented"), seams);
  if (answer === undefined || answer.access === "denied") return "denied";
  return answer.tables
    .map(({ fields, rows }) => `${fields.join(" ")}: ${rows.map((row) => row.map(String).join(" ")).join(" | ")}`)
    .join("; ");
}

const ofEngine = defects.filter((defect) => defect.replace(plainSeams).engine !== plainSeams.engine);

describe("defects of the engine", () => {
  test("are at least twelve, each shown below", () => {
    assert.ok(ofEngine.length >= 12);
    const names = ofEngine.map((defect) => defect.name).sort();
    assert.deepEqual(names, [...Object.keys(shown), ...Object.keys(asked)].sort());
  });

  test("name requirements of the catalogue", () => {
    const known = new Set<string>(requirements.map((requirement) => requirement.id));
    assert.deepEqual(
      ofEngine.flatMap((defect) => defect.breaks).filter((id) => !known.has(id)),
      [],
    );
  });

  for (const defect of ofEngine) {
    test(`${defect.name} changes what the documents say`, async () => {
      const wrong = defect.replace(plainSeams).engine;
      const example = shown[defect.name];
      if (example !== undefined) {
        assert.equal(await seen(example, engineSeams), example.correct);
        assert.notEqual(await seen(example, wrong), example.correct);
        return;
      }
      const question = asked[defect.name];
      assert.ok(question);
      assert.deepEqual(await question.ask(engineSeams), question.correct);
      assert.notDeepEqual(await question.ask(wrong), question.correct);
    });
  }
});
