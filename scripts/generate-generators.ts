/** Writes the reference of the generators from their own tables. `npx tsx scripts/generate-generators.ts` */
import { writeFileSync } from "node:fs";
import { aboutFactor, constraints, factorNames, factorValues, type Factor } from "../generators/access/factors.ts";
import { twists } from "../generators/access/hostile.ts";
import { knobs } from "../generators/access/settings.ts";
import type { Knob } from "../generators/knobs.ts";
import {
  aboutFactor as aboutRuleFactor,
  constraints as ruleConstraints,
  factorNames as ruleFactors,
  factorValues as ruleValues,
} from "../generators/rules/factors.ts";
import { ruleTwists } from "../generators/rules/hostile.ts";
import { knobs as ruleKnobs } from "../generators/rules/settings.ts";
import { bounds } from "../generators/rules/sides.ts";
import { markdownCell } from "./markdown-cell.ts";

export const generatorsPage = "docs/reference/generators.md";

function listed(values: readonly string[]): string {
  return values.map((value) => `\`${value}\``).join(", ");
}

function factorRow(factor: Factor): string {
  return `| \`${factor}\` | ${listed(factorValues[factor])} | ${markdownCell(aboutFactor[factor])} |`;
}

function isList(value: Knob["fallback"]): value is readonly string[] {
  return Array.isArray(value);
}

function knobRow({ name, fallback, takes, about }: Knob): string {
  const value = isList(fallback) ? (name === "twists" ? "all but `ring`" : "all") : `\`${String(fallback)}\``;
  return `| \`${name}\` | ${value} | ${markdownCell(takes)} | ${markdownCell(about)} |`;
}

function constraintRow({ never, because }: (typeof constraints)[number]): string {
  const values = Object.entries(never).map(([factor, held]) => `${factor}: ${listed(held)}`);
  return `| ${values.join("; ")} | ${markdownCell(because)} |`;
}

function twistRow({ name, requirement, about, refused }: (typeof twists)[number]): string {
  return `| \`${name}\` | ${requirement} | ${markdownCell(about)}${refused === true ? "; refused with an error" : ""} |`;
}

function accessPart(): readonly string[] {
  return [
    "## Worlds of section access",
    "",
    "`qlik-conformance generate section-access|site|cases` makes worlds: an app, its tables of section access, the",
    "people who open it. A seed and a position give the same world for ever; a new release of the generators says so by a new",
    "campaign version in the cases. `--print-settings` prints all knobs, `--settings FILE.json` sets some of them, and an",
    "unknown one is refused. `--coverage` counts which features meet in the worlds as they came out.",
    "",
    "Tables that are loaded from files are read as `lib://Data/<table>.csv` and lie in `data/`: on a site make a folder",
    "connection `Data`, or attach the files and write `lib://AttachedFiles/`; for `reduce`, `--data Data=<world>/data`.",
    "",
    "### Features of section access",
    "",
    "A world is made from one value of each. The first positions of a campaign hold every pair of values that can meet, the",
    "others are drawn, so that 2,000 worlds hold nearly every triple, whatever the seed.",
    "",
    "| feature | values | about |",
    "| --- | --- | --- |",
    ...factorNames.map(factorRow),
    "",
    "What never meets in one world:",
    "",
    "| values | because |",
    "| --- | --- |",
    ...constraints.map(constraintRow),
    "",
    "### Knobs of section access",
    "",
    "| knob | default | takes | about |",
    "| --- | --- | --- | --- |",
    ...knobs.map(knobRow),
    "",
    "### Hostile worlds of section access",
    "",
    "In the mode `hostile` one or more of these are worked into each world. The dialect decides what they come to.",
    "",
    "| twist | requirement | about |",
    "| --- | --- | --- |",
    ...twists.map(twistRow),
  ];
}

function ruleFactorRow(factor: (typeof ruleFactors)[number]): string {
  return `| \`${factor}\` | ${listed(ruleValues[factor])} | ${markdownCell(aboutRuleFactor[factor])} |`;
}

function ruleKnobRow({ name, fallback, takes, about }: Knob): string {
  const value = typeof fallback === "object" ? "all" : `\`${String(fallback)}\``;
  return `| \`${name}\` | ${value} | ${markdownCell(takes)} | ${markdownCell(about)} |`;
}

function ruleConstraintRow({ never, because }: (typeof ruleConstraints)[number]): string {
  const values = Object.entries(never).map(([factor, held]) => `${factor}: ${listed(held)}`);
  return `| ${values.join("; ")} | ${markdownCell(because)} |`;
}

function ruleTwistRow({ name, requirement, about, refused }: (typeof ruleTwists)[number]): string {
  return `| \`${name}\` | ${requirement} | ${markdownCell(about)}${refused === true ? "; a file with it is refused" : ""} |`;
}

function rulesPart(): readonly string[] {
  return [
    "## Worlds of rules",
    "",
    "`qlik-conformance generate rules|directory|cases` makes worlds: people, what they ask about, rules, and questions. Words",
    "look alike: one id in two directories, ids and groups that begin like others, letter case, somebody in all groups of",
    "another but one, an empty property beside a missing one.",
    "",
    "`rules` writes for each world `site.json`, which `decide` and `fuzz` read, the rules and the users apart as QRS answers",
    "them (`exports/rules.json`, `exports/users.json`), and in `directory/NAME/` each user directory: `users.csv` with `attributes.csv`, the two",
    "tables a connector reads, and `people.ldif`. `directory` writes the people alone, and `users.csv` with a line a group.",
    "`decide` and `fuzz` take directories beside a site: `--directory CORP=people.ldif`, or",
    "`--directory CORP=users.csv,attributes.csv`; attributes there take the place of those in the site.",
    "",
    "Groups may be members of groups. Conditions see groups flat, as the connector brought them (SR-402), and no stored page",
    "says how far a connector follows memberships; so users, tables and `users.json` hold each group with all it is a member",
    "of, LDIF holds the memberships themselves, and reading it flattens them. Who is not to be followed so far has a file",
    "without entries of groups.",
    "",
    "`--coverage` measures worlds as they came out: pairs of features that met, the share of questions granted, which lies",
    "between 5 and 60 %, and how many atoms were true for some and false for others of the site. Those that cannot be are",
    "counted with what bounds them:",
    "",
    ...bounds.map((bound) => `* ${bound}`),
    "",
    "### Features of atoms",
    "",
    "One atom of each world is made to order, with the values on the site that it needs, and a question is put to it. The first",
    "positions of a campaign hold every pair of values that can meet, the others are drawn.",
    "",
    "| feature | values | about |",
    "| --- | --- | --- |",
    ...ruleFactors.map(ruleFactorRow),
    "",
    "What never meets in one atom:",
    "",
    "| values | because |",
    "| --- | --- |",
    ...ruleConstraints.map(ruleConstraintRow),
    "",
    "### Knobs of rules",
    "",
    "For `rules` and `directory` in `--settings`, for `cases` in `--rule-settings`.",
    "",
    "| knob | default | takes | about |",
    "| --- | --- | --- | --- |",
    ...ruleKnobs.map(ruleKnobRow),
    "",
    "### Hostile rule sets",
    "",
    "In the mode `hostile` one or more of these are worked into each world. What cannot be read grants nothing and disturbs no",
    "other rule (SR-110).",
    "",
    "| twist | requirement | about |",
    "| --- | --- | --- |",
    ...ruleTwists.map(ruleTwistRow),
  ];
}

/** The page as Markdown. */
export function generatorsText(): string {
  return `${[
    "# Generated worlds",
    "",
    "Generated from `generators/` by `scripts/generate-generators.ts`; do not edit by hand.",
    "",
    ...accessPart(),
    "",
    ...rulesPart(),
  ].join("\n")}\n`;
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(new URL(`../${generatorsPage}`, import.meta.url), generatorsText());
  console.log(generatorsPage);
}
