/** Which rows apply, and what a field decides (§2–§5, §8 of the section-access catalogue), as the text says it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { reduce } from "../../../reference/section-access/spec.ts";
import { app, cites, data, person, security, sees, withDialect } from "./fixtures.ts";

const ann = person("CORP\\ann");
const regions = data("Sales", "REGION,AMOUNT", "NORTH,10", "SOUTH,20", "EAST,30");
const everything = { "Sales(REGION,AMOUNT)": ["NORTH,10", "SOUTH,20", "EAST,30"] };
const north = { "Sales(REGION,AMOUNT)": ["NORTH,10"] };

function rights(...rows: string[]): ReturnType<typeof security> {
  return security("Access", "ACCESS,USERID,REGION", ...rows);
}

function serial(value: string): ReturnType<typeof app> {
  return app([security("Access", "ACCESS,USERID,SERIAL", String.raw`USER,CORP\ANN,${value}`)], regions);
}

function table(row: string): ReturnType<typeof app> {
  return app([security("Access", "ACCESS,USERID,GROUP", row)], regions);
}

describe("sections and system fields", () => {
  test("SA-SCR-02: an app without an access section is open", () => {
    assert.deepEqual(sees(app(undefined, regions), ann), everything);
    const answer = reduce(app(undefined, regions), ann, withDialect({}));
    assert.equal(answer.access === "granted" && answer.level, "OPEN");
  });
  test("SA-ROW-06: an access section without rows, tables or ACCESS refuses everybody", () => {
    assert.equal(sees(app([], regions), ann), "denied");
    assert.equal(sees(app([rights()], regions), ann), "denied");
    assert.equal(sees(app([security("Access", "USERID,REGION", "*,*", "*,NORTH")], regions), ann), "denied");
  });
  test("SA-SYS-02: the directory belongs to the name", () => {
    const loaded = app([rights(String.raw`USER,CORP\ANN,NORTH`)], regions);
    assert.deepEqual(sees(loaded, ann), north);
    for (const name of ["LAB\\ann", "CORP2\\ann", "CORP\\anna", "CORP\\an"])
      assert.equal(sees(loaded, person(name)), "denied");
    assert.equal(sees(app([rights("USER,ANN,NORTH")], regions), ann), "denied");
  });
  test("SA-SYS-03: USER.EMAIL matches only the star, or the address where a release compares it", () => {
    const loaded = app([security("Access", "ACCESS,USER.EMAIL", "USER,ANN@CORP.EXAMPLE")], regions);
    const mailed = { ...ann, attributes: { email: ["ann@corp.example"] } };
    assert.equal(sees(loaded, mailed), "denied");
    assert.deepEqual(sees(loaded, mailed, withDialect({ userEmail: "email" })), everything);
    assert.deepEqual(sees(app([security("Access", "ACCESS,USER.EMAIL", "USER,*")], regions), ann), everything);
  });
  test("SA-SYS-05: SERIAL lets QLIKSENSE and the star pass, unless it is no system field", () => {
    assert.deepEqual(sees(serial("QLIKSENSE"), ann), everything);
    assert.deepEqual(sees(serial("*"), ann), everything);
    assert.equal(sees(serial("4711"), ann), "denied");
    assert.deepEqual(sees(serial("4711"), ann, withDialect({ serial: "ignored" })), everything);
  });
  test("SA-SYS-06: NTNAME takes the user's name and any of his groups", () => {
    const loaded = app([security("Access", "ACCESS,NTNAME", String.raw`USER,CORP\ANN`, "USER,SALES")], regions);
    assert.deepEqual(sees(loaded, ann), everything);
    assert.deepEqual(sees(loaded, person("LAB\\ben", "Sales")), everything);
    assert.equal(sees(loaded, person("LAB\\ben", "SalesNorth")), "denied");
  });
  test("SA-SYS-07: a name with a blank is no system field", () => {
    const loaded = app([security("Access", "ACCESS,USER ID", String.raw`USER,CORP\BEN`)], regions);
    assert.deepEqual(sees(loaded, ann), everything);
  });
  test("IM-047: groups come from the directory, the session or both", () => {
    const loaded = app([security("Access", "ACCESS,GROUP", "USER,FINANCE")], regions);
    const mapped = { ...ann, session: { group: ["Finance"] } };
    assert.deepEqual(sees(loaded, mapped, withDialect({ groupSource: "session" })), everything);
    assert.equal(sees(loaded, mapped, withDialect({ groupSource: "directory" })), "denied");
    assert.deepEqual(sees(loaded, mapped), everything);
  });
});

describe("rows that apply", () => {
  const who = [person("D\\A", "G1"), person("D\\A"), person("D\\B", "G1")];
  const applies = (row: string, dialect = withDialect({})): boolean[] =>
    who.map((one) => sees(table(row), one, dialect) !== "denied");

  test("SA-ROW-01: all system fields of a row must match", () => {
    assert.deepEqual(applies(String.raw`USER,D\A,G1`), [true, false, false]);
    assert.deepEqual(applies("USER,*,G1"), [true, false, true]);
    assert.deepEqual(applies(String.raw`USER,D\A,*`), [true, true, false]);
    assert.ok(cites(table(String.raw`USER,D\A,G1`), person("D\\B", "G1")).includes("SA-ROW-06"));
  });
  test("SA-ROW-01: or one is enough, where a dialect reads it so", () =>
    assert.deepEqual(applies(String.raw`USER,D\A,G1`, withDialect({ rowMatch: "or" })), [true, true, true]));
  test("SA-ROW-03: a blank identity matches nobody, or anybody by dialect", () => {
    assert.deepEqual(applies("USER,,G1"), [false, false, false]);
    assert.deepEqual(applies("USER,,G1", withDialect({ blankIdentity: "anybody" })), [true, false, true]);
  });
  test("SA-ACC-01, SA-ACC-02: only ADMIN and USER are levels", () => {
    for (const level of ["NONE", "", "GUEST"])
      assert.equal(sees(app([rights(String.raw`${level},CORP\ANN,NORTH`)], regions), ann), "denied");
    const star = app([rights(String.raw`*,CORP\ANN,NORTH`)], regions);
    assert.equal(sees(star, ann), "denied");
    assert.deepEqual(sees(star, ann, withDialect({ accessStar: "admin" })), north);
  });
  test("SA-ACC-01: what hangs on a row of no level alone does not apply, what everybody has does", () => {
    const staff = data("Staff", "NAME,SALARY", "ANN,900");
    const grouped = [
      security("Access", "ACCESS,USERID,OMITGROUP", String.raw`USER,CORP\ANN,`, String.raw`NONE,CORP\ANN,PAY`),
      security("OmitGroups", "OMITGROUP,OMIT", "PAY,SALARY"),
    ];
    assert.deepEqual(sees(app(grouped, staff), ann), { "Staff(NAME,SALARY)": ["ANN,900"] });
    const byUser = [
      security("Access", "ACCESS,USERID", String.raw`USER,CORP\ANN`),
      security("Omit", "USERID,OMIT", "*,SALARY"),
    ];
    assert.deepEqual(sees(app(byUser, staff), ann), { "Staff(NAME)": ["ANN"] });
  });
  test("SA-ACC-05: ADMIN and USER rows together give ADMIN and both values", () => {
    const loaded = app([rights(String.raw`USER,CORP\ANN,NORTH`, String.raw`ADMIN,CORP\ANN,EAST`)], regions);
    const answer = reduce(loaded, ann, withDialect({}));
    assert.equal(answer.access === "granted" && answer.level, "ADMIN");
    assert.deepEqual(sees(loaded, ann), { "Sales(REGION,AMOUNT)": ["NORTH,10", "EAST,30"] });
  });
});

describe("the decision table", () => {
  const asks: readonly (readonly [string, string, unknown, unknown])[] = [
    ["some match", "NORTH", north, north],
    ["none match", "WEST", "denied", everything],
    ["only blank", "", "denied", everything],
    [
      "star over listed values",
      "*",
      { "Sales(REGION,AMOUNT)": ["NORTH,10", "SOUTH,20"] },
      { "Sales(REGION,AMOUNT)": ["NORTH,10", "SOUTH,20"] },
    ],
  ];
  for (const [row, value, user, admin] of asks) {
    test(`${row}: decides for USER and ADMIN`, () => {
      const others = [String.raw`USER,CORP\BEN,NORTH`, String.raw`USER,CORP\BEN,SOUTH`];
      assert.deepEqual(sees(app([rights(String.raw`USER,CORP\ANN,${value}`, ...others)], regions), ann), user);
      assert.deepEqual(sees(app([rights(String.raw`ADMIN,CORP\ANN,${value}`, ...others)], regions), ann), admin);
    });
  }
  test("star over nothing in the data: refuses USER, opens all to ADMIN (SA-WLD-05)", () => {
    for (const others of [[], [String.raw`USER,CORP\BEN,WEST`]]) {
      assert.equal(sees(app([rights(String.raw`USER,CORP\ANN,*`, ...others)], regions), ann), "denied");
      assert.deepEqual(sees(app([rights(String.raw`ADMIN,CORP\ANN,*`, ...others)], regions), ann), everything);
    }
  });
  test("a field the app lacks has no effect (SA-STR-09)", () =>
    assert.deepEqual(
      sees(app([security("Access", "ACCESS,USERID,SECTOR", String.raw`USER,CORP\ANN,PHARMA`)], regions), ann),
      everything,
    ));
  test("SA-STR-06: without strict exclusion no match means no reduction", () => {
    for (const value of ["WEST", ""]) {
      assert.deepEqual(
        sees(app([rights(String.raw`USER,CORP\ANN,${value}`)], regions), ann, withDialect({ strict: false })),
        everything,
      );
    }
  });
  test("SA-STR-03: a blank USER cell opens everything where a dialect says so", () => {
    const dialect = withDialect({ userBlank: "all" });
    assert.deepEqual(sees(app([rights(String.raw`USER,CORP\ANN,`)], regions), ann, dialect), everything);
    assert.equal(sees(app([rights(String.raw`USER,CORP\ANN,WEST`)], regions), ann, dialect), "denied");
  });
  test("SA-STR-05: a server that knows no ADMIN refuses him where nothing matches", () => {
    const dialect = withDialect({ adminLevel: "user" });
    assert.equal(sees(app([rights(String.raw`ADMIN,CORP\ANN,`)], regions), ann, dialect), "denied");
    assert.deepEqual(sees(app([rights(String.raw`ADMIN,CORP\ANN,NORTH`)], regions), ann, dialect), north);
  });
  test("SA-STR-10: a blank beside a value adds nothing, or opens everything to ADMIN", () => {
    const loaded = app([rights(String.raw`ADMIN,CORP\ANN,`, String.raw`ADMIN,CORP\ANN,NORTH`)], regions);
    assert.deepEqual(sees(loaded, ann), north);
    assert.deepEqual(sees(loaded, ann, withDialect({ adminBlankBesideValue: "all" })), everything);
  });
  test("SA-ACC-03: ADMIN is limited by his values, unless a dialect spares him", () => {
    const loaded = app([rights(String.raw`ADMIN,CORP\ANN,NORTH`)], regions);
    assert.deepEqual(sees(loaded, ann), north);
    assert.deepEqual(sees(loaded, ann, withDialect({ adminReduced: false })), everything);
  });
  test("SA-STR-08: each of several fields must match, or one is enough", () => {
    const loaded = app(
      [security("Access", "ACCESS,USERID,REGION,AMOUNT", String.raw`USER,CORP\ANN,NORTH,99`)],
      regions,
    );
    assert.equal(sees(loaded, ann), "denied");
    assert.deepEqual(sees(loaded, ann, withDialect({ strictScope: "overall" })), north);
  });
  test("SA-RED-10: refuses only where nothing selected has a record left", () => {
    const loaded = app(
      [security("Access", "ACCESS,USERID,REGION,AMOUNT,BRANCH", String.raw`USER,CORP\ANN,NORTH,20,1`)],
      regions,
      data("Shops", "BRANCH", "1", "2"),
    );
    assert.deepEqual(sees(loaded, ann, withDialect({ emptyResult: "deny" })), {
      "Sales(REGION,AMOUNT)": [],
      "Shops(BRANCH)": ["1"],
    });
  });
  test("SA-RED-10: values that never meet leave an empty app, or refuse", () => {
    const loaded = app(
      [security("Access", "ACCESS,USERID,REGION,AMOUNT", String.raw`USER,CORP\ANN,NORTH,20`)],
      regions,
    );
    assert.deepEqual(sees(loaded, ann), { "Sales(REGION,AMOUNT)": [] });
    assert.equal(sees(loaded, ann, withDialect({ emptyResult: "deny" })), "denied");
  });
});

describe("life cycle", () => {
  test("SA-LIF-02: where publishing is required, an unpublished app is open", () => {
    const loaded = app([rights(String.raw`USER,CORP\ANN,NORTH`)], regions);
    const dialect = withDialect({ publishedRequired: true });
    assert.equal(reduce(loaded, person("CORP\\ben"), dialect, { published: false }).access, "granted");
    assert.equal(reduce(loaded, person("CORP\\ben"), dialect, { published: true }).access, "denied");
    assert.equal(reduce(loaded, person("CORP\\ben"), withDialect({}), { published: false }).access, "denied");
  });
});
