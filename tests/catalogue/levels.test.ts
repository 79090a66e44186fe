import assert from "node:assert/strict";
import { test } from "node:test";
import { levelOf, ruledLevel } from "../../catalogue/levels.ts";
import type { Basis, Level } from "../../contract/types.ts";

const table: readonly (readonly [Basis, boolean, Level])[] = [
  ["documented", true, "core"],
  ["documented", false, "staff"],
  ["staff", true, "staff"],
  ["staff", false, "staff"],
  ["expert", true, "staff"],
  ["client-code", true, "staff"],
  ["forum", true, "staff"],
  ["inferred", true, "disputed"],
  ["conflicting", true, "disputed"],
  ["open", true, "disputed"],
  ["open", false, "disputed"],
];

for (const [basis, read, level] of table) {
  test(`takes ${basis} words ${read ? "read" : "recalled"} as ${level}`, () => {
    assert.equal(levelOf(basis, read), level);
  });
}

test("counts a row as read when one of its sources was", () => {
  const recalled = { where: "help, Security", read: false };
  assert.equal(ruledLevel({ basis: "documented", sources: [recalled] }), "staff");
  assert.equal(ruledLevel({ basis: "documented", sources: [recalled, { where: "help, Star", read: true }] }), "core");
});
