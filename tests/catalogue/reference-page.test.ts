import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { requirements } from "../../catalogue/index.ts";
import { requirementsPage, requirementsText } from "../../scripts/generate-requirements.ts";

const page = readFileSync(new URL(`../../${requirementsPage}`, import.meta.url), "utf8");

test("publishes the catalogue as it is", () => {
  assert.equal(page, requirementsText(), "run scripts/generate-requirements.ts");
});

test("gives every requirement one line of its own", () => {
  const rows = page.split("\n").filter((line) => /^\| [A-Z]{2,3}-/.test(line));
  assert.equal(rows.length, requirements.length);
  for (const row of rows) assert.equal(row.replaceAll("\\|", "").split("|").length, 7, row);
});

test("leaves no angle bracket outside code, where it would vanish", () => {
  const plain = page.replaceAll(/`[^`]*`/g, "");
  assert.doesNotMatch(plain, /<\w/);
});
