import assert from "node:assert/strict";
import { test } from "node:test";
import {
  boxes,
  components,
  factors,
  joined,
  propagated,
  solved,
  type Relation,
} from "../../../analysis/fingerprint/relations.ts";
import type { Setting } from "../../../analysis/fingerprint/types.ts";

const both = [true, false] as const;

/** Two switches that must differ: each alone may be anything. */
const unequal: Relation = {
  scope: ["strict", "adminReduced"],
  allowed: both.map((strict) => ({ strict, adminReduced: !strict })),
};

const anything: Relation = {
  scope: ["strict", "adminReduced"],
  allowed: both.flatMap((strict) => both.map((adminReduced) => ({ strict, adminReduced }))),
};

function sorted(settings: readonly Setting[]): readonly string[] {
  const names = ["strict", "adminReduced", "bareUserId"] as const;
  return settings.map((one) => JSON.stringify(names.map((name) => one[name]))).toSorted();
}

test("keeps two switches together that must differ, though each alone says nothing", () => {
  const left = propagated([unequal], ["strict", "adminReduced"]);
  assert.deepEqual(left?.domains.get("strict"), [true, false]);
  assert.deepEqual(factors(unequal), [unequal]);
  assert.equal(left?.relations.length, 1);
});

test("takes a relation that allows everything apart, and forgets it", () => {
  assert.equal(factors(anything).length, 2);
  assert.deepEqual(propagated([anything], ["strict", "adminReduced"])?.relations, []);
});

test("settles the second switch once the first is known", () => {
  const known: Relation = { scope: ["strict"], allowed: [{ strict: true }] };
  const left = propagated([unequal, known], ["strict", "adminReduced"]);
  assert.deepEqual(left?.domains.get("adminReduced"), [false]);
  assert.deepEqual(left?.relations, []);
});

test("leaves nothing where two relations exclude each other", () => {
  const equal: Relation = {
    scope: ["strict", "adminReduced"],
    allowed: both.map((strict) => ({ strict, adminReduced: strict })),
  };
  assert.deepEqual(solved([unequal, equal], 100)?.allowed, []);
  const known = both.map((strict): Relation => ({ scope: ["strict"], allowed: [{ strict }] }));
  assert.equal(propagated(known, ["strict"]), undefined);
});

test("joins on what is common: three switches of which two neighbours differ", () => {
  const next: Relation = {
    scope: ["adminReduced", "bareUserId"],
    allowed: both.map((adminReduced) => ({ adminReduced, bareUserId: !adminReduced })),
  };
  const whole = joined(unequal, next);
  const expected = both.map((strict) => ({ strict, adminReduced: !strict, bareUserId: strict }));
  assert.deepEqual(sorted(whole.allowed), sorted(expected));
  assert.equal(components([unequal, next]).length, 1);
  const apart: Relation = { scope: ["omitPattern"], allowed: [{ omitPattern: "glob" }] };
  assert.equal(components([unequal, apart, next]).length, 2);
});

test("gives up rather than write more combinations than asked for", () => {
  assert.equal(solved([anything], 3), undefined);
  assert.equal(solved([anything], 4)?.allowed.length, 4);
});

test("draws combinations together into boxes that hold them and nothing else", () => {
  const [box, ...more] = boxes(anything);
  assert.deepEqual(
    [box?.get("strict"), box?.get("adminReduced")],
    [
      [true, false],
      [true, false],
    ],
  );
  assert.deepEqual(more, []);
  assert.equal(boxes(unequal).length, 2);
});
