import assert from "node:assert/strict";
import { test } from "node:test";

import { errorOf, rows, tables } from "./loaded.ts";

const sales = "Sales: LOAD * INLINE [REGION,QTY\nNORTH,10\nSOUTH,2\nNORTH,10\nEAST,3\n];\n";

test("LS-LOAD-01 names a field by its alias, its own name or the text of the expression", () => {
  assert.deepEqual(tables(`${sales} A: LOAD QTY RESIDENT Sales;`)["A"], [["QTY"], [10], [2], [10], [3]]);
  const named = tables(`${sales} A: LOAD Upper( REGION ), QTY * 2 AS Double, REGION RESIDENT Sales WHERE QTY = 2;`);
  assert.deepEqual(named["A"], [
    ["Upper( REGION )", "Double", "REGION"],
    ["SOUTH", 4, "SOUTH"],
  ]);
});

test("LS-LOAD-01 does not know an alias within its own LOAD", () => {
  const { code, message, details } = errorOf(`${sales}LOAD QTY AS Amount, Amount * 2 AS Double RESIDENT Sales;`);
  assert.equal(code, "script-run");
  assert.match(message, /"Amount"/);
  assert.deepEqual([details.file, details.line, details.column], ["sales.qvs", 7, 21]);
});

test("LS-LOAD-01 refuses two fields of one name", () => {
  assert.match(errorOf(`${sales}LOAD *, QTY AS REGION RESIDENT Sales;`).message, /named twice/);
});

test("LS-LEX-02 tells field names of different case apart", () => {
  assert.equal(errorOf(`${sales}LOAD Region RESIDENT Sales;`).code, "script-run");
});

test("LS-LOAD-02 reads preceding loads from the bottom, and takes label and name from the top", () => {
  assert.deepEqual(tables("T: LOAD *, B + 1 AS C; LOAD *, A + 1 AS B WHERE A > 1; LOAD RecNo() AS A AUTOGENERATE 3;"), {
    T: [
      ["A", "B", "C"],
      [2, 3, 4],
      [3, 4, 5],
    ],
  });
});

test("LS-LOAD-02 refuses a preceding load without a load after it, or with a label in between", () => {
  assert.match(errorOf("LOAD A;").message, /no LOAD after it/);
  assert.match(errorOf("LOAD A; DROP TABLE Sales;").message, /no LOAD after it/);
  assert.match(errorOf("LOAD A; T: LOAD RecNo() AS A AUTOGENERATE 1;").message, /label or prefix/);
});

test("LS-LOAD-03 counts records and rows made", () => {
  assert.deepEqual(rows("LOAD RecNo() AS A, RowNo() AS B AUTOGENERATE 4 WHERE Mod(RecNo(), 2) = 0;"), [
    [2, 1],
    [4, 2],
  ]);
});

test("LS-LOAD-03 refuses more rows than a script may load", () => {
  assert.match(errorOf("LOAD 1 AS A AUTOGENERATE 2000001;").message, /asks for 2000001 rows/);
  assert.match(errorOf("LOAD 1 AS A AUTOGENERATE 'many';").message, /no number/);
  const squared = "T: LOAD RecNo() AS A AUTOGENERATE 2000; JOIN (T) LOAD RecNo() AS B AUTOGENERATE 2000;";
  assert.match(errorOf(squared).message, /more than 2000000 rows/);
});

test("LS-LOAD-04 reads a loaded table by its label, ordered numbers first", () => {
  const mixed =
    "T: LOAD * INLINE [V\nbeta\n10\nalpha\n9\n];\nS: NOCONCATENATE LOAD V RESIDENT T ORDER BY V DESC; DROP TABLE T;";
  assert.deepEqual(rows(mixed), [["beta"], ["alpha"], [10], [9]]);
  assert.deepEqual(rows(mixed.replace(" DESC", "")), [[9], [10], ["alpha"], ["beta"]]);
});

test("LS-LOAD-04 adds a resident load with the same fields to its source, unless told not to", () => {
  assert.equal(rows(`${sales}LOAD * RESIDENT Sales;`).length, 8);
  assert.deepEqual(Object.keys(tables(`${sales}NOCONCATENATE LOAD * RESIDENT Sales;`)), ["Sales", "Sales-1"]);
});

test("LS-LOAD-05 keeps a row only where the condition is true", () => {
  assert.deepEqual(
    rows(
      `${sales}T: NOCONCATENATE LOAD REGION, QTY RESIDENT Sales WHERE QTY > 2 and not REGION = 'EAST'; DROP TABLE Sales;`,
    ),
    [
      ["NORTH", 10],
      ["NORTH", 10],
    ],
  );
  assert.equal(rows(`${sales}LOAD * INLINE [REGION,QTY\nWEST,1\n] WHERE Null() = QTY;`).length, 4);
});

test("LS-LOAD-05 sees values of earlier rows of the same load with EXISTS", () => {
  const first = "LOAD * INLINE [REGION,QTY\nNORTH,1\nNORTH,2\nSOUTH,3\n] WHERE not Exists(REGION);";
  assert.deepEqual(rows(first), [
    ["NORTH", 1],
    ["SOUTH", 3],
  ]);
  assert.deepEqual(tables(`${sales}T: LOAD RecNo() AS N AUTOGENERATE 11 WHERE Exists('QTY', RecNo());`)["T"], [
    ["N"],
    [2],
    [3],
    [10],
  ]);
});

test("LS-LOAD-06 leaves out duplicate rows with DISTINCT", () => {
  assert.deepEqual(rows(`${sales}T: NOCONCATENATE LOAD DISTINCT REGION, QTY RESIDENT Sales; DROP TABLE Sales;`), [
    ["NORTH", 10],
    ["SOUTH", 2],
    ["EAST", 3],
  ]);
});

test("LS-LOAD-07 names tables by label, file or kind of source, and tells equal names apart", () => {
  const script =
    "LOAD * INLINE [A\n1\n]; LOAD * INLINE [B\n1\n]; LOAD 1 AS C AUTOGENERATE 1; LOAD * FROM [lib://Data/sales.2025.csv]; INLINE01: LOAD 2 AS E AUTOGENERATE 1;";
  assert.deepEqual(Object.keys(tables(script, { "lib://Data/sales.2025.csv": "D\n1\n" })), [
    "INLINE01",
    "INLINE02",
    "AUTOGENERATE01",
    "sales.2025",
    "INLINE01-1",
  ]);
});

test("looks at rows made and records read before with PEEK and PREVIOUS", () => {
  assert.deepEqual(
    rows(
      "LOAD RecNo() AS A, Previous(RecNo()) AS B, Peek('A') AS C, Peek('A', 0) AS D AUTOGENERATE 3 WHERE RecNo() <> 2;",
    ),
    [
      [1, null, null, null],
      [3, 1, 1, 1],
    ],
  );
});
