import assert from "node:assert/strict";
import { test } from "node:test";

import type { Value } from "../../contract/types.ts";
import { errorOf, tables } from "./loaded.ts";

/** ScriptError, ScriptErrorCount and the lines of ScriptErrorList after a script. */
function after(script: string): readonly Value[] {
  const fields = "Num('$(ScriptErrorCount)') AS COUNT, '$(vCode)' AS CODE";
  return (
    tables(`SET ErrorMode=0;\n${script}\nLET vCode = ScriptError;\nE: LOAD ${fields} AUTOGENERATE 1;`)["E"]?.[1] ?? []
  );
}

for (const [statement, code] of [
  ["SET a = 1;", "No error"],
  ["LOAD OF NOTHING;", "Syntax error"],
  ["LOAD * FROM [lib://Data/none.csv] (txt);", "File not found"],
  ["LOAD * FROM [lib://Data/none.qvd] (qvd);", "File not found"],
  ["$(Must_Include=none.qvs);", "File not found"],
  ["DROP TABLE none;", "Table not found"],
  ["T: LOAD A RESIDENT none;", "Table not found"],
  ["CONCATENATE (none) LOAD 1 AS A AUTOGENERATE 1;", "Table not found"],
  ["STORE none INTO [none.qvd] (qvd);", "Table not found"],
  ["DROP FIELD none;", "Field not found"],
  ["T: LOAD none AUTOGENERATE 1;", "Field not found"],
  ["CALL None", "General error"],
] as const) {
  test(`LS-CTL-04 tells ${JSON.stringify(code)} after ${statement}`, () => {
    assert.deepEqual(after(statement), [code === "No error" ? 0 : 1, code]);
  });
}

test("LS-CTL-04 forgets the code after a statement that runs, and keeps the count", () => {
  assert.deepEqual(after("DROP TABLE a;\nDROP TABLE b;\nSET c = 1;"), [2, "No error"]);
});

test("LS-CTL-04 goes on after a failing condition with what stands behind its block", () => {
  assert.deepEqual(after("IF None( THEN\nSET a = 1;\nEND IF"), [1, "Syntax error"]);
});

test("LS-CTL-04 stops at the first error without ErrorMode 0", () => {
  assert.match(errorOf("SET ErrorMode=1;\nDROP TABLE a;").message, /no table "a"/);
  assert.match(errorOf("SET ErrorMode=0;\nDROP TABLE a;\nSET ErrorMode=2;\nDROP TABLE b;").message, /no table "b"/);
});
