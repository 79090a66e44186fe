/** Atoms of worlds of rules have the features they were made to, all pairs meet, and every knob does what it says. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { dialectOf } from "../../catalogue/dialects.ts";
import { campaignText, measured } from "../../cli/rule-worlds.ts";
import type { Json, Principal } from "../../contract/types.ts";
import { constraints, factorNames, factorValues, space } from "../../generators/rules/factors.ts";
import { featuresIn } from "../../generators/rules/features.ts";
import { chances, defaultSettings, knobs, settingsFrom, sizes, switches } from "../../generators/rules/settings.ts";
import { featuresAt } from "../../generators/rules/steering.ts";
import { randomRuleWorld, type DrawnRuleWorld, type RuleWorldOptions } from "../../generators/rules.ts";
import { generatorsPage, generatorsText } from "../../scripts/generate-generators.ts";

const documented = dialectOf("documented");
const needed = space.covering(factorValues).length;
const worlds = Array.from({ length: needed }, (_, index) => randomRuleWorld(11, index));
const shown = worlds.map((world) => [...featuresIn(world)]);

function keyOf(row: object): string {
  return JSON.stringify(Object.entries(row).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

describe("features of atoms", () => {
  test("read off a world hold those it was made to, whatever the seed", () => {
    for (const [index, { features }] of worlds.entries()) {
      assert.ok(
        shown[index]?.some((row) => keyOf(row) === keyOf(features)),
        `world ${index}: ${keyOf(features)}`,
      );
    }
    for (let index = 0; index < needed; index += 3) {
      const world = randomRuleWorld(index, index);
      const found = [...featuresIn(world)].some((row) => keyOf(row) === keyOf(world.features));
      assert.ok(found, `seed ${index}: ${keyOf(world.features)}`);
    }
  });

  test("are the same at a position whatever the seed", () => {
    for (const index of [0, 60, 500, 12_345])
      assert.deepEqual(randomRuleWorld(1, index).features, randomRuleWorld(2, index).features);
  });

  test("that never meet do not", () => {
    const rows = shown.flat();
    assert.ok(rows.length > 2000);
    for (const row of rows) assert.ok(!space.isBroken(row), keyOf(row));
  });

  test("change with the world they are read off", () => {
    const [world] = worlds;
    assert.ok(world);
    const questions = world.questions.map((question) => ({ ...question, action: "offlineaccess" }));
    assert.notDeepEqual([...featuresIn({ ...world, questions })], shown[0]);
  });
});

describe("pairs of features", () => {
  test("meet all in as many worlds as the pairs need, each where a question has the atom evaluated", (t) => {
    const { feasible, met, missing, impossible } = space.met(shown.flat(), factorValues);
    t.diagnostic(`${met} of ${feasible} pairs in ${needed} worlds, ${impossible} never meet`);
    assert.ok(feasible > 1000 && needed < 300);
    assert.deepEqual(missing, []);
    assert.equal(met, feasible);
  });

  test("that are missing are told", () => {
    const rows = shown.flat().filter(({ operator, left }) => operator !== "like" || left !== "roles");
    const { feasible, met, missing } = space.met(rows, factorValues);
    assert.ok(missing.includes("operator=like, left=roles"), missing.join("; "));
    assert.ok(missing.length < 10);
    assert.equal(met, feasible - missing.length);
  });

  test("are impossible only by a constraint, and each of those gives its reason", () => {
    assert.ok(!space.isFeasible({ operator: "like", right: "roles" }, factorValues));
    // By two together: what lacks values is alike in nothing, and != has exactly one on each side.
    assert.ok(!space.isFeasible({ operator: "!=", near: "none" }, factorValues));
    assert.ok(space.isFeasible({ operator: "=", left: "three steps", rightCount: "several" }, factorValues));
    assert.ok(constraints.every(({ because }) => because !== ""));
  });
});

test("a campaign tells what it grants, and nearly every atom is true for some and false for others", (t) => {
  const many = [1, 2].map((seed) => measured({ seed, count: 40, settings: defaultSettings }, documented));
  const [both, missed] = [
    many.reduce((sum, { sides }) => sum + sides.both, 0),
    many.reduce((sum, { sides }) => sum + sides.missed, 0),
  ];
  t.diagnostic(`${both} of ${both + missed} atoms of either kind`);
  assert.ok(both > 300 && both / (both + missed) >= 0.95, `${both}, ${missed} missed`);
  const text = campaignText(many[0] ?? assert.fail());
  assert.match(text, /^40 worlds\ngranted: \d+ of 320 questions \(\d/);
  assert.match(text, /never meet, each for one of these reasons:\n {4}a function has nothing behind it/);
  // Atoms drawn without regard to the types of their rules are one-sided, and told so.
  const blind = measured({ seed: 1, count: 15, settings: { ...defaultSettings, oneSided: 1 } }, documented);
  const asked = blind.sides.bound.get("it asks for what the types of its rule do not offer") ?? 0;
  assert.ok(asked > (many[0]?.sides.bound.get("it asks for what the types of its rule do not offer") ?? 0));
});

function fieldsOf(world: DrawnRuleWorld, field: string): readonly (Json | undefined)[] {
  return (world.site.entities["SystemRule"] ?? []).map((rule) => rule[field]);
}

function countIn(world: DrawnRuleWorld, type: string): number {
  return (world.site.entities[type] ?? []).length;
}

type Measure = (world: DrawnRuleWorld) => number;

function matching(field: string, isSo: (value: Json | undefined) => boolean): Measure {
  return (world) => fieldsOf(world, field).filter(isSo).length;
}

function inText(pattern: RegExp): Measure {
  return matching("rule", (text) => typeof text === "string" && pattern.test(text));
}

/** Somebody is in all the groups of another but one. */
function isShort({ principals }: DrawnRuleWorld): number {
  const all = principals.map(({ groups }) => groups);
  const pairs = all.flatMap((groups) =>
    all
      .filter((other) => other.length === groups.length - 1 && other.length > 1)
      .map((other) => other.every((name) => groups.includes(name))),
  );
  return pairs.filter((short) => short).length;
}

const wouldBes: Measure = ({ questions }) => questions.filter(({ resource }) => "wouldBe" in resource).length;

/** What each knob changes: less of it by the first value, more by the second. */
const effects: { readonly [knob: string]: readonly [less: unknown, more: unknown, measure: Measure] } = {
  leastRules: [1, 8, (world) => countIn(world, "SystemRule")],
  mostRules: [2, 20, (world) => countIn(world, "SystemRule")],
  questions: [2, 12, ({ questions }) => questions.length],
  mostTerms: [1, 30, (world) => JSON.stringify(fieldsOf(world, "rule")).length],
  mostGroups: [0, 6, ({ principals }) => principals.flatMap(({ groups }) => groups).length],
  mostStreams: [1, 9, (world) => countIn(world, "Stream")],
  mostApps: [1, 9, (world) => countIn(world, "App")],
  mostObjects: [0, 9, (world) => countIn(world, "App.Object")],
  mostConnections: [0, 9, (world) => countIn(world, "DataConnection")],
  mostTasks: [0, 9, (world) => countIn(world, "ReloadTask")],
  aimed: [0, 1, (world) => [...featuresIn(world)].length],
  wouldBe: [0, 1, wouldBes],
  visitor: [0, 1, ({ questions }) => questions.filter(({ as }) => as.directory === "NONE").length],
  capitals: [0, 1, ({ questions }) => questions.filter(({ as }) => as.id === as.id.toUpperCase()).length],
  disabled: [0, 1, matching("disabled", (value) => value === true)],
  otherCategory: [0, 1, matching("category", (value) => value === "License")],
  shipped: [0, 1, inText(/IsOwned\(\) and|^\(\(user\.group=|AuditAdmin" and/)],
  blank: [0, 1, matching("rule", (text) => text === "")],
  broken: [0, 1, inText(/AND|indexOf|^!resource.published$|="Sales$|like user/)],
  oneSided: [0, 1, inText(/nosuch/)],
  nested: [0, 1, ({ nesting }) => Object.keys(nesting).length],
  short: [0, 1, isShort],
  disputed: [false, true, inText(/\?orth|Sale\?|SALES\.\*|"north"|Sales\|Finance/)],
  negation: [false, true, inText(/!/)],
  privileges: [false, true, inText(/HasPrivilege/i)],
  negatedPrivileges: [false, true, inText(/!(?:resource[\w.]*\.hasprivilege|\(resource[\w.]*\.hasprivilege)/i)],
};

function totalOf(measure: Measure, options: RuleWorldOptions): number {
  const plain = { privileges: true, ...options };
  return Array.from({ length: 16 }, (_, index) => measure(randomRuleWorld(5, index, plain))).reduce((a, b) => a + b, 0);
}

describe("settings", () => {
  for (const [knob, [less, more, measure]] of Object.entries(effects)) {
    test(`${knob} makes less by ${String(less)} than by ${String(more)}`, () => {
      const [low, high] = [less, more].map((value) => totalOf(measure, settingsFrom({ [knob]: value })));
      assert.ok((low ?? 0) < (high ?? 0), `${low} and ${high}`);
    });
  }

  test("leave no size, chance or switch without effect", () => {
    const named = [...Object.keys(sizes), ...Object.keys(chances), ...Object.keys(switches)];
    assert.deepEqual(
      named.filter((name) => !Object.hasOwn(effects, name)),
      ["mostTwists"],
    );
    const [few, many] = [1, 10].map((mostTwists) =>
      totalOf(({ twists }) => twists.length, { mode: "hostile", mostTwists }),
    );
    assert.ok(few === 16 && (many ?? 0) > 32, `${few}, ${many}`);
  });

  test("narrow the features of the atom made to order", () => {
    const settings = settingsFrom({ operator: ["like", "Empty"], left: ["roles", "one step"], under: ["negated"] });
    for (let index = 0; index < 40; index++) {
      const { operator, left, under } = randomRuleWorld(3, index, settings).features;
      assert.ok(["like", "Empty"].includes(operator) && ["roles", "one step"].includes(left) && under === "negated");
      assert.deepEqual(featuresAt(index, settings).under, "negated");
    }
  });

  test("are refused for a knob there is not, a value it does not take, and lists that never meet", () => {
    const refused: readonly unknown[] = [
      [],
      null,
      { colour: "red" },
      { mode: "wild" },
      { twists: [] },
      { twists: ["flood"] },
      { operator: ["<"] },
      { operator: "=" },
      { mostRules: 0 },
      { mostRules: 2.5 },
      { leastRules: 9 },
      { blank: 1.5 },
      { privileges: "yes" },
      { operator: ["like"], right: ["roles"] },
      { negation: false, operator: ["Empty"] },
    ];
    for (const given of refused) {
      assert.throws(
        () => settingsFrom(given),
        (error) => error instanceof Error && error.name === "ConformanceError",
        JSON.stringify(given),
      );
    }
    assert.deepEqual(settingsFrom({}), defaultSettings);
  });

  test("have a knob each, documented with its default", () => {
    const names = knobs.map(({ name }) => name);
    assert.deepEqual(names.toSorted(), Object.keys(defaultSettings).toSorted());
    const page = readFileSync(new URL(`../../${generatorsPage}`, import.meta.url), "utf8");
    assert.equal(page, generatorsText(), "run npm run generate");
    const [, rules = ""] = page.split("## Worlds of rules");
    for (const name of [...names, ...factorNames]) assert.ok(rules.includes(`| \`${name}\` |`), name);
  });
});

/** Groups of a user's row. */
function rowGroups({ site }: DrawnRuleWorld, { directory, id }: Principal): readonly string[] {
  const row = (site.entities["User"] ?? []).find((one) => one["userDirectory"] === directory && one["userId"] === id);
  const list = (row?.["attributes"] ?? []) as readonly {
    readonly attributeType: string;
    readonly attributeValue: string;
  }[];
  return list.flatMap(({ attributeType, attributeValue }) => (attributeType === "group" ? [attributeValue] : []));
}

test("groups that are members of others are held with them by everybody", () => {
  const held = Array.from({ length: 200 }, (_, index) => randomRuleWorld(21, index)).flatMap((world) =>
    world.principals.flatMap((who) => {
      const groups = new Set([...who.groups, ...rowGroups(world, who)]);
      const inner = Object.entries(world.nesting).filter(([name]) => groups.has(name));
      return inner.map(([name, outers]) => ({ name, whole: outers.every((outer) => groups.has(outer)) }));
    }),
  );
  assert.ok(held.length > 50, `${held.length}`);
  assert.deepEqual(
    held.filter(({ whole }) => !whole),
    [],
  );
});
