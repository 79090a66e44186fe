/** The worlds of the small scope were all played once (`npm run soak -- exhaustive`); here one in 64 again. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { playShard, shards, worldsInScope, type ShardResult } from "../bench/exhaustive.ts";

interface Kept {
  readonly worlds: number;
  readonly played: number;
  readonly disagreements: number;
  readonly shards: { readonly [shard: string]: ShardResult };
}

const kept = JSON.parse(readFileSync(new URL("../bench/soak/exhaustive.json", import.meta.url), "utf8")) as Kept;
const shard = 17;

test("answers a shard of the exhaustive scope as it was answered when all of it was played", async () => {
  const now = await playShard(shard);
  assert.equal(now.disagreements, 0);
  assert.deepEqual(now, kept.shards[shard]);
});

test("kept the results of every shard, and no world of the scope is missing", () => {
  assert.equal(Object.keys(kept.shards).length, shards);
  assert.equal(kept.disagreements, 0);
  assert.ok(kept.worlds >= 100_000, `${kept.worlds} worlds`);
  assert.equal(kept.played, kept.worlds);
  assert.equal(worldsInScope(), kept.worlds);
});
