/** `generate`: random tables, directories, rule sets, sites and cases, as files a real site can load. */
import { defaultDialect, dialectOf } from "../../catalogue/dialects.ts";
import { parseJson, placeOf } from "../../contract/json-text.ts";
import type { Case, Json, Site } from "../../contract/types.ts";
import { coverageOf, coverageText } from "../../generators/access/coverage.ts";
import { featuresOf } from "../../generators/access/features.ts";
import { defaultSettings, settingsFrom, type AccessSettings } from "../../generators/access/settings.ts";
import { printUsersCsv, printUsersJson } from "../../generators/print.ts";
import { randomRuleWorld } from "../../generators/rules.ts";
import { randomAccessWorld, type AccessWorld } from "../../generators/section-access.ts";
import { readText } from "../../intake/files.ts";
import { accessCase, rulesCase, siteOfWorld } from "../../suites/campaigns.ts";
import { oneOf, operand, read, required, usage, type Command, type Given } from "../arguments.ts";
import { refuseFilled, writeFiles } from "../files.ts";
import { say, type ExitCode } from "../output.ts";

export const command: Command = {
  name: "generate",
  summary: "Writes random section-access tables, directories, rule sets, sites or cases; the same for the same seed.",
  operand: "<section-access|directory|rules|site|cases>",
  options: {
    seed: { value: "N", help: "the seed (default 1)" },
    count: { value: "N", help: "how many (default 10)" },
    out: { value: "DIR", help: "an empty or new folder" },
    dialect: { value: "NAME", help: `what cases expect (default ${defaultDialect})` },
    settings: { value: "FILE.json", help: "knobs of section access, by name; the others keep their defaults" },
    "print-settings": { help: "print all knobs as they would hold, and write nothing" },
    coverage: { help: "count which features of section access meet in those worlds, and write nothing" },
  },
  examples: [
    "qlik-conformance generate section-access --seed 7 --count 5 --out worlds",
    "qlik-conformance generate cases --seed 7 --count 100 --out cases",
    "qlik-conformance generate section-access --print-settings",
    "qlik-conformance generate section-access --seed 7 --count 2000 --coverage",
  ],
};

const kinds = ["section-access", "directory", "rules", "site", "cases"] as const;

type Files = { readonly [path: string]: string };

interface How {
  readonly seed: number;
  readonly dialect: string;
  readonly settings: AccessSettings;
}

type Make = (index: number, how: How) => Files;

function json(value: Json | Case | Site["entities"]): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function numbered(index: number): string {
  return String(index).padStart(5, "0");
}

/** The files the script reads as `lib://Data/…`, in the folder `data`. */
function dataOf({ files }: AccessWorld, folder: string): Files {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path.replace("lib://Data/", `${folder}/data/`), text]),
  );
}

const makers: { readonly [kind in (typeof kinds)[number]]: Make } = {
  "section-access": (index, { seed, settings }) => {
    const world = randomAccessWorld(seed, index, settings);
    return {
      [`${numbered(index)}/app.qvs`]: world.script,
      [`${numbered(index)}/users.csv`]: printUsersCsv(world.principals),
      [`${numbered(index)}/users.json`]: printUsersJson(world.principals),
      ...dataOf(world, numbered(index)),
    };
  },
  directory: (index, { seed, settings }) => {
    const { principals } = randomAccessWorld(seed, index, settings);
    return {
      [`${numbered(index)}/users.csv`]: printUsersCsv(principals),
      [`${numbered(index)}/users.json`]: printUsersJson(principals),
    };
  },
  rules: (index, { seed }) => ({ [`${numbered(index)}/site.json`]: json(randomRuleWorld(seed, index).site.entities) }),
  site: (index, { seed, settings }) => {
    const world = randomAccessWorld(seed, index, settings);
    const site = siteOfWorld(world);
    const scripts = Object.entries(site.apps).map(([id, { script }]) => [`${numbered(index)}/apps/${id}.qvs`, script]);
    return {
      [`${numbered(index)}/site.json`]: json(site.entities),
      ...(Object.fromEntries(scripts) as Files),
      ...dataOf(world, numbered(index)),
    };
  },
  cases: (index, { seed, settings, dialect }) => {
    const cases = [accessCase(seed, index, dialect, settings), rulesCase(seed, index, dialect)].filter(
      (of) => of !== undefined,
    );
    return Object.fromEntries(
      cases.map((of) => [`${of.id.split("/")[0] ?? "case"}-${numbered(index)}.json`, json(of)]),
    );
  },
};

const mostCount = 1_000_000;

function settingsIn(given: Given): AccessSettings {
  const file = given.text("settings");
  if (file === undefined) return defaultSettings;
  const text = readText(file);
  return settingsFrom(parseJson(text, file), (knob) => ({
    file,
    ...placeOf(text, knob === undefined ? [] : [knob]),
  }));
}

/** Features are defined of worlds in which nothing is disputed. */
function refuseHostile({ mode }: AccessSettings): void {
  if (mode === "hostile") throw usage(command, "--coverage of hostile worlds", "settings with the mode valid");
}

function coverageFor(seed: number, count: number, settings: AccessSettings): string {
  refuseHostile(settings);
  const rows = Array.from({ length: count }, (_, index) => featuresOf(randomAccessWorld(seed, index, settings)));
  return coverageText(coverageOf(rows, settings));
}

export async function run(words: readonly string[]): Promise<ExitCode> {
  const given = read(command, words);
  const kind = oneOf(command, "kind", operand(command, given, "what to generate is not named"), kinds);
  const settings = settingsIn(given);
  const seed = given.number("seed", 1, { least: 0, most: 2 ** 31 - 1 });
  const count = given.number("count", 10, { least: 1, most: mostCount });
  const dialect = given.text("dialect") ?? defaultDialect;
  dialectOf(dialect);
  if (given.has("print-settings")) {
    say(JSON.stringify(settings, undefined, 2));
    return 0;
  }
  if (given.has("coverage")) {
    say(coverageFor(seed, count, settings));
    return 0;
  }
  const out = required(command, given, "out");
  refuseFilled(out);
  function* files(): Generator<Files> {
    for (let index = 0; index < count; index++) yield makers[kind](index, { seed, dialect, settings });
  }
  const written = writeFiles(out, files());
  say(`${written} files in ${out} (${kind}, seed ${seed}, ${count})`);
  return 0;
}
