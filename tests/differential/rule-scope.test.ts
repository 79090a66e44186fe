/** The small scopes of rules were all played once (`npm run soak -- exhaustive-rules`); here one shard in 64 of each again. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { heard } from "../../bench/rule-parties.ts";
import { playRuleShard, ruleScopes, ruleShards, sitesInScope, type RuleShard } from "../../bench/rule-scope.ts";
import { dialectOf } from "../../catalogue/dialects.ts";
import { randomRuleWorld } from "../../generators/rules.ts";
import { parseCondition } from "../../languages/rule-condition/parse.ts";
import { defects } from "../../mock/defects/index.ts";
import { plainSeams } from "../../mock/plain-seams.ts";

interface Kept {
  readonly [scope: string]: {
    readonly conditions: number;
    readonly sites: number;
    readonly played: number;
    readonly decisions: number;
    readonly granted: number;
    readonly disagreements: number;
    readonly shards: { readonly [shard: string]: RuleShard };
  };
}

const kept = JSON.parse(
  readFileSync(new URL("../../bench/soak/exhaustive-rules.json", import.meta.url), "utf8"),
) as Kept;
const shard = 16;

/** With 16 atoms, each as it is and negated: none, one, two joined by `and` or `or`, those negated; three in a row. */
const conditions: { readonly [scope: string]: number } = {
  "two atoms": 1 + 32 + 2 * 32 * 2 * 32,
  "three atoms": 2 * 16 * 2 * 16 * 2 * 16,
};

for (const scope of ruleScopes) {
  test(`${scope.name}: answers a shard as it was answered when all of the scope was played`, () => {
    const now = playRuleShard(scope, shard);
    assert.equal(now.disagreements, 0);
    assert.deepEqual(now, kept[scope.name]?.shards[shard]);
  });

  test(`${scope.name}: every condition can be read, stands there once, and none is missing`, () => {
    assert.equal(scope.conditions.length, conditions[scope.name]);
    assert.equal(new Set(scope.conditions).size, scope.conditions.length);
    for (const condition of scope.conditions.slice(0, 5_000)) parseCondition(condition);
  });

  test(`${scope.name}: the results of every shard are kept`, () => {
    const whole = kept[scope.name];
    assert.ok(whole !== undefined);
    assert.equal(Object.keys(whole.shards).length, ruleShards);
    assert.equal(whole.disagreements, 0);
    assert.equal(whole.sites, sitesInScope(scope));
    assert.equal(whole.played, whole.sites);
    assert.equal(whole.decisions, whole.sites * 12);
    assert.ok(whole.granted / whole.decisions > 0.2 && whole.granted / whole.decisions < 0.8, `${whole.granted}`);
  });
}

for (const name of [
  "or-binds-first",
  "negation-ignored",
  "strict-equal-loose",
  "group-first-only",
  "everything-is-owned",
]) {
  test(`a fault planted in the walk (${name}) shows in a shard of some scope`, () => {
    const { rules } = defects.find((defect) => defect.name === name)?.replace(plainSeams) ?? plainSeams;
    const isSeen = ruleScopes.some(
      (scope) => playRuleShard(scope, shard, { most: 60, seams: rules }).disagreements > 0,
    );
    assert.ok(isSeen);
  });
}

test("the matrix agrees with the specification and the walk on generated worlds", () => {
  const apart = Array.from({ length: 150 }, (_, index) => {
    const { site, questions } = randomRuleWorld(20_240_602, index);
    return heard(site, questions, dialectOf("documented"), { matrix: true }).apart.length;
  });
  assert.equal(apart.filter((count) => count > 0).length, 0);
});
