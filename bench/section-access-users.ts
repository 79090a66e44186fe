/**
 * Section access for many users, the fast evaluator beside DuckDB: every side in a process of its own, in turn.
 * `node --import tsx bench/section-access-users.ts [rounds]`
 */
import { execFileSync } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import type { Told } from "./section-access-side.ts";
import { smallWorlds } from "./section-access-small.ts";
import type { Size } from "./section-access-world.ts";

const counting = [
  "DuckDB: query per user",
  "DuckDB: one query",
  "DuckDB: class SQL",
  "DuckDB, 1 thread: query per user",
  "ours: counts",
] as const;
const bitmaps = ["DuckDB: bitmaps", "ours: bitmaps"] as const;
const sides = [...counting, ...bitmaps] as const;
type SideName = (typeof sides)[number];
type Round = Readonly<Record<SideName, Told>>;

const easy: Size = { rows: 1_000_000, users: 200, regions: 50, most: 6 };
const hard: Size = { ...easy, regions: 10_000, most: 200 };
const program = fileURLToPath(new URL("section-access-side.ts", import.meta.url));

function isTold(value: unknown): value is Told {
  return typeof value === "object" && value !== null && "cpu" in value && "hash" in value;
}

function play(name: SideName, { rows, users, regions, most }: Size): Told {
  const words = ["--import", "tsx", program, name, ...[rows, users, regions, most].map(String)];
  const told: unknown = JSON.parse(execFileSync(process.execPath, words, { encoding: "utf8", maxBuffer: 2 ** 20 }));
  if (!isTold(told)) throw new TypeError(`${name} told no times`);
  return told;
}

/** No figure is told of sides that answer differently. */
function agreed(told: Round): Round {
  for (const group of [counting, bitmaps]) {
    const hashes = new Set(group.map((name) => told[name].hash));
    if (hashes.size > 1) throw new Error(`the answers differ: ${group.map((name) => told[name].hash).join(", ")}`);
  }
  return told;
}

/** One process a side, one at a time, each round beginning with another side. */
function round(size: Size, turn: number): Round {
  const order = sides.map((_, at) => sides[(at + turn) % sides.length] ?? "ours: counts");
  const told = Object.fromEntries(order.map((name) => [name, play(name, size)]));
  return agreed(told as Record<SideName, Told>);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function digits(value: number): string {
  return value < 10 ? value.toFixed(1) : String(Math.round(value));
}

function spread(values: readonly number[], unit: string): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${digits(median(values))}${unit} (${digits(least)}–${digits(most)})`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function timesTable(rounds: readonly Round[]): readonly string[] {
  const lines = sides.map((name) => {
    const of = (what: "ms" | "cpu" | "load" | "above"): string =>
      spread(
        rounds.map((one) => one[name][what]),
        "",
      );
    return row([name, of("ms"), of("cpu"), of("load"), of("above")]);
  });
  return [
    row(["side", "ms", "processor ms", "loading, ms", "memory above the data, MiB"]),
    "| --- | --- | --- | --- | --- |",
    ...lines,
  ];
}

const sqlCounts = counting.filter((name) => name !== "ours: counts");

/** Ratios within a round: DuckDB over ours. */
const ratios: readonly (readonly [string, (round: Round, what: "ms" | "cpu") => number])[] = [
  [
    "counts, its best form",
    (of, what) => Math.min(...sqlCounts.map((name) => of[name][what])) / of["ours: counts"][what],
  ],
  ["counts, its query per user", (of, what) => of["DuckDB: query per user"][what] / of["ours: counts"][what]],
  ["bitmaps", (of, what) => of["DuckDB: bitmaps"][what] / of["ours: bitmaps"][what]],
];

function leanest(of: Round): number {
  return Math.min(...sqlCounts.map((name) => of[name].above));
}

function ratioTable(rounds: readonly Round[]): readonly string[] {
  const lines = ratios.map(([what, ratio]) => {
    const of = (clock: "ms" | "cpu"): string =>
      spread(
        rounds.map((one) => ratio(one, clock)),
        "×",
      );
    return row([what, of("ms"), of("cpu")]);
  });
  const memory = (name: "ours: counts" | "ours: bitmaps"): string =>
    spread(
      rounds.map((one) => leanest(one) / one[name].above),
      "×",
    );
  return [
    row(["DuckDB over ours", "wall clock", "processor time"]),
    "| --- | --- | --- |",
    ...lines,
    `\nMemory, its leanest counting form over ours: counts ${memory("ours: counts")}, bitmaps ${memory("ours: bitmaps")}.`,
  ];
}

function load(): string {
  return `load ${loadavg()
    .map((one) => one.toFixed(1))
    .join(" ")}`;
}

function compare(title: string, size: Size, count: number): void {
  const before = load();
  const rounds = Array.from({ length: count }, (_, turn) => round(size, turn));
  console.log(`\n**${title}**, ${count} rounds, ${before} before, ${load()} after\n`);
  console.log([...timesTable(rounds), "", ...ratioTable(rounds)].join("\n"));
}

/** How our time grows with rows and with users, both variants. */
function growth(): void {
  const sizes: readonly (readonly [string, Size])[] = [
    ["1 M rows, 200 users", easy],
    ["10 M rows, 200 users", { ...easy, rows: 10_000_000 }],
    ["1 M rows, 10,000 users", { ...easy, users: 10_000 }],
    ["hard: 1 M rows, 200 users", hard],
    ["hard: 10 M rows, 200 users", { ...hard, rows: 10_000_000 }],
    ["hard: 1 M rows, 10,000 users", { ...hard, users: 10_000 }],
  ];
  const lines = sizes.map(([what, size]) => {
    const { ms, cpu, above } = play("ours: counts", size);
    return row([what, digits(ms), digits(cpu), digits(above)]);
  });
  const head = [row(["ours, counts", "ms", "processor ms", "memory above the data, MiB"]), "| --- | --- | --- | --- |"];
  console.log(`\n${[...head, ...lines].join("\n")}\n`);
}

const rounds = Number(process.argv[2] ?? 5);
console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "?"}, ${load()}`);
compare("Two small reducing fields", easy, rounds);
compare("A reducing field of 10,000 values", hard, rounds);
growth();
console.log(smallWorlds(5));
