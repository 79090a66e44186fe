/** Worlds have the features they were made to, and their values meet in all pairs and nearly all triples. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { coverageOf, coverageText } from "../../generators/access/coverage.ts";
import { brokenBy, factorNames, factorValues, isFeasible } from "../../generators/access/factors.ts";
import { featuresOf } from "../../generators/access/features.ts";
import { chances, defaultSettings, knobs, settingsFrom, sizes } from "../../generators/access/settings.ts";
import { featuresAt } from "../../generators/access/steering.ts";
import { randomAccessWorld } from "../../generators/section-access.ts";
import { generatorsPage, generatorsText } from "../../scripts/generate-generators.ts";

const worlds = Array.from({ length: 2000 }, (_, index) => randomAccessWorld(11, index));
const shown = worlds.map(featuresOf);

describe("features", () => {
  test("read off a world are those it was made to", () => {
    worlds.forEach(({ features }, index) => assert.deepEqual(shown[index], { ...features }, `world ${index}`));
  });

  test("read off a world change with the world", () => {
    const [world] = worlds;
    assert.ok(world !== undefined);
    const { loaded, principals, script } = world;
    const lone = { ...loaded, app: loaded.app.slice(0, 1) };
    const before = featuresOf({ loaded, principals, script });
    const after = featuresOf({ loaded: lone, principals: principals.map((who) => ({ ...who, groups: [] })), script });
    assert.deepEqual([after.shape, after.groups], ["single", "none"]);
    assert.notDeepEqual(after, before);
  });

  test("that never meet do not", () => {
    for (const row of shown) assert.equal(brokenBy(row), undefined);
  });

  test("are the same at a position whatever the seed", () => {
    for (const index of [0, 60, 500, 12_345])
      assert.deepEqual(randomAccessWorld(1, index).features, randomAccessWorld(2, index).features);
  });
});

describe("coverage", () => {
  test("is all pairs and at least 95 % of the triples in 2,000 worlds", (t) => {
    const found = coverageOf(shown, factorValues);
    t.diagnostic(coverageText(found));
    assert.ok(found.pairs.feasible > 2000 && found.triples.feasible > 30_000);
    assert.deepEqual(found.pairs.missing, []);
    assert.equal(found.pairs.met, found.pairs.feasible);
    assert.ok(found.triples.met >= 0.95 * found.triples.feasible);
  });

  test("is all pairs already in the first rows, as many as the pairs need", () => {
    const first = Array.from({ length: 120 }, (_, index) => featuresAt(index, defaultSettings));
    const { pairs } = coverageOf(first, factorValues);
    assert.equal(pairs.met, pairs.feasible);
  });

  test("tells what is missing", () => {
    const { pairs, triples } = coverageOf(
      shown.filter(({ omit, load }) => omit !== "star" || load !== "file"),
      factorValues,
    );
    assert.deepEqual(pairs.missing, ["load=file, omit=star"]);
    assert.equal(pairs.met, pairs.feasible - 1);
    assert.ok(triples.met < triples.feasible && triples.missing.length === 20);
    assert.match(coverageText({ worlds: 3, pairs, triples }), /none has load=file, omit=star/);
  });

  test("takes a combination for impossible only by a constraint", () => {
    assert.ok(isFeasible({ reducing: "0", rows: "several", omit: "column" }, factorValues));
    assert.ok(!isFeasible({ reducing: "0", rows: "several", omit: "none" }, factorValues));
    // By two constraints together: nothing reduces, so no star stands among values.
    assert.ok(!isFeasible({ place: "nowhere", stars: "values" }, factorValues));
    assert.ok(!isFeasible({ shape: "star" }, { ...factorValues, shape: ["pair"] }));
  });
});

function refusal(given: unknown): RegExp | undefined {
  try {
    settingsFrom(given);
  } catch (error) {
    assert.ok(error instanceof Error && error.name === "ConformanceError", String(error));
    return new RegExp(error.message);
  }
  return undefined;
}

describe("settings", () => {
  test("narrow what worlds are made of", () => {
    const settings = settingsFrom({
      identity: ["group"],
      shape: ["star"],
      mostPeople: 3,
      mostRows: 4,
      data: ["whole"],
    });
    for (let index = 0; index < 60; index++) {
      const world = randomAccessWorld(3, index, settings);
      const { identity, shape } = featuresOf(world);
      assert.deepEqual([identity, shape], ["group", "star"]);
      assert.ok(world.principals.length <= 3);
      assert.ok(world.loaded.app.every(({ rows }) => rows.length <= 4));
    }
  });

  test("are refused for a knob there is not, a value it does not take, and lists that never meet", () => {
    const refused: readonly unknown[] = [
      [],
      { colour: "red" },
      { mode: "wild" },
      { identity: [] },
      { identity: ["user", "sid"] },
      { identity: "user" },
      { twists: ["flood"] },
      { mostPeople: 0 },
      { mostPeople: 2.5 },
      { named: 1.5 },
      { leastPeople: 6 },
      { mostPeople: 1 },
      { reducing: ["0"], place: ["hub"] },
    ];
    for (const given of refused) assert.ok(refusal(given) !== undefined, JSON.stringify(given));
    assert.equal(refusal({ mostPeople: 1, leastPeople: 1, people: ["plain"] }), undefined);
    assert.equal(refusal({}), undefined);
  });

  test("have a knob each, documented with its default", () => {
    const names = knobs.map(({ name }) => name);
    assert.deepEqual(names.toSorted(), Object.keys(defaultSettings).toSorted());
    assert.equal(names.length, 2 + factorNames.length + Object.keys(sizes).length + Object.keys(chances).length);
    const page = readFileSync(new URL(`../../${generatorsPage}`, import.meta.url), "utf8");
    assert.equal(page, generatorsText(), "run npm run generate");
    for (const { name } of knobs) assert.ok(page.includes(`| \`${name}\` |`), name);
  });
});
