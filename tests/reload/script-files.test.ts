import assert from "node:assert/strict";
import { test } from "node:test";

import { reload } from "../../reload/index.ts";
import { siteLoader } from "../../reload/site-apps.ts";
import { errorOf, tables } from "./loaded.ts";

test("reads what STORE wrote under the same path, a QVD with its values, a text file anew", () => {
  const made = "S: LOAD * INLINE [\nKEY, NAME\n01, ann\n02, ben\n];\n";
  const stored =
    "STORE KEY AS ID FROM S INTO [lib://Data/s.qvd] (qvd); STORE S INTO [lib://Data/s.csv] (txt);\nDROP TABLE S;\n";
  const read =
    "Q: LOAD * FROM [LIB://Data/S.QVD] (qvd);\nT: LOAD * FROM [lib://Data/s.csv] (txt, utf8, embedded labels);";
  const keys = [
    { n: 1, t: "01" },
    { n: 2, t: "02" },
  ];
  assert.deepEqual(tables(`${made}${stored}${read}`), {
    Q: [["ID"], ...keys.map((key) => [key])],
    T: [
      ["KEY", "NAME"],
      [keys[0], "ann"],
      [keys[1], "ben"],
    ],
  });
  assert.match(errorOf("STORE S INTO [lib://Data/s.qvd] (qvd);").message, /no table "S"/);
  assert.match(errorOf(`${made}STORE REGION FROM S INTO [s.qvd] (qvd);`).message, /no field "REGION" in "S"/);
});

test("takes a CSV file for a QVD file and says which one when there is none", () => {
  const script = "T: LOAD A FROM [lib://Data/rates.qvd] (qvd);";
  assert.deepEqual(tables(script, { "lib://Data/rates.qvd.csv": "A\n1\n" }), { T: [["A"], [1]] });
  assert.deepEqual(tables(script, { "lib://Data/rates.csv": "A\n2\n" }), { T: [["A"], [2]] });
  const { code, details } = errorOf(script);
  assert.equal(code, "script-run");
  assert.match(details.remedy ?? "", /lib:\/\/Data\/rates\.qvd\.csv/);
});

test("takes a CSV file for the result of a SELECT, by label or table, and says which one when there is none", () => {
  const script = "LIB CONNECT TO 'Books';\nOrders: SQL SELECT id FROM [dbo].[Sales Orders] WHERE id > 1;";
  assert.deepEqual(tables(script, { "lib://Books/Orders.csv": "ID\n1\n" }), { Orders: [["ID"], [1]] });
  assert.deepEqual(tables(script, { "Sales Orders.csv": "ID\n2\n" }), { Orders: [["ID"], [2]] });
  assert.match(errorOf(script).details.remedy ?? "", /lib:\/\/Books\/Orders\.csv/);
});

test("reads relative paths below DIRECTORY", () => {
  const files = { "lib://Data/rates.csv": "A\n1\n" };
  assert.deepEqual(tables("DIRECTORY [lib://Data];\nT: LOAD * FROM rates.csv (txt, embedded labels);", files), {
    T: [["A"], [1]],
  });
  assert.equal(errorOf("DIRECTORY lib://Data;\nDROP TABLE T;").details.line, 1);
});

test("LS-LEX-08 refuses an include that leads out of its connection", () => {
  const { message, details } = errorOf("SET a = 1;\n$(Include=lib://Lib/sub/../../secret.qvs);");
  assert.match(message, /leaves the folder/);
  assert.deepEqual([details.line, details.remedy], [2, "name a file below that folder"]);
  assert.deepEqual(tables("$(Include=lib://Lib/sub/../a.qvs)\nT: LOAD 1 AS A AUTOGENERATE 1;"), { T: [["A"], [1]] });
});

test("LS-LEX-08 puts the text of a file into the middle of a statement", () => {
  assert.deepEqual(tables("T: LOAD $(Include=fields.txt) AUTOGENERATE 1;", { "fields.txt": "1 AS A, 2 AS B" }), {
    T: [
      ["A", "B"],
      [1, 2],
    ],
  });
});

test("AUTONUMBER counts values by first appearance, in one namespace or each field for itself", () => {
  const made = "S: LOAD * INLINE [\nK1, K2\nb, a\na, c\n];\n";
  assert.deepEqual(tables(`${made}AUTONUMBER K*;`), {
    S: [
      ["K1", "K2"],
      [1, 1],
      [2, 2],
    ],
  });
  assert.deepEqual(tables(`${made}AUTONUMBER K1, K2 USING Keys;`), {
    S: [
      ["K1", "K2"],
      [1, 2],
      [2, 3],
    ],
  });
});

test("LS-MOD-12 brings tables of another app, with values as their fields know them", () => {
  const inherited = { app: [{ name: "R", fields: ["K"], rows: [[{ n: 1, t: "01" }]], loosened: true }] };
  const { app } = reload("BINARY [lib://Apps/plan.qvf];\nT: LOAD 1 AS K, 2 AS B AUTOGENERATE 1;", {
    binary: (path) => (path === "lib://Apps/plan.qvf" ? inherited : undefined),
  });
  assert.deepEqual(app[0], inherited.app[0]);
  assert.deepEqual(app[1]?.rows, [[{ n: 1, t: "01" }, 2]]);
  assert.match(errorOf("BINARY plan;").details.remedy ?? "", /id, name or path/);
  assert.match(errorOf("SET a = 1;\nBINARY plan;").message, /not the first statement/);
});

test("SA-LIF-05 adds tables of an access section of its own to the inherited ones", () => {
  const access = [{ name: "A", fields: ["ACCESS", "USERID"], rows: [["USER", "CORP\\ANN"]], inline: [true] }];
  const script =
    "BINARY plan;\nSection Access;\nLOAD * INLINE [\nACCESS, USERID\nUSER, CORP\\BEN\n];\nSection Application;";
  const loaded = reload(script, { binary: () => ({ access, app: [], star: "all" }) });
  assert.deepEqual(loaded.access?.[0]?.rows, [
    ["USER", "CORP\\ANN"],
    ["USER", "CORP\\BEN"],
  ]);
  assert.equal(reload("BINARY plan;", { binary: () => ({ access, app: [], star: "all" }) }).star, "all");
});

test("LS-MOD-12 refuses apps that read each other", () => {
  const apps = { plan: { script: "BINARY Report;", files: {} }, report: { script: "BINARY plan;", files: {} } };
  const load = siteLoader({ entities: {}, apps }, reload);
  assert.throws(() => load("plan"), /"plan" reads itself by BINARY/);
});
