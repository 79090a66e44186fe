/** Failures of rules on a target of which nothing is known but its answers, made small; the rest is in bench/shrinking-rules.ts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ruleCases, shrunkRules } from "../../bench/shrinking-rules.ts";
import { median } from "../../bench/shrunk.ts";
import { mostDecisions } from "../../suites/shrinking.ts";
import { defectNamed } from "../../targets/defects.ts";

const cases = ruleCases(60);

for (const name of ["disabled-rule-grants", "negation-ignored"]) {
  test(`an unknown ${name} comes down to two atoms and one group at most, with ${mostDecisions} questions at most`, async () => {
    const found = await shrunkRules(defectNamed(name), cases);
    assert.ok(found, "no world shows it");
    assert.ok(found.questions >= 2 && found.questions <= mostDecisions, `${found.questions} questions`);
    assert.ok(found.after.atoms <= 2 && found.after.groups <= 1, JSON.stringify(found.after));
    assert.deepEqual(found.spare, []);
    assert.ok(found.after.atoms < found.before.atoms && found.after.entities < found.before.entities);
  });
}

test("the median is the middle one", () => {
  assert.deepEqual([median([5, 1, 3]), median([])], [3, 0]);
});
