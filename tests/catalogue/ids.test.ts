import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { requirement, requirements, requirementsOf } from "../../catalogue/index.ts";

/** Every id ever given, one a line. Ids are only appended: an id that leaves the catalogue stays here and fails. */
const given = readFileSync(new URL("ids.txt", import.meta.url), "utf8")
  .trim()
  .split("\n");

const perPrefix: { readonly [prefix: string]: number } = {
  SA: 121,
  LS: 48,
  IM: 80,
  SEC: 12,
  QR: 44,
  EN: 32,
  UD: 8,
  BR: 10,
  CL: 3,
  SR: 135,
};

function lostAndUnpinned(ids: readonly string[], pinned: readonly string[]): { lost: string[]; unpinned: string[] } {
  return {
    lost: pinned.filter((id) => !ids.includes(id)),
    unpinned: ids.filter((id) => !pinned.includes(id)),
  };
}

const ids = requirements.map((row) => row.id);

test("gives every requirement an id of its own, sorted", () => {
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(ids, ids.toSorted());
});

test("keeps every id ever given and pins every new one", () => {
  assert.deepEqual(lostAndUnpinned(ids, given), { lost: [], unpinned: [] });
});

test("notices an id that is removed and one that is not pinned", () => {
  const renamed = ids.map((id) => (id === "SA-WLD-02" ? "SA-WLD-99" : id));
  assert.deepEqual(lostAndUnpinned(renamed, given), { lost: ["SA-WLD-02"], unpinned: ["SA-WLD-99"] });
});

test("holds as many requirements of each prefix as were documented", () => {
  const counts: { [prefix: string]: number } = {};
  for (const id of ids) {
    const prefix = id.slice(0, id.indexOf("-"));
    counts[prefix] = (counts[prefix] ?? 0) + 1;
  }
  assert.deepEqual(counts, perPrefix);
});

test("finds a requirement by its id and nothing by another text", () => {
  assert.equal(requirement("SA-WLD-02")?.area, "section-access");
  assert.equal(requirement("sa-wld-02"), undefined);
  assert.equal(requirement("toString"), undefined);
});

test("divides the catalogue into three areas", () => {
  const parts = (["section-access", "impersonation", "rules"] as const).map((area) => requirementsOf(area));
  assert.deepEqual(
    parts
      .flat()
      .map((row) => row.id)
      .sort(),
    ids,
  );
  for (const part of parts) assert.ok(part.length > 100);
});

test("puts engine requirements up to EN-016 to impersonation and later ones to section access", () => {
  assert.equal(requirement("EN-015")?.area, "impersonation");
  assert.equal(requirement("EN-020")?.area, "section-access");
});
