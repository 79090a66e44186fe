/** Failures of generated cases made small: what is left is short, still fails, and cannot lose anything more. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { smallerConditions, smallerScripts } from "../../analysis/smaller-texts.ts";
import { requirement } from "../../catalogue/index.ts";
import type { Case, Target } from "../../contract/types.ts";
import { playCase } from "../../harness/play-case.ts";
import { smallerCases } from "../../harness/shrink-steps.ts";
import { parseLoadScript } from "../../languages/load-script/parse.ts";
import type { Condition } from "../../languages/rule-condition/ast.ts";
import { parseCondition } from "../../languages/rule-condition/parse.ts";
import { reexpected } from "../../reference/answer.ts";
import { reload } from "../../reload/index.ts";
import { accessCase, appId, rulesCase } from "../../suites/campaigns.ts";
import { playOptions } from "../../suites/replayed.ts";
import { defaults } from "../../suites/selection.ts";
import { defectNamed } from "../../targets/defects.ts";
import { evaluatorTarget } from "../../targets/evaluator.ts";
import { mockTarget } from "../../targets/mock.ts";

const dialect = "documented";
const steps = { script: smallerScripts, condition: smallerConditions };

async function failing(of: Case, target: Target): Promise<readonly string[]> {
  const { verdicts } = await playCase(of, target, { strict: false, requirement });
  return verdicts.flatMap(({ result, ask }) => (result === "fail" ? [ask] : []));
}

interface Small {
  readonly target: Target;
  readonly ask: string;
  readonly case: Case;
}

/** The first generated case that a defect fails, made small as a run does it. */
async function smallOf(
  make: (seed: number, index: number, dialect: string) => Case | undefined,
  defect: string,
): Promise<Small> {
  const target = evaluatorTarget(dialect, defectNamed(defect));
  const chosen = { ...defaults, target: "evaluator", defect, dialect };
  const { minimise } = await playOptions(chosen, target);
  for (let index = 0; index < 400; index++) {
    const of = make(7, index, dialect);
    const [ask] = of === undefined ? [] : await failing(of, target);
    if (of === undefined || ask === undefined) continue;
    const small = await minimise?.(of, ask);
    assert.ok(small !== undefined, `case ${index} does not shrink`);
    return { target, ask, case: small };
  }
  return assert.fail(`${defect} fails none of 400 cases`);
}

function again(of: Case): Case | undefined {
  try {
    return reexpected(of);
  } catch {
    return undefined;
  }
}

/** Steps that would still leave the case failing. */
async function stepsLeft({ case: of, ask, target }: Small): Promise<number> {
  let left = 0;
  let tried = 0;
  for (const smaller of smallerCases(of, steps)) {
    const expected = again(smaller);
    if (expected === undefined) continue;
    tried += 1;
    if ((await failing(expected, target)).includes(ask)) left += 1;
  }
  assert.ok(tried > 0);
  return left;
}

function rowsIn(tables: readonly { readonly rows: readonly unknown[] }[]): number {
  return tables.reduce((sum, table) => sum + table.rows.length, 0);
}

test("a failure of section access comes down to three rows of rights and three of data, and no step further", async () => {
  const small = await smallOf(accessCase, "star-means-everything");
  const { script = "", files = {} } = small.case.sites.main.apps[appId] ?? {};
  const { access = [], app } = reload(script, { files: (path) => files[path] });
  assert.ok(access.length > 0 && rowsIn(access) <= 3, script);
  assert.ok(rowsIn(app) <= 3, script);
  assert.ok(parseLoadScript(script).statements.length <= 4, script);
  assert.equal(small.case.asks.length, 1);
  assert.equal(await stepsLeft(small), 0);
});

function atoms(condition: Condition): number {
  switch (condition.kind) {
    case "and":
    case "or":
      return condition.terms.reduce((sum, term) => sum + atoms(term), 0);
    case "not":
    case "group":
      return atoms(condition.term);
    case "blank":
      return 0;
    case "comparison":
    case "call":
      return 1;
  }
}

for (const defect of ["or-binds-first", "strict-equal-loose", "category-ignored"]) {
  test(`a failure of rules comes down to three atoms at most, and no step further: ${defect}`, async () => {
    const small = await smallOf(rulesCase, defect);
    const rules = small.case.sites.main.entities["SystemRule"] ?? [];
    const found = rules.map(({ rule }) => (typeof rule === "string" ? atoms(parseCondition(rule)) : 0));
    const most = defect === "or-binds-first" ? 3 : 2;
    assert.ok(found.reduce((sum, count) => sum + count, 0) <= most, JSON.stringify(rules));
    assert.equal(await stepsLeft(small), 0);
  });
}

test("a small case is still one that a repository takes and that fails over the wire", async () => {
  const defect = defectNamed("star-means-everything");
  const small = await smallOf(accessCase, "star-means-everything");
  const mock = await mockTarget(dialect, defect);
  try {
    assert.deepEqual(await failing(small.case, mock), [small.ask]);
  } finally {
    await mock.close?.();
  }
});
