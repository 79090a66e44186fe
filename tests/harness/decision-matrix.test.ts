/** A case's decisions as a table: who asks stands above, and of load balancing the nodes do. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { requirement } from "../../catalogue/index.ts";
import { matrixOf } from "../../harness/pictures.ts";
import { playCase } from "../../harness/play-case.ts";
import { probeText } from "../../reports/words.ts";
import { goldenCases } from "../../suites/golden.ts";
import { evaluatorTarget } from "../../targets/evaluator.ts";

test("tells apps on two nodes apart, in the table and in words", async () => {
  const of = goldenCases("rules").find(({ id }) => id === "rules/sr-611");
  assert.ok(of !== undefined);
  const matrix = matrixOf(await playCase(of, evaluatorTarget("documented"), { strict: false, requirement }));
  assert.deepEqual(matrix?.users, ["node Ledgers", "node North", "node South"]);
  const draft = matrix.rows.find(({ resource }) => resource === "App Draft: loadbalancing");
  // The draft opens on the node for drafts alone.
  assert.deepEqual(
    draft?.cells.map(({ expected, observed }) => `${expected} ${observed}`.trim()),
    ["", "denied denied", "allowed allowed"],
  );
  const [first] = of.asks;
  assert.match(
    probeText(first.probe, (type) => (type === "ServerNodeConfiguration" ? "North" : "Orders")),
    /^node .*North.* asks to loadbalancing App .*Orders.* in the hub$/,
  );
});
