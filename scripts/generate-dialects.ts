/** Writes the reference of the dialects: each switch, what it means, and its value by profile. `npx tsx scripts/generate-dialects.ts` */
import { readFileSync, writeFileSync } from "node:fs";
import { dialectNames, dialectOf, switchRequirement, type DialectSwitch } from "../catalogue/dialects.ts";
import { markdownCell } from "./markdown-cell.ts";

export const dialectsPage = "docs/reference/dialects.md";

interface Documented {
  readonly name: string;
  readonly meaning: string;
  /** The values it may have. */
  readonly readings: string;
}

interface Switch extends Documented {
  readonly name: DialectSwitch;
}

const member = /\/\*\*\s*([\s\S]*?)\s*\*\/\s*readonly (\w+):\s*([^;]+);/g;

/** Members of the interface `Dialect` in a source text, with their doc comments and types. */
export function switchesIn(source: string): readonly Documented[] {
  const body = /export interface Dialect \{\n([\s\S]*?)\n\}/.exec(source)?.[1] ?? "";
  return [...body.matchAll(member)].map(([, meaning = "", name = "", type = ""]) => ({
    name,
    meaning: meaning.replaceAll(/\s*\n\s*\* ?/g, " "),
    readings: type === "boolean" ? "true, false" : type.replaceAll('"', "").replaceAll(" | ", ", "),
  }));
}

function isSwitch(name: string): name is DialectSwitch {
  return Object.hasOwn(switchRequirement, name);
}

function switches(): readonly Switch[] {
  const source = readFileSync(new URL("../catalogue/dialects.ts", import.meta.url), "utf8");
  return switchesIn(source).flatMap(({ name, ...rest }) => (isSwitch(name) ? [{ ...rest, name }] : []));
}

const profiles: { readonly [name: string]: string } = {
  documented: "the current client-managed release as its help reads; the default",
  cloud: "Qlik Cloud, as far as section access differs",
  "cm-2021": "client-managed, May 2021 to August 2024: before the socket's CSRF token",
  "cm-2018": "client-managed, 2018: section access of published apps",
  "cm-1.1": "Qlik Sense 1.1",
  "qlikview-desktop": "QlikView on a desktop",
  "qlikview-server": "QlikView on a server",
};

/** The page as Markdown. Throws TypeError when a profile or a switch is described nowhere. */
export function dialectsText(): string {
  const rows = switches();
  const lost = Object.keys(switchRequirement).filter((name) => !rows.some((row) => row.name === name));
  if (lost.length > 0) throw new TypeError(`no doc comment for the switch ${lost.join(", ")}`);
  return `${[introduction(), profileTable(), switchTable(rows)].join("\n\n")}\n`;
}

function introduction(): string {
  return [
    "# Dialects",
    "",
    "Generated from `catalogue/dialects.ts` by `scripts/generate-dialects.ts`; do not edit by hand.",
    "",
    "Where the documentation contradicts itself, says nothing, or changed between releases, a switch holds the reading. A",
    "dialect is a named set of all switches. `--dialect NAME` says which reading is expected. A reading that is disputed is",
    "judged only on a target that declares its dialect; on any other target a difference is told as *observed*.",
    "",
    "Evaluators read switches and know no profile by its name. What a profile does not set, it takes from `documented`.",
  ].join("\n");
}

function profileTable(): string {
  const rows = dialectNames.map((name) => {
    const what = profiles[name];
    if (what === undefined) throw new TypeError(`scripts/generate-dialects.ts does not describe the dialect ${name}`);
    return `| \`${name}\` | ${what} |`;
  });
  return ["## Profiles", "", "| dialect | stands for |", "| --- | --- |", ...rows].join("\n");
}

function switchTable(rows: readonly Switch[]): string {
  const documented = dialectOf("documented");
  const lines = rows.map(({ name, meaning, readings }) => {
    const others = dialectNames
      .filter((profile) => dialectOf(profile)[name] !== documented[name])
      .map((profile) => `${String(dialectOf(profile)[name])} in \`${profile}\``);
    const cells = [meaning, readings, String(documented[name]), others.join(", "), switchRequirement[name]];
    return `| \`${name}\` | ${cells.map(markdownCell).join(" | ")} |`;
  });
  return [
    "## Switches",
    "",
    "The requirement is the row of the [catalogue](requirements.md) whose sources conflict or are silent.",
    "",
    "| switch | meaning | readings | documented | other profiles | requirement |",
    "| --- | --- | --- | --- | --- | --- |",
    ...lines,
  ].join("\n");
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(new URL(`../${dialectsPage}`, import.meta.url), dialectsText());
  console.log(dialectsPage);
}
