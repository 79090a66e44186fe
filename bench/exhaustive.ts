/**
 * Every world of a small scope of section access, up to renaming the two values of the first field: at most three rows of
 * rights over identities, levels and two reducing fields, four rows of data, two users. Both evaluators must agree on all.
 */
import { createHash } from "node:crypto";
import { dialectOf } from "../catalogue/dialects.ts";
import type { Principal } from "../contract/types.ts";
import { engineSeams } from "../mock/engine/seams.ts";
import type { AppTable, LoadedApp } from "../reload/model.ts";
import { agreement, type Question, type Spread } from "../tests/differential/access-agreement.ts";

export const shards = 64;

const identities = [
  ["CORP\\ANN", "*"],
  ["CORP\\BEN", "*"],
  ["*", "TRADERS"],
  ["*", "*"],
  ["CORP\\ANN", "TRADERS"],
] as const;
const levels = ["ADMIN", "USER"] as const;
const regions = ["NORTH", "SOUTH", "", "*"] as const;
const products = ["TEA", "SALT", "", "*"] as const;

const fields = ["ACCESS", "USERID", "GROUP", "REGION", "PRODUCT"];

/** NORTH and SOUTH stand alike in the data, so that renaming one into the other gives the same world. SALT is in no row. */
const sales: AppTable = {
  name: "Sales",
  fields: ["REGION", "PRODUCT", "AMOUNT"],
  rows: [
    ["NORTH", "TEA", 1],
    ["SOUTH", "TEA", 1],
    ["NORTH", null, 2],
    ["SOUTH", null, 2],
  ],
  loosened: false,
};

function person(id: string, groups: readonly string[]): Principal {
  return { directory: "CORP", id, groups, attributes: {}, session: {} };
}

const users: readonly Principal[] = [person("ann", ["TRADERS"]), person("ben", [])];

type Row = readonly [level: string, user: string, group: string, region: string, product: string];

const rows: readonly Row[] = levels.flatMap((level) =>
  identities.flatMap(([user, group]) =>
    regions.flatMap((region) => products.map((product): Row => [level, user, group, region, product])),
  ),
);

const renaming: { readonly [region: string]: string } = { NORTH: "SOUTH", SOUTH: "NORTH" };

/** Number of the row that a renaming of the regions turns each row into. */
const renamed: readonly number[] = rows.map(([level, user, group, region, product]) => {
  const image = JSON.stringify([level, user, group, renaming[region] ?? region, product]);
  return rows.findIndex((row) => JSON.stringify(row) === image);
});

function before(left: readonly number[], right: readonly number[]): boolean {
  const at = left.findIndex((number, index) => number !== right[index]);
  return at >= 0 && (left[at] ?? 0) < (right[at] ?? 0);
}

/** Whether a sorted choice of rows is the first of the two that a renaming turns into each other. */
function isFirst(choice: readonly number[]): boolean {
  const image = choice.map((row) => renamed[row] ?? row).sort((left, right) => left - right);
  return !before(image, choice);
}

const mostRows = 3;

/** Sorted choices of up to three rows, one of each pair of equal worlds, the empty one first. */
function* choices(begun: readonly number[] = []): Generator<readonly number[]> {
  if (isFirst(begun)) yield begun;
  if (begun.length === mostRows) return;
  for (let row = begun.at(-1) ?? 0; row < rows.length; row++) yield* choices([...begun, row]);
}

function appOf(choice: readonly number[]): LoadedApp {
  const chosen = choice.flatMap((row) => rows[row] ?? []);
  const table = Array.from({ length: choice.length }, (_, at) =>
    chosen.slice(at * fields.length, (at + 1) * fields.length),
  );
  return { access: [{ name: "Access", fields, rows: table, inline: table.map(() => true) }], app: [sales] };
}

export interface ShardResult {
  readonly worlds: number;
  readonly asks: number;
  readonly disagreements: number;
  readonly spread: Spread;
  /** Over the reference's answers, in order. */
  readonly hash: string;
}

const batch = 2_000;

/** Plays the worlds whose number leaves this remainder. */
export async function playShard(shard: number): Promise<ShardResult> {
  const digest = createHash("sha256");
  const spread: Spread = { denied: 0, partial: 0, full: 0 };
  let [world, worlds, asks, disagreements] = [0, 0, 0, 0];
  let pending: Question[] = [];
  const told = (question: Question, answer: string): void => {
    digest.update(`${question.world} ${answer}\n`);
  };
  const flush = async (): Promise<void> => {
    const found = await agreement(pending, { dialect: dialectOf("documented"), seams: engineSeams, told });
    pending = [];
    asks += found.asks;
    disagreements += found.disagreements;
    for (const name of ["denied", "partial", "full"] as const) spread[name] += found.spread[name];
  };
  for (const choice of choices()) {
    if (world++ % shards !== shard) continue;
    worlds += 1;
    const app = appOf(choice);
    pending.push(...users.map((who) => ({ world: world - 1, app, who })));
    if (pending.length >= batch) await flush();
  }
  if (pending.length > 0) await flush();
  return { worlds, asks, disagreements, spread, hash: digest.digest("hex") };
}

/** How many worlds the scope has. */
export function worldsInScope(): number {
  let count = 0;
  for (const _ of choices()) count += 1;
  return count;
}
