import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fingerprintOf } from "../../../analysis/fingerprint/decode.ts";
import { accessSwitches } from "../../../analysis/fingerprint/probes.ts";
import { answerUnder } from "../../../analysis/fingerprint/simulate.ts";
import type { Fingerprint } from "../../../analysis/fingerprint/types.ts";
import { dialectNames, dialectOf, type Dialect } from "../../../catalogue/dialects.ts";
import { dialectWith, readings } from "../../../catalogue/readings.ts";
import type { Outcome } from "../../../contract/types.ts";
import { diceOf } from "../../../generators/dice.ts";
import { matches } from "../../../harness/compare.ts";
import { defects } from "../../../mock/defects/index.ts";
import { plainSeams } from "../../../mock/plain-seams.ts";
import { allAsks, anyRecord, byReference, bySql, heardAs } from "./hearing.ts";

/** Whether a record is among those a fingerprint leaves. */
function allows(found: Fingerprint, record: Dialect): boolean {
  return (
    found.settled.every((one) => record[one.switch] === one.reading) &&
    found.open.every(({ switches, alternatives }) =>
      alternatives.some((one) => switches.every((name) => one[name] === record[name])),
    )
  );
}

function alike(left: readonly Outcome[], right: readonly Outcome[]): boolean {
  return left.every((answer, at) => right[at] !== undefined && matches(answer, right[at]));
}

/** Records near one: every one that differs in one switch, and some that differ in two. */
function neighbours(record: Dialect): readonly Dialect[] {
  const singles = accessSwitches.flatMap((name) =>
    readings[name].filter((reading) => reading !== record[name]).map((reading) => ({ ...record, [name]: reading })),
  );
  const dice = diceOf(singles.length, 3);
  const pairs = Array.from({ length: 40 }, () => {
    const [left, right] = [singles[dice.below(singles.length)], singles[dice.below(singles.length)]];
    const changed = Object.entries(right ?? {}).filter(([name, value]) => value !== Reflect.get(record, name));
    return { ...record, ...left, ...Object.fromEntries(changed) };
  });
  return [...singles, ...pairs];
}

function someMember(found: Fingerprint, seed: number): Dialect {
  const dice = diceOf(seed, 17);
  const chosen = found.open.map(({ alternatives }) => alternatives[dice.below(alternatives.length)]);
  const settled = found.settled.map((one) => [one.switch, one.reading]);
  return dialectWith(Object.assign({}, Object.fromEntries(settled), ...chosen));
}

const mocks = 50;

describe("fingerprints", () => {
  test(`name the readings of ${mocks} mocks whose switches nobody told, exactly up to what answers can tell`, async (t) => {
    let [open, neighboursLeft] = [0, 0];
    for (let at = 0; at < mocks; at++) {
      const hidden = anyRecord(diceOf(at, 42));
      const answers = await bySql(allAsks, hidden);
      const found = fingerprintOf(heardAs(answers), matches);
      assert.deepEqual(found.unexplained, [], `mock ${at}`);
      assert.deepEqual(found.unheard, []);
      assert.ok(allows(found, hidden), `mock ${at} is not among the records left`);
      assert.equal(found.settled.length + found.open.flatMap(({ switches }) => switches).length, accessSwitches.length);
      for (const member of [0, 1].map((seed) => someMember(found, seed)))
        assert.ok(alike(byReference(allAsks, member), answers), `mock ${at}: a record is left that answers otherwise`);
      if (at % 20 === 0) {
        for (const other of neighbours(hidden)) {
          const same = alike(byReference(allAsks, other), answers);
          assert.equal(allows(found, other), same, `mock ${at}`);
          neighboursLeft += same ? 1 : 0;
        }
      }
      open += found.open.length;
    }
    t.diagnostic(`${open} classes of readings that answers do not tell apart, ${neighboursLeft} neighbours in them`);
    assert.ok(open > 0 && neighboursLeft > 0, "no hidden record left anything open");
  });

  for (const name of dialectNames) {
    test(`find the dialect ${name} in its own answers`, async () => {
      const found = fingerprintOf(heardAs(await bySql(allAsks, dialectOf(name))), matches);
      assert.deepEqual(found.dialects.find(({ dialect }) => dialect === name)?.departs, []);
      const fitting = found.dialects.filter(({ departs }) => departs.length === 0).map(({ dialect }) => dialect);
      // The two differ in what the proxy does, which no app shows.
      const twins = ["documented", "cm-2021"];
      assert.deepEqual(fitting, twins.includes(name) ? twins : [name]);
    });
  }

  test("say where the nearest dialect departs", () => {
    const record = { ...dialectOf("cloud"), adminNoMatch: "deny" } as const;
    const { dialects } = fingerprintOf(heardAs(byReference(allAsks, record)), matches);
    assert.deepEqual(dialects[0], {
      dialect: "cloud",
      departs: [{ switch: "adminNoMatch", dialect: "all", target: ["deny"] }],
    });
  });

  test("leave strictScope open where nothing is strict, and every switch where nobody answers", () => {
    const loose = fingerprintOf(heardAs(byReference(allAsks, dialectWith({ strict: false }))), matches);
    const scope = loose.open.find(({ switches }) => switches.includes("strictScope"));
    assert.deepEqual(scope, {
      switches: ["strictScope"],
      alternatives: [{ strictScope: "perField" }, { strictScope: "overall" }],
    });
    const silent = fingerprintOf(heardAs([]), matches);
    assert.equal(silent.open.length, accessSwitches.length);
    assert.equal(silent.unheard.length, allAsks.length);
    assert.deepEqual(silent.settled, []);
  });
});

const refused: Outcome = { kind: "refused", by: "engine", code: 5 };
const documented = byReference(allAsks, dialectWith({}));

describe("answers that no reading explains", () => {
  test("are told where one question got two answers", () => {
    const heard = heardAs(documented).map((one) =>
      one.ask.id === "user-without-match/ann"
        ? { ...one, answers: [refused, answerUnder(one.ask, dialectWith({ strict: false }))] }
        : one,
    );
    const { unexplained } = fingerprintOf(heard, matches);
    assert.deepEqual(
      unexplained.map(({ kind, asks }) => [kind, asks]),
      [["unsteady", ["user-without-match/ann"]]],
    );
  });

  test("are told where each is some reading's and together they are none's", () => {
    const heard = heardAs(documented).map((one) => {
      const blankSeesAll = answerUnder(one.ask, dialectWith({ userBlank: "all" }));
      return one.ask.id === "user-blank/ann" ? { ...one, answers: [blankSeesAll, blankSeesAll] } : one;
    });
    const { unexplained, settled } = fingerprintOf(heard, matches);
    // A blank lets in where no cell of the data is empty, and refuses where one is: both look at userBlank and strict.
    assert.deepEqual(
      unexplained.map(({ kind, asks }) => [kind, asks]),
      [["contradictory", ["user-blank/ann", "empty-text/ann"]]],
    );
    assert.equal(settled.find((one) => one.switch === "strict")?.reading, true);
  });

  test("are told of a control, and a user who opens nothing at all is no proof of anything", () => {
    const leaking = heardAs(documented).map((one) =>
      one.ask.id === "plain-rights/carla" ? { ...one, answers: heardAs(documented)[0]?.answers ?? [] } : one,
    );
    assert.deepEqual(fingerprintOf(leaking, matches).unexplained[0]?.asks, ["plain-rights/carla"]);
    const shut = heardAs(allAsks.map(({ name }, at) => (name === "ann" ? refused : (documented[at] ?? refused))));
    const { unexplained, unheard } = fingerprintOf(shut, matches);
    assert.deepEqual(unexplained, []);
    assert.ok(unheard.length > 20 && unheard.every(({ ask, code }) => ask.endsWith("/ann") && code === "uncontrolled"));
  });

  /** What these defects do, no reading of the documentation does. */
  const wrongs = [
    "no-propagation",
    "rows-apply-to-everybody",
    "omit-ignored",
    "omit-first-only",
    "first-row-only",
    "duplicates-merged",
    "island-reduced",
    "star-means-everything",
    "values-as-written",
    "values-and-by-row",
    "identity-by-prefix",
    "null-kept",
  ];
  for (const name of wrongs) {
    test(`come of the mock with the defect ${name}`, async () => {
      const defect = defects.find((one) => one.name === name);
      assert.ok(defect, `there is no defect ${name}`);
      const { engine } = defect.replace(plainSeams);
      const found = fingerprintOf(heardAs(await bySql(allAsks, dialectWith({}), engine)), matches);
      assert.ok(found.unexplained.length > 0);
    });
  }

  test("are not seen in a defect that is another reading's name", async () => {
    const defect = defects.find(({ name }) => name === "strict-exclusion-off");
    assert.ok(defect);
    const found = fingerprintOf(
      heardAs(await bySql(allAsks, dialectWith({}), defect.replace(plainSeams).engine)),
      matches,
    );
    assert.deepEqual(found.unexplained, []);
    assert.equal(found.settled.find((one) => one.switch === "strict")?.reading, false);
  });
});
