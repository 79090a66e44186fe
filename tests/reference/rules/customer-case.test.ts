import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { dialectOf } from "../../../catalogue/dialects.ts";
import type { RequestContext } from "../../../contract/types.ts";
import { decide, policyOf } from "../../../reference/rules/spec.ts";
import { creationTable, existingTable, site, users, type Row } from "./customer-case.ts";

const policy = policyOf(site, dialectOf("documented"));
const contexts: readonly RequestContext[] = ["hub", "qmc"];
const actions: ReadonlyMap<string, string> = new Map([
  ["R", "read"],
  ["U", "update"],
  ["D", "delete"],
  ["P", "publish"],
]);

/** The letters granted for a cell, on every resource of its row. */
function grantedLetters(row: Row, user: string, context: RequestContext): ReadonlySet<string> {
  const as = users.get(user);
  assert.ok(as !== undefined, user);
  return new Set(
    row.resources.map((resource) =>
      [...actions]
        .filter(([, action]) => decide(policy, { as, resource, action, context }).allowed)
        .map(([letter]) => letter)
        .join(""),
    ),
  );
}

function mayCreate(row: Row, user: string, context: RequestContext): ReadonlySet<boolean> {
  const as = users.get(user);
  assert.ok(as !== undefined, user);
  return new Set(row.resources.map((resource) => decide(policy, { as, resource, action: "create", context }).allowed));
}

describe("the customer case", () => {
  it("has a mark in every cell", () => {
    const rows = [...existingTable, ...creationTable];
    assert.equal(rows.length, 24);
    for (const row of rows) {
      assert.equal(row.cells.size, users.size, row.title);
      assert.ok(row.resources.length > 0, row.title);
      for (const mark of row.cells.values()) assert.match(mark, /^(?:–|R|RU|C|C\(hub\))$/, row.title);
    }
  });

  for (const row of existingTable) {
    it(`grants what the table says: ${row.title}`, () => {
      for (const [user, mark] of row.cells) {
        for (const context of contexts) {
          assert.deepEqual(
            [...grantedLetters(row, user, context)],
            [mark.replace("–", "")],
            `${user} in the ${context}`,
          );
        }
      }
    });
  }

  for (const row of creationTable) {
    it(`lets create what the table says: ${row.title}`, () => {
      for (const [user, mark] of row.cells) {
        assert.deepEqual([...mayCreate(row, user, "hub")], [mark !== "–"], `${user} in the hub`);
        assert.deepEqual([...mayCreate(row, user, "qmc")], [mark === "C"], `${user} in the QMC`);
      }
    });
  }

  it("says which rule lets an administrator of one project create in the other", () => {
    const as = users.get("devAdm");
    const row = creationTable.find(({ title }) => title === "measure in A1x");
    assert.ok(as !== undefined && row?.resources[0] !== undefined);
    const decision = decide(policy, { as, resource: row.resources[0], action: "create", context: "hub" });
    assert.deepEqual(decision.rules, ["TeamAdminCreate"]);
    assert.ok(decision.because.some(({ evidence }) => evidence.includes('user.group = "role_admin"')));
  });
});
