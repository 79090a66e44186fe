/** Writes the reference of the generators of section access from their own tables. `npx tsx scripts/generate-generators.ts` */
import { writeFileSync } from "node:fs";
import { aboutFactor, constraints, factorNames, factorValues, type Factor } from "../generators/access/factors.ts";
import { twists } from "../generators/access/hostile.ts";
import { knobs, type Knob } from "../generators/access/settings.ts";
import { markdownCell } from "./markdown-cell.ts";

export const generatorsPage = "docs/reference/generators.md";

function listed(values: readonly string[]): string {
  return values.map((value) => `\`${value}\``).join(", ");
}

function factorRow(factor: Factor): string {
  return `| \`${factor}\` | ${listed(factorValues[factor])} | ${markdownCell(aboutFactor[factor])} |`;
}

function isList(value: Knob["fallback"]): value is Extract<Knob["fallback"], readonly unknown[]> {
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

/** The page as Markdown. */
export function generatorsText(): string {
  return `${[
    "# Worlds of section access",
    "",
    "Generated from `generators/access/` by `scripts/generate-generators.ts`; do not edit by hand.",
    "",
    "`qlik-conformance generate section-access|directory|site|cases` makes worlds: an app, its tables of section access, the",
    "people who open it. A seed and a position give the same world for ever; a new release of the generators says so by a new",
    "campaign version in the cases. `--print-settings` prints all knobs, `--settings FILE.json` sets some of them, and an",
    "unknown one is refused. `--coverage` counts which features meet in the worlds as they came out.",
    "",
    "Tables that are loaded from files are read as `lib://Data/<table>.csv` and lie in `data/`: on a site make a folder",
    "connection `Data`, or attach the files and write `lib://AttachedFiles/`; for `reduce`, `--data Data=<world>/data`.",
    "",
    "## Features",
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
    "## Knobs",
    "",
    "| knob | default | takes | about |",
    "| --- | --- | --- | --- |",
    ...knobs.map(knobRow),
    "",
    "## Hostile worlds",
    "",
    "In the mode `hostile` one or more of these are worked into each world. The dialect decides what they come to.",
    "",
    "| twist | requirement | about |",
    "| --- | --- | --- |",
    ...twists.map(twistRow),
  ].join("\n")}\n`;
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(new URL(`../${generatorsPage}`, import.meta.url), generatorsText());
  console.log(generatorsPage);
}
