import assert from "node:assert/strict";
import { test } from "node:test";
import type { RequirementId } from "../../contract/types.ts";
import { blamed } from "../../harness/blame.ts";
import type { Counts } from "../../harness/groups.ts";

const tallies = new Map<RequirementId, Counts>([
  ["SA-SYS-02", { pass: 200, fail: 3 }],
  ["SA-WLD-02", { pass: 5, fail: 2 }],
  ["SA-STR-02", { pass: 30, fail: 1 }],
]);

test("blames the requirement whose asks fail most often, not those that merely take part", () => {
  assert.deepEqual(blamed([["SA-SYS-02", "SA-WLD-02"]], tallies), [["SA-WLD-02"]]);
});

test("counts nothing against a requirement that another failure already explains", () => {
  const failures: RequirementId[][] = [
    ["SA-SYS-02", "SA-WLD-02"],
    ["SA-SYS-02", "SA-WLD-02"],
    ["SA-SYS-02", "SA-STR-02"],
  ];
  assert.deepEqual(blamed(failures, tallies), [["SA-WLD-02"], ["SA-WLD-02"], ["SA-STR-02"]]);
});

test("shares the blame between equals, and leaves no failure without one", () => {
  const equal = new Map<RequirementId, Counts>([
    ["SA-WLD-02", { fail: 1 }],
    ["SA-WLD-07", { fail: 1 }],
  ]);
  assert.deepEqual(blamed([["SA-WLD-02", "SA-WLD-07"]], equal), [["SA-WLD-02", "SA-WLD-07"]]);
  assert.deepEqual(blamed([["SA-OMT-01"]], new Map()), [["SA-OMT-01"]]);
  assert.deepEqual(blamed([[]], new Map()), [[]]);
});
