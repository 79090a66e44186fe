/** `run`: replays the suites against a target through Playwright and writes the reports; the record gives the exit code. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { dialectOf, defaultDialect } from "../../catalogue/dialects.ts";
import { ConformanceError } from "../../contract/errors.ts";
import { parseRunRecord } from "../../contract/parsers.ts";
import type { RunRecord } from "../../contract/run.ts";
import type { Area } from "../../contract/types.ts";
import { readText } from "../../intake/files.ts";
import { readSite } from "../../intake/site.ts";
import { refuseForeign } from "../../reports/write.ts";
import { runInProcess } from "../../suites/in-process.ts";
import { loadModule } from "../../suites/load-module.ts";
import { areas, defaults, variable, type Chosen } from "../../suites/selection.ts";
import { loadTargetModule } from "../../targets/module.ts";
import { targetNames } from "../../targets/open.ts";
import { oneOf, read, usage, type Command, type Given } from "../arguments.ts";
import { refuseUnwritable } from "../files.ts";
import { note, say, type ExitCode } from "../output.ts";

export const command: Command = {
  name: "run",
  summary: "Replays the suites against a target and writes run.json, report.html, report.md and junit.xml.",
  options: {
    target: { value: "NAME", help: `${targetNames.join(", ")}, or the path of a module (default ${defaults.target})` },
    config: { value: "FILE", help: "how to reach a real site (target qlik)" },
    site: { value: "DIR", help: "a site folder: cases are derived from it" },
    suite: { value: "a,b", help: `areas to replay (default ${areas.join(",")})` },
    seed: { value: "N", help: `seed of the generated cases (default ${defaults.seed})` },
    cases: { value: "N", help: `generated cases a campaign (default ${defaults.cases})` },
    dialect: { value: "NAME", help: `which documented reading is expected (default ${defaultDialect})` },
    defect: { value: "NAME", help: "start the mock with a named wrong (see list --defects)" },
    strict: { help: "deviations of staff level fail the run on a real site, too" },
    "allow-writes": { help: "let the run create and remove its own things on a real site" },
    reveal: { help: "show the site's own names and data in reports" },
    out: { value: "DIR", help: `folder of the reports (default ${defaults.out})` },
    "in-process": { help: "play in this process instead of through Playwright" },
  },
  examples: [
    "qlik-conformance run --target mock",
    "qlik-conformance run --target mock --defect star-means-everything",
    "qlik-conformance run --target qlik --config site.json --site ./our-site",
  ],
};

const mostCases = 1_000_000;

function suitesOf(given: Given): readonly Area[] {
  const text = given.text("suite");
  if (text === undefined) return areas;
  const named = new Set(text.split(",").map((item) => oneOf(command, "--suite", item.trim(), areas)));
  return areas.filter((area) => named.has(area));
}

function isNamed(target: string): boolean {
  return targetNames.some((name) => name === target);
}

function chosenOf(given: Given): Chosen {
  const [config, site, defect] = [given.text("config"), given.text("site"), given.text("defect")];
  const dialect = given.text("dialect") ?? defaultDialect;
  const target = given.text("target") ?? defaults.target;
  dialectOf(dialect);
  return {
    target: isNamed(target) ? target : resolve(target),
    suites: suitesOf(given),
    seed: given.number("seed", defaults.seed, { least: 0, most: 2 ** 31 - 1 }),
    cases: given.number("cases", defaults.cases, { least: 0, most: mostCases }),
    dialect,
    strict: given.has("strict"),
    allowWrites: given.has("allow-writes"),
    reveal: given.has("reveal"),
    toldBy: "record",
    out: resolve(given.text("out") ?? defaults.out),
    ...(config === undefined ? {} : { config: resolve(config) }),
    ...(site === undefined ? {} : { site: resolve(site) }),
    ...(defect === undefined ? {} : { defect }),
  };
}

/** Loads a user's module once before the run, so that what is wrong with it is told in one line. */
async function checkModule(target: string, given: string): Promise<void> {
  if (statSync(target, { throwIfNoEntry: false })?.isFile() !== true) {
    throw usage(
      command,
      `no such target: ${JSON.stringify(given)}`,
      `${targetNames.join(", ")} or the path of a module`,
    );
  }
  const module = await loadTargetModule(target, loadModule);
  await module.close?.();
}

async function checkQlik({ config, allowWrites }: Chosen): Promise<void> {
  if (config === undefined) {
    throw new ConformanceError("usage", "the target qlik needs --config FILE", {
      remedy: "docs/guides/real-site.md shows one",
    });
  }
  const { readQlikConfig } = await import("../../targets/qlik/config.ts");
  readQlikConfig(config, { allowWrites });
}

async function checkDefect(defect: string, target: string): Promise<void> {
  const { defectNamed } = await import("../../targets/defects.ts");
  defectNamed(defect);
  if (["mock", "evaluator"].includes(target)) return;
  throw usage(command, "--defect does not go with this target", "--target mock or --target evaluator");
}

async function checkTarget(chosen: Chosen, given: Given): Promise<void> {
  if (chosen.target === "qlik") await checkQlik(chosen);
  else if (chosen.config !== undefined) throw usage(command, "--config goes with --target qlik");
  if (!isNamed(chosen.target)) await checkModule(chosen.target, given.text("target") ?? chosen.target);
}

/** Bad choices are told before anything starts: a defect, a module, a site, a configuration, a folder in the way. */
async function check(chosen: Chosen, given: Given): Promise<void> {
  refuseUnwritable(chosen.out);
  await refuseForeign(chosen.out);
  if (chosen.defect !== undefined) await checkDefect(chosen.defect, chosen.target);
  await checkTarget(chosen, given);
  if (chosen.site !== undefined) for (const line of readSite(chosen.site).notes) note(line);
}

const folder = dirname(fileURLToPath(import.meta.url));
const home = join(folder, "..", "..");

/** The configuration beside the compiled command, or the checkout's. */
function playwrightConfig(): string {
  return join(home, `playwright.config.${import.meta.url.endsWith(".ts") ? "ts" : "js"}`);
}

/** What Playwright leaves of its own goes to a folder of its own: the package's may not be ours to write. */
async function playwright(chosen: Chosen): Promise<void> {
  const cli = join(dirname(createRequire(import.meta.url).resolve("@playwright/test/package.json")), "cli.js");
  const leavings = mkdtempSync(join(tmpdir(), "qlik-conformance-"));
  const child = spawn(process.execPath, [cli, "test", "--config", playwrightConfig(), "--output", leavings], {
    cwd: home,
    env: { ...process.env, [variable]: JSON.stringify(chosen) },
    stdio: ["ignore", "inherit", "inherit"],
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  try {
    await once(child, "close");
  } finally {
    rmSync(leavings, { recursive: true, force: true });
  }
}

/** Tells one record from the next: a report folder is replaced as a whole. */
function traceOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? "" : `${stat.ino} ${stat.mtimeMs}`;
}

/** The exit code comes from the record; no new record means the tool itself failed. */
function recordOf(file: string, before: string): RunRecord {
  if (traceOf(file) === before) throw new Error(`the run left no record at ${file}`);
  return parseRunRecord(readText(file), file);
}

export async function run(words: readonly string[]): Promise<ExitCode> {
  const given = read(command, words);
  const chosen = chosenOf(given);
  await check(chosen, given);
  if (given.has("in-process")) {
    const { record, summary } = await runInProcess(chosen);
    say(summary);
    return record.exitCode;
  }
  const file = join(chosen.out, "run.json");
  const before = traceOf(file);
  await playwright(chosen);
  return recordOf(file, before).exitCode;
}
