import assert from "node:assert/strict";
import { test } from "node:test";

import { errorOf, rows, tables } from "./loaded.ts";

test("LS-INL-02 takes field names and their number from the first line", () => {
  assert.deepEqual(tables("T: LOAD * INLINE [REGION,QTY\nNORTH,1\n];"), {
    T: [
      ["REGION", "QTY"],
      ["NORTH", 1],
    ],
  });
  assert.deepEqual(tables("T: LOAD * INLINE [\nREGION|QTY\nA,B|1\n] (txt, delimiter is '|');"), {
    T: [
      ["REGION", "QTY"],
      ["A,B", 1],
    ],
  });
});

test("LS-INL-03 strips blanks from names and values, but not tabs and no-break spaces", () => {
  assert.deepEqual(tables("T: LOAD * INLINE [  REGION , QTY\n  NORTH , \t1\n\u00a0SOUTH,2 ];"), {
    T: [
      ["REGION", "QTY"],
      ["NORTH", "\t1"],
      ["\u00a0SOUTH", 2],
    ],
  });
});

test("LS-INL-03 keeps blanks with SET Verbatim=1", () => {
  assert.deepEqual(tables("SET Verbatim=1; T: LOAD * INLINE [REGION\n NORTH \n];"), { T: [["REGION"], [" NORTH "]] });
});

test("LS-INL-04 reads an empty cell as an empty text, not as NULL", () => {
  assert.deepEqual(rows("LOAD A, IsNull(B) AS N, B INLINE [A,B\n1,\n];"), [[1, 0, ""]]);
});

test("LS-INL-04 reads the symbol of NullInterpret as NULL", () => {
  assert.deepEqual(rows("SET NullInterpret='-'; LOAD * INLINE [A,B\n1,-\n2,\n];"), [
    [1, null],
    [2, ""],
  ]);
  assert.deepEqual(rows("SET NullInterpret=''; LOAD * INLINE [A,B\n1,-\n2,\n];"), [
    [1, "-"],
    [2, null],
  ]);
  assert.deepEqual(rows("SET NullInterpret=''; SET NullInterpret=; LOAD * INLINE [A,B\n2,\n];"), [[2, ""]]);
});

test("LS-INL-04 fills short rows with NULL and ignores what long rows have too much", () => {
  assert.deepEqual(rows("LOAD * INLINE [A,B\n1\n2,3,4\n];"), [
    [1, null],
    [2, 3],
  ]);
});

test("LS-INL-05 reads a quoted cell with the delimiter in it", () => {
  assert.deepEqual(rows('LOAD * INLINE [A,B\n"NORTH, EAST",1\n];'), [["NORTH, EAST", 1]]);
});

test("LS-INL-06 passes over blank lines", () => {
  assert.deepEqual(rows("LOAD * INLINE [\n\nA\n1\n\n \t\n2\n\t];"), [[1], [2]]);
});

test("LS-LEX-03 leaves comment marks in inline data alone", () => {
  assert.deepEqual(rows("LOAD * INLINE [A\nhttp://sales // all\n];"), [["http://sales // all"]]);
});

test("refuses inline data without names, or with a nameless column", () => {
  assert.match(errorOf("LOAD * INLINE [\n];").message, /no line with field names/);
  assert.match(errorOf("LOAD * INLINE [A,\n1,2];").message, /column 2 has no name/);
});

const file = {
  "lib://Data/sales.csv": '\uFEFFas of;today\r\nREGION;QTY\r\n# north\r\nNORTH;\'1\'\r\n"SO""UTH;";2\r\n',
};

test("LS-TXT-01 reads a file by its delimiter, header and comment", () => {
  const format = "(txt, utf8, embedded labels, delimiter is ';', header is 1 lines, comment is '#', msq)";
  assert.deepEqual(tables(`LOAD * FROM [lib://Data/sales.csv] ${format};`, file), {
    sales: [
      ["REGION", "QTY"],
      ["NORTH", "'1'"],
      ['SO"UTH;', 2],
    ],
  });
});

test("LS-TXT-01 numbers the columns of a file without labels", () => {
  assert.deepEqual(
    tables("T: LOAD @2 AS QTY, @1 AS REGION FROM [a.csv] (txt, no labels);", { "a.csv": "NORTH,1\nSOUTH,2\n" }),
    {
      T: [
        ["QTY", "REGION"],
        [1, "NORTH"],
        [2, "SOUTH"],
      ],
    },
  );
});

test("LS-TXT-01 reads tab-separated files", () => {
  assert.deepEqual(rows("LOAD * FROM [a.txt] (txt, delimiter is '\\t');", { "a.txt": "A\tB\n1\t2\n" }), [[1, 2]]);
});

test("LS-TXT-01 takes embedded labels and commas where nothing is said", () => {
  assert.deepEqual(rows("LOAD * FROM 'a.csv';", { "a.csv": "A,B\n1,2\n" }), [[1, 2]]);
});

test("LS-TXT-02 reads quoted cells over several lines, and quotation marks as data when told", () => {
  const text = { "a.csv": 'A,B\n"one\ntwo",2\n' };
  assert.deepEqual(rows("LOAD * FROM [a.csv] (txt, msq);", text), [["one\ntwo", 2]]);
  assert.deepEqual(rows("LOAD * FROM [a.csv] (txt, no quotes);", text), [
    ['"one', null],
    ['two"', 2],
  ]);
});

test("LS-TXT-02 says where a quotation in a file never ends", () => {
  const { code, details } = errorOf("SET a=1;\nLOAD * FROM [a.csv] (txt);", { "a.csv": 'A\n"one\n' });
  assert.deepEqual([code, details.line, details.column], ["script-run", 2, 8]);
});

test("LS-TXT-03 says where a file is missing", () => {
  const { code, message, details } = errorOf("LOAD *\nFROM [lib://Data/none.csv] (txt);");
  assert.equal(code, "script-run");
  assert.match(message, /lib:\/\/Data\/none\.csv/);
  assert.deepEqual([details.file, details.line, details.column], ["sales.qvs", 2, 1]);
  assert.ok(details.remedy);
});

test("passes over a byte order mark", () => {
  assert.deepEqual(tables("T: LOAD A FROM [a.csv] (txt, utf8);", { "a.csv": "\uFEFFA\n1\n" }), { T: [["A"], [1]] });
});
