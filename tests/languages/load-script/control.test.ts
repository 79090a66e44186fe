import assert from "node:assert/strict";
import { test } from "node:test";

import { ConformanceError } from "../../../contract/errors.ts";
import { parseLoadScript } from "../../../languages/load-script/parse.ts";
import { printLoadScript } from "../../../languages/load-script/print.ts";

function kinds(text: string): readonly string[] {
  return parseLoadScript(text).statements.map(({ kind }) => kind);
}

function errorOf(text: string): ConformanceError {
  try {
    parseLoadScript(text, { file: "sales.qvs" });
  } catch (error) {
    if (error instanceof ConformanceError) return error;
    throw error;
  }
  return assert.fail(`read: ${text}`);
}

test("LS-LEX-01 ends control clauses at a semicolon or at the end of their line, other statements at a semicolon", () => {
  assert.deepEqual(kinds("a = 1\nIF a = 1 THEN; DROP TABLE T; END IF; LET b =\n2;"), ["let", "if", "let"]);
  assert.deepEqual(kinds("CALL Clean\nEXIT SCRIPT WHEN a = 1\nLOAD *\nFROM a.csv;"), ["call-sub", "exit", "load"]);
});

test("LS-CTL-02 reads what stands behind THEN and ELSE on their line", () => {
  const [statement] = parseLoadScript("IF a = 1 THEN SET b = 1; ELSE SET b = 2; END IF").statements;
  assert.ok(statement?.kind === "if");
  assert.deepEqual([statement.branches[0].body.length, statement.otherwise?.length], [1, 1]);
});

test("LS-CTL-02 reads END IF, END SUB and END SWITCH also as one word", () => {
  assert.deepEqual(kinds("SUB A\nIF 1 THEN\nENDIF\nENDSUB\nSWITCH 1\nCASE 1\nENDSWITCH"), ["sub", "switch"]);
});

test("takes control words for names where a colon or an equals sign follows", () => {
  assert.deepEqual(kinds("default: LOAD 1 AS A AUTOGENERATE 1; case = 3\nFOR each = 1 TO 2\nNEXT each"), [
    "load",
    "let",
    "for",
  ]);
});

test("reads an include without a semicolon behind it", () => {
  assert.deepEqual(kinds("$(Include=[lib://Lib/a.qvs])\nSET a = 1;"), ["unexpanded", "set"]);
});

test("prints every control statement one clause a line", () => {
  const script = [
    "SUB Load_(t, n)",
    "FOR EACH f IN FileList('lib://Data/*.csv'), 'x'",
    "DO WHILE n < 3",
    "EXIT FOR WHEN f like 'z*'",
    "LOOP UNTIL n = 2",
    "NEXT",
    "FOR i = 1 TO $(n) STEP 2",
    "NEXT",
    "END SUB",
    "SWITCH a",
    "CASE 1, 'two'",
    "CALL Load_('T', a)",
    ";DEFAULT",
    "UNLESS a = 1 WHEN b = 2 DROP TABLES T",
    ";END SWITCH",
    "",
  ].join("\n");
  const printed = printLoadScript(parseLoadScript(script));
  assert.equal(printed, script.replaceAll("\n;", ";\n").replace("z*'\n", "z*';\n"));
});

for (const [text, place, message] of [
  ["IF a = 1 THEN\nSET b = 2;", [1, 1], "IF is never ended"],
  ["FOR i = 1 TO 2\nIF a THEN\nNEXT", [3, 1], "NEXT stands where the IF of line 2 is not ended"],
  ["SET a = 1;\nEND SUB", [2, 1], "END SUB has no beginning"],
  ["IF a = 1\nSET b = 2;\nEND IF", [1, 1], "IF has no THEN on its line"],
  ["FOR i = 1 TO 2\nNEXT j", [2, 6], 'unexpected "j"'],
  ["FOR EACH i OF 1\nNEXT", [1, 12], 'unexpected "OF"'],
  ["DO FOREVER\nLOOP", [1, 4], 'unexpected "FOREVER"'],
  ["EXIT LOOP", [1, 6], 'unexpected "LOOP"'],
  ["CALL Clean(1", [1, 13], "unexpected end of statement"],
  ["FORCE CASE WIDE;", [1, 12], 'unexpected "WIDE"'],
  ["MAP Region TO Regions;", [1, 12], 'unexpected "TO"'],
  ["STORE Region INTO;", [1, 18], "unexpected end of statement"],
  ["LIB CONNECTION 'Sales';", [1, 5], 'unexpected "CONNECTION"'],
] as const) {
  test(`refuses, with its place: ${text.replaceAll("\n", " | ")}`, () => {
    const { message: told, details } = errorOf(text);
    assert.equal(told, message);
    assert.deepEqual([details.line, details.column], place);
    assert.ok(details.expected !== undefined || details.remedy !== undefined);
  });
}

test("refuses blocks and guards that are nested too deep instead of overflowing", () => {
  assert.match(errorOf("IF 1 THEN\n".repeat(5000)).message, /too deep/);
  assert.match(errorOf(`${"WHEN 1 ".repeat(5000)}DROP TABLE T;`).details.expected ?? "", /guards/);
});

test("reads statements about connections, files and fields, and those that leave the data alone", () => {
  const script = [
    "BINARY [lib://Apps/plan.qvf];",
    "LIB CONNECT TO [Sales];",
    "Sales: LEFT JOIN (T) SQL SELECT a, b FROM dbo.sales WHERE c = ';';",
    "STORE a AS b, c FROM T INTO [lib://Data/t.qvd] (qvd);",
    "DIRECTORY [lib://Data];",
    "FORCE CASE UPPER;",
    "ALIAS a AS b, c AS d;",
    "MAP Region, *_ID USING Regions; UNMAP *;",
    "AUTONUMBER %Key* USING Keys;",
    "TAG FIELD a WITH '$key'; COMMENT FIELD a WITH 'none'; SEARCH EXCLUDE *; SLEEP 10; DISCONNECT; EXECUTE x.exe;",
    "Calendar: DECLARE FIELD DEFINITION FIELDS Year($1) AS Year; DERIVE FIELDS FROM FIELDS d USING Calendar;",
  ].join("\n");
  const passed = Array.from({ length: 8 }, () => "passed");
  const fields = ["force", "alias", "map", "map", "autonumber"];
  assert.deepEqual(kinds(script), ["binary", "connect", "load", "store", "directory", ...fields, ...passed]);
  assert.equal(
    printLoadScript(parseLoadScript(printLoadScript(parseLoadScript(script)))),
    printLoadScript(parseLoadScript(script)),
  );
});
