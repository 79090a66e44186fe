import assert from "node:assert/strict";
import { test } from "node:test";

import { ConformanceError } from "../../../contract/errors.ts";
import type { Load, Statement } from "../../../languages/load-script/ast.ts";
import { parseLoadScript } from "../../../languages/load-script/parse.ts";
import { withoutSpans } from "./without-spans.ts";

function statements(text: string): readonly Statement[] {
  return parseLoadScript(text).statements;
}

function only(text: string): unknown {
  const found = statements(text);
  assert.equal(found.length, 1);
  return withoutSpans(found[0]);
}

function loadIn(text: string): Load {
  const [found] = statements(text);
  if (found?.kind !== "load") assert.fail("no LOAD");
  return found;
}

function errorOf(text: string): ConformanceError {
  try {
    parseLoadScript(text, { file: "sales.qvs" });
  } catch (error) {
    if (error instanceof ConformanceError) return error;
    throw error;
  }
  return assert.fail(`was read: ${text}`);
}

test("LS-LEX-01 ends statements at semicolons, the last one at the end of the text", () => {
  assert.deepEqual(
    statements("Section Access;; Section Application").map((statement) => statement.kind),
    ["section", "section"],
  );
});

test("LS-LEX-02 reads keywords in any case and keeps the case of names", () => {
  assert.deepEqual(only("lOaD Region aS REGION rEsIdEnT Sales;"), only("LOAD Region AS REGION RESIDENT Sales;"));
  assert.notDeepEqual(only("LOAD Region RESIDENT Sales;"), only("LOAD REGION RESIDENT Sales;"));
});

test("LS-LEX-03 passes over comments, but not inside quotation marks or inline data", () => {
  const text = "// a; b\n/* DROP TABLE Sales; */ REM it's; one; LOAD 'http://x' AS A /* ; */ AUTOGENERATE 1;";
  assert.equal(errorOf(text).details.column, 35);
  assert.deepEqual(
    only("// a; b\n/* DROP TABLE Sales; */ REM it's one; LOAD 'http://x' AS A /* ; */ AUTOGENERATE 1;"),
    only("LOAD 'http://x' AS A AUTOGENERATE 1;"),
  );
  const { source } = loadIn("LOAD * INLINE [\nURL\nhttp://sales // all\n];");
  assert.equal(source.kind === "inline" && source.data, "\nURL\nhttp://sales // all\n");
});

test("LS-LEX-04 passes over section marks of the editor", () => {
  assert.deepEqual(only("///$tab Main\nDROP TABLE Sales;"), only("DROP TABLE Sales;"));
});

test("LS-LEX-05 reads names in brackets, double and back quotes, with doubled closing marks", () => {
  assert.deepEqual(only('DROP FIELDS [a]]b], "c""d", `e``f`, [g"h];'), {
    kind: "drop-fields",
    fields: ["a]b", 'c"d', "e`f", 'g"h'],
  });
});

test("LS-LEX-05 reads text literals in single quotes, with doubled ones inside", () => {
  assert.deepEqual(only("LET v = 'it''s; // here';"), {
    kind: "let",
    name: "v",
    value: { kind: "text", value: "it's; // here" },
  });
});

test("LS-LEX-07 reads names with dots and percent signs without quotes", () => {
  assert.deepEqual(only("DROP FIELDS USER.EMAIL, %KEY, _x#1;"), {
    kind: "drop-fields",
    fields: ["USER.EMAIL", "%KEY", "_x#1"],
  });
});

test("LS-LEX-08 leaves a statement with an expansion unread, also one inside a string", () => {
  assert.deepEqual(only("LOAD * FROM [$(vDir)/a;b.csv] (txt);"), {
    kind: "unexpanded",
    text: "LOAD * FROM [$(vDir)/a;b.csv] (txt)",
  });
  assert.deepEqual(only("/* $(no) */ DROP TABLE Sales; // $(no)"), only("DROP TABLE Sales;"));
});

test("LS-LOAD-01 reads fields, expressions and aliases", () => {
  const { fields } = loadIn("LOAD *, Region, Upper(Region) AS REGION, @2 FROM a.csv;");
  assert.deepEqual(withoutSpans(fields), [
    { kind: "all" },
    { kind: "field", value: { kind: "name", name: "Region" } },
    {
      kind: "field",
      value: { kind: "call", function: "Upper", arguments: [{ kind: "name", name: "Region" }] },
      alias: "REGION",
    },
    { kind: "field", value: { kind: "name", name: "@2" } },
  ]);
});

test("LS-LOAD-02 reads a LOAD without source as a preceding one", () => {
  assert.deepEqual(
    statements("T1: LOAD *, NUM AS REDUCTION; LOAD RecNo() AS NUM AUTOGENERATE 3;").map(
      (statement) => statement.kind === "load" && [statement.label, statement.source.kind],
    ),
    [
      ["T1", "preceding"],
      [undefined, "autogenerate"],
    ],
  );
});

for (const [enclosure, data] of [
  ["[", "[REGION\nNORTH]"],
  ['"', '"REGION\nNORTH"'],
  ["'", "'REGION\nNORTH'"],
  ["`", "`REGION\nNORTH`"],
] as const) {
  test(`LS-INL-01 reads inline data enclosed by ${enclosure}`, () => {
    const { source } = loadIn(`LOAD * INLINE ${data};`);
    assert.deepEqual(withoutSpans(source), { kind: "inline", data: "REGION\nNORTH", enclosure });
  });
}

test("LS-INL-01 ends inline data at their first closing mark", () => {
  assert.equal(errorOf("LOAD * INLINE [REGION\nNOR]]TH];").code, "script-syntax");
});

test("LS-INL-02 reads a format behind inline data", () => {
  const { source } = loadIn("LOAD * INLINE [A|B] (txt, delimiter is '|', embedded labels);");
  assert.deepEqual(source.kind === "inline" && source.format, { format: "txt", delimiter: "|", labels: "embedded" });
});

test("LS-TXT-01 reads every item of a text format", () => {
  const items = "txt, UTF-8, no labels, delimiter is '\\t', no quotes, header is 3 lines, comment is '#', no eof";
  const { source } = loadIn(`LOAD @1 FROM [lib://Data/sales.csv] (${items});`);
  assert.deepEqual(withoutSpans(source), {
    kind: "file",
    path: "lib://Data/sales.csv",
    format: {
      format: "txt",
      charset: "utf8",
      labels: "none",
      delimiter: "\\t",
      quoting: "none",
      header: 3,
      comment: "#",
    },
  });
});

test("LS-MOD-02 and LS-MOD-03 read prefixes with and without a table", () => {
  const kinds = statements(
    "CONCATENATE LOAD * RESIDENT A; Left Join (B) LOAD * RESIDENT A; JOIN LOAD * RESIDENT A; INNER KEEP ([C D]) LOAD * RESIDENT A;",
  );
  assert.deepEqual(
    kinds.map((statement) => statement.kind === "load" && statement.prefixes),
    [
      [{ kind: "concatenate" }],
      [{ kind: "join", side: "left", table: "B" }],
      [{ kind: "join", side: "outer" }],
      [{ kind: "keep", side: "inner", table: "C D" }],
    ],
  );
});

test("LS-MOD-05 reads field patterns", () => {
  assert.deepEqual(only("QUALIFY *, [Sales Rep], REG?ON;"), { kind: "qualify", fields: ["*", "Sales Rep", "REG?ON"] });
});

test("LS-MOD-06 reads drops and renames", () => {
  assert.deepEqual(only("Drop Field A, B From T1, T2;"), {
    kind: "drop-fields",
    fields: ["A", "B"],
    from: ["T1", "T2"],
  });
  assert.deepEqual(only("Drop Tables T1, T2;"), { kind: "drop-tables", tables: ["T1", "T2"] });
  assert.deepEqual(only("RENAME FIELDS USING Names;"), {
    kind: "rename",
    what: "fields",
    by: { kind: "map", map: "Names" },
  });
  assert.deepEqual(only("rename table T1 to T2;"), {
    kind: "rename",
    what: "tables",
    by: { kind: "pairs", pairs: [{ from: "T1", to: "T2" }] },
  });
});

test("LS-MOD-08 reads the star symbol, or none", () => {
  assert.deepEqual(only("Star is *;"), { kind: "star", symbol: "*" });
  assert.deepEqual(only("STAR IS '%%';"), { kind: "star", symbol: "%%" });
  assert.deepEqual(only("STAR IS;"), { kind: "star" });
});

test("LS-CTL-01 keeps the text of SET as written and reads a LET without its keyword", () => {
  assert.deepEqual(only("SET MoneyFormat='$#,##0.00;($#,##0.00)' /* as in Sweden */ ;"), {
    kind: "set",
    name: "MoneyFormat",
    value: "'$#,##0.00;($#,##0.00)'",
  });
  assert.deepEqual(only("v = 1;"), only("LET v = 1;"));
});

test("binds comparisons looser than & and arithmetic, and `and` tighter than `or`", () => {
  assert.deepEqual(
    only("LET v = a or b and c & d = e + f * -g;"),
    only("LET v = a or (b and ((c & d) = (e + (f * (-g)))));"),
  );
  assert.deepEqual(only("LET v = not a = b;"), only("LET v = not (a = b);"));
});

for (const [what, text, line, column] of [
  ["WHERE beside WHILE", "LOAD a RESIDENT T WHERE a = 1 WHILE IterNo() < 3;", 1, 31],
  ["ORDER BY without RESIDENT", "LOAD a FROM b.csv ORDER BY a;", 1, 19],
  ["a hierarchy without names", "HIERARCHY (Id, Parent) LOAD * RESIDENT T;", 1, 11],
  ["an unknown option of BUFFER", "BUFFER (later) LOAD * RESIDENT T;", 1, 9],
  ["a quotation that never closes", "LOAD 'abc AS X;", 1, 6],
  ["inline data that never close", "SET a=1;\nLOAD * INLINE [\nREGION;", 2, 15],
  ["a comment that never closes", "\n /* Sales", 2, 2],
  ["a missing parenthesis", "LET v = Upper('x';", 1, 18],
  ["something after the end of a statement", "DROP TABLE Sales Orders;", 1, 18],
  ["an unknown statement", "FROB Sales;", 1, 1],
  ["a field list that ends early", "LOAD a, FROM b.csv;", 1, 9],
  ["KEEP without a side", "KEEP LOAD * RESIDENT A;", 1, 1],
  ["an empty name", "DROP TABLE [];", 1, 12],
] as const) {
  test(`refuses ${what} at its place`, () => {
    const { code, details } = errorOf(text);
    assert.deepEqual([code, details.file, details.line, details.column], ["script-syntax", "sales.qvs", line, column]);
    assert.ok((details.expected ?? details.remedy ?? "") !== "");
  });
}

for (const text of [
  "SAMPLE 0.1 LOAD * RESIDENT Sales;",
  "MERGE ON Id LOAD * RESIDENT Sales;",
  "SEMANTIC LOAD * RESIDENT Staff;",
  "BUNDLE INFO LOAD * FROM pictures.csv;",
  "LOAD * FROM [lib://Data/sales.html] (html, codepage is 1252, embedded labels, table is @1);",
  "LOAD * FROM [lib://Data/sales.xml] (XmlSimple, table is [Sales]);",
  "LOAD * FROM [lib://Data/sales.json] (json);",
  "LOAD @1:5 FROM [lib://Data/sales.txt] (fix, codepage is 1252);",
  "LOAD * FROM [lib://Data/sales.xlsx] (ooxml, embedded labels, filters(Remove(Row, Pos(Top, 1))));",
  "LOAD * FROM_FIELD (Sales, Note);",
]) {
  test(`names what is left out, and what to do instead: ${text}`, () => {
    const { code, details } = errorOf(text);
    assert.equal(code, "not-supported");
    assert.ok((details.remedy ?? "").length > 10 && details.line === 1);
  });
}

for (const [what, text] of [
  ["parentheses", `LET v = ${"(".repeat(201)}1${")".repeat(201)};`],
  ["calls", `LET v = ${"Upper(".repeat(201)}1${")".repeat(201)};`],
  ["signs", `LET v = ${"-".repeat(201)}1;`],
  ["operators", `LET v = 1${" + 1".repeat(1001)};`],
] as const) {
  test(`refuses too many nested ${what} instead of overflowing`, () => {
    assert.equal(errorOf(text).code, "script-syntax");
  });
}

test("reads 200 nested parentheses", () => {
  assert.deepEqual(only(`LET v = ${"(".repeat(200)}1${")".repeat(200)};`), only("LET v = 1;"));
});
