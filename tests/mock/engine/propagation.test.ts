import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dialectOf, type Dialect } from "../../../catalogue/dialects.ts";
import { isKnownError } from "../../../contract/errors.ts";
import type { Value } from "../../../contract/types.ts";
import { evaluateAccess } from "../../../mock/engine/evaluate.ts";
import type { AccessTable, AppTable } from "../../../reload/model.ts";
import { accessTable, appTable, who } from "./worked-examples.ts";

const documented = dialectOf("documented");

interface Question {
  readonly app: readonly AppTable[];
  readonly access: readonly AccessTable[];
  readonly user?: string;
  readonly dialect?: Partial<Dialect>;
}

/** Rows each table keeps for the user, cells joined by a comma; undefined when he is refused. */
async function rowsSeen({ app, access, user = "CORP\\ann", dialect = {} }: Question) {
  const [answer] = await evaluateAccess([{ app: { app, access }, who: who(user) }], { ...documented, ...dialect });
  if (answer === undefined || answer.access === "denied") return undefined;
  return Object.fromEntries(
    answer.tables.map(({ name, rows }) => [name, rows.map((row) => row.map(String).join(","))]),
  );
}

/** Rows for Ann at level USER. */
function grants(fields: string, ...cells: readonly (readonly Value[])[]): AccessTable {
  const grant: readonly Value[] = ["USER", "CORP\\ANN"];
  return accessTable(
    `ACCESS USERID ${fields}`,
    cells.map((row) => grant.concat(row)),
  );
}

function omitting(name: string): AccessTable[] {
  return [accessTable("ACCESS USERID OMIT", [["USER", "CORP\\ANN", name]])];
}

/** Rows for Ann at the level given, and one for Ben that lists S. */
function level(access: string, ...values: readonly Value[]): AccessTable[] {
  const ben: readonly Value[] = ["USER", "CORP\\BEN", "S"];
  return [accessTable("ACCESS USERID REGION", [...values.map((value) => [access, "CORP\\ANN", value]), ben])];
}

const customers = appTable("Customers", "CUST COUNTRY", [
  [1, "SE"],
  [2, "SE"],
  [3, "NO"],
]);
const orders = appTable("Orders", "CUST ORDER", [
  [1, 10],
  [3, 11],
  [9, 12],
]);
const lines = appTable("Lines", "ORDER AMT", [
  [10, 5],
  [10, 5],
  [11, 6],
  [12, 7],
]);

describe("propagation (SA-PRP)", () => {
  test("keeps the customers of a country, their orders and lines, and a customer without orders", async () => {
    assert.deepEqual(await rowsSeen({ app: [customers, orders, lines], access: [grants("COUNTRY", ["SE"])] }), {
      Customers: ["1,SE", "2,SE"],
      Orders: ["1,10"],
      Lines: ["10,5", "10,5"],
    });
  });

  test("intersects two entry points at the rows that meet both", async () => {
    const access = [grants("COUNTRY AMT", ["SE", 5], ["SE", 6])];
    assert.deepEqual(await rowsSeen({ app: [customers, orders, lines], access }), {
      Customers: ["1,SE"],
      Orders: ["1,10"],
      Lines: ["10,5", "10,5"],
    });
  });

  test("leaves islands and loosened tables whole", async () => {
    const loose = appTable("Loose", "CUST NOTE", [[3, "x"]], true);
    const island = appTable("Calendar", "DAY", [[1], [2]]);
    const seen = await rowsSeen({ app: [customers, loose, island], access: [grants("COUNTRY", ["SE"])] });
    assert.deepEqual(seen, { Customers: ["1,SE", "2,SE"], Loose: ["3,x"], Calendar: ["1", "2"] });
  });

  test("links three tables through one field directly, not through each other", async () => {
    const app = [
      appTable("Customers", "CUST COUNTRY", [[1, "SE"]]),
      appTable("Visits", "CUST DAY", [[2, 5]]),
      appTable("Orders", "CUST ORDER", [
        [1, 10],
        [2, 11],
      ]),
    ];
    const seen = await rowsSeen({ app, access: [grants("COUNTRY", ["SE"])] });
    assert.deepEqual(seen, { Customers: ["1,SE"], Visits: [], Orders: ["1,10"] });
  });

  test("links tables sharing two fields by the combination", async () => {
    const sales = appTable("Sales", "REGION YEAR AMT", [
      ["N", 1, 5],
      ["N", 2, 6],
      ["S", 1, 7],
    ]);
    const targets = appTable("Targets", "REGION YEAR OWNER", [
      ["N", 1, "ANN"],
      ["S", 2, "ANN"],
      ["S", 1, "BEN"],
    ]);
    const seen = await rowsSeen({ app: [sales, targets], access: [grants("OWNER", ["ANN"])] });
    assert.deepEqual(seen, { Sales: ["N,1,5"], Targets: ["N,1,ANN", "S,2,ANN"] });
  });

  test("reaches a third table by one of the combined fields", async () => {
    const sales = appTable("Sales", "REGION YEAR AMT", [
      ["N", 1, 5],
      ["S", 2, 6],
    ]);
    const targets = appTable("Targets", "REGION YEAR GOAL", [
      ["N", 1, 8],
      ["S", 1, 9],
    ]);
    const regions = appTable("Regions", "REGION BOSS", [
      ["N", "ANN"],
      ["S", "BEN"],
      ["W", "ANN"],
    ]);
    const seen = await rowsSeen({ app: [sales, targets, regions], access: [grants("BOSS", ["ANN"])] });
    assert.deepEqual(seen, { Sales: ["N,1,5"], Targets: ["N,1,8"], Regions: ["N,ANN", "W,ANN"] });
  });

  test("drops rows whose reducing field or link is NULL", async () => {
    const app = [
      appTable("Customers", "CUST COUNTRY", [
        [1, "SE"],
        [2, null],
        [null, "SE"],
      ]),
      appTable("Orders", "CUST ORDER", [
        [null, 10],
        [1, 11],
        [2, 12],
      ]),
    ];
    const seen = await rowsSeen({ app, access: [grants("COUNTRY", ["SE"])] });
    assert.deepEqual(seen, { Customers: ["1,SE", "null,SE"], Orders: ["1,11"] });
  });

  test("reduces every table that holds the reducing field", async () => {
    const app = [
      appTable("Plan", "COUNTRY A", [
        ["SE", 1],
        ["NO", 2],
      ]),
      appTable("Fact", "COUNTRY B", [["NO", 3]]),
    ];
    assert.deepEqual(await rowsSeen({ app, access: [grants("COUNTRY", ["SE"])] }), { Plan: ["SE,1"], Fact: [] });
  });

  test("opens with no rows when two selections never meet, or refuses where the dialect says so", async () => {
    const app = [
      appTable("Facts", "COUNTRY YEAR", [
        ["SE", 1],
        ["NO", 2],
      ]),
    ];
    const access = [grants("COUNTRY YEAR", ["SE", 2])];
    assert.deepEqual(await rowsSeen({ app, access }), { Facts: [] });
    assert.equal(await rowsSeen({ app, access, dialect: { emptyResult: "deny" } }), undefined);
  });

  test("refuses a circular model with the names of its tables", async () => {
    const app = [appTable("A", "X Y", []), appTable("B", "Y Z", []), appTable("C", "Z X", [])];
    await assert.rejects(rowsSeen({ app, access: [grants("X", [1])] }), (error) => {
      assert.ok(isKnownError(error));
      assert.equal(error.code, "not-supported");
      assert.match(error.message, /A, B, C/);
      return true;
    });
  });
});

describe("tables of section access", () => {
  const figures = appTable("Figures", "NAME SALARY REGION", [
    ["ann", 1, "N"],
    ["ben", 2, "S"],
  ]);

  test("link by common names, with rows that do not apply taking theirs along", async () => {
    const access = [
      accessTable(
        "USERID ROLE",
        [
          ["CORP\\ANN", "SALES"],
          ["CORP\\BEN", "BOSS"],
        ],
        "Users",
      ),
      accessTable(
        "ROLE ACCESS REGION",
        [
          ["SALES", "USER", "N"],
          ["BOSS", "ADMIN", ""],
        ],
        "Roles",
      ),
    ];
    assert.deepEqual(await rowsSeen({ app: [figures], access }), { Figures: ["ann,1,N"] });
    assert.deepEqual(await rowsSeen({ app: [figures], access, user: "CORP\\ben" }), {
      Figures: ["ann,1,N", "ben,2,S"],
    });
    assert.equal(await rowsSeen({ app: [figures], access, user: "CORP\\carla" }), undefined);
  });

  test("link a star in USERID to every name", async () => {
    const access = [
      accessTable("ACCESS USERID", [["USER", "*"]]),
      accessTable("USERID OMIT", [["CORP\\ANN", "SALARY"]], "Omits"),
    ];
    assert.deepEqual(await rowsSeen({ app: [figures], access }), { Figures: ["ann,N", "ben,S"] });
    assert.deepEqual(await rowsSeen({ app: [figures], access, user: "CORP\\ben" }), {
      Figures: ["ann,1,N", "ben,2,S"],
    });
  });

  test("refuse everybody when they hold no rows or no level", async () => {
    assert.equal(await rowsSeen({ app: [figures], access: [] }), undefined);
    assert.equal(await rowsSeen({ app: [figures], access: [accessTable("ACCESS USERID", [])] }), undefined);
    assert.equal(await rowsSeen({ app: [figures], access: [accessTable("USERID", [["CORP\\ANN"]])] }), undefined);
    const none = [accessTable("ACCESS USERID", [["NONE", "CORP\\ANN"]])];
    assert.equal(await rowsSeen({ app: [figures], access: none }), undefined);
  });
});

describe("switches of names and values, each both ways", () => {
  const facts = appTable("Facts", "Region SALARY SALARYBONUS", [
    ["North", 1, 2],
    ["1", 3, 4],
  ]);
  const all = { Facts: ["North,1,2", "1,3,4"] };
  const cases: readonly [string, readonly AccessTable[], Partial<Dialect>, object | undefined][] = [
    ["a pattern in OMIT is a name", omitting("SALARY*"), {}, all],
    ["… or a pattern", omitting("SALARY*"), { omitPattern: "glob" }, { Facts: ["North", "1"] }],
    ["a pattern in OMIT knows ?", omitting("SALAR?"), { omitPattern: "glob" }, { Facts: ["North,2", "1,4"] }],
    ["an underscore in OMIT is no pattern", omitting("SALAR_"), { omitPattern: "glob" }, all],
    ["OMIT finds a field in any case", omitting("REGION"), {}, { Facts: ["1,2", "3,4"] }],
    ["… or in its own", omitting("REGION"), { omitNameMatch: "exact" }, all],
    ["a mixed-case field is not reduced", [grants("REGION", ["NORTH"])], {}, all],
    [
      "… or is, and then lacks the value",
      [grants("REGION", ["NORTH"])],
      { reductionNameMatch: "caseInsensitive" },
      undefined,
    ],
    [
      "… or has it in another case",
      [grants("REGION", ["NORTH"])],
      { reductionNameMatch: "caseInsensitive", valueMatch: "caseInsensitive" },
      { Facts: ["North,1,2"] },
    ],
    ["a text is no number", [grants("REGION", [1])], { reductionNameMatch: "caseInsensitive" }, undefined],
    [
      "… or is read as one",
      [grants("REGION", [1])],
      { reductionNameMatch: "caseInsensitive", textNumberMatch: true },
      { Facts: ["1,3,4"] },
    ],
  ];
  for (const [title, access, dialect, expected] of cases) {
    test(title, async () => assert.deepEqual(await rowsSeen({ app: [facts], access, dialect }), expected));
  }
});

describe("the decision table of one field (section 8), each switch both ways", () => {
  const app = [appTable("Facts", "REGION", [["N"], ["S"], ["W"]])];
  const all = { Facts: ["N", "S", "W"] };
  const cases: readonly [string, readonly AccessTable[], Partial<Dialect>, object | undefined][] = [
    ["a USER with a value sees it", level("USER", "N"), {}, { Facts: ["N"] }],
    ["a USER without a match is refused", level("USER", "X"), {}, undefined],
    ["a USER without a match sees all where not strict", level("USER", "X"), { strict: false }, all],
    ["a USER with a blank is refused", level("USER", ""), {}, undefined],
    ["a USER with a NULL is refused", level("USER", null), {}, undefined],
    ["a USER with a blank sees all where blanks open", level("USER", ""), { userBlank: "all" }, all],
    ["a USER with a blank beside a value sees the value", level("USER", "", "N"), {}, { Facts: ["N"] }],
    ["a USER with a star sees the listed values", level("USER", "*"), {}, { Facts: ["S"] }],
    ["an ADMIN with a value sees it", level("ADMIN", "N"), {}, { Facts: ["N"] }],
    ["an ADMIN sees all where the level is not reduced", level("ADMIN", "N"), { adminReduced: false }, all],
    ["an ADMIN without a match sees all", level("ADMIN", "X"), {}, all],
    ["an ADMIN without a match is refused where so said", level("ADMIN", "X"), { adminNoMatch: "deny" }, undefined],
    ["an ADMIN with a blank sees all", level("ADMIN", ""), {}, all],
    ["an ADMIN with a blank is refused as USER on a server", level("ADMIN", ""), { adminLevel: "user" }, undefined],
    ["an ADMIN with a blank beside a value sees the value", level("ADMIN", "", "N"), {}, { Facts: ["N"] }],
    ["… or all", level("ADMIN", "", "N"), { adminBlankBesideValue: "all" }, all],
    ["a star in ACCESS gives nothing", level("*", ""), {}, undefined],
    ["… or ADMIN", level("*", ""), { accessStar: "admin" }, all],
    ["a lower-case value is upper-cased", level("USER", "n"), {}, { Facts: ["N"] }],
  ];
  for (const [title, access, dialect, expected] of cases) {
    test(title, async () => assert.deepEqual(await rowsSeen({ app, access, dialect }), expected));
  }
});
