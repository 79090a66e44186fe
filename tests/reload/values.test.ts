import assert from "node:assert/strict";
import { test } from "node:test";

import type { Value } from "../../contract/types.ts";
import { reload } from "../../reload/index.ts";
import { errorOf, rows, tables, valueOf } from "./loaded.ts";

test("LS-VAL-01 gives equal numbers of a field the text met first", () => {
  const dual = { n: 1, t: "1.0" };
  assert.deepEqual(rows("LOAD * INLINE [A\n1.0\n1\n1.000\n];"), [[dual], [dual], [dual]]);
  assert.deepEqual(rows("LOAD * INLINE [A\n1\n01\n];"), [[1], [1]]);
});

test("LS-VAL-01 holds for a field over all tables of a section, but not over the border", () => {
  const two = "T: LOAD * INLINE [A\n01\n]; U: LOAD *, 'x' AS B INLINE [A\n1\n];";
  assert.deepEqual(tables(two)["U"], [
    ["A", "B"],
    [{ n: 1, t: "01" }, "x"],
  ]);
  const { access } = reload(`${two} Section Access; S: LOAD * INLINE [A\n1\n];`);
  assert.deepEqual(access?.[0]?.rows, [[1]]);
});

test("LS-MOD-06 forgets the text of a number with the last table that has the field", () => {
  assert.deepEqual(rows("T: LOAD * INLINE [A\n01\n]; DROP TABLE T; U: LOAD * INLINE [A\n1\n];"), [[1]]);
});

for (const [text, value] of [
  ["3", 3],
  ["-3", -3],
  ["+3", { n: 3, t: "+3" }],
  ["007", { n: 7, t: "007" }],
  ["0.5", 0.5],
  ["1.50", { n: 1.5, t: "1.50" }],
  [".5", ".5"],
  ["1E5", "1E5"],
  ["1 000", "1 000"],
  ["2024-01-01", { n: 45_292, t: "2024-01-01" }],
  ["NORTH", "NORTH"],
  ["-0", { n: 0, t: "-0" }],
  ["1234567890123456", "1234567890123456"],
  ["*", "*"],
] as const) {
  test(`LS-VAL-02 reads the cell ${text} as ${JSON.stringify(value)}`, () => {
    assert.deepEqual(rows(`LOAD * INLINE [A\n${text}\n];`), [[value]]);
  });
}

test("LS-VAL-03 gives a text with Upper, digits unchanged", () => {
  assert.deepEqual(rows("LOAD A, Upper(A) AS U INLINE [A\n3\nnorth\n];"), [
    [3, "3"],
    ["north", "NORTH"],
  ]);
});

for (const [expression, value] of [
  ["'a' & Null() & 1", "a1"],
  ["1 + Null()", null],
  ["Null() = Null()", null],
  ["1 = Null()", 0],
  ["1 <> Null()", -1],
  ["'a' & 'b' = 'ab'", -1],
  ["2 < 10", -1],
  ["'2' < '10'", -1],
  ["'2' precedes '10'", 0],
  ["'b' follows 'a'", -1],
  ["'a' = 'A'", 0],
  ["'NORTH' like 'N*T?'", -1],
  ["'NORTH' like 'n*'", 0],
  ["not 1 = 2", -1],
  ["1 and 0", 0],
  ["1 xor 1", 0],
  ["1 / 0", null],
  ["7 - 2 - 1", 4],
  ["2 + 3 * -4", -10],
  ["'3' + 1", 4],
  ["If(1 = 1, 'yes', 1 / 0)", "yes"],
  ["If(Null(), 1)", null],
] as const) {
  test(`LS-VAL-04 … 06 evaluates ${expression}`, () => {
    assert.deepEqual(valueOf(expression), value);
  });
}

const functions: readonly (readonly [string, Value])[] = [
  ["Lower('NoRTH')", "north"],
  ["Upper(Null())", null],
  ["Trim('\t x ')", "\t x"],
  ["LTrim('  x') & '|' & RTrim('x  ') & '|'", "x|x|"],
  ["SubField('CORP\\ann', '\\', 2)", "ann"],
  ["SubField('a;b;c', ';', -1)", "c"],
  ["SubField('a;b', ';', 3)", null],
  ["Chr(65)", "A"],
  ["Chr(-1)", null],
  ["Ord('A')", 65],
  ["Len('NORTH')", 5],
  ["Left('NORTH', 2)", "NO"],
  ["Right('NORTH', 2)", "TH"],
  ["Mid('NORTH', 2, 3)", "ORT"],
  ["Mid('NORTH', 4)", "TH"],
  ["Text(1.5)", "1.5"],
  ["Num('007')", 7],
  ["Num('x')", null],
  ["Dual('one', 1)", { n: 1, t: "one" }],
  ["IsNull(Null())", -1],
  ["IsNum(1)", -1],
  ["Match('b', 'a', 'b')", 2],
  ["WildMatch('North', 'S*', 'n*')", 2],
  ["Mod(7, 3)", 1],
  ["Floor(1.7) + Ceil(1.2)", 3],
];
for (const [expression, value] of functions) {
  test(`evaluates ${expression}`, () => {
    assert.deepEqual(valueOf(expression), value);
  });
}

test("LS-VAL-05 turns NULL into a value where NullAsValue says so", () => {
  const script = "SET NullValue='<none>'; NULLASVALUE B; T: LOAD *, Null() AS C INLINE [A,B\n1\n];";
  assert.deepEqual(rows(script), [[1, "<none>", null]]);
  assert.deepEqual(rows(script.replace("T:", "NULLASNULL *; T:")), [[1, null, null]]);
});

test("strips blanks from values as they are stored", () => {
  assert.deepEqual(valueOf("' NORTH '"), "NORTH");
});

test("names a function that is not supported, and where it stands", () => {
  const { code, message, details } = errorOf("LOAD RecNo() AS A,\n  Hash128('x') AS B\nAUTOGENERATE 1;");
  assert.equal(code, "not-supported");
  assert.match(message, /Hash128/);
  assert.deepEqual([details.line, details.column], [2, 3]);
});
