import assert from "node:assert/strict";
import { test } from "node:test";

import { errorOf, rows, tables } from "./loaded.ts";

test("LS-LEX-08 expands variables in statements, texts, paths and inline data", () => {
  const script =
    "SET vField = REGION; SET vRegion = NORTH; LET vCount = 1 + 1;\nT: LOAD $(vField), '$(vRegion)' AS R INLINE [$(vField)\n$(vRegion)\n];\nU: LOAD RecNo() AS N AUTOGENERATE $(vCount);";
  assert.deepEqual(tables(script), {
    T: [
      ["REGION", "R"],
      ["NORTH", "NORTH"],
    ],
    U: [["N"], [1], [2]],
  });
  assert.deepEqual(
    rows("SET vDir='lib://Data'; LOAD * FROM [$(vDir)/a.csv] (txt);", { "lib://Data/a.csv": "A\n1\n" }),
    [[1]],
  );
});

test("LS-LEX-08 expands an unknown variable to nothing", () => {
  assert.deepEqual(rows("LOAD 'a$(vNone)b' AS A AUTOGENERATE 1;"), [["ab"]]);
});

test("LS-LEX-08 expands again what an expansion gave, and inner ones first", () => {
  assert.deepEqual(rows("SET a=1; SET b='x$'; LET b = b & '(a)'; LOAD '$(b)' AS A AUTOGENERATE 1;"), [["x1"]]);
  assert.deepEqual(rows("SET n=2; SET v2=two; LOAD '$(v$(n))' AS A AUTOGENERATE 1;"), [["two"]]);
});

test("LS-LEX-08 gives numbers with #, results with =, and parameters", () => {
  assert.deepEqual(rows("LET v = 1.5; LOAD $(#v) AS A, $(#w) AS B, $(=1 + 2) AS C AUTOGENERATE 1;"), [[1.5, 0, 3]]);
  assert.deepEqual(rows("LET f = '$' & '1 + $' & '2 * $' & '0'; LOAD $(f(3, 4)) AS A AUTOGENERATE 1;"), [[11]]);
});

test("LS-LEX-08 makes statements of an expansion that holds several", () => {
  assert.deepEqual(
    Object.keys(tables("SET s = 'A: LOAD 1 AS X AUTOGENERATE 1; B: LOAD 1 AS Y AUTOGENERATE 1'; $(s);")),
    ["A", "B"],
  );
});

test("LS-LEX-08 does not make more than 1000 expansions", () => {
  const { code, message, details } = errorOf("LET v = '$' & '(v)';\nLOAD '$(v)' AS A AUTOGENERATE 1;");
  assert.equal(code, "script-run");
  assert.match(message, /1000 expansions/);
  assert.deepEqual([details.line, details.column], [2, 7]);
});

test("refuses texts that double without end", () => {
  assert.equal(errorOf(`LET v = 'x'; ${"LET v = v & v; ".repeat(40)}`).code, "script-run");
  assert.equal(errorOf(`SET v = x; ${"SET v = $(v)$(v); ".repeat(40)}`).code, "script-run");
});

test("gives places in the script as written, also behind an expansion", () => {
  const { details } = errorOf("SET v = 'a long text of a variable';\nLOAD '$(v)' AS A,\n  None AS B AUTOGENERATE 1;");
  assert.deepEqual([details.file, details.line, details.column], ["sales.qvs", 3, 3]);
});

test("LS-LEX-08 runs the statements of an included file, with places in that file", () => {
  const files = { "lib://Lib/regions.qvs": "SET r = SOUTH;\nT: LOAD '$(r)' AS REGION AUTOGENERATE 1;\n" };
  assert.deepEqual(tables("SET l='lib://Lib'; $(Must_Include=$(l)/regions.qvs);", files), {
    T: [["REGION"], ["SOUTH"]],
  });
  const { details } = errorOf("$(Include=[a.qvs]);", { "a.qvs": "\nDROP TABLE T;" });
  assert.deepEqual([details.file, details.line], ["a.qvs", 2]);
});

test("LS-LEX-08 minds a missing file with Must_Include only", () => {
  assert.deepEqual(tables("$(Include=none.qvs);"), {});
  assert.match(errorOf("$(Must_Include=none.qvs);").message, /none\.qvs/);
  assert.match(errorOf("$(Include=a.qvs);", { "a.qvs": "$(Include=a.qvs);" }).message, /includes are nested/);
});

test("LS-CTL-01 takes a SET text as it stands and evaluates a LET", () => {
  assert.deepEqual(
    rows("SET a = 1 + 2; LET b = 1 + 2; SET c = 'it''s'; LOAD '$(a)' AS A, $(b) AS B, c AS C AUTOGENERATE 1;"),
    [["1 + 2", 3, "it's"]],
  );
});

test("LS-LEX-05 takes a name in double quotes outside LOAD for a variable", () => {
  assert.deepEqual(rows('SET "my v" = 4; LET w = "my v" + none & 1; LOAD w AS A AUTOGENERATE 1;'), [["1"]]);
});

test("minds a LET with a function there is not only where its variable is used", () => {
  const script = "LET vChance = Rand();\nT: LOAD 1 AS A AUTOGENERATE 1;";
  assert.deepEqual(rows(script), [[1]]);
  for (const use of ["LOAD '$(vChance)' AS B AUTOGENERATE 1;", "LET w = vChance; T: LOAD w AS B AUTOGENERATE 1;"]) {
    const { code, details } = errorOf(`${script}\n${use}`);
    assert.deepEqual([code, details.line, details.column], ["not-supported", 1, 15]);
  }
  assert.deepEqual(rows("LET v = Rand(); SET v = 1; LOAD v AS A AUTOGENERATE 1;"), [["1"]]);
});

test("looks into loaded tables with PEEK outside LOAD", () => {
  const script =
    "T: LOAD * INLINE [A\n5\n7\n]; LET first = Peek('A', 0, 'T'); LET last = Peek('A', -1, 'T'); DROP TABLE T;";
  assert.deepEqual(rows(`${script} LOAD first & '-' & last AS B AUTOGENERATE 1;`), [["5-7"]]);
});
