import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultDialect, dialectNames, dialectOf, type Dialect } from "../../catalogue/dialects.ts";
import type { Value } from "../../contract/types.ts";
import { modes, type Mode } from "../../generators/access/settings.ts";
import { randomAccessWorld, type AccessWorldOptions } from "../../generators/section-access.ts";
import { defects } from "../../mock/defects/index.ts";
import { engineSeams } from "../../mock/engine/seams.ts";
import { plainSeams } from "../../mock/plain-seams.ts";
import { reduce } from "../../reference/section-access/spec.ts";
import { reload } from "../../reload/index.ts";
import type { LoadedApp } from "../../reload/model.ts";
import { agreement, questionsOf, type Parties, type Question } from "./access-agreement.ts";
import { decisionKinds, decisionRows } from "./decision-rows.ts";

const seed = 20_240_601;
const worlds = 20_000;
/** Some ten thousand questions: what the SQL likes. */
const batch = 2_500;
const dialect = dialectOf("documented");

/** A planted fault has to show within this many worlds. */
const patience = 1_000;

/** Worlds in which each row of the decision table has to be met a hundred times: fewer than are played. */
const tabled = 5_000;

function countRows(questions: readonly Question[], counts: Map<string, number>): void {
  for (const { app, who } of questions)
    for (const row of decisionRows(app, who, dialect)) counts.set(row, (counts.get(row) ?? 0) + 1);
}

function told(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([row, count]) => `${row} ${count}`)
    .join("; ");
}

test(`the reference and the SQL agree on ${worlds} generated worlds, spread over answers and the decision table`, async (t) => {
  const total = { asks: 0, denied: 0, partial: 0, full: 0 };
  const rows = new Map<string, number>();
  for (let from = 0; from < worlds; from += batch) {
    const questions = questionsOf(seed, from, from + batch);
    const found = await agreement(questions, { dialect, seams: engineSeams });
    assert.equal(found.disagreements, 0, `they differ in world ${found.first} of seed ${seed}`);
    total.asks += found.asks;
    for (const name of ["denied", "partial", "full"] as const) total[name] += found.spread[name];
    if (from < tabled) countRows(questions, rows);
  }
  t.diagnostic(
    `section access: ${worlds} worlds, ${total.asks} asks: ${total.denied} denied, ${total.partial} partly reduced, ${total.full} full`,
  );
  t.diagnostic(`decision table, ${tabled} worlds: ${told(rows)}`);
  assert.ok(total.asks >= worlds);
  assert.ok(total.partial / total.asks >= 0.3, `${total.partial} of ${total.asks} partly reduced`);
  assert.ok(total.denied / total.asks <= 0.3, `${total.denied} of ${total.asks} denied`);
  const due = ["USER", "ADMIN"].flatMap((level) => decisionKinds.map((kind) => `${level}: ${kind}`));
  // A blank of USER alone is disputed (SA-STR-03): hostile worlds have it.
  for (const row of due.filter((name) => name !== "USER: only blank"))
    assert.ok((rows.get(row) ?? 0) >= 100, `${row}: ${rows.get(row) ?? 0}`);
  assert.equal(rows.get("USER: only blank"), undefined);
});

test("they agree on hostile worlds, and these have what valid ones leave out", async (t) => {
  const questions = questionsOf(seed, 0, 2_000, { mode: "hostile", mostTwists: 3 });
  const found = await agreement(questions, { dialect, seams: engineSeams });
  assert.equal(found.disagreements, 0, `they differ in world ${found.first} of seed ${seed}`);
  const rows = new Map<string, number>();
  countRows(questions, rows);
  t.diagnostic(`decision table, hostile: ${told(rows)}`);
  assert.ok((rows.get("USER: only blank") ?? 0) >= 10, `${rows.get("USER: only blank") ?? 0}`);
  for (const open of ["SA-STR-03", "SA-STR-10", "SA-ACC-05", "SA-ROW-01", "SA-WLD-05", "SA-RED-10", "SA-SCR-08"])
    assert.ok(found.reasons.has(open), open);
});

for (const name of dialectNames.filter((candidate) => candidate !== defaultDialect)) {
  test(`they agree in the dialect ${name} as well, on valid and on hostile worlds`, async () => {
    const questions = [...questionsOf(seed, 0, 250), ...questionsOf(seed, 250, 500, { mode: "hostile" })];
    const found = await agreement(questions, { dialect: dialectOf(name), seams: engineSeams });
    assert.equal(found.disagreements, 0, `they differ in world ${found.first}`);
    assert.ok(found.asks >= 500);
  });
}

/** The first world on which they differ, within patience; undefined when they do not. */
async function firstDifference(
  parties: Omit<Parties, "dialect">,
  options: AccessWorldOptions = {},
): Promise<number | undefined> {
  for (let from = 0; from < patience; from += 125) {
    const { first } = await agreement(questionsOf(seed, from, from + 125, options), { dialect, ...parties });
    if (first !== undefined) return first;
  }
  return undefined;
}

/** Wrongs of the reduction itself; the others need the wire, a script of their own, a dialect or a golden case. */
const visible: { readonly [mode in Mode]: readonly string[] } = {
  valid: [
    "admin-blank-refused",
    "admin-strict",
    "admin-unreduced",
    "any-absent-value-refuses",
    "case-sensitive-identity",
    "directory-ignored",
    "duplicates-merged",
    "email-matches",
    "first-partner-only",
    "first-row-only",
    "group-ignored",
    "identity-by-prefix",
    "island-reduced",
    "no-propagation",
    "ntname-without-groups",
    "null-kept",
    "numbers-as-text",
    "omit-first-only",
    "omit-ignored",
    "omit-star-hides-all",
    "row-or-matching",
    "rows-apply-to-everybody",
    "star-means-everything",
    "strict-exclusion-off",
    "synthetic-key-by-single-field",
    "values-and-by-row",
    "values-as-written",
  ],
  hostile: ["any-serial", "level-ignored", "mixed-case-data-matches", "omit-exact-case"],
};

for (const mode of modes) {
  for (const name of visible[mode]) {
    test(`a fault planted in the SQL (${name}) shows within ${patience} ${mode} worlds`, async () => {
      const defect = defects.find((candidate) => candidate.name === name);
      assert.ok(defect, `there is no defect ${name}`);
      const { engine } = defect.replace(plainSeams);
      assert.notEqual(await firstDifference({ seams: engine }, { mode }), undefined);
    });
  }
}

type Slip = (question: Question, dialect: Dialect) => ReturnType<typeof reduce>;

function read(switches: Partial<Dialect>): Slip {
  return ({ app, who }, sound) => reduce(app, who, { ...sound, ...switches });
}

function seeing(wrong: (question: Question) => Pick<Question, "app" | "who">): Slip {
  return (question, sound) => {
    const { app, who } = wrong(question);
    return reduce(app, who, sound);
  };
}

function textOf(value: Value): Value {
  return typeof value === "object" && value !== null ? value.t : value;
}

/** The reference, wrong on purpose: by a switch it should not have followed, or blind to a thing worlds have. */
const slips: { readonly [fault: string]: Slip } = {
  strict: read({ strict: false }),
  rowMatch: read({ rowMatch: "or" }),
  adminReduced: read({ adminReduced: false }),
  adminNoMatch: read({ adminNoMatch: "deny" }),
  "sub tables unread": seeing(({ app, who }) => ({ app: { ...app, access: (app.access ?? []).slice(0, 1) }, who })),
  "groups unread": seeing(({ app, who }) => ({ app, who: { ...who, groups: [] } })),
  "duals by their text": seeing(({ app, who }) => ({
    app: {
      ...app,
      access: (app.access ?? []).map((table) => ({ ...table, rows: table.rows.map((row) => row.map(textOf)) })),
    },
    who,
  })),
  "loosened tables linked": seeing(({ app, who }) => ({
    app: { ...app, app: app.app.map((table) => ({ ...table, loosened: false })) },
    who,
  })),
  "the id without blanks at its end": seeing(({ app, who }) => ({ app, who: { ...who, id: who.id.trim() } })),
};

for (const [fault, specification] of Object.entries(slips)) {
  test(`a fault planted in the reference (${fault}) shows within ${patience} worlds`, async () => {
    assert.notEqual(await firstDifference({ seams: engineSeams, specification }), undefined);
  });
}

type How = NonNullable<Parameters<typeof reload>[1]>;

/** Generated worlds know what their script leaves behind without running it: reload/ is held against that. */
function firstMisload(load: (script: string, how: How) => LoadedApp, count: number): number | undefined {
  for (let index = 0; index < count; index++) {
    const { script, files, loaded } = randomAccessWorld(seed, index);
    if (JSON.stringify(load(script, { files: (path) => files[path] })) !== JSON.stringify(loaded)) return index;
  }
  return undefined;
}

test(`reload/ leaves exactly the tables of ${patience} generated worlds behind`, () => {
  assert.equal(firstMisload(reload, patience), undefined);
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
      firstMisload((script, how) => spoil(reload(script, how)), patience),
      undefined,
    );
  });
}
