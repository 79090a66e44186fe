/** Names, letter case and types across the border of section access and app (§7, §9), as the text says it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { app, cites, data, person, residentSecurity, security, sees, withDialect } from "./fixtures.ts";

const ann = person("CORP\\ann");
const regions = data("Sales", "REGION,AMOUNT", "NORTH,10", "SOUTH,20", "EAST,30");
const north = { "Sales(REGION,AMOUNT)": ["NORTH,10"] };

function rights(...rows: string[]): ReturnType<typeof security> {
  return security("Access", "ACCESS,USERID,REGION", ...rows);
}

describe("names, letter case and types", () => {
  test("SA-RED-02: a field name in another letter case reduces nothing, and the answer says so", () => {
    const mixed = data("Sales", "Region,AMOUNT", "NORTH,10", "SOUTH,20");
    const loaded = app([rights(String.raw`USER,CORP\ANN,NORTH`)], mixed);
    assert.deepEqual(sees(loaded, ann), { "Sales(Region,AMOUNT)": ["NORTH,10", "SOUTH,20"] });
    assert.ok(cites(loaded, ann).includes("SA-RED-02"));
    assert.deepEqual(sees(loaded, ann, withDialect({ reductionNameMatch: "caseInsensitive" })), {
      "Sales(Region,AMOUNT)": ["NORTH,10"],
    });
  });
  test("SA-CASE-01: names and values of section access are raised to upper case", () =>
    assert.deepEqual(
      sees(app([security("Access", "access,userid,region", String.raw`user,corp\ann,north`)], regions), ann),
      north,
    ));
  test("SA-CASE-02: only those of inline loads, where a dialect says so", () => {
    const dialect = withDialect({ saUpper: "inlineOnly" });
    const resident = app(
      [residentSecurity("Access", "ACCESS,USERID,REGION", String.raw`USER,CORP\ann,NORTH`)],
      regions,
    );
    assert.deepEqual(sees(resident, ann), north);
    assert.equal(sees(resident, ann, dialect), "denied");
    assert.deepEqual(sees(app([rights(String.raw`USER,CORP\ann,north`)], regions), ann, dialect), north);
  });
  test("SA-CASE-04: data in another letter case are not reached, unless values compare without it", () => {
    const mixed = data("Sales", "REGION", "North", "SOUTH");
    const loaded = app([rights(String.raw`USER,CORP\ANN,NORTH`)], mixed);
    assert.equal(sees(loaded, ann), "denied");
    assert.ok(cites(loaded, ann).includes("SA-CASE-04"));
    assert.deepEqual(sees(loaded, ann, withDialect({ valueMatch: "caseInsensitive" })), { "Sales(REGION)": ["North"] });
  });
  test("SA-CASE-05: upper-casing knows no locale and keeps a letter that would become two", () => {
    const loaded = app(
      [rights(String.raw`USER,CORP\ANN,straße`, String.raw`USER,CORP\ANN,île`)],
      data("Sales", "REGION", "STRASSE", "STRAßE", "ÎLE"),
    );
    assert.deepEqual(sees(loaded, ann), { "Sales(REGION)": ["STRAßE", "ÎLE"] });
  });
  test("SA-TYPE-02: a number is one value whatever its text", () => {
    const branch = { ...data("Sales", "BRANCH", "1", "2"), rows: [[{ n: 1, t: "01" }], [2]] };
    const loaded = app([security("Access", "ACCESS,USERID,BRANCH", String.raw`USER,CORP\ANN,1`)], branch);
    assert.deepEqual(sees(loaded, ann), { "Sales(BRANCH)": ["01"] });
  });
  test("SA-TYPE-03: a text is no number, unless a dialect links them", () => {
    const texts = { ...data("Sales", "BRANCH"), rows: [["1"], ["2"]] };
    const loaded = app([security("Access", "ACCESS,USERID,BRANCH", String.raw`USER,CORP\ANN,1`)], texts);
    assert.equal(sees(loaded, ann), "denied");
    assert.deepEqual(sees(loaded, ann, withDialect({ textNumberMatch: true })), { "Sales(BRANCH)": ["1"] });
  });
  test("SA-WLD-06: a star inside a longer text is a letter", () =>
    assert.equal(sees(app([rights(String.raw`USER,CORP\ANN,NOR*`)], regions), ann), "denied"));
  test("SA-WLD-03: the star lists its own table, or the field over all tables", () => {
    const tables = [
      security("Access", "ACCESS,USERID,PROFILE", String.raw`USER,CORP\ANN,P1`),
      security("Profiles", "PROFILE,REGION", "P1,*", "P2,NORTH"),
      security("More", "TEAM,REGION", "T,SOUTH"),
    ];
    assert.deepEqual(sees(app(tables, regions), ann), north);
    const both = { "Sales(REGION,AMOUNT)": ["NORTH,10", "SOUTH,20"] };
    assert.deepEqual(sees(app(tables, regions), ann, withDialect({ starScope: "field" })), both);
  });
  test("SA-SCR-08: a system field that the app also has reduces, unless a dialect says no", () => {
    const owned = data("Sales", "USERID,AMOUNT", String.raw`CORP\ANN,10`, String.raw`CORP\BEN,20`);
    const loaded = app(
      [security("Access", "ACCESS,USERID", String.raw`USER,CORP\ANN`, String.raw`USER,CORP\BEN`)],
      owned,
    );
    assert.deepEqual(sees(loaded, ann), { "Sales(USERID,AMOUNT)": [String.raw`CORP\ANN,10`] });
    const whole = { "Sales(USERID,AMOUNT)": [String.raw`CORP\ANN,10`, String.raw`CORP\BEN,20`] };
    assert.deepEqual(sees(loaded, ann, withDialect({ systemFieldsReduce: false })), whole);
  });
});
