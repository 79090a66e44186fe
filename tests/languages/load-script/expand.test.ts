import assert from "node:assert/strict";
import { test } from "node:test";

import { ConformanceError } from "../../../contract/errors.ts";
import { expandDollar } from "../../../languages/load-script/expand.ts";
import type { ResolveExpansion } from "../../../languages/load-script/expand.ts";
import { scriptText } from "../../../languages/load-script/script-text.ts";

const variables = new Map([
  ["region", "NORTH"],
  ["field", "[$(region)]"],
  ["which", "region"],
]);
const resolve: ResolveExpansion = (body) => variables.get(body) ?? "";

function expanded(text: string, how: ResolveExpansion = resolve): string {
  return expandDollar(scriptText(text), how).text;
}

test("LS-LEX-08 puts variables in, also inside strings and brackets, but not inside comments", () => {
  assert.equal(
    expanded("$(region) '$(region)' [$(region)] // $(region)\n/* $(region) */ $(none)."),
    "NORTH 'NORTH' [NORTH] // $(region)\n/* $(region) */ .",
  );
});

test("LS-LEX-08 takes what looks like a comment inside quotation marks for text", () => {
  assert.equal(expanded("'http://$(region)'"), "'http://NORTH'");
});

test("LS-LEX-08 expands inner ones first and what was put in again", () => {
  assert.equal(expanded("$($(which)) $(field)"), "NORTH [NORTH]");
});

test("hands over the text between the parentheses, those in quotation marks not counting", () => {
  const seen: string[] = [];
  expanded("$(f(a,b)) $(=Chr(')'))", (body) => (seen.push(body), ""));
  assert.deepEqual(seen, ["f(a,b)", "=Chr(')')"]);
});

test("leads places back to the text as written", () => {
  const { text, placeOf } = expandDollar(scriptText("LOAD $(region),\n None;", "sales.qvs"), resolve);
  assert.deepEqual(placeOf(text.indexOf("None")), { file: "sales.qvs", line: 2, column: 2 });
  assert.deepEqual(placeOf(text.indexOf("ORTH")), { file: "sales.qvs", line: 1, column: 6 });
});

for (const [what, text, how, code] of [
  ["that is never closed", "LOAD $(region;", resolve, "script-syntax"],
  ["that contains itself", "$(x)", () => "$(x)", "script-run"],
  ["that grows without end", "$(x)", (body: string) => `${body.repeat(2)}$(${body.repeat(2)})`, "script-run"],
] as const) {
  test(`refuses an expansion ${what}`, () => {
    assert.throws(
      () => expanded(text, how),
      (error) => error instanceof ConformanceError && error.code === code,
    );
  });
}
