/** `generate`: random tables, directories, rule sets, sites and cases, as files a real site can load. */
import { defaultDialect, dialectOf } from "../../catalogue/dialects.ts";
import type { Place } from "../../contract/errors.ts";
import { parseJson, placeOf } from "../../contract/json-text.ts";
import type { Case, Json, Site } from "../../contract/types.ts";
import { coverageOf, coverageText } from "../../generators/access/coverage.ts";
import { featuresOf } from "../../generators/access/features.ts";
import { defaultSettings, settingsFrom, type AccessSettings } from "../../generators/access/settings.ts";
import { printUsersCsv, printUsersJson } from "../../generators/print.ts";
import {
  defaultSettings as defaultRuleSettings,
  settingsFrom as ruleSettingsFrom,
  type RuleSettings,
} from "../../generators/rules/settings.ts";
import { randomRuleWorld } from "../../generators/rules.ts";
import { randomAccessWorld, type AccessWorld } from "../../generators/section-access.ts";
import { readText } from "../../intake/files.ts";
import { accessCase, rulesCase, siteOfWorld } from "../../suites/campaigns.ts";
import { oneOf, operand, read, required, usage, type Command, type Given } from "../arguments.ts";
import { refuseFilled, writeFiles } from "../files.ts";
import { say, type ExitCode } from "../output.ts";
import { campaignText, measured, peopleFiles, ruleFiles } from "../rule-worlds.ts";

export const command: Command = {
  name: "generate",
  summary: "Writes random section-access tables, directories, rule sets, sites or cases; the same for the same seed.",
  operand: "<section-access|directory|rules|site|cases>",
  options: {
    seed: { value: "N", help: "the seed (default 1)" },
    count: { value: "N", help: "how many (default 10)" },
    out: { value: "DIR", help: "an empty or new folder" },
    dialect: { value: "NAME", help: `what cases expect (default ${defaultDialect})` },
    settings: {
      value: "FILE.json",
      help: "knobs by name, of rules for rules and directory, else of section access; the others keep their defaults",
    },
    "rule-settings": { value: "FILE.json", help: "knobs of rules for the cases about rules" },
    "print-settings": { help: "print all knobs as they would hold, and write nothing" },
    coverage: { help: "count which features meet in those worlds, for rules also what is granted, and write nothing" },
  },
  examples: [
    "qlik-conformance generate section-access --seed 7 --count 5 --out worlds",
    "qlik-conformance generate cases --seed 7 --count 100 --out cases",
    "qlik-conformance generate section-access --print-settings",
    "qlik-conformance generate section-access --seed 7 --count 2000 --coverage",
    "qlik-conformance generate rules --seed 7 --count 3 --out rule-sets",
    "qlik-conformance generate rules --seed 7 --count 500 --coverage",
  ],
};

const kinds = ["section-access", "directory", "rules", "site", "cases"] as const;

type Files = { readonly [path: string]: string };

interface How {
  readonly seed: number;
  readonly dialect: string;
  readonly settings: AccessSettings;
  readonly ruleSettings: RuleSettings;
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
  directory: (index, { seed, ruleSettings }) =>
    peopleFiles(randomRuleWorld(seed, index, ruleSettings), numbered(index)),
  rules: (index, { seed, ruleSettings }) => ruleFiles(randomRuleWorld(seed, index, ruleSettings), numbered(index)),
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
  cases: (index, { seed, settings, ruleSettings, dialect }) => {
    const cases = [accessCase(seed, index, dialect, settings), rulesCase(seed, index, dialect, ruleSettings)].filter(
      (of) => of !== undefined,
    );
    return Object.fromEntries(
      cases.map((of) => [`${of.id.split("/")[0] ?? "case"}-${numbered(index)}.json`, json(of)]),
    );
  },
};

const mostCount = 1_000_000;

type Kind = (typeof kinds)[number];

/** Kinds made of worlds of rules. */
const ruleKinds: ReadonlySet<Kind> = new Set(["rules", "directory"]);

/** Settings from the file a flag names; a fault in it is told with its place. */
function settingsIn<Settings>(
  given: Given,
  flag: "settings" | "rule-settings",
  from: (found: unknown, locate: (knob?: string) => Place) => Settings,
): Settings | undefined {
  const file = given.text(flag);
  if (file === undefined) return undefined;
  const text = readText(file);
  return from(parseJson(text, file), (knob) => ({ file, ...placeOf(text, knob === undefined ? [] : [knob]) }));
}

function ruleSettingsIn(given: Given, kind: Kind): RuleSettings {
  const flag = ruleKinds.has(kind) ? "settings" : "rule-settings";
  if (given.text("rule-settings") !== undefined && kind !== "cases")
    throw usage(command, `--rule-settings for ${kind}`, "cases; for rules and directory it is --settings");
  return settingsIn(given, flag, ruleSettingsFrom) ?? defaultRuleSettings;
}

function accessSettingsIn(given: Given, kind: Kind): AccessSettings {
  return (ruleKinds.has(kind) ? undefined : settingsIn(given, "settings", settingsFrom)) ?? defaultSettings;
}

/** Features are defined of worlds in which nothing is disputed or malformed. */
function refuseHostile({ mode }: AccessSettings | RuleSettings): void {
  if (mode === "hostile") throw usage(command, "--coverage of hostile worlds", "settings with the mode valid");
}

function coverageFor(kind: Kind, count: number, { seed, settings, ruleSettings, dialect }: How): string {
  refuseHostile(ruleKinds.has(kind) ? ruleSettings : settings);
  if (ruleKinds.has(kind)) return campaignText(measured({ seed, count, settings: ruleSettings }, dialectOf(dialect)));
  const rows = Array.from({ length: count }, (_, index) => featuresOf(randomAccessWorld(seed, index, settings)));
  return coverageText(coverageOf(rows, settings));
}

export async function run(words: readonly string[]): Promise<ExitCode> {
  const given = read(command, words);
  const kind = oneOf(command, "kind", operand(command, given, "what to generate is not named"), kinds);
  const settings = accessSettingsIn(given, kind);
  const ruleSettings = ruleSettingsIn(given, kind);
  const seed = given.number("seed", 1, { least: 0, most: 2 ** 31 - 1 });
  const count = given.number("count", 10, { least: 1, most: mostCount });
  const dialect = given.text("dialect") ?? defaultDialect;
  dialectOf(dialect);
  const how: How = { seed, dialect, settings, ruleSettings };
  if (given.has("print-settings")) {
    say(JSON.stringify(ruleKinds.has(kind) ? ruleSettings : settings, undefined, 2));
    return 0;
  }
  if (given.has("coverage")) {
    say(coverageFor(kind, count, how));
    return 0;
  }
  const out = required(command, given, "out");
  refuseFilled(out);
  function* files(): Generator<Files> {
    for (let index = 0; index < count; index++) yield makers[kind](index, how);
  }
  const written = writeFiles(out, files());
  say(`${written} files in ${out} (${kind}, seed ${seed}, ${count})`);
  return 0;
}
