/** Escapes inside the literals of a condition: read as a backslash reading has it, and not at all as documented (SR-308). */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Condition, ConditionOptions } from "../../languages/rule-condition/ast.ts";
import { parseCondition } from "../../languages/rule-condition/parse.ts";
import { printCondition } from "../../languages/rule-condition/print.ts";

function read(condition: string, options: ConditionOptions): { readonly tree: Condition; readonly value: string } {
  const tree = parseCondition(condition, options);
  assert.ok(tree.kind === "comparison" && tree.right.kind === "text", condition);
  return { tree, value: tree.right.value };
}

const texts: readonly (readonly [written: string, value: string])[] = [
  [String.raw`a\\b`, String.raw`a\b`],
  [String.raw`a\"b`, 'a"b'],
  [String.raw`a\wb`, String.raw`a\wb`],
  [String.raw`\\w{8}`, String.raw`\w{8}`],
  [String.raw`a\\`, String.raw`a\ `.trim()],
];

describe("literals with escapes", () => {
  for (const [written, value] of texts) {
    it(`stand for what is escaped and print as written: ${written}`, () => {
      const condition = `user.name = "${written}"`;
      const found = read(condition, { escapes: "backslash" });
      assert.equal(found.value, value);
      assert.equal(printCondition(found.tree), condition);
    });
  }

  it("are refused where the last quote is escaped", () => {
    const open = String.raw`user.name = "a\"`;
    assert.throws(() => parseCondition(open, { escapes: "backslash" }), { code: "rule-syntax" });
    assert.equal(read(open, {}).value, String.raw`a\ `.trim());
  });

  it("are read in linear time", () => {
    const many = "\\".repeat(200_000);
    assert.equal(read(`user.name = "${many}"`, { escapes: "backslash" }).value.length, 100_000);
    assert.throws(() => parseCondition(`user.name = "${many}\\"`, { escapes: "backslash" }), { code: "rule-syntax" });
  });
});

describe("literals without escapes", () => {
  it("leave every backslash alone and end at the first quote", () => {
    assert.equal(read(String.raw`user.name = "a\\b"`, {}).value, String.raw`a\\b`);
    assert.throws(() => parseCondition(String.raw`user.name = "a\"b"`), { code: "rule-syntax" });
  });
});
