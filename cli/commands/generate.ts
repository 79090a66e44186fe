/** `generate`: random tables, directories, rule sets, sites and cases, as files a real site can load. */
import { defaultDialect, dialectOf } from "../../catalogue/dialects.ts";
import type { Case, Json, Site } from "../../contract/types.ts";
import { printUsersCsv, printUsersJson } from "../../generators/print.ts";
import { randomRuleWorld } from "../../generators/rules.ts";
import { randomAccessWorld } from "../../generators/section-access.ts";
import { accessCase, rulesCase, siteOfWorld } from "../../suites/campaigns.ts";
import { oneOf, operand, read, required, type Command } from "../arguments.ts";
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
  },
  examples: [
    "qlik-conformance generate section-access --seed 7 --count 5 --out worlds",
    "qlik-conformance generate cases --seed 7 --count 100 --out cases",
  ],
};

const kinds = ["section-access", "directory", "rules", "site", "cases"] as const;

type Files = { readonly [path: string]: string };
type Make = (seed: number, index: number, dialect: string) => Files;

function json(value: Json | Case | Site["entities"]): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function numbered(index: number): string {
  return String(index).padStart(5, "0");
}

const makers: { readonly [kind in (typeof kinds)[number]]: Make } = {
  "section-access": (seed, index) => {
    const { script, principals } = randomAccessWorld(seed, index);
    return { [`${numbered(index)}/app.qvs`]: script, [`${numbered(index)}/users.csv`]: printUsersCsv(principals) };
  },
  directory: (seed, index) => {
    const { principals } = randomAccessWorld(seed, index);
    return {
      [`${numbered(index)}/users.csv`]: printUsersCsv(principals),
      [`${numbered(index)}/users.json`]: printUsersJson(principals),
    };
  },
  rules: (seed, index) => ({ [`${numbered(index)}/site.json`]: json(randomRuleWorld(seed, index).site.entities) }),
  site: (seed, index) => {
    const site = siteOfWorld(randomAccessWorld(seed, index));
    const scripts = Object.entries(site.apps).map(([id, { script }]) => [`${numbered(index)}/apps/${id}.qvs`, script]);
    return { [`${numbered(index)}/site.json`]: json(site.entities), ...(Object.fromEntries(scripts) as Files) };
  },
  cases: (seed, index, dialect) => {
    const cases = [accessCase(seed, index, dialect), rulesCase(seed, index, dialect)].filter((of) => of !== undefined);
    return Object.fromEntries(
      cases.map((of) => [`${of.id.split("/")[0] ?? "case"}-${numbered(index)}.json`, json(of)]),
    );
  },
};

const mostCount = 1_000_000;

export async function run(words: readonly string[]): Promise<ExitCode> {
  const given = read(command, words);
  const kind = oneOf(command, "kind", operand(command, given, "what to generate is not named"), kinds);
  const out = required(command, given, "out");
  const seed = given.number("seed", 1, { least: 0, most: 2 ** 31 - 1 });
  const count = given.number("count", 10, { least: 1, most: mostCount });
  const dialect = given.text("dialect") ?? defaultDialect;
  dialectOf(dialect);
  refuseFilled(out);
  function* files(): Generator<Files> {
    for (let index = 0; index < count; index++) yield makers[kind](seed, index, dialect);
  }
  const written = writeFiles(out, files());
  say(`${written} files in ${out} (${kind}, seed ${seed}, ${count})`);
  return 0;
}
