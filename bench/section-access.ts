/** Generated worlds of section access put to the reference and the SQL, ten thousand at a time, with what they met. */
import { createHash } from "node:crypto";
import { dialectOf } from "../catalogue/dialects.ts";
import { coverageOf, type Coverage } from "../generators/access/coverage.ts";
import { factorValues } from "../generators/access/factors.ts";
import { featuresOf } from "../generators/access/features.ts";
import { randomAccessWorld } from "../generators/section-access.ts";
import { engineSeams } from "../mock/engine/seams.ts";
import { agreement, questionsOf, type Spread } from "../tests/differential/access-agreement.ts";
import { decisionRows } from "../tests/differential/decision-rows.ts";

const seed = 20_270_101;
/** Worlds of a shard. */
export const shardSize = 10_000;
/** Worlds laid out at once: some ten thousand questions. */
const batch = 2_500;
const dialect = dialectOf("documented");

export interface AccessShard {
  readonly worlds: number;
  readonly asks: number;
  readonly disagreements: number;
  /** First worlds on which the two differ, at most ten. */
  readonly differing: readonly number[];
  readonly spread: Readonly<Spread>;
  /** How often a field of a user fell into each row of the decision table. */
  readonly decisions: { readonly [row: string]: number };
  /** Over the reference's answers, in order. */
  readonly hash: string;
}

export interface AccessShards {
  readonly [shard: number]: AccessShard;
}

type Counts = { [name: string]: number };

function add(to: Counts, more: { readonly [name: string]: number }): void {
  for (const [name, count] of Object.entries(more)) to[name] = (to[name] ?? 0) + count;
}

function sortedCounts(counts: Counts): Counts {
  return Object.fromEntries(Object.entries(counts).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** One shard: worlds `shard * shardSize` and on. */
export async function playAccessShard(shard: number, worlds: number = shardSize): Promise<AccessShard> {
  const digest = createHash("sha256");
  const spread: Spread = { denied: 0, partial: 0, full: 0 };
  const decisions: Counts = {};
  const differing: number[] = [];
  const first = shard * shardSize;
  let [asks, disagreements] = [0, 0];
  for (let from = first; from < first + worlds; from += batch) {
    const questions = questionsOf(seed, from, Math.min(from + batch, first + worlds));
    const found = await agreement(questions, {
      dialect,
      seams: engineSeams,
      told: ({ world }, answer) => digest.update(`${world} ${answer}\n`),
    });
    for (const { app, who } of questions)
      for (const row of decisionRows(app, who, dialect)) add(decisions, { [row]: 1 });
    asks += found.asks;
    disagreements += found.disagreements;
    if (found.first !== undefined && differing.length < 10) differing.push(found.first);
    for (const name of ["denied", "partial", "full"] as const) spread[name] += found.spread[name];
  }
  const counted = { worlds, asks, disagreements, differing, spread, decisions: sortedCounts(decisions) };
  return { ...counted, hash: digest.digest("hex") };
}

/** The sums over the shards played, and a hash over theirs in order. */
export function mergedShards(shards: AccessShards): AccessShard & { readonly seed: number } {
  const all = Object.values(shards) as readonly AccessShard[];
  const sum = (name: "worlds" | "asks" | "disagreements"): number => all.reduce((total, one) => total + one[name], 0);
  const spread: Counts = {};
  const decisions: Counts = {};
  for (const one of all) {
    add(spread, { ...one.spread });
    add(decisions, one.decisions);
  }
  const digest = createHash("sha256").update(all.map(({ hash }) => hash).join());
  return {
    seed,
    worlds: sum("worlds"),
    asks: sum("asks"),
    disagreements: sum("disagreements"),
    differing: all.flatMap(({ differing }) => differing).slice(0, 10),
    spread: { denied: spread["denied"] ?? 0, partial: spread["partial"] ?? 0, full: spread["full"] ?? 0 },
    decisions: sortedCounts(decisions),
    hash: digest.digest("hex"),
  };
}

/** Which features meet in the first 2,000 worlds, as they came out. */
export function coverageSoFar(): Coverage {
  const rows = Array.from({ length: 2_000 }, (_, index) => featuresOf(randomAccessWorld(seed, index)));
  return coverageOf(rows, factorValues);
}
