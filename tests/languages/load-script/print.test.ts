import assert from "node:assert/strict";
import { test } from "node:test";

import * as fc from "fast-check";

import { ConformanceError } from "../../../contract/errors.ts";
import type { LoadScript } from "../../../languages/load-script/ast.ts";
import { parseLoadScript } from "../../../languages/load-script/parse.ts";
import { printLoadScript } from "../../../languages/load-script/print.ts";
import { script } from "./control-arbitrary.ts";
import { withoutSpans } from "./without-spans.ts";

test("a printed tree parses to the same tree", () => {
  fc.assert(
    fc.property(script, (tree) => {
      assert.deepEqual(withoutSpans(parseLoadScript(printLoadScript(tree))), withoutSpans(tree));
    }),
    { seed: 20260101, numRuns: 2000 },
  );
});

test("printing a parsed script twice gives the same text", () => {
  fc.assert(
    fc.property(script, (tree) => {
      const once = printLoadScript(tree);
      assert.equal(printLoadScript(parseLoadScript(once)), once);
    }),
    { seed: 20260102, numRuns: 1000 },
  );
});

function printed(text: string): string {
  return printLoadScript(parseLoadScript(text));
}

test("LS-LEX-07 quotes a name that is not plainly one", () => {
  assert.equal(
    printed('DROP FIELDS "Sales Rep", REGION, [from], %KEY;'),
    "DROP FIELDS [Sales Rep], REGION, [from], %KEY;\n",
  );
});

test("puts in the parentheses the tree needs and no others", () => {
  assert.equal(printed("LET v = ((1 + 2)) * (3 * 4) - (5 - 6);"), "LET v = (1 + 2) * (3 * 4) - (5 - 6);\n");
});

test("leaves comments out and keeps the statements", () => {
  assert.equal(printed("// head\nREM a; /* b */ DROP TABLE /* c */ Sales; ///$tab Next\n"), "DROP TABLES Sales;\n");
});

function loadOf(data: string): LoadScript {
  const source = { kind: "inline", data, enclosure: "[" } as const;
  return { statements: [{ kind: "load", prefixes: [], distinct: false, fields: [{ kind: "all" }], source }] };
}

for (const [what, data] of [
  ["inline data with their closing mark", "REGION\nNORTH]"],
  ["a text that would be expanded", "REGION\n$(vRegion)"],
] as const) {
  test(`refuses to print ${what}`, () => {
    assert.throws(
      () => printLoadScript(loadOf(data)),
      (error) => error instanceof ConformanceError && error.code === "input",
    );
  });
}
