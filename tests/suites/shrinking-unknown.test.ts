/** Failures of a target of which nothing is known but its answers, and failures of laws, made small. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { campaignCases, firstFailure, shrunkFailure } from "../../bench/shrinking.ts";
import { requirement } from "../../catalogue/index.ts";
import type { Case, Target } from "../../contract/types.ts";
import { playCase } from "../../harness/play-case.ts";
import { smallerCases } from "../../harness/shrink-steps.ts";
import { chunks } from "../../harness/shrink.ts";
import { lawCase, lawGroups, lawOf } from "../../suites/laws.ts";
import { shrunkLaw, smallerOf } from "../../suites/shrink-laws.ts";
import { mostQuestions, shrunkFor } from "../../suites/shrinking.ts";
import { defectNamed } from "../../targets/defects.ts";
import { evaluatorTarget } from "../../targets/evaluator.ts";
import { referenceTarget } from "../../targets/reference.ts";

const dialect = "documented";
const base = { strict: false, requirement };
const cases = campaignCases(8);

for (const name of ["admin-unreduced"]) {
  test(`an unknown ${name} comes down to three rows of rights and three of data at most, with ${mostQuestions} questions at most`, async () => {
    const found = await shrunkFailure(defectNamed(name), cases);
    assert.ok(found, "no world shows it");
    assert.ok(found.questions >= 2 && found.questions <= mostQuestions, `${found.questions} questions`);
    assert.ok(found.after.rights <= 3 && found.after.records <= 3, JSON.stringify(found.after));
    assert.ok(found.after.rights < found.before.rights, JSON.stringify(found));
  });
}

/** Right but for one kind of answer: rows of tables with more than two of them lose their first. No named defect does so. */
function forgetful(): { readonly target: Target; readonly asked: () => number } {
  const right = referenceTarget(dialect);
  let asked = 0;
  const prepare: Target["prepare"] = async (site, how) => {
    const inner = await right.prepare(site, how);
    return {
      ask: async (probe, signal) => {
        asked += 1;
        const outcome = await inner.ask(probe, signal);
        if (outcome.kind !== "view") return outcome;
        const tables = outcome.tables.map((table) =>
          table.rows.length > 2 ? { ...table, rows: table.rows.slice(1) } : table,
        );
        return { ...outcome, tables };
      },
      dispose: () => inner.dispose(),
    };
  };
  return { target: { ...right, prepare }, asked: () => asked };
}

test("a wrong that nothing known explains is made smaller by asking the target, never more than it may be asked", async () => {
  const found = await firstFailure(forgetful().target, cases);
  assert.ok(found);
  const { target, asked } = forgetful();
  const small = await shrunkFor(found.case, { target, base, ask: found.ask });
  assert.ok(small);
  assert.ok(JSON.stringify(small).length < JSON.stringify(found.case).length / 2);
  assert.ok(asked() > 10 && asked() <= mostQuestions, `${asked()} questions`);
});

function lawsCases(law: string): readonly Case[] {
  const group = lawGroups(dialect).find(({ id }) => id === `section-access/laws/${law}`);
  assert.ok(group);
  return [...(group.cases({ seed: 3, count: 400, dialect }) as Iterable<Case>)];
}

async function fails(of: Case, target: Target): Promise<boolean> {
  const { verdicts } = await playCase(of, target, base);
  return verdicts.some(({ result }) => result === "fail");
}

test("a broken law comes down to a smaller world of which it still is a law that right answers keep", async () => {
  const target = evaluatorTarget(dialect, defectNamed("star-means-everything"));
  const stillFails = (of: Case): Promise<boolean> => fails(of, target);
  const all = lawsCases("S13");
  const broken = (await Promise.all(all.map(stillFails))).indexOf(true);
  const of = all[broken];
  assert.ok(of, "no case breaks it");
  const small = await shrunkLaw(of, { stillFails, budget: 2_000, atOnce: 64 });
  assert.ok(small);
  assert.ok(await stillFails(small));
  assert.ok(!(await fails(small, referenceTarget(dialect))), "a right target keeps it");
  assert.ok(JSON.stringify(small).length < JSON.stringify(of).length);
  assert.deepEqual(small.origin, { kind: "shrunk", from: of.id });
});

test("every world a law shrinks to is one step smaller, and keeps the person the law is about", () => {
  const [of] = lawsCases("S4");
  const begun = of === undefined ? undefined : lawOf(of);
  assert.ok(begun);
  const smaller = [...smallerOf(begun)];
  assert.ok(smaller.length > 5);
  for (const { setting, who } of smaller) {
    assert.ok(setting.principals.includes(who));
    assert.ok(JSON.stringify(setting).length < JSON.stringify(begun.setting).length);
  }
  const place = { id: "small", dialect, origin: { kind: "site" } } as const;
  const posed = smaller.filter(({ setting, who }) => lawCase(begun.law, setting, who, place) !== undefined);
  assert.ok(posed.length > 0 && posed.length < smaller.length, "the guard keeps some out");
});

test("a CSV file of the site loses lines by halves, then one by one, then columns, then cells", () => {
  const content = "USERID;REGION\nann;NORTH\nben;SOUTH\n";
  const site = { entities: {}, apps: { sales: { script: "", files: { "lib://Data/access.csv": content } } } };
  const ask = { id: "a", probe: { kind: "impersonate", datasource: "none" }, proves: [] } as const;
  const of: Case = {
    id: "one",
    title: "",
    dialect,
    needs: [],
    origin: { kind: "site" },
    sites: { main: site },
    asks: [{ ...ask, expected: { kind: "relation", to: ["a"], holds: "equal", because: [] } }],
  };
  const files = [...smallerCases(of)].flatMap((one) => Object.values(one.sites.main.apps["sales"]?.files ?? {}));
  assert.deepEqual(files, [
    "USERID;REGION\nben;SOUTH\n",
    "USERID;REGION\nann;NORTH\n",
    "REGION\nNORTH\nSOUTH\n",
    "USERID\nann\nben\n",
    "USERID;REGION\n;NORTH\nben;SOUTH\n",
    "USERID;REGION\nann;\nben;SOUTH\n",
    "USERID;REGION\nann;NORTH\n;SOUTH\n",
    "USERID;REGION\nann;NORTH\nben;\n",
  ]);
});

test("candidates are handed out so many together, without those that were passed over", () => {
  assert.deepEqual([...chunks([1, 2, 3, 4, 5], 1, 3)], [[2, 3, 4], [5]]);
});
