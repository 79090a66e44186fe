/** One side in a process of its own: loads the world, answers, and tells times, memory and a hash of the answers. */
import * as duckdb from "./section-access-duckdb.ts";
import * as ours from "./section-access-ours.ts";
import { hashOf, worldOf, type World } from "./section-access-world.ts";

export interface Told {
  readonly load: number;
  readonly ms: number;
  /** Milliseconds of processor time of all threads. */
  readonly cpu: number;
  /** Peak of loading and the first answer above what the process held with the data alone, in MiB. */
  readonly above: number;
  readonly hash: number;
}

async function timed<T>(work: () => T | Promise<T>): Promise<readonly [made: T, ms: number, cpu: number]> {
  const start = performance.now();
  const held = process.cpuUsage();
  const made = await work();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(held);
  return [made, ms, (user + system) / 1_000];
}

interface Side {
  readonly load: () => Promise<() => Promise<Iterable<number>>>;
  /** Runs before the timed ones, and those, of which the median is told. */
  readonly warm: number;
  readonly runs: number;
}

function* wordsOf(bitmaps: readonly Uint32Array[]): Iterable<number> {
  for (const bitmap of bitmaps) yield* bitmap;
}

function sideOf(name: string, world: World): Side {
  const [who = "", what = ""] = name.split(": ");
  const threads = who.includes("1 thread") ? 1 : 2;
  if (who === "ours") {
    return {
      warm: 2,
      runs: 5,
      load: async () => {
        const app = ours.load(world);
        return async () => (what === "bitmaps" ? wordsOf(ours.bitmaps(app, world)) : ours.count(app, world));
      },
    };
  }
  const form = what === "query per user" || what === "one query" ? what : "class SQL";
  return {
    warm: what === "query per user" || what === "bitmaps" ? 0 : 1,
    runs: what === "query per user" || what === "bitmaps" ? 1 : 3,
    load: async () => {
      const connection = await duckdb.load(world, threads);
      return async () =>
        what === "bitmaps" ? wordsOf(await duckdb.bitmaps(connection, world)) : duckdb.count(connection, world, form);
    },
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const [name = "", rows, users, regions, most] = process.argv.slice(2);
const world = worldOf({ rows: Number(rows), users: Number(users), regions: Number(regions), most: Number(most) });
const held = process.memoryUsage().rss / 2 ** 20;
const side = sideOf(name, world);
const [answer, load] = await timed(side.load);
const times: (readonly [ms: number, cpu: number])[] = [];
let answers: Iterable<number> = [];
let above = 0;
for (let run = 0; run < side.warm + side.runs; run++) {
  const [made, ms, cpu] = await timed(answer);
  if (run === 0) above = process.resourceUsage().maxRSS / 1024 - held;
  if (run >= side.warm) times.push([ms, cpu]);
  answers = made;
}
const [ms, cpu] = [median(times.map((one) => one[0])), median(times.map((one) => one[1]))];
const told: Told = { load, ms, cpu, above, hash: hashOf(answers) };
console.log(JSON.stringify(told));
process.exit(0);
