import assert from "node:assert/strict";
import { test } from "node:test";
import { dialectOf } from "../../catalogue/dialects.ts";
import { randomAccessWorld } from "../../generators/section-access.ts";
import { defects } from "../../mock/defects/index.ts";
import { engineSeams } from "../../mock/engine/seams.ts";
import { plainSeams } from "../../mock/plain-seams.ts";
import { reduce } from "../../reference/section-access/spec.ts";
import { reload } from "../../reload/index.ts";
import type { LoadedApp } from "../../reload/model.ts";
import { agreement, questionsOf } from "./access-agreement.ts";

const seed = 20_240_601;
const worlds = 20_000;
const batch = 2_000;
const dialect = dialectOf("documented");

/** A planted fault has to show within this many worlds. */
const patience = 1_000;

test(`the reference and the SQL agree on ${worlds} generated worlds, and most answers are neither denials nor everything`, async (t) => {
  const total = { asks: 0, denied: 0, partial: 0, full: 0 };
  for (let from = 0; from < worlds; from += batch) {
    const found = await agreement(questionsOf(seed, from, from + batch), { dialect, seams: engineSeams });
    assert.equal(found.disagreements, 0, `they differ in world ${found.first} of seed ${seed}`);
    total.asks += found.asks;
    for (const name of ["denied", "partial", "full"] as const) total[name] += found.spread[name];
  }
  t.diagnostic(
    `section access: ${worlds} worlds, ${total.asks} asks: ${total.denied} denied, ${total.partial} partly reduced, ${total.full} full`,
  );
  assert.ok(total.asks >= worlds);
  assert.ok(total.partial / total.asks >= 0.3, `${total.partial} of ${total.asks} partly reduced`);
  assert.ok(total.denied / total.asks <= 0.3, `${total.denied} of ${total.asks} denied`);
});

const others = ["cloud", "cm-2018", "cm-1.1", "qlikview-desktop", "qlikview-server"];

for (const name of others) {
  test(`they agree in the dialect ${name} as well`, async () => {
    const found = await agreement(questionsOf(seed, 0, 500), { dialect: dialectOf(name), seams: engineSeams });
    assert.equal(found.disagreements, 0, `they differ in world ${found.first}`);
    assert.ok(found.asks >= 500);
  });
}

/** Wrongs of the reduction itself that the default worlds can show; the others need the wire, a dialect or a golden case. */
const visible = [
  "admin-blank-refused",
  "admin-unreduced",
  "case-sensitive-identity",
  "duplicates-merged",
  "first-row-only",
  "group-ignored",
  "identity-by-prefix",
  "island-reduced",
  "no-propagation",
  "null-kept",
  "omit-first-only",
  "omit-ignored",
  "row-or-matching",
  "rows-apply-to-everybody",
  "star-means-everything",
  "strict-exclusion-off",
  "synthetic-key-by-single-field",
  "values-and-by-row",
  "values-as-written",
];

for (const name of visible) {
  test(`a fault planted in the SQL (${name}) shows within ${patience} worlds`, async () => {
    const defect = defects.find((candidate) => candidate.name === name);
    assert.ok(defect, `there is no defect ${name}`);
    const { engine } = defect.replace(plainSeams);
    assert.ok((await agreement(questionsOf(seed, 0, patience), { dialect, seams: engine })).disagreements > 0);
  });
}

/** The reference, wrong on purpose: by a switch it should not have followed. */
const slips = { strict: false, rowMatch: "or", adminReduced: false, adminNoMatch: "deny" } as const;

for (const [name, value] of Object.entries(slips)) {
  test(`a fault planted in the reference (${name}) shows within ${patience} worlds`, async () => {
    const found = await agreement(questionsOf(seed, 0, patience), {
      dialect,
      seams: engineSeams,
      specification: ({ app, who }, sound) => reduce(app, who, { ...sound, [name]: value }),
    });
    assert.ok(found.disagreements > 0);
  });
}

/** Generated worlds know what their script leaves behind without running it: reload/ is held against that. */
function firstMisload(load: (script: string) => LoadedApp, count: number): number | undefined {
  for (let index = 0; index < count; index++) {
    const { script, loaded } = randomAccessWorld(seed, index);
    if (JSON.stringify(load(script)) !== JSON.stringify(loaded)) return index;
  }
  return undefined;
}

test(`reload/ leaves exactly the tables of ${patience} generated worlds behind`, () => {
  assert.equal(
    firstMisload((script) => reload(script), patience),
    undefined,
  );
});

const misloads: { readonly [fault: string]: (app: LoadedApp) => LoadedApp } = {
  "the last row of a table is lost": (app) => ({
    ...app,
    app: app.app.map((table) => ({ ...table, rows: table.rows.slice(0, -1) })),
  }),
  "numbers are read as texts": (app) => ({
    ...app,
    app: app.app.map((table) => ({
      ...table,
      rows: table.rows.map((row) => row.map((value) => (typeof value === "number" ? String(value) : value))),
    })),
  }),
  "the access section is taken for application tables": ({ app }) => ({ app }),
  "duplicate rows are dropped": (app) => ({
    ...app,
    app: app.app.map((table) => ({
      ...table,
      rows: [...new Map(table.rows.map((row) => [JSON.stringify(row), row])).values()],
    })),
  }),
};

for (const [fault, spoil] of Object.entries(misloads)) {
  test(`a fault planted in reload/ (${fault}) shows within ${patience} worlds`, () => {
    assert.notEqual(
      firstMisload((script) => spoil(reload(script)), patience),
      undefined,
    );
  });
}
