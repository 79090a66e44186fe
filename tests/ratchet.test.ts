/** What is covered stays covered. `npx tsx scripts/generate-coverage.ts` adds what is new. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { coverage, owing } from "../scripts/coverage.ts";
import { coveragePage, coverageText, readRatchet } from "../scripts/generate-coverage.ts";

/** Ids that are no longer there; an excluded or disputed requirement owes nothing. */
function lost(before: readonly string[], now: readonly string[]): readonly string[] {
  return before.filter((id) => !now.includes(id));
}

const now = coverage();
const ratchet = readRatchet();

test("keeps a proof pair for every requirement that had one", () => {
  assert.ok(ratchet.paired.length >= 236, `${ratchet.paired.length}`);
  assert.deepEqual(lost(ratchet.paired, now.paired), []);
});

test("keeps a defect for every requirement that had one", () => {
  assert.ok(ratchet.broken.length >= 201, `${ratchet.broken.length}`);
  assert.deepEqual(lost(ratchet.broken, now.broken), []);
});

test("names what is lost", () => {
  assert.deepEqual(lost(["SA-WLD-02", "SR-344"], ["SR-344"]), ["SA-WLD-02"]);
});

test("holds what is newly covered in the ratchet and on the page", () => {
  assert.deepEqual([lost(now.paired, ratchet.paired), lost(now.broken, ratchet.broken)], [[], []]);
  const page = readFileSync(new URL(`../${coveragePage}`, import.meta.url), "utf8");
  assert.equal(page, coverageText(), "run scripts/generate-coverage.ts");
});

test("tells by name what is not yet covered", () => {
  const open = owing.filter(({ id }) => !now.paired.includes(id) || !now.broken.includes(id));
  for (const { id } of open) assert.match(coverageText(), new RegExp(`^\\| ${id} \\|`, "m"));
});
