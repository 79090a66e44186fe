/** Writes the reference of the command line from the commands' own tables. `npx tsx scripts/generate-cli-reference.ts` */
import { readdirSync, writeFileSync } from "node:fs";
import type { Command } from "../cli/arguments.ts";
import { markdownCell } from "./markdown-cell.ts";

export const cliPage = "docs/reference/cli.md";

const folder = new URL("../cli/commands/", import.meta.url);

/** Every command's table, sorted by name. */
export async function commandTables(): Promise<readonly Command[]> {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".ts"))
    .sort();
  const modules = await Promise.all(
    files.map(async (name) => (await import(new URL(name, folder).href)) as { readonly command: Command }),
  );
  return modules.map(({ command }) => command);
}

/** The page as Markdown. */
export async function cliText(): Promise<string> {
  const commands = await commandTables();
  return `${[introduction(commands), ...commands.map(section), closing()].join("\n\n")}\n`;
}

function introduction(commands: readonly Command[]): string {
  return [
    "# The command line",
    "",
    "Generated from `cli/commands/` by `scripts/generate-cli-reference.ts`; do not edit by hand.",
    "",
    "Installed, the command is `qlik-conformance`; in a checkout `npx tsx cli/main.ts` takes its place. `npm start -- …` is",
    "`run` with npm's own lines around it. Stdout carries the answer alone; notes, progress and errors go to stderr. Unknown",
    "flags, missing values and stray words are refused.",
    "",
    "| command | does |",
    "| --- | --- |",
    ...commands.map(({ name, summary }) => `| [\`${name}\`](#${name}) | ${markdownCell(summary)} |`),
  ].join("\n");
}

function section(command: Command): string {
  const operand = command.operand === undefined ? "" : ` ${command.operand}`;
  return [
    `## ${command.name}`,
    "",
    `\`qlik-conformance ${command.name}${operand} [options]\``,
    "",
    command.summary,
    "",
    "| option | meaning |",
    "| --- | --- |",
    ...Object.entries(command.options).map(optionRow),
    "| `--help` | show the options |",
    "",
    "```",
    ...command.examples,
    "```",
  ].join("\n");
}

function optionRow([flag, option]: [string, Command["options"][string]]): string {
  const value = option.value === undefined ? "" : ` ${option.value}`;
  const repeated = option.repeated === true ? "; may be repeated" : "";
  return `| \`${markdownCell(`--${flag}${value}`)}\` | ${markdownCell(option.help)}${repeated} |`;
}

function closing(): string {
  return [
    "## Exit codes",
    "",
    "| code | meaning |",
    "| --- | --- |",
    "| 0 | conformant as far as asked; for questions such as `reduce` and `decide`: answered, whatever the answer |",
    "| 1 | not conformant |",
    "| 2 | bad usage, configuration or input: one line with file, line and column, what was expected, what to do |",
    "| 3 | could not be determined |",
    "| 4 | internal error |",
    "",
    "Where several hold, 4 goes before 1, 1 before 3, 3 before 0. With `--json`, an error is one line of JSON on stderr:",
    '`{"error":{"code":…,"message":…,"file":…,"line":…,"column":…,"expected":…,"remedy":…}}`.',
  ].join("\n");
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(new URL(`../${cliPage}`, import.meta.url), await cliText());
  console.log(cliPage);
}
