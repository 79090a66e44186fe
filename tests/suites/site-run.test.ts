/** A run on one's own site: it keeps a control, proves what the site shows, and goes red with the site. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { requirement, requirements } from "../../catalogue/index.ts";
import type { RunRecord } from "../../contract/run.ts";
import type { Area, Target } from "../../contract/types.ts";
import type { GroupResult } from "../../harness/groups.ts";
import { playGroup } from "../../harness/play.ts";
import { assemble } from "../../harness/record.ts";
import { groupsOf } from "../../suites/groups.ts";
import { defectNamed } from "../../targets/defects.ts";
import { evaluatorTarget } from "../../targets/evaluator.ts";
import { referenceTarget } from "../../targets/reference.ts";
import { nullTargets } from "./null-target.ts";

const site = join(import.meta.dirname, "..", "..", "examples", "trading");
const suites: readonly Area[] = ["section-access", "rules"];
const selection = { seed: 1, count: 0, dialect: "documented" } as const;

async function recordOn(target: Target, { reveal = false, askMs = 10_000 } = {}): Promise<RunRecord> {
  const results: GroupResult[] = [];
  for (const group of groupsOf({ suites, dialect: "documented", site, cases: 0 })) {
    results.push(await playGroup(group, target, { strict: false, requirement, selection, reveal, askMs }));
  }
  const chosen = { product: "qlik-conformance", target: target.name, dialect: "documented", suites, seed: 1 };
  return assemble(
    results,
    { ...chosen, dialectDeclared: target.dialect !== undefined, casesPerCampaign: 0, strict: false },
    requirements,
  );
}

function proven(record: RunRecord): readonly string[] {
  return record.requirements.filter(({ standing }) => standing === "proven").map(({ id }) => id);
}

test("a sound site keeps its control before and after, and what it shows is proven", async () => {
  const record = await recordOn(evaluatorTarget("documented"));
  assert.equal(record.exitCode, 0);
  for (const { area, controls, standings } of record.headline) {
    assert.equal(controls, "passed", area);
    assert.ok(standings.proven >= 10, `${area}: ${standings.proven} proven`);
  }
});

test("a wrong of the site is found, blamed on the behaviour it breaks, and told masked unless names may be shown", async () => {
  const wrong = evaluatorTarget("documented", defectNamed("star-means-everything"));
  const record = await recordOn(wrong);
  assert.equal(record.exitCode, 1);
  const broken = record.requirements.filter(({ standing }) => standing === "broken").map(({ id }) => id);
  assert.ok(broken.includes("SA-WLD-02"), broken.join());
  assert.ok(!broken.includes("SA-SYS-02"), broken.join());
  assert.ok(record.findings.length > 0 && record.findings.every(({ masked }) => masked === true));
  const shown = await recordOn(wrong, { reveal: true });
  assert.ok(shown.findings.length > 0 && shown.findings.every(({ masked }) => masked === undefined));
});

for (const target of nullTargets(referenceTarget("documented"))) {
  test(`a target with the rule "${target.name}" proves nothing on a site either`, async () => {
    const record = await recordOn(target, { askMs: 50 });
    assert.deepEqual(proven(record), []);
    assert.notEqual(record.exitCode, 0);
  });
}
