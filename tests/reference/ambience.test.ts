/** What is already on a site, and whether it decides before a case does. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Case, Site } from "../../contract/types.ts";
import { ambientOracle } from "../../reference/ambience.ts";
import { reexpected } from "../../reference/answer.ts";
import { goldenCases } from "../../suites/golden.ts";

function caseOf(name: string): Case {
  const of = goldenCases("section-access").find(({ id }) => id === `section-access/${name}`);
  assert.ok(of !== undefined, name);
  return of;
}

function granting(actions: number, condition: string): Site {
  const rule = {
    id: "shipped",
    name: "Shipped",
    category: "Security",
    type: "Default",
    ruleContext: 0,
    disabled: false,
  };
  return {
    entities: { SystemRule: [{ ...rule, resourceFilter: "App_*", actions, rule: condition }] },
    apps: {},
  };
}

const hubCalls = caseOf("en-033");
const [developer, reader] = [hubCalls.asks[0], hubCalls.asks[1]];

test("lets what is written about the wire stand where a shipped rule gives nobody of the case another right", () => {
  const oracle = ambientOracle("documented");
  for (const condition of ['user.name = "olga"', 'user.name = "carla"']) {
    assert.deepEqual(oracle(hubCalls, granting(4, condition), developer), developer.expected);
  }
});

test("cannot tell the wire where a shipped rule lets a reader of the case edit", () => {
  assert.ok(reader !== undefined);
  assert.equal(ambientOracle("documented")(hubCalls, granting(4, 'user.name = "ann"'), reader), undefined);
});

test("computes other steps anew over what is there", () => {
  const of = caseOf("en-034");
  const [ask] = of.asks;
  const expected = ambientOracle("documented")(of, granting(4, 'user.name = "ann"'), ask);
  assert.ok(expected?.kind === "known" && ask.expected.kind === "known");
  assert.notDeepEqual(expected.outcome, ask.expected.outcome);
});

test("computes no expectation of the wire for a case made smaller", () => {
  assert.equal(reexpected(hubCalls), undefined);
  assert.ok(reexpected(caseOf("en-034")) !== undefined);
});
