/** Laws of rules put to the mock behind its wire, by the adapter: kept by a sound one, broken by wrongs that show there. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { requirement } from "../../catalogue/index.ts";
import type { Case, Target } from "../../contract/types.ts";
import { ambientOf } from "../../harness/ambient.ts";
import { playCase, type CaseOptions } from "../../harness/play-case.ts";
import { ambientOracle } from "../../reference/ambience.ts";
import { ruleLawGroups } from "../../suites/rule-laws.ts";
import { defectNamed } from "../../targets/defects.ts";
import { evaluatorTarget } from "../../targets/evaluator.ts";
import { mockTarget } from "../../targets/mock.ts";

const dialect = "documented";

function casesOf(law: string, count: number): readonly Case[] {
  const group = ruleLawGroups(dialect).find(({ id }) => id === `rules/laws/${law.replaceAll(" ", "-")}`);
  assert.ok(group, `no law ${law}`);
  return [...(group.cases({ seed: 11, count: count * 20, dialect }) as Iterable<Case>)];
}

const closed: CaseOptions = { strict: true, requirement };

async function optionsFor(target: Target): Promise<CaseOptions> {
  const site = await ambientOf(target, 5_000);
  return site === undefined ? closed : { ...closed, ambience: { site, oracle: ambientOracle(dialect) } };
}

async function resultsOf(of: Case, target: Target, options: CaseOptions): Promise<readonly string[]> {
  const { verdicts } = await playCase(of, target, options);
  return verdicts.map(({ result }) => result);
}

/** Wrongs of evaluation, each with a law it breaks: a case that shows it is found without the wire first. */
const ofEvaluation = [
  ["R3", "disabled-rule-grants"],
  ["R9", "negation-ignored"],
  ["R12 strict", "strict-equal-loose"],
] as const;

/** Several: what is on the mock already, its administrators' rule, may hide one. */
async function firstBroken(law: string, defect: string): Promise<readonly Case[]> {
  const target = evaluatorTarget(dialect, defectNamed(defect));
  const found: Case[] = [];
  for (const of of casesOf(law, 60)) {
    const results = await resultsOf(of, target, closed);
    if (results.includes("fail") || results.includes("observed")) found.push(of);
    if (found.length === 4) break;
  }
  return found;
}

describe("laws of rules behind the wire", () => {
  let sound: Target;
  let options: CaseOptions;

  before(async () => {
    sound = await mockTarget(dialect);
    options = await optionsFor(sound);
  });

  after(() => sound.close?.());

  async function assertBroken(target: Target, cases: readonly Case[]): Promise<void> {
    const results: string[] = [];
    for (const of of cases) {
      results.push(...(await resultsOf(of, target, options)));
      if (!results.includes("fail") && !results.includes("observed")) continue;
      assert.deepEqual([...new Set(await resultsOf(of, sound, options))], ["pass"], "a sound mock keeps it");
      return;
    }
    assert.fail(`not broken: ${results.join(", ")}`);
  }

  for (const [law, name] of ofEvaluation) {
    test(`${law} is broken by ${name}`, async () => {
      const broken = await mockTarget(dialect, defectNamed(name));
      try {
        await assertBroken(broken, await firstBroken(law, name));
      } finally {
        await broken.close?.();
      }
    });
  }

  test("R18 preview is broken by preview-ignored, which only the wire shows", async () => {
    const broken = await mockTarget(dialect, defectNamed("preview-ignored"));
    try {
      await assertBroken(broken, casesOf("R18 preview", 12));
    } finally {
      await broken.close?.();
    }
  });

  test("a law that what is there already upsets is not put: administrators may do everything (SR-101)", async () => {
    const of = casesOf("R17", 60).find(({ sites: { main }, asks: [{ probe }] }) => {
      if (probe.kind !== "decide" || probe.context !== "qmc" || "wouldBe" in probe.resource) return false;
      const { as } = probe;
      return (main.entities["User"] ?? []).some(
        ({ userId, userDirectory, roles }: { readonly [field: string]: unknown }) =>
          userId === as.id && userDirectory === as.directory && Array.isArray(roles) && roles.includes("RootAdmin"),
      );
    });
    assert.ok(of, "no case of an administrator");
    assert.ok((await resultsOf(of, sound, closed)).includes("fail"), "without looking at what is there");
    assert.ok((await resultsOf(of, sound, options)).includes("inapplicable"));
  });
});
