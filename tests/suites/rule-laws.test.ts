/** Laws of rules put to targets: kept by right ones, each broken by a wrong, and silent where its guard says so. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { dialectNames } from "../../catalogue/dialects.ts";
import { requirement, requirements } from "../../catalogue/index.ts";
import type { Case, Entity, Principal, Site, Target } from "../../contract/types.ts";
import { ruleLaws } from "../../generators/rule-laws/index.ts";
import type { RuleLaw, RuleScene } from "../../generators/rule-laws/posing.ts";
import type { GroupResult, SuiteGroup } from "../../harness/groups.ts";
import { playCase } from "../../harness/play-case.ts";
import { playGroup } from "../../harness/play.ts";
import { standings } from "../../harness/standings.ts";
import { lawOf } from "../../suites/laws.ts";
import { ruleLawCase, ruleLawGroups, ruleLawOf, unguardedRuleCase } from "../../suites/rule-laws.ts";
import { shrunkRuleLaw } from "../../suites/shrink-rule-laws.ts";
import { steps } from "../../suites/shrinking.ts";
import { defectNamed } from "../../targets/defects.ts";
import { evaluatorTarget } from "../../targets/evaluator.ts";
import { referenceTarget } from "../../targets/reference.ts";
import { nullTargets } from "./null-target.ts";
import { lies, lying } from "./rule-law-lies.ts";

const seed = 11;
const dialect = "documented";

function groupOf(law: string): SuiteGroup {
  const found = ruleLawGroups(dialect).find(({ id }) => id === `rules/laws/${law.replaceAll(" ", "-")}`);
  assert.ok(found, `no law ${law}`);
  return found;
}

/** Cases of a law; a campaign's count gives a twentieth of it. */
function casesOf(law: string, count: number): readonly Case[] {
  return [...(groupOf(law).cases({ seed, count: count * 20, dialect }) as Iterable<Case>)];
}

function play(group: SuiteGroup, target: Target, count: number): Promise<GroupResult> {
  const selection = { seed, count: count * 20, dialect: target.dialect ?? dialect };
  return playGroup(group, target, { strict: false, requirement, selection, askMs: 2_000 });
}

for (const name of dialectNames) {
  test(`all laws of rules of the dialect ${name} are kept by the reference`, async () => {
    const groups = ruleLawGroups(name);
    assert.ok(groups.length >= ruleLaws.length - 2, `${groups.length} laws`);
    for (const group of groups) {
      const { counts, cases, asks } = await play(group, referenceTarget(name), name === dialect ? 20 : 3);
      assert.ok(cases > 0, group.id);
      assert.equal(counts.pass, asks, `${group.id}: ${JSON.stringify(counts)}`);
    }
  });
}

test("the documented dialect has a group for every law, R1 to R21", () => {
  assert.equal(ruleLawGroups(dialect).length, ruleLaws.length);
  const numbers = new Set(ruleLaws.map(({ id }) => Number(/\d+/.exec(id)?.[0])));
  assert.deepEqual(
    [...numbers],
    Array.from({ length: 21 }, (_, at) => at + 1),
  );
});

test("the page on laws has each law of rules with its guard and what it rests on", () => {
  const page = readFileSync(new URL("../../docs/semantics/laws.md", import.meta.url), "utf8");
  const rows = ruleLaws.map(({ id, says, guardedFor, because }) => {
    const cells = [id, says, guardedFor === "" ? "–" : guardedFor, because.join(", ")];
    return `| ${cells.join(" | ")} |`;
  });
  assert.deepEqual(
    page.split("\n").filter((line) => /^\| R\d/.test(line)),
    rows,
  );
});

/** A wrong that breaks the law. What no defect of the mock shows is told as a lie. */
const brokenBy: { readonly [law: string]: { readonly defect: string } | { readonly lie: keyof typeof lies } } = {
  R1: { defect: "default-allow" },
  R2: { defect: "first-rule-decides" },
  R3: { defect: "disabled-rule-grants" },
  R4: { defect: "all-rules-must-agree" },
  "R4 each": { defect: "all-rules-must-agree" },
  R5: { lie: "a rule for one action alone grants nothing" },
  R6: { defect: "first-filter-item-only" },
  "R6 or": { lie: "a rule with `or` is overlooked" },
  R7: { lie: "only the last group counts" },
  R8: { defect: "default-allow" },
  R9: { defect: "negation-ignored" },
  R10: { lie: "the attribute groupname is the group" },
  R11: { lie: "groups that begin with a capital are unknown" },
  "R11 properties": { lie: "the property Region is unknown" },
  R12: { lie: "texts in capitals are unknown" },
  "R12 strict": { defect: "strict-equal-loose" },
  R13: { defect: "blank-condition-refuses" },
  R14: { lie: "a rule for the hub alone is overlooked" },
  R15: { lie: "a negated comparison is the comparison" },
  R16: { lie: "`like` without a star finds nothing" },
  "R16 star": { lie: "a star stands for nothing" },
  R17: { defect: "default-allow" },
  R18: { lie: "whoever asks opens any app" },
  "R18 preview": { lie: "a rule that is tried out is overlooked" },
  R19: { lie: "where tasks stand, everybody may do everything" },
  R20: { lie: "who has every right is not reduced" },
  "R20 closed": { lie: "who stands in section access may open" },
  R21: { lie: "only two directories are synchronised" },
};

function targetWith(wrong: (typeof brokenBy)[string]): Target {
  if ("defect" in wrong) return evaluatorTarget(dialect, defectNamed(wrong.defect));
  const lie = lies[wrong.lie];
  assert.ok(lie, String(wrong.lie));
  return lying(lie, dialect);
}

const enough = 80;

describe("each law of rules is seen broken", () => {
  test("and none is left out", () => {
    assert.deepEqual(
      Object.keys(brokenBy),
      ruleLaws.map(({ id }) => id),
    );
  });

  for (const { id, because } of ruleLaws) {
    const wrong = brokenBy[id];
    const name = wrong === undefined ? "?" : "defect" in wrong ? wrong.defect : wrong.lie;
    test(`${id} by: ${name}`, async () => {
      assert.ok(wrong);
      const cases = casesOf(id, enough);
      assert.ok(cases.length >= enough / 2, `${cases.length} cases`);
      const result = await play({ ...groupOf(id), cases: () => cases }, targetWith(wrong), 1);
      // What documents disagree on is observed, not broken, on a target that declares no dialect.
      const failed = (result.counts.fail ?? 0) + (result.counts.observed ?? 0);
      assert.ok(failed > 0, JSON.stringify(result.counts));
      const [failure] = result.failures;
      assert.ok(failure);
      assert.ok(failure.case.title.startsWith(`law ${id}: `));
      assert.deepEqual([...failure.requirements].sort(), [...because].sort());
      const found = standings(requirements, [result], ["rules", "section-access"]);
      const standing = (result.counts.fail ?? 0) > 0 ? "broken" : "observed";
      for (const one of because) assert.equal(found.find((row) => row.id === one)?.standing, standing, one);
    });
  }
});

describe("laws of rules prove nothing", () => {
  const right = referenceTarget(dialect);
  for (const target of [right, ...nullTargets(right).filter(({ name }) => name !== "slow")]) {
    test(`of a target named "${target.name}"`, async () => {
      const results: GroupResult[] = [];
      for (const group of ruleLawGroups(dialect).slice(0, 6)) results.push(await play(group, target, 1));
      const proven = standings(requirements, results, ["rules"]).filter(({ standing }) => standing === "proven");
      assert.deepEqual(proven, []);
      assert.ok(results.every(({ pairs, paired }) => pairs.length === 0 && paired.length === 0));
    });
  }
});

/** Laws that a target breaks which answers every question alike. */
async function brokenByAlways(allowed: boolean): Promise<readonly string[]> {
  const same: Target = {
    ...referenceTarget(dialect),
    prepare: () =>
      Promise.resolve({
        ask: () => Promise.resolve({ kind: "decision", allowed, broken: [] }),
        dispose: () => Promise.resolve(),
      }),
  };
  const found: string[] = [];
  for (const { id } of ruleLaws.filter((law) => !["R18", "R20", "R20 closed"].includes(law.id))) {
    const { counts } = await play(groupOf(id), same, 3);
    if ((counts.fail ?? 0) + (counts.observed ?? 0) > 0) found.push(id);
  }
  return found;
}

test("a target that denies everything, and one that allows everything, break the laws the page says", async () => {
  const both = [await brokenByAlways(false), await brokenByAlways(true)];
  assert.deepEqual(both, [
    ["R12 strict", "R17"],
    ["R12 strict", "R17"],
  ]);
});

async function fails(of: Case, by: Target): Promise<boolean> {
  const { verdicts } = await playCase(of, by, { strict: false, requirement });
  return verdicts.some(({ result }) => result === "fail");
}

test("a broken law of rules comes down to a smaller site of which it still is a law", async () => {
  const target = evaluatorTarget(dialect, defectNamed("disabled-rule-grants"));
  const all = casesOf("R3", 60);
  const broken = await Promise.all(all.map((of) => fails(of, target)));
  const of = all[broken.indexOf(true)];
  assert.ok(of, "no case breaks it");
  assert.equal(lawOf(of), undefined);
  assert.equal(ruleLawOf(of)?.law.id, "R3");
  const small = await shrunkRuleLaw(of, steps, { stillFails: (one) => fails(one, target), budget: 2_000, atOnce: 16 });
  assert.ok(small);
  assert.ok(await fails(small, target));
  assert.ok(!(await fails(small, referenceTarget(dialect))), "a right target keeps it");
  assert.ok(JSON.stringify(small).length < JSON.stringify(of).length / 2);
  const kept = small.sites.main.entities["SystemRule"] ?? [];
  assert.ok(kept.length >= 1 && kept.length <= 2, `${kept.length} rules`);
  assert.deepEqual(small.origin, { kind: "shrunk", from: of.id });
});

const ann: Principal = { directory: "CORP", id: "ann", groups: ["Sales"], attributes: {}, session: {} };
const branch: Entity = { id: "5ee0a3f2-1b4c-4d5e-8f60-7a8b9c0d1e09", name: "Branch" };
const stock: Entity = { id: "5ee0a3f2-1b4c-4d5e-8f60-7a8b9c0d1e08", name: "Stock", stream: { id: branch.id } };

function rule(at: number, [resourceFilter, actions, condition]: readonly [string, number, string]): Entity {
  const common = { type: "Custom", category: "Security", ruleContext: 0, disabled: false };
  return { ...common, id: `rule-${at}`, name: `Rule ${at}`, resourceFilter, actions, rule: condition };
}

function sceneOf(
  rules: readonly (readonly [string, number, string])[],
  groups: readonly string[] = ["Sales"],
): RuleScene {
  const attributes = groups.map((attributeValue) => ({ attributeType: "group", attributeValue }));
  const row = { id: "user-ann", userDirectory: "CORP", userId: "ann", name: "ann", roles: [], attributes };
  const site: Site = {
    entities: { User: [row], Stream: [branch], App: [stock], SystemRule: rules.map((one, at) => rule(at, one)) },
    apps: {},
  };
  const resource = { type: "App", id: stock.id };
  return { site, question: { as: { ...ann, groups }, resource, action: "read", context: "hub" } };
}

/** By law: a site its guard keeps out, of which a right answer breaks the bare law. */
const excluded: { readonly [law: string]: RuleScene } = {
  // Every second rule is the further one: it grants update, which the first asks by `!` for (SR-471).
  R1: sceneOf([
    ["App_*", 2, '!resource.HasPrivilege("update")'],
    ["App_*", 4, ""],
  ]),
  // The second rule alone grants nothing, and the first alone nothing on the app.
  R4: sceneOf([
    ["Stream_*", 2, ""],
    ["App_*", 2, 'resource.stream.HasPrivilege("read")'],
  ]),
  // Alone, the first grants; beside the second it does not.
  "R4 each": sceneOf([
    ["App_*", 2, '!resource.HasPrivilege("update")'],
    ["App_*", 4, ""],
  ]),
  // Trainees are kept out by name (SR-345).
  R7: sceneOf([["App_*", 2, '!(user.group="Trainees")']]),
  // Narrowed to another stream, the second rule grants no update on this one.
  R8: sceneOf([
    ["App_*", 2, '!resource.stream.HasPrivilege("update")'],
    ["Stream_*", 4, ""],
  ]),
  // The name of the group no longer begins so.
  R11: sceneOf([["App_*", 2, 'user.group matches "Sal.*"']]),
  // Of two groups one differs (SR-344).
  R15: sceneOf([["App_*", 2, 'user.group != "Sales"']], ["Sales", "Finance"]),
  R21: sceneOf([["App_*", 2, 'user.userDirectory="CORP"']]),
};

test("every guard of a law of rules has a site it keeps out", () => {
  const guarded = ruleLaws.filter(({ guardedFor }) => guardedFor !== "").map(({ id }) => id);
  assert.deepEqual(Object.keys(excluded), guarded);
});

const place = { id: "rules/laws/guard", dialect, origin: { kind: "site" } } as const;

function lawNamed(id: string): RuleLaw {
  const law = ruleLaws.find((one) => one.id === id);
  assert.ok(law, id);
  return law;
}

for (const [id, scene] of Object.entries(excluded)) {
  test(`the guard of ${id} keeps out what breaks the bare law`, async () => {
    const law = lawNamed(id);
    assert.equal(ruleLawCase(law, scene, place), undefined);
    const bare = unguardedRuleCase(law, scene, place);
    assert.ok(bare);
    const { verdicts } = await playCase(bare, referenceTarget(dialect), { strict: true, requirement });
    assert.ok(
      verdicts.some(({ result }) => result === "fail" || result === "observed"),
      JSON.stringify(verdicts),
    );
  });
}
