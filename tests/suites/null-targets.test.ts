import assert from "node:assert/strict";
import { test } from "node:test";
import { requirement, requirements } from "../../catalogue/index.ts";
import type { Target } from "../../contract/types.ts";
import type { RunRecord } from "../../contract/run.ts";
import { playGroup } from "../../harness/play.ts";
import { assemble } from "../../harness/record.ts";
import { groupsOf } from "../../suites/groups.ts";
import { areas } from "../../suites/selection.ts";
import { referenceTarget } from "../../targets/reference.ts";
import { nullTargets } from "./null-target.ts";

const options = {
  strict: false,
  requirement,
  selection: { seed: 1, count: 0, dialect: "documented" },
  prepareMs: 10_000,
} as const;

/** `askMs`: how long a question waits; a target that never answers makes every one wait that long. */
async function recordOf(target: Target, askMs = 50): Promise<RunRecord> {
  const results = [];
  for (const group of groupsOf({ suites: areas, dialect: "documented", cases: 0 })) {
    results.push(await playGroup(group, target, { ...options, askMs }));
  }
  return assemble(
    results,
    {
      product: "qlik-conformance",
      target: target.name,
      dialect: "documented",
      dialectDeclared: target.dialect !== undefined,
      suites: areas,
      seed: 1,
      casesPerCampaign: 0,
      strict: false,
    },
    requirements,
  );
}

function proven(record: RunRecord): readonly string[] {
  return record.requirements.filter(({ standing }) => standing === "proven").map(({ id }) => id);
}

test("the reference itself gets requirements of all three areas proven, so that nothing proven means something", async () => {
  const record = await recordOf(referenceTarget("documented"));
  assert.equal(record.totals.fail, 0);
  for (const area of areas) {
    const standings = record.headline.find((headline) => headline.area === area)?.standings;
    assert.ok((standings?.proven ?? 0) >= 10, `${area}: ${standings?.proven} proven`);
  }
});

for (const target of nullTargets(referenceTarget("documented"))) {
  test(`a target with the rule "${target.name}" gets nothing proven`, async () => {
    const record = await recordOf(target, target.name === "slow" ? 5 : 50);
    assert.deepEqual(proven(record), []);
    assert.notEqual(record.exitCode, 0);
  });
}
