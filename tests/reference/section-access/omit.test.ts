/** Which fields OMIT hides (§11), as the text says it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { app, data, person, security, sees, withDialect } from "./fixtures.ts";

const ann = person("CORP\\ann");
const regions = data("Sales", "REGION,AMOUNT", "NORTH,10", "SOUTH,20", "EAST,30");

const staff = data("Staff", "NAME,SALARY,Bonus", "ANN,900,5");

function omit(...names: string[]): ReturnType<typeof app> {
  return app(
    [security("Access", "ACCESS,USERID,OMIT", ...names.map((name) => String.raw`USER,CORP\ANN,${name}`))],
    staff,
  );
}

function fields(loaded: ReturnType<typeof app>, dialect = withDialect({})): string {
  return Object.keys(sees(loaded, ann, dialect))[0] ?? "";
}

describe("OMIT", () => {
  test("SA-OMT-02: rows add up, and a list in one cell is one unknown name", () => {
    assert.equal(fields(omit("SALARY", "NAME")), "Staff(Bonus)");
    assert.equal(fields(omit("SALARY;NAME")), "Staff(NAME,SALARY,Bonus)");
  });
  test("SA-OMT-06: letter case of the field's name does not matter, or does", () => {
    assert.equal(fields(omit("Bonus")), "Staff(NAME,SALARY)");
    assert.equal(fields(omit("Bonus"), withDialect({ omitNameMatch: "exact" })), "Staff(NAME,SALARY,Bonus)");
  });
  test("SA-OMT-04: a name with a star is a name, or a pattern", () => {
    assert.equal(fields(omit("SAL*")), "Staff(NAME,SALARY,Bonus)");
    assert.equal(fields(omit("SAL*"), withDialect({ omitPattern: "glob" })), "Staff(NAME,Bonus)");
    assert.equal(fields(omit("?A*E"), withDialect({ omitPattern: "glob" })), "Staff(SALARY,Bonus)");
  });
  test("a hostile pattern is matched without delay", () => {
    const long = data("Staff", `${"A".repeat(200)}B`, "1");
    const access = security("Access", "ACCESS,USERID,OMIT", String.raw`USER,CORP\ANN,${"A*".repeat(60)}C`);
    const start = performance.now();
    assert.notEqual(sees(app([access], long), ann, withDialect({ omitPattern: "glob" })), "denied");
    assert.ok(performance.now() - start < 500);
  });
  test("SA-OMT-05: in a table of its own; a user whose sub key has no match keeps his rows", () => {
    const tables = [
      security("Access", "ACCESS,USERID,OMITGROUP", String.raw`USER,CORP\ANN,PAY`, String.raw`USER,CORP\BEN,NONE`),
      security("OmitGroups", "OMITGROUP,OMIT", "PAY,SALARY", "NAMES,NAME"),
    ];
    assert.deepEqual(sees(app(tables, staff), ann), { "Staff(NAME,Bonus)": ["ANN,5"] });
    assert.deepEqual(sees(app(tables, staff), person("CORP\\ben")), { "Staff(NAME,SALARY,Bonus)": ["ANN,900,5"] });
  });
  test("SA-OMT-05: in a table of its own by user; who is not in it keeps his rows", () => {
    const tables = [
      security("Access", "ACCESS,USERID", String.raw`USER,CORP\ANN`, String.raw`USER,CORP\BEN`),
      security("Omit", "USERID,OMIT", String.raw`CORP\ANN,SALARY`),
    ];
    assert.equal(fields(app(tables, staff)), "Staff(NAME,Bonus)");
    assert.deepEqual(sees(app(tables, staff), person("CORP\\ben")), { "Staff(NAME,SALARY,Bonus)": ["ANN,900,5"] });
  });
  test("SA-OMT-10: a reducing field reduces before it is hidden", () => {
    const loaded = app(
      [security("Access", "ACCESS,USERID,REGION,OMIT", String.raw`USER,CORP\ANN,NORTH,REGION`)],
      regions,
    );
    assert.deepEqual(sees(loaded, ann), { "Sales(AMOUNT)": ["10"] });
  });
  test("SA-OMT-09, SA-OMT-13: a hidden key vanishes everywhere and goes on linking", () => {
    const loaded = app(
      [security("Access", "ACCESS,USERID,REGION,OMIT", String.raw`USER,CORP\ANN,NORTH,SHOP`)],
      data("Shops", "SHOP,REGION", "1,NORTH", "2,SOUTH"),
      data("Sales", "SHOP,AMOUNT", "1,10", "2,20"),
    );
    assert.deepEqual(sees(loaded, ann), { "Shops(REGION)": ["NORTH"], "Sales(AMOUNT)": ["10"] });
  });
});
