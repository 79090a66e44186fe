/** `run`: replays the suites against a target through Playwright and writes the reports; the record gives the exit code. */
import { spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { dialectOf, defaultDialect } from "../../catalogue/dialects.ts";
import { ConformanceError } from "../../contract/errors.ts";
import { parseRunRecord } from "../../contract/parsers.ts";
import type { RunRecord } from "../../contract/run.ts";
import type { Area } from "../../contract/types.ts";
import { readText } from "../../intake/files.ts";
import { readSite } from "../../intake/site.ts";
import { runInProcess } from "../../suites/in-process.ts";
import { areas, defaults, variable, type Chosen } from "../../suites/selection.ts";
import { targetNames } from "../../targets/open.ts";
import { oneOf, read, type Command, type Given } from "../arguments.ts";
import { note, type ExitCode } from "../output.ts";

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

function chosenOf(given: Given): Chosen {
  const [config, site, defect] = [given.text("config"), given.text("site"), given.text("defect")];
  const dialect = given.text("dialect") ?? defaultDialect;
  const target = given.text("target") ?? defaults.target;
  dialectOf(dialect);
  return {
    target: targetNames.some((name) => name === target) ? target : resolve(target),
    suites: suitesOf(given),
    seed: given.number("seed", defaults.seed, { least: 0, most: 2 ** 31 - 1 }),
    cases: given.number("cases", defaults.cases, { least: 0, most: mostCases }),
    dialect,
    strict: given.has("strict"),
    allowWrites: given.has("allow-writes"),
    reveal: given.has("reveal"),
    out: resolve(given.text("out") ?? defaults.out),
    ...(config === undefined ? {} : { config: resolve(config) }),
    ...(site === undefined ? {} : { site: resolve(site) }),
    ...(defect === undefined ? {} : { defect }),
  };
}

/** Bad choices are told before anything starts: a defect, a module, a site or a configuration that is not there. */
async function check(chosen: Chosen): Promise<void> {
  if (chosen.site !== undefined) for (const line of readSite(chosen.site).notes) note(line);
  const known = targetNames.some((name) => name === chosen.target);
  if (!known && !existsSync(chosen.target)) {
    throw new ConformanceError("usage", `no such target: ${JSON.stringify(chosen.target)}`, {
      expected: `${targetNames.join(", ")} or the path of a module`,
    });
  }
  if (chosen.defect !== undefined) {
    const { defectNamed } = await import("../../targets/defects.ts");
    defectNamed(chosen.defect);
    oneOf(command, "--defect goes with --target", chosen.target, ["mock", "evaluator"]);
  }
  if (chosen.target === "qlik") {
    const { readQlikConfig } = await import("../../targets/qlik/config.ts");
    if (chosen.config === undefined) {
      throw new ConformanceError("usage", "the target qlik needs --config FILE", {
        remedy: "docs/guides/real-site.md shows one",
      });
    }
    readQlikConfig(chosen.config, { allowWrites: chosen.allowWrites });
  }
}

const folder = dirname(fileURLToPath(import.meta.url));

/** The configuration beside the compiled command, or the checkout's. */
function playwrightConfig(): string {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return join(folder, "..", "..", `playwright.config.${extension}`);
}

function playwright(chosen: Chosen): Promise<number> {
  const cli = join(dirname(createRequire(import.meta.url).resolve("@playwright/test/package.json")), "cli.js");
  const child = spawn(process.execPath, [cli, "test", "--config", playwrightConfig()], {
    cwd: join(folder, "..", ".."),
    env: { ...process.env, [variable]: JSON.stringify(chosen) },
    stdio: ["ignore", "inherit", "inherit"],
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  return new Promise((done, failed) => {
    child.on("error", failed);
    child.on("close", (code) => done(code ?? 4));
  });
}

/** The exit code comes from the record; no record means the tool itself failed. */
function recordOf(file: string): RunRecord {
  if (!existsSync(file)) throw new Error(`the run left no record at ${file}`);
  return parseRunRecord(readText(file), file);
}

export async function run(words: readonly string[]): Promise<ExitCode> {
  const given = read(command, words);
  const chosen = chosenOf(given);
  await check(chosen);
  if (given.has("in-process")) {
    const { record, summary } = await runInProcess(chosen);
    process.stdout.write(summary);
    return record.exitCode;
  }
  const file = join(chosen.out, "run.json");
  rmSync(file, { force: true });
  await playwright(chosen);
  return recordOf(file).exitCode;
}
