import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  accessProbes,
  allProbes,
  asksOf,
  people,
  accessSwitches,
  probesAbout,
  probeSite,
  switchesOf,
} from "../../../analysis/fingerprint/probes.ts";
import { answerUnder, settingsOf } from "../../../analysis/fingerprint/simulate.ts";
import { switchRequirement, type DialectSwitch } from "../../../catalogue/dialects.ts";
import { requirement } from "../../../catalogue/index.ts";
import { dialectWith, readings, switches, type Reading } from "../../../catalogue/readings.ts";
import type { Outcome, Value } from "../../../contract/types.ts";
import { diceOf } from "../../../generators/dice.ts";
import { matches } from "../../../harness/compare.ts";
import { answerOf, deskFor } from "../../../reference/answer.ts";
import { allAsks, anyRecord, byReference, bySql } from "./hearing.ts";

function textOf(value: Value | undefined): string {
  if (value === undefined || value === null) return "-";
  return typeof value === "object" ? value.t : String(value);
}

/** The fields of each table and its first cells; `refused`. */
function seen(outcome: Outcome | undefined): string {
  if (outcome?.kind !== "view") return outcome?.kind ?? "nothing";
  return outcome.tables
    .map(({ fields, rows }) => `${fields.join(",")}: ${rows.map((row) => textOf(row[0])).join(" ")}`.trim())
    .join("; ");
}

const all = "REGION,AMOUNT: NORTH SOUTH WEST";
const none = "refused";

function regions(...names: readonly string[]): string {
  return `REGION,AMOUNT: ${names.join(" ")}`.trim();
}

/**
 * What each reading means for one question, by its words in the catalogue (section and statement beside it), all other
 * switches as documented: the documented reading first, then the others in the order of the readings.
 */
const meant: { readonly [name in (typeof accessSwitches)[number]]?: readonly [ask: string, ...seen: string[]] } = {
  rowMatch: ["two-identity-columns/ann", regions("SOUTH"), regions("NORTH", "SOUTH")], // SA-ROW-01
  adminReduced: ["admin-with-value/ann", regions("NORTH"), all], // SA-ACC-03
  adminNoMatch: ["admin-without-match/ann", all, none], // SA-STR-04
  adminLevel: ["admin-blank/ann", all, none], // SA-STR-05
  userBlank: ["user-blank/ann", none, all], // SA-STR-03
  adminBlankBesideValue: ["admin-blank-and-value/ann", regions("NORTH"), all], // SA-STR-10
  strict: ["user-without-match/ann", none, all], // SA-STR-02, SA-STR-06
  strictScope: ["one-of-two-fields/ann", none, "REGION,PRODUCT,AMOUNT: NORTH"], // SA-STR-08
  emptyResult: ["two-fields-apart/ann", "REGION,PRODUCT,AMOUNT:", none], // SA-RED-10
  saUpper: ["resident-rights/ben", regions("SOUTH"), none], // SA-CASE-02, SA-SYS-08
  valueMatch: ["mixed-case-data/ann", none, "CITY,STAFF: Berlin"], // SA-CASE-04
  reductionNameMatch: ["mixed-case-field/ann", "Region,AMOUNT: NORTH SOUTH", "Region,AMOUNT: NORTH"], // SA-RED-02
  omitNameMatch: ["omit-mixed-case/ann", "NAME: Dora Emil", "NAME,Salary: Dora Emil"], // SA-OMT-06
  omitPattern: ["omit-pattern/ann", "SALES,STOCK: 10 20", "STOCK: 4 5"], // SA-OMT-04
  accessStar: ["access-star/ann", none, regions("NORTH")], // SA-ACC-02
  textNumberMatch: ["text-of-a-number/ann", none, "YEAR,AMOUNT: 2023"], // SA-TYPE-03
  systemFieldsReduce: ["user-id-as-data/ann", "USERID,TASK: CORP\\ANN", "USERID,TASK: CORP\\ANN CORP\\BEN CORP\\CARLA"], // SA-SCR-08
  userEmail: ["e-mail/ann", regions("SOUTH"), regions("NORTH", "SOUTH"), all], // SA-SYS-03
  serial: ["serial/ann", regions("NORTH", "SOUTH"), regions("SOUTH"), all], // SA-SYS-05
  groupColumn: ["group-column/ann", regions("NORTH"), regions("NORTH", "SOUTH")], // SA-SYS-04
  bareUserId: ["bare-user-id/ann", none, regions("NORTH")], // SA-SYS-02
  identityColumns: ["no-user-column/ann", regions("NORTH"), none], // SA-SYS-01
  mixedLevels: ["both-levels/ann", all, none], // SA-ACC-05 with SA-STR-04 and SA-STR-02
  starScope: ["star-of-two-tables/ann", regions("NORTH"), regions("NORTH", "SOUTH")], // SA-WLD-03
  starSymbol: ["another-star/ben", none, regions("NORTH"), regions("NORTH")], // SA-WLD-07
  starSource: ["resident-star/ann", regions("NORTH"), none], // SA-WLD-07
  loneStar: ["lone-star/ann", none, all], // SA-WLD-05
  emptyText: ["empty-text/ann", none, regions("")], // SA-RED-09
  omitStar: ["omit-star/ben", ": - -", "SALES: 10 20"], // SA-OMT-03
  omittedKey: ["omitted-key/ann", "REGION,AMOUNT: NORTH; CITY: Oslo", "REGION,AMOUNT: NORTH; CITY: Oslo Rome"], // SA-OMT-09
  omittedReducing: ["omitted-reducing/ann", "AMOUNT: 10", "AMOUNT: 10 20 30"], // SA-OMT-10
  blankIdentity: ["blank-user/ann", none, regions("NORTH")], // SA-ROW-03
  publishedRequired: ["unpublished/ann", regions("NORTH"), all], // SA-LIF-02
  groupSource: ["group-source/ann", regions("NORTH", "SOUTH"), regions("NORTH"), regions("SOUTH")], // IM-047
};

function told(name: DialectSwitch, dialects: (reading: Reading) => readonly Outcome[]): readonly string[] {
  const answered = readings[name].map((reading) => ({ reading, answers: dialects(reading) }));
  return answered.flatMap((left, at) =>
    answered.slice(at + 1).flatMap((right) => {
      const apart = left.answers.some((answer, index) => {
        const other = right.answers[index];
        return other === undefined || !matches(answer, other);
      });
      return apart ? [] : [`${name}: ${String(left.reading)} and ${String(right.reading)}`];
    }),
  );
}

describe("probes of section access", () => {
  test("are about every switch of section access but the one that needs a reload in between", () => {
    const silent = switches.filter((name) => !accessSwitches.includes(name));
    const ofAccess = silent.filter((name) => switchRequirement[name].startsWith("SA-"));
    assert.deepEqual(ofAccess, ["reloadApplies"]);
    assert.equal(accessSwitches.length, 34);
    // What a socket's upgrade takes, the reference cannot say: it has no wire.
    assert.deepEqual(
      switches.filter((name) => !switchesOf(allProbes).includes(name)),
      ["bearerOnUpgrade", "csrfOnUpgrade"],
    );
    assert.throws(() => probesAbout("csrfOnUpgrade"), /no probe is about/);
  });

  for (const name of accessSwitches) {
    test(`${name}: each reading gives what its words say, and no two give the same answers`, async () => {
      const [id, ...expected] = meant[name] ?? ["", ""];
      const ask = allAsks.find((one) => one.id === id);
      assert.ok(ask, `nothing is written down for ${name}`);
      assert.equal(expected.length, readings[name].length);
      const asks = asksOf(probesAbout(name));
      const sql = new Map<Reading, readonly Outcome[]>();
      for (const [at, reading] of readings[name].entries()) {
        const dialect = dialectWith({ [name]: reading });
        assert.equal(seen(answerUnder(ask, dialect)), expected[at], String(reading));
        sql.set(reading, await bySql(asks, dialect));
      }
      assert.deepEqual(
        told(name, (reading) => byReference(asks, dialectWith({ [name]: reading }))),
        [],
      );
      assert.deepEqual(
        told(name, (reading) => sql.get(reading) ?? []),
        [],
      );
      for (const [reading, answers] of sql) {
        const right = byReference(asks, dialectWith({ [name]: reading }));
        answers.forEach((answer, at) =>
          assert.ok(right[at] && matches(right[at], answer), `${String(reading)} ${asks[at]?.id}`),
        );
      }
    });
  }

  test("depend on the switches they name and on no others", () => {
    for (let at = 0; at < 60; at++) {
      const record = anyRecord(diceOf(at, 11));
      for (const ask of allAsks) {
        const named = dialectWith(Object.fromEntries(ask.of.depends.map((name) => [name, record[name]])));
        assert.ok(matches(answerUnder(ask, record), answerUnder(ask, named)), `${ask.id} in record ${at}`);
      }
    }
  });

  test("name no switch that their answers do not depend on", () => {
    for (const probe of accessProbes) {
      const asks = asksOf([probe]);
      const settings = settingsOf(probe.depends);
      for (const name of probe.depends) {
        const matters = settings.some((setting) =>
          readings[name].some((reading) => {
            const [here, there] = [setting, { ...setting, [name]: reading }].map((one) =>
              byReference(asks, dialectWith(one)),
            );
            return here?.some((answer, at) => there?.[at] !== undefined && !matches(answer, there[at])) === true;
          }),
        );
        assert.ok(matters, `${probe.id} ${name}`);
      }
    }
  });

  test("are answered by the reference on their site as they are foretold", () => {
    const site = probeSite();
    for (const dialect of [dialectWith({}), anyRecord(diceOf(5, 5))]) {
      const desk = deskFor(site, dialect);
      for (const ask of allAsks) assert.deepEqual(answerOf(desk, ask.probe).outcome, answerUnder(ask, dialect), ask.id);
    }
  });

  test("stand in one site of apps with ids and names of their own, asked for by three users", () => {
    const ids = Object.keys(probeSite().apps);
    assert.equal(new Set(ids).size, accessProbes.length);
    assert.equal(new Set(allAsks.map(({ id }) => id)).size, allAsks.length);
    assert.deepEqual(Object.keys(people), ["ann", "ben", "carla"]);
    for (const { requirement: id } of accessProbes) assert.ok(requirement(id), id);
  });
});
