/** The worlds of the small scopes were all played once (`npm run soak -- exhaustive`); here one shard in 64 of each again. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { labelledWorlds, playShard, shards, smallApps, worldsInScope, type ShardResult } from "../bench/exhaustive.ts";
import {
  appOf,
  bags,
  columnsOf,
  principalsOf,
  renamedHeld,
  renamedRow,
  rightsOf,
  scopes,
  type Renaming,
  type Rights,
  type Scope,
} from "../bench/small-scopes.ts";
import { dialectOf } from "../catalogue/dialects.ts";
import type { Value } from "../contract/types.ts";
import { defects } from "../mock/defects/index.ts";
import { plainSeams } from "../mock/plain-seams.ts";
import { reduce } from "../reference/section-access/spec.ts";

interface Kept {
  readonly [scope: string]: {
    readonly worlds: number;
    readonly labelled: number;
    readonly renamings: number;
    readonly played: number;
    readonly disagreements: number;
    readonly shards: { readonly [shard: string]: ShardResult };
  };
}

const kept = JSON.parse(readFileSync(new URL("../bench/soak/exhaustive.json", import.meta.url), "utf8")) as Kept;
const shard = 17;

/** Worlds at least, by scope. */
const least: { readonly [scope: string]: number } = {
  "three rows of rights": 400_000,
  "two fields": 1_700_000,
  "three values": 2_200_000,
};

test("the kept results are those of the scopes there are", () => {
  assert.deepEqual(Object.keys(kept), Object.keys(least));
  assert.deepEqual(
    scopes.map(({ name }) => name),
    Object.keys(least),
  );
});

for (const scope of scopes) {
  test(`${scope.name}: answers a shard as it was answered when all of the scope was played`, async () => {
    const now = await playShard(scope, shard);
    assert.equal(now.disagreements, 0);
    assert.deepEqual(now, kept[scope.name]?.shards[shard]);
  });

  test(`${scope.name}: the results of every shard are kept, and no world is missing`, () => {
    const whole = kept[scope.name];
    assert.ok(whole !== undefined);
    assert.equal(Object.keys(whole.shards).length, shards);
    assert.equal(whole.disagreements, 0);
    assert.ok(whole.worlds >= (least[scope.name] ?? Infinity), `${whole.worlds} worlds`);
    assert.equal(whole.played, whole.worlds);
    assert.equal(worldsInScope(scope), whole.worlds);
    assert.equal(labelledWorlds(scope), whole.labelled);
    assert.equal(scope.renamings.length, whole.renamings);
  });

  test(`${scope.name}: has as many worlds as Burnside's lemma counts`, () => {
    assert.equal(orbits(scope), kept[scope.name]?.worlds);
  });

  test(`${scope.name}: a renaming turns the answers of a world into those of its image`, () => {
    assert.equal(comparedImages(scope, 500), 500);
  });
}

/** Things of each kind that a renaming turns into one another in a cycle, by the length of the cycle. */
function cycles(count: number, image: (at: number) => number): readonly number[] {
  const seen = new Set<number>();
  const lengths: number[] = [];
  for (let at = 0; at < count; at++) {
    let length = 0;
    for (let next = at; !seen.has(next); next = image(next)) {
      seen.add(next);
      length += 1;
    }
    if (length > 0) lengths.push(length);
  }
  return lengths;
}

/** How many bags of each size up to `most` consist of whole cycles: the coefficients of ∏ 1 / (1 − x^length). */
function wholeBags(lengths: readonly number[], most: number): readonly number[] {
  const counts: number[] = Array.from({ length: most + 1 }, (_, size) => (size === 0 ? 1 : 0));
  for (const length of lengths) {
    for (let size = length; size <= most; size++) counts[size] = (counts[size] ?? 0) + (counts[size - length] ?? 0);
  }
  return counts;
}

function positionIn<T>(all: readonly T[], image: (one: T) => unknown): (at: number) => number {
  const texts = all.map((one) => JSON.stringify(one));
  return (at) => {
    const one = all[at];
    return one === undefined ? -1 : texts.indexOf(JSON.stringify(image(one)));
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Worlds a renaming leaves as they are, on the average over all renamings. */
function orbits(scope: Scope): number {
  const rows = rightsOf(scope);
  const names = scope.fields.map(({ name }) => name);
  const fixed = scope.renamings.map((to) => {
    const rights = cycles(
      rows.length,
      positionIn(rows, (row) => renamedRow(row, columnsOf(scope), to)),
    );
    const image = positionIn(scope.records, (row) => renamedRow(row, names, to));
    const data = scope.data.filter(
      (bag) => JSON.stringify(bag) === JSON.stringify(bag.map(image).sort((left, right) => left - right)),
    );
    const held = scope.memberships.filter((one) => JSON.stringify(one) === JSON.stringify(renamedHeld(one, to)));
    return sum(wholeBags(rights, scope.mostRights)) * data.length * held.length;
  });
  return sum(fixed) / scope.renamings.length;
}

type Records = readonly (readonly Value[])[];

/** Each user's answer, with fields and rows in an order that no name decides. */
function answers(
  scope: Scope,
  rights: readonly Rights[],
  records: Records,
  held: Scope["memberships"][number],
): string {
  const names = scope.fields.map(({ name }) => name);
  const told = principalsOf(held).map((who) => {
    const answer = reduce(appOf(scope, rights, records), who, dialectOf("documented"));
    if (answer.access === "denied") return "denied";
    const [table] = answer.tables;
    const rows = (table?.rows ?? []).map((row) => names.map((name) => row[table?.fields.indexOf(name) ?? -1] ?? null));
    return { level: answer.level, rows };
  });
  return JSON.stringify(told);
}

function renamedAnswers(scope: Scope, text: string, to: Renaming): string {
  const names = scope.fields.map(({ name }) => name);
  const told = JSON.parse(text) as ("denied" | { level: string; rows: Records })[];
  const renamed = told.map((one) =>
    one === "denied" ? one : { ...one, rows: one.rows.map((row) => renamedRow(row, names, to)) },
  );
  return JSON.stringify(to.has("CORP\\ANN") ? renamed.reverse() : renamed);
}

/** Prime, so that memberships and renamings are met in turn. */
const stride = 101;

/** Compares answers of worlds and of their images under each renaming in turn; gives how many were compared. */
function comparedImages(scope: Scope, count: number): number {
  const rows = rightsOf(scope);
  let [number, compared] = [0, 0];
  for (const { rights, records, memberships } of smallApps(scope)) {
    const at = number++;
    if (at % stride !== 0) continue;
    if (compared === count) break;
    const chosen = rights.flatMap((row) => [rows[row] ?? []]);
    const data = records.map((record): readonly Value[] => scope.records[record] ?? []);
    const held = scope.memberships[memberships[at % memberships.length] ?? 0];
    const to = scope.renamings[at % scope.renamings.length];
    if (held === undefined || to === undefined) continue;
    const names = scope.fields.map(({ name }) => name);
    const renamedRights = chosen.map((row) => renamedRow(row, columnsOf(scope), to).map(String));
    const renamedData = data.map((row) => renamedRow(row, names, to));
    const expected = renamedAnswers(scope, answers(scope, chosen, data, held), to);
    assert.equal(answers(scope, renamedRights, renamedData, renamedHeld(held, to)), expected);
    compared += 1;
  }
  return compared;
}

test("bags are counted as they should be", () => {
  assert.deepEqual([...bags(2, 2)], [[], [0], [0, 0], [0, 1], [1], [1, 1]]);
});

for (const name of [
  "star-means-everything",
  "values-and-by-row",
  "strict-exclusion-off",
  "null-kept",
  "group-ignored",
]) {
  test(`a fault planted in the SQL (${name}) shows in a shard of some scope`, async () => {
    const { engine } = defects.find((defect) => defect.name === name)?.replace(plainSeams) ?? plainSeams;
    const found = await Promise.all(scopes.map((scope) => playShard(scope, shard, { most: 100, seams: engine })));
    assert.ok(sum(found.map(({ disagreements }) => disagreements)) > 0);
  });
}
