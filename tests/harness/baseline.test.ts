import assert from "node:assert/strict";
import { test } from "node:test";
import { ConformanceError } from "../../contract/errors.ts";
import { parseBaseline, weigh } from "../../harness/baseline.ts";
import { playGroup } from "../../harness/play.ts";
import { assemble } from "../../harness/record.ts";
import type { RunRecord } from "../../contract/run.ts";
import * as trading from "./trading.ts";

async function failing(): Promise<RunRecord> {
  const options = {
    strict: false,
    requirement: trading.requirement,
    selection: { seed: 1, count: 1, dialect: "documented" },
  };
  const group = trading.groupOf("cases", [trading.reducedCase()]);
  const result = await playGroup(
    group,
    trading.targetOf(() => trading.view(trading.regions)),
    options,
  );
  const chosen = {
    product: "p",
    target: "t",
    dialect: "documented",
    dialectDeclared: false,
    seed: 1,
    casesPerCampaign: 1,
    strict: false,
  };
  return assemble([result], { ...chosen, suites: ["section-access"] }, trading.rows);
}

test("a known failure does not fail the run, another one of the same requirement does", async () => {
  const record = await failing();
  assert.equal(record.findings.length, 3);
  const all = record.findings.map(({ key }) => ({ key, reason: "ticket 12" }));
  assert.equal(weigh(record, []).exitCode, 1);
  assert.equal(weigh(record, all).exitCode, 0);
  const one = weigh(record, all.slice(0, 1));
  assert.deepEqual(
    [one.exitCode, one.fresh.map(({ key }) => key)],
    [1, record.findings.slice(1).map(({ key }) => key)],
  );
});

test("a requirement's id covers all its failures", async () => {
  assert.equal(weigh(await failing(), [{ key: "SA-ROW-01", reason: "not fixed yet" }]).exitCode, 0);
});

test("a stale entry fails", async () => {
  const record = await failing();
  const entries = [
    { key: "SA-ROW-01", reason: "r" },
    { key: "SA-DIS-01", reason: "fixed long ago" },
  ];
  const { exitCode, stale } = weigh(record, entries);
  assert.deepEqual([exitCode, stale.map(({ key }) => key)], [1, ["SA-DIS-01"]]);
});

test("no baseline hides an error of the tool or doubt", async () => {
  const record = await failing();
  const entry = [{ key: "SA-ROW-01", reason: "r" }];
  assert.equal(weigh({ ...record, exitCode: 4 }, entry).exitCode, 4);
  assert.equal(weigh({ ...record, totals: { ...record.totals, inconclusive: 1 } }, entry).exitCode, 3);
});

test("reads one key a line under its reason", () => {
  const text = "# star of one table only, ticket 12\nSA-WLD-02-12345678\nSA-WLD-03\n\n# known\nSA-ROW-01\n";
  assert.deepEqual(parseBaseline(text, "b.txt"), [
    { key: "SA-WLD-02-12345678", reason: "star of one table only, ticket 12" },
    { key: "SA-WLD-03", reason: "star of one table only, ticket 12" },
    { key: "SA-ROW-01", reason: "known" },
  ]);
});

function place(text: string): unknown {
  try {
    return parseBaseline(text, "b.txt");
  } catch (error) {
    return error instanceof ConformanceError ? [error.code, error.details.line] : error;
  }
}

test("refuses an entry without a reason, and one that stands twice", () => {
  assert.deepEqual(place("# why\nSA-ROW-01\n\nSA-ROW-02\n"), ["input", 4]);
  assert.deepEqual(place("# why\nSA-ROW-01\nSA-ROW-01\n"), ["input", 3]);
});
