/** Laws of section access put to targets: kept by right ones, each broken by a wrong, and silent where its guard says so. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { dialectNames } from "../../catalogue/dialects.ts";
import { requirement, requirements } from "../../catalogue/index.ts";
import type { Case, Target } from "../../contract/types.ts";
import { laws } from "../../generators/laws/index.ts";
import type { GroupResult, SuiteGroup } from "../../harness/groups.ts";
import { playGroup } from "../../harness/play.ts";
import { standings } from "../../harness/standings.ts";
import { defects } from "../../mock/defects/index.ts";
import { plainSeams } from "../../mock/plain-seams.ts";
import { lawGroups } from "../../suites/laws.ts";
import { referenceTarget } from "../../targets/reference.ts";
import { batchedTarget } from "./batched.ts";
import { lies, loadedFrom, type Lie } from "./law-lies.ts";
import { nullTargets } from "./null-target.ts";

const seed = 11;
const dialect = "documented";

function groupOf(law: string): SuiteGroup {
  const found = lawGroups(dialect).find(({ id }) => id === `section-access/laws/${law.replaceAll(" ", "-")}`);
  assert.ok(found, `no law ${law}`);
  return found;
}

/** Cases of a law; a campaign's count gives a twentieth of it. */
function casesOf(law: string, count: number): readonly Case[] {
  return [...(groupOf(law).cases({ seed, count: count * 20, dialect }) as Iterable<Case>)];
}

function play(group: SuiteGroup, target: Target, count: number): Promise<GroupResult> {
  const selection = { seed, count: count * 20, dialect: target.dialect ?? dialect };
  return playGroup(group, target, { strict: false, requirement, selection, askMs: 200 });
}

for (const name of dialectNames) {
  test(`all laws of the dialect ${name} are kept by the reference`, async () => {
    const groups = lawGroups(name);
    assert.ok(groups.length >= 6, `${groups.length} laws`);
    for (const group of groups) {
      const { counts, cases, asks } = await play(group, referenceTarget(name), name === dialect ? 10 : 3);
      assert.ok(cases > 0, group.id);
      assert.equal((counts.pass ?? 0) + (counts.inapplicable ?? 0), asks, `${group.id}: ${JSON.stringify(counts)}`);
      assert.ok((counts.pass ?? 0) > 0, group.id);
    }
  });
}

test("the documented dialect has a group for every law, S1 to S28", () => {
  assert.equal(lawGroups(dialect).length, laws.length);
  const numbers = new Set(laws.map(({ id }) => Number(/\d+/.exec(id)?.[0])));
  assert.deepEqual(
    [...numbers],
    Array.from({ length: 28 }, (_, at) => at + 1),
  );
});

test("the page on laws has each law with its guard and what it rests on", () => {
  const page = readFileSync(new URL("../../docs/semantics/laws.md", import.meta.url), "utf8");
  const rows = laws.map(({ id, says, oneTable, guardedFor, because }) => {
    const cells = [id, `${says}${oneTable ? "¹" : ""}`, guardedFor === "" ? "–" : guardedFor, because.join(", ")];
    return `| ${cells.join(" | ")} |`;
  });
  assert.deepEqual(
    page.split("\n").filter((line) => /^\| S\d/.test(line)),
    rows,
  );
});

/** A wrong that breaks the law. What the evaluator alone cannot show is told as a lie. */
const brokenBy: { readonly [law: string]: { readonly defect: string } | { readonly lie: keyof typeof lies } } = {
  S1: { defect: "first-row-only" },
  S2: { defect: "strict-exclusion-off" },
  S3: { defect: "rows-apply-to-everybody" },
  S4: { defect: "strict-exclusion-off" },
  "S4 superset": { defect: "strict-exclusion-off" },
  S5: { defect: "strict-exclusion-off" },
  S5x: { defect: "values-and-by-row" },
  S6: { lie: "fields hidden by OMIT take a row with them" },
  S7: { defect: "first-row-only" },
  S8: { defect: "case-sensitive-identity" },
  S9: { lie: "values late in the alphabet and high numbers are not counted" },
  "S9 case": { defect: "values-as-written" },
  S10: { defect: "strict-exclusion-off" },
  S11: { defect: "strict-exclusion-off" },
  S12: { defect: "first-row-only" },
  S13: { defect: "star-means-everything" },
  S14: { defect: "star-means-everything" },
  S15: { defect: "rows-apply-to-everybody" },
  S16: { defect: "strict-exclusion-off" },
  S17: { defect: "rows-apply-to-everybody" },
  S18: { lie: "who is reduced by no column is refused" },
  S19: { defect: "rows-apply-to-everybody" },
  S20: { lie: "the second answer is another" },
  S21: { defect: "first-row-only" },
  "S21 gone": { defect: "star-means-everything" },
  S22: { lie: "ADMIN is nobody" },
  S23: { defect: "row-or-matching" },
  S24: { lie: "counts are one short" },
  S25: { lie: "searching finds less than there is" },
  S26: { defect: "omit-ignored" },
  S27: { defect: "rows-apply-to-everybody" },
  S28: { defect: "first-access-table-only" },
};

function lying(lie: Lie): Target {
  const right = referenceTarget(dialect);
  return {
    ...right,
    prepare: async (site, how) => {
      const inner = await right.prepare(site, how);
      const asked = new Map<string, number>();
      return {
        ask: async (probe, signal) => {
          const outcome = await inner.ask(probe, signal);
          if (probe.kind !== "open") return outcome;
          const key = JSON.stringify(probe);
          asked.set(key, (asked.get(key) ?? 0) + 1);
          return lie(outcome, loadedFrom(site, probe), probe, asked.get(key) ?? 0);
        },
        dispose: () => inner.dispose(),
      };
    },
  };
}

async function targetWith(wrong: (typeof brokenBy)[string], cases: readonly Case[]): Promise<Target> {
  if ("defect" in wrong) {
    const defect = defects.find(({ name }) => name === wrong.defect);
    assert.ok(defect, wrong.defect);
    return batchedTarget(cases, dialect, defect.replace(plainSeams).engine);
  }
  const lie = lies[wrong.lie];
  assert.ok(lie, String(wrong.lie));
  return lying(lie);
}

const enough = 60;

describe("each law is seen broken", () => {
  test("and none is left out", () => {
    assert.deepEqual(
      Object.keys(brokenBy),
      laws.map(({ id }) => id),
    );
  });

  for (const { id, because } of laws) {
    const wrong = brokenBy[id];
    const name = wrong === undefined ? "?" : "defect" in wrong ? wrong.defect : wrong.lie;
    test(`${id} by: ${name}`, async () => {
      assert.ok(wrong);
      const cases = casesOf(id, enough);
      assert.ok(cases.length >= enough / 2, `${cases.length} cases`);
      const result = await play({ ...groupOf(id), cases: () => cases }, await targetWith(wrong, cases), 1);
      assert.ok((result.counts.fail ?? 0) > 0, JSON.stringify(result.counts));
      const [failure] = result.failures;
      assert.ok(failure);
      assert.match(failure.case.title, new RegExp(`^law ${id}: `));
      assert.deepEqual([...failure.requirements].sort(), [...because].sort());
      const found = standings(requirements, [result], ["section-access"]);
      for (const one of because) assert.equal(found.find((row) => row.id === one)?.standing, "broken", one);
    });
  }

  test("S25 by each further door that shows less", async () => {
    const lie = lies["list boxes show less than there is"];
    assert.ok(lie);
    assert.ok(((await play(groupOf("S25"), lying(lie), 5)).counts.fail ?? 0) > 0);
  });
});

test("a target that cannot be asked for tables is not asked to agree with them", async () => {
  const right = referenceTarget(dialect);
  const doors = right.capabilities.filter((capability) => capability !== "surface:tables");
  const { counts, asks } = await play(groupOf("S25"), { ...right, capabilities: doors }, 2);
  assert.deepEqual([asks, counts], [12, { inapplicable: 12 }]);
});

describe("laws prove nothing", () => {
  for (const target of [referenceTarget(dialect), ...nullTargets(referenceTarget(dialect))]) {
    test(`of a target named "${target.name}"`, async () => {
      const results: GroupResult[] = [];
      for (const group of lawGroups(dialect).slice(0, 8)) results.push(await play(group, target, 1));
      const found = standings(requirements, results, ["section-access"]);
      assert.deepEqual(
        found.filter(({ standing }) => standing === "proven"),
        [],
      );
      assert.ok(results.every(({ pairs, paired }) => pairs.length === 0 && paired.length === 0));
    });
  }
});
