/** Shipped rules stand in one place: a case that calls a rule shipped holds its text. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { shippedRules } from "../../catalogue/shipped-rules.ts";
import type { Entity } from "../../contract/types.ts";
import { parseFilter } from "../../languages/resource-filter/parse.ts";
import { parseCondition } from "../../languages/rule-condition/parse.ts";
import { goldenCases } from "../../suites/golden.ts";

function shape(rule: { readonly [field: string]: unknown }): readonly unknown[] {
  return [rule["resourceFilter"], rule["actions"], rule["ruleContext"], rule["rule"]];
}

function calledShipped(): readonly (readonly [file: string, rule: Entity])[] {
  const names = new Set(shippedRules.map(({ name }) => name));
  return goldenCases("rules").flatMap((of) =>
    Object.values(of.sites)
      .flatMap((site) => site.entities["SystemRule"] ?? [])
      .filter((rule) => rule["type"] !== "Custom" && typeof rule["name"] === "string" && names.has(rule["name"]))
      .map((rule) => [of.id, rule] as const),
  );
}

test("finds every rule a case calls shipped as it is shipped", () => {
  const called = calledShipped();
  assert.ok(called.length >= 20, `${called.length}`);
  for (const [file, rule] of called) {
    const shipped = shippedRules.find(({ name }) => name === rule["name"]);
    assert.deepEqual(shape(rule), shape({ ...shipped }), `${file}: ${JSON.stringify(rule["name"])}`);
  }
});

test("holds rules that can be read, each once, with the seed ids exports told", () => {
  assert.equal(new Set(shippedRules.map(({ name }) => name)).size, shippedRules.length);
  for (const { rule, resourceFilter } of shippedRules) {
    assert.notEqual(parseCondition(rule).kind, "blank");
    assert.ok(parseFilter(resourceFilter).items.length > 0);
  }
  const seeds = shippedRules.flatMap(({ name, seedId }) => (seedId === undefined ? [] : [[name, seedId]]));
  assert.deepEqual(seeds, [
    ["Stream", "611d73ca-98ad-4bb8-b6c2-7269f3c460e2"],
    ["CreateApp", "80c35c31-6764-4dac-be40-3e505206e974"],
  ]);
});
