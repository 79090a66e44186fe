import assert from "node:assert/strict";
import { test } from "node:test";
import { dialectNames, dialectOf, switchRequirement } from "../../catalogue/dialects.ts";
import { exclusions } from "../../catalogue/exclusions.ts";
import { requirement, requirements } from "../../catalogue/index.ts";
import { ruledLevel } from "../../catalogue/levels.ts";
import { requirementParser } from "../../contract/parsers.ts";
import type { Requirement } from "../../contract/types.ts";

const modals = /\b(should|must|shall|may|might|can|could|will|would)\b/i;

function titleFaults(rows: readonly Pick<Requirement, "id" | "title">[]): string[] {
  const titles = rows.map((row) => row.title);
  return rows
    .filter(({ title }, index) => {
      const plain = title.trim() === title && title.length > 10 && title.length <= 100 && !title.includes("\n");
      return !plain || modals.test(title) || titles.indexOf(title) !== index || /[.:;]$/.test(title);
    })
    .map((row) => row.id);
}

test("keeps every row in the shape of a requirement", () => {
  for (const row of requirements) assert.deepEqual(requirementParser.parse(row), row);
});

test("gives every requirement one short title of its own", () => {
  assert.deepEqual(titleFaults(requirements), []);
});

test("notices long, modal and repeated titles", () => {
  const rows = [
    { id: "SA-A", title: "refuses a token of another proxy" },
    { id: "SA-B", title: "refuses a token of another proxy" },
    { id: "SA-C", title: "should refuse a token of another proxy" },
    { id: "SA-D", title: "refuses ".repeat(20).trim() },
  ] as const;
  assert.deepEqual(titleFaults(rows), ["SA-B", "SA-C", "SA-D"]);
});

test("backs every requirement with a statement and a source", () => {
  for (const row of requirements) {
    assert.ok(row.statement.length > 20 && /[.!`)]$/.test(row.statement), row.id);
    assert.ok(row.sources.length > 0, row.id);
    for (const source of row.sources) assert.ok(source.where.length > 5, row.id);
  }
});

test("gives every requirement the level of its basis, or says why not", () => {
  const apart = requirements.filter((row) => row.level !== ruledLevel(row));
  assert.deepEqual(
    apart.map((row) => row.id),
    requirements.filter((row) => row.levelReason !== undefined).map((row) => row.id),
  );
  assert.deepEqual(
    apart.map((row) => row.id),
    ["SEC-11", "SR-527"],
  );
});

test("calls nothing core or staff that only follows from something else", () => {
  const unread = requirements.filter((row) => row.level === "core" && !row.sources.some((source) => source.read));
  assert.deepEqual(
    unread.map((row) => row.id),
    [],
  );
});

test("names for every switch the requirement whose sources conflict, and the other way round", () => {
  const switches = Object.keys(dialectOf("documented"));
  assert.deepEqual(Object.keys(switchRequirement).sort(), switches.toSorted());
  for (const [name, id] of Object.entries(switchRequirement)) {
    const row = requirement(id);
    assert.ok(row?.dialectSwitch !== undefined && switches.includes(row.dialectSwitch), `${name}: ${id}`);
  }
  for (const row of requirements) {
    if (row.dialectSwitch !== undefined) assert.ok(switches.includes(row.dialectSwitch), row.id);
  }
});

test("gives every dialect a full record and refuses an unknown one", () => {
  assert.equal(dialectNames.length, 7);
  const switches = Object.keys(dialectOf("documented"));
  for (const name of dialectNames) assert.deepEqual(Object.keys(dialectOf(name)), switches);
  assert.throws(() => dialectOf("toString"), /unknown dialect/);
});

test("tells every dialect but the default from the documented one", () => {
  const records = dialectNames.map((name) => JSON.stringify(dialectOf(name)));
  assert.equal(new Set(records).size, dialectNames.length);
});

test("excludes at most a tenth of what could fail, and no more than is pinned", () => {
  const scored = requirements.filter((row) => row.level !== "disputed");
  const excluded = requirements.filter((row) => row.excluded !== undefined);
  assert.equal(excluded.length, Object.keys(exclusions).length, "an exclusion names a requirement that does not exist");
  assert.deepEqual(
    excluded.filter((row) => row.level === "disputed").map((row) => row.id),
    [],
  );
  assert.ok(excluded.length <= 32, `${excluded.length} exclusions; the list does not grow`);
  assert.ok(excluded.length <= scored.length / 10, `${excluded.length} of ${scored.length}`);
  for (const row of excluded) assert.ok((row.excluded ?? "").length > 20, row.id);
});
