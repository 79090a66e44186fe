/** Figures as ratios: each side of a pair is run in turn, five rounds, and the median is told. `npm run bench` */
import { cpus, loadavg, totalmem } from "node:os";
import { Bench } from "tinybench";
import { pairs, type Pair } from "./pairs.ts";

const rounds = 5;
const roundMs = 300;

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Median milliseconds a run of each side took in one round. */
async function round({ ours, peer }: Pair): Promise<readonly [ours: number, peer: number]> {
  const bench = new Bench({ time: roundMs, iterations: 3, warmupTime: 50, warmupIterations: 1 });
  bench.add("ours", async () => void (await ours[1]())).add("peer", async () => void (await peer[1]()));
  await bench.run();
  const [left, right] = bench.tasks.map(({ result }) => ("latency" in result ? result.latency.p50 : Number.NaN));
  return [left ?? Number.NaN, right ?? Number.NaN];
}

function ratio(value: number): string {
  return value < 0.1 ? value.toPrecision(1) : value.toFixed(2);
}

function duration(ms: number): string {
  if (ms >= 1) return `${ms.toFixed(1)} ms`;
  return `${(ms * 1000).toFixed(1)} µs`;
}

async function line(pair: Pair): Promise<string> {
  const measured: (readonly [number, number])[] = [];
  for (let at = 0; at < rounds; at++) measured.push(await round(pair));
  await pair.close?.();
  const ratios = measured.map(([ours, peer]) => ours / peer);
  const side = (index: 0 | 1): string => duration(median(measured.map((one) => one[index])) / pair.count);
  const spread = `${ratio(Math.min(...ratios))}–${ratio(Math.max(...ratios))}`;
  const cells = [
    pair.title,
    `${pair.ours[0]}: ${side(0)}`,
    `${pair.peer[0]}: ${side(1)}`,
    `${ratio(median(ratios))} (${spread})`,
  ];
  return `| ${cells.join(" | ")} |`;
}

const [cpu] = cpus();
console.log(
  `Node ${process.version}, ${cpus().length} × ${cpu?.model ?? "?"}, ${Math.round(totalmem() / 2 ** 30)} GiB, load ${loadavg()[0]?.toFixed(1)}`,
);
console.log(`\n| what | measured | beside | ratio (of ${rounds} rounds) |\n| --- | --- | --- | --- |`);
for (const make of pairs) console.log(await line(await make()));
process.exit(0);
