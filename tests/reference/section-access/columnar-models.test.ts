/** Models of which each is awkward in its own way, and tables long enough to be read by classes. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { dialectOf } from "../../../catalogue/dialects.ts";
import { isKnownError } from "../../../contract/errors.ts";
import type { Principal, Value } from "../../../contract/types.ts";
import { bitmapsOf, columnarReduce, countsOf } from "../../../reference/section-access/columnar.ts";
import { encode, encodeColumns, type ColumnTable } from "../../../reference/section-access/columnar-encode.ts";
import { reduce } from "../../../reference/section-access/spec.ts";
import type { AppTable, LoadedApp } from "../../../reload/model.ts";
import { difference } from "./columnar-agreement.ts";
import { app, data, loosened, person, security } from "./fixtures.ts";

const documented = dialectOf("documented");
const ann = person("CORP\\ann", "SALES");
const ben = person("CORP\\ben");
const carla = person("CORP\\carla", "FINANCE", "SALES");
const people: readonly Principal[] = [ann, ben, carla, person("CORP\\dora")];

const byRegion = security(
  "Access",
  "ACCESS,USERID,REGION",
  "USER,CORP\\ann,NORTH",
  "USER,CORP\\ben,SOUTH",
  "USER,CORP\\ben,EAST",
  "ADMIN,CORP\\carla,",
);

function withDuals(table: AppTable, field: string, text: (n: number) => string): AppTable {
  const column = table.fields.indexOf(field);
  const dual = (value: Value): Value => (typeof value === "number" ? { n: value, t: text(value) } : value);
  return { ...table, rows: table.rows.map((row) => row.with(column, dual(row[column] ?? null))) };
}

const customers = data("Customers", "CUST,REGION", "1,NORTH", "2,SOUTH", "3,EAST", "4,-", "-,NORTH", "5,WEST");

/** By what is awkward about it. */
const models: { readonly [what: string]: LoadedApp } = {
  "keys that lead nowhere, and NULL keys": app(
    [byRegion],
    customers,
    data("Orders", "CUST,ORDER", "1,10", "2,20", "9,90", "-,95", "4,40", "1,10"),
  ),
  "a composite key, in part and wholly NULL": app(
    [byRegion],
    data("Plans", "REGION,MONTH,PLAN", "NORTH,1,5", "NORTH,-,6", "-,1,7", "-,-,8", "SOUTH,2,9", "EAST,2,1"),
    data("Sales", "REGION,MONTH,SALE", "NORTH,1,50", "NORTH,-,60", "-,1,70", "-,-,80", "SOUTH,1,90", "EAST,2,2"),
  ),
  "a composite key and a table that holds only a part of it": app(
    [byRegion],
    data("Plans", "REGION,MONTH,PLAN", "NORTH,1,5", "NORTH,-,6", "-,1,7", "SOUTH,2,9"),
    data("Sales", "REGION,MONTH,SALE", "NORTH,1,50", "SOUTH,2,60", "-,1,70", "NORTH,3,75"),
    data("Regions", "REGION,CHIEF", "NORTH,ann", "SOUTH,ben", "EAST,carla", "-,dora"),
    data("Chiefs", "CHIEF,CAR", "ann,1", "carla,2", "-,3", "emil,4"),
  ),
  "a chain of five tables, selected in the last": app(
    [byRegion],
    data("A", "A,X", "1,1", "2,2", "3,3"),
    data("B", "A,B", "1,1", "2,1", "3,2"),
    data("C", "B,C", "1,7", "2,8", "2,7"),
    data("D", "C,D", "7,1", "8,2"),
    data("E", "D,REGION", "1,NORTH", "2,SOUTH", "2,EAST"),
  ),
  "an island, a loosened table with the reducing field, an empty table": app(
    [byRegion],
    customers,
    loosened(data("Old", "REGION,CUST,NOTE", "NORTH,9,a", "SOUTH,1,b", "-,1,c")),
    data("Calendar", "DAY", "1", "2", "2"),
    data("Nothing", "CUST,EMPTY"),
  ),
  "duals and numbers of one value": app(
    [security("Access", "ACCESS,USERID,DAY", "USER,CORP\\ann,1", "USER,CORP\\ben,*", "USER,CORP\\carla,2")],
    withDuals(data("Days", "DAY,NAME", "1,a", "2,b", "3,c"), "DAY", (n) => `2026-01-0${n}`),
    data("Sales", "DAY,SALE", "1,10", "2,20", "3,30", "4,40"),
  ),
  "three reducing fields, one a key, one in two tables": app(
    [
      security(
        "Access",
        "ACCESS,GROUP,REGION,CUST,ORDER",
        "USER,SALES,NORTH,1,10",
        "USER,SALES,SOUTH,2,*",
        "ADMIN,FINANCE,,,20",
      ),
    ],
    customers,
    data("Orders", "CUST,ORDER,LINE", "1,10,1", "1,11,2", "2,20,1", "3,30,1", "-,20,1"),
  ),
  "rights in tables of their own": app(
    [
      security("Access", "ACCESS,USERID,PROFILE", "USER,CORP\\ann,A", "USER,CORP\\ben,B", "ADMIN,CORP\\carla,C"),
      security("Profiles", "PROFILE,REGION", "A,NORTH", "A,EAST", "B,*", "C,", "D,WEST"),
      security("Hidden", "PROFILE,OMIT", "A,CUST", "B,*", "C,REGION"),
    ],
    customers,
  ),
  "rights without rows": app([security("Access", "ACCESS,USERID,REGION")], customers),
  "no table of rights at all": app([], customers),
  "no access section": app(undefined, customers),
  "no table of data": app([byRegion]),
  "a table without fields in common with anybody's rights": app(
    [security("Access", "ACCESS,USERID,COUNTRY", "USER,*,SE")],
    customers,
  ),
};

describe("the fast evaluator agrees on", () => {
  for (const [what, loaded] of Object.entries(models)) {
    it(what, () => {
      for (const reading of [undefined, "by classes", "by words"] as const) {
        for (const change of [{}, { emptyResult: "deny" }, { strict: false }, { omittedKey: "cut" }] as const) {
          const setting = { app: loaded, users: people, dialect: { ...documented, ...change } };
          assert.equal(difference(setting, { reading, reasons: true, questions: true }), undefined);
        }
      }
    });
  }

  it("an app that is not published, where that matters", () => {
    const setting = { app: app([byRegion], customers), users: people, state: { published: false } };
    for (const publishedRequired of [true, false]) {
      const dialect = { ...documented, publishedRequired };
      assert.equal(difference({ ...setting, dialect }, { reasons: true, questions: true }), undefined);
    }
  });

  it("an app nobody asks about", () => {
    assert.deepEqual(countsOf(encode(app([byRegion], customers)), [], documented), []);
  });
});

const circular = app(
  [byRegion],
  data("A", "X,REGION", "1,NORTH"),
  data("B", "X,Y", "1,1"),
  data("C", "Y,REGION", "1,NORTH"),
);

function thrown(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("of a circular model the fast evaluator", () => {
  it("says what the specification says, for who gets as far as the data", () => {
    const expected = thrown(() => reduce(circular, ann, documented));
    const found = thrown(() => columnarReduce(encode(circular), [ann], documented));
    assert.ok(isKnownError(expected) && isKnownError(found));
    assert.deepEqual([found.message, found.code, found.details], [expected.message, expected.code, expected.details]);
  });

  it("refuses who is refused before that", () => {
    assert.equal(countsOf(encode(circular), [person("CORP\\dora")], documented)[0]?.access, "denied");
  });

  it("says so of security tables that link in a loop", () => {
    const loop = app(
      [
        security("Access", "ACCESS,USERID,P", "USER,CORP\\ann,1"),
        security("More", "P,Q", "1,1"),
        security("Most", "Q,USERID", "1,CORP\\ann"),
      ],
      customers,
    );
    const [expected, found] = [
      thrown(() => reduce(loop, ann, documented)),
      thrown(() => countsOf(encode(loop), [ann], documented)),
    ];
    assert.ok(expected instanceof Error && found instanceof Error);
    assert.equal(found.message, expected.message);
  });
});

function some(count: number, make: (at: number) => Value[]): Value[][] {
  return Array.from({ length: count }, (_, at) => make(at));
}

function tableOf(name: string, fields: readonly string[], rows: Value[][]): AppTable {
  return { name, fields, rows, loosened: false };
}

/** A fact table too long to be read by words alone where few classes are enough, and two tables it hangs on. */
function long(rows: number, regions: number): LoadedApp {
  let state = 7;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const rights = some(200, (at) => [
    "USER",
    `CORP\\U${at}`,
    at % 20 === 0 ? "*" : `R${next(regions)}`,
    at % 30 === 0 ? "*" : `D${next(8)}`,
  ]);
  const access = tableOf("Access", ["ACCESS", "USERID", "REGION", "DEPT"], rights);
  return {
    access: [{ ...access, inline: rights.map(() => true) }],
    app: [
      tableOf(
        "Sales",
        ["CUST", "ITEM", "DAY"],
        some(rows, () => [next(990) || null, next(90), next(9)]),
      ),
      tableOf(
        "Customers",
        ["CUST", "REGION"],
        some(1_000, (at) => [at, `R${next(regions)}`]),
      ),
      tableOf(
        "Items",
        ["ITEM", "DEPT"],
        some(100, (at) => [at, `D${next(8)}`]),
      ),
      tableOf(
        "Days",
        ["DAY"],
        some(10, (at) => [at]),
      ),
    ],
  };
}

function bitsOf(bitmap: Uint32Array | undefined, rows: number): readonly number[] {
  return Array.from({ length: rows }, (_, row) => row).filter((row) => ((bitmap?.[row >>> 5] ?? 0) >>> (row & 31)) & 1);
}

describe("tables of 40,000 rows", () => {
  for (const regions of [5, 900]) {
    it(`are read alike by classes, by words and by the specification (${regions} regions)`, () => {
      const loaded = long(40_000, regions);
      const users = Array.from({ length: 200 }, (_, at) => person(`CORP\\u${at}`));
      const [cheaper, classes, words] = ([undefined, "by classes", "by words"] as const).map((reading) =>
        countsOf(encode(loaded, reading), users, documented),
      );
      assert.deepEqual(cheaper, classes);
      assert.deepEqual(cheaper, words);
      const views = new Set(cheaper?.map((one) => JSON.stringify(one))).size;
      assert.ok(views > 30, `${views} different views`);
      const asked = [users[0], users[20], users[30], users[7]].filter((who) => who !== undefined);
      assert.equal(difference({ app: loaded, users: asked, dialect: documented }), undefined);
    });
  }

  it("give the same bitmaps by classes and by words, one bit a visible row", () => {
    const loaded = long(40_000, 5);
    const users = Array.from({ length: 70 }, (_, at) => person(`CORP\\u${at}`));
    const [classes, words] = (["by classes", "by words"] as const).map((reading) => {
      const bitmaps = bitmapsOf(encode(loaded, reading), users, documented);
      return loaded.app.map((_, table) => bitmaps(table));
    });
    assert.deepEqual(classes, words);
    const view = columnarReduce(encode(loaded), users, documented)[1];
    assert.ok(view?.access === "granted");
    const shown = bitsOf(words?.[0]?.[1], 40_000).map((row) => loaded.app[0]?.rows[row]);
    assert.deepEqual(view.tables[0]?.rows, shown);
  });
});

function columnsOf({ name, fields, rows, loosened: loose }: AppTable): ColumnTable {
  return {
    name,
    loosened: loose,
    columns: fields.map((field, column) => ({
      field,
      values: ["nobody has this", ...rows.map((row) => row[column] ?? null)],
      codes: Uint16Array.from(rows, (_, row) => row + 1),
    })),
  };
}

describe("an app given as columns", () => {
  for (const [what, loaded] of Object.entries(models)) {
    it(`is the app with the same rows: ${what}`, () => {
      const { app: tables, ...rights } = loaded;
      const encoded = encodeColumns(tables.map(columnsOf), rights);
      const setting = { app: loaded, users: people, dialect: documented };
      const emptied = tables.some(({ rows }) => rows.length === 0);
      assert.equal(difference(setting, { encoded, reasons: true, questions: !emptied }), undefined);
    });
  }

  it("is refused for columns of unequal length, and for a code without a value", () => {
    const cust = { field: "CUST", values: [1, 2], codes: Uint8Array.of(0, 1) };
    const short = { field: "REGION", values: ["NORTH"], codes: Uint8Array.of(0) };
    assert.throws(() => encodeColumns([{ name: "Customers", columns: [cust, short] }]), /REGION of Customers/);
    const beyond = { ...cust, codes: Uint8Array.of(0, 7) };
    assert.throws(() => encodeColumns([{ name: "Customers", columns: [beyond] }]).field("CUST"), /CUST of Customers/);
  });
});
