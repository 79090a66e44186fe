/** Rule sets as broken exports hold them: the evaluators decide alike, and what is read from files is read or refused with its place. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { heard } from "../../bench/rule-parties.ts";
import { dialectOf } from "../../catalogue/dialects.ts";
import { ruleTwists } from "../../generators/rules/hostile.ts";
import { twistNames, type TwistName } from "../../generators/rules/settings.ts";
import { randomRuleWorld, type DrawnRuleWorld } from "../../generators/rules.ts";
import { defects } from "../../mock/defects/index.ts";
import { plainSeams } from "../../mock/plain-seams.ts";
import { assertOneLine, folder, said, type Said } from "../cli/command.ts";

const documented = dialectOf("documented");

function hostile(index: number, twists: readonly TwistName[] = twistNames): DrawnRuleWorld {
  return randomRuleWorld(31, index, { mode: "hostile", twists, mostTwists: 3 });
}

/** Rules of one id are one rule to a repository and two to a list; who may do what is the same. */
function apartIn({ site, questions, twists }: DrawnRuleWorld): readonly number[] {
  const answers = heard(site, questions, documented, { matrix: true });
  return twists.includes("repeated rule") ? [] : answers.apart;
}

test("every twist has a statement, and says what it is", () => {
  assert.deepEqual(
    ruleTwists.map(({ name }) => name),
    twistNames,
  );
  for (const { requirement, about } of ruleTwists) assert.ok(requirement.startsWith("SR-") && about !== "");
});

describe("hostile rule sets", () => {
  test("are decided alike by all evaluators, alone and in company", () => {
    const seen = new Set<TwistName>();
    for (let index = 0; index < 50; index++) {
      const world = hostile(index);
      for (const twist of world.twists) seen.add(twist);
      assert.deepEqual(apartIn(world), [], `world ${index}: ${world.twists.join(", ")}`);
    }
    assert.equal(seen.size, twistNames.length);
  });

  test("show an evaluator to which a broken rule is a rule without condition", () => {
    const wrong = defects.find(({ name }) => name === "broken-rule-grants");
    assert.ok(wrong);
    const { rules: seams } = wrong.replace(plainSeams);
    const apart = Array.from({ length: 40 }, (_, index) => {
      const { site, questions } = hostile(index, ["broken condition", "unknown function"]);
      return heard(site, questions, documented, { matrix: false, seams }).apart;
    });
    assert.ok(apart.flat().length > 0);
  });

  for (const { name } of ruleTwists) {
    test(`with ${name} are decided alike`, () => {
      for (let index = 0; index < 4; index++) {
        const world = hostile(index, [name]);
        assert.deepEqual(world.twists, [name]);
        assert.deepEqual(apartIn(world), [], `world ${index}`);
      }
    });
  }

  test("allow the same when a rule stands twice", () => {
    for (let index = 0; index < 20; index++) {
      const { site, questions } = hostile(index, ["repeated rule"]);
      const rules = site.entities["SystemRule"] ?? [];
      const once = { ...site, entities: { ...site.entities, SystemRule: rules.slice(0, -1) } };
      const [twice, alone] = [site, once].map((of) =>
        heard(of, questions, documented, { matrix: false }).specified.map(({ allowed }) => allowed),
      );
      assert.deepEqual(twice, alone);
    }
  });

  test("cost nothing, be a pattern catastrophic or a condition huge", () => {
    const started = process.cpuUsage();
    for (const name of ["catastrophic pattern", "huge condition", "deep parentheses"] as const)
      for (let index = 0; index < 4; index++) apartIn(hostile(index, [name]));
    const { user } = process.cpuUsage(started);
    assert.ok(user < 5_000_000, `${user / 1000} ms`);
  });
});

/** An answer, or one line that says what is wrong. */
function assertAnswered(answer: Said, what: string): void {
  if (answer.code === 2) assertOneLine(answer);
  else assert.ok([0, 1, 3].includes(answer.code) && answer.stdout !== "", `${what}: ${answer.code} ${answer.stderr}`);
}

describe("hostile rule sets as files", () => {
  test("are answered by decide and fuzz, or refused in one line with the file", async () => {
    let [answered, refused] = [0, 0];
    for (const { name, refused: mustRefuse } of ruleTwists) {
      const world = hostile(1, [name]);
      const path = join(folder({ "site.json": JSON.stringify(world.site.entities) }), "site.json");
      for (const command of ["decide", "fuzz"]) {
        const answer = await said(command, "--site", path);
        assertAnswered(answer, `${command} with ${name}`);
        if (answer.code === 2) assert.ok(answer.stderr.includes(path), answer.stderr);
        if (mustRefuse === true) assert.equal(answer.code, 2, name);
        if (answer.code === 2) refused += 1;
        else answered += 1;
      }
    }
    assert.ok(answered > 20 && refused >= 2, `${answered} answered, ${refused} refused`);
  });
});
