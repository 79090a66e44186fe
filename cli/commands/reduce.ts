/** `reduce`: the expected section-access result of a real load script, user by user. */
import { dialectOf, defaultDialect } from "../../catalogue/dialects.ts";
import type { Principal, Value, ViewTable } from "../../contract/types.ts";
import { fileAccess } from "../../intake/data.ts";
import { readText } from "../../intake/files.ts";
import { reduce } from "../../reference/section-access/spec.ts";
import type { Reduction } from "../../reference/section-access/types.ts";
import { reload } from "../../reload/index.ts";
import { read, required, type Command } from "../arguments.ts";
import { say, sayJson, type ExitCode } from "../output.ts";
import { peopleFrom } from "../people.ts";
import { tableLines } from "../tables.ts";

export const command: Command = {
  name: "reduce",
  summary:
    "Prints what users see of an app, computed from its load script alone: access, hidden fields, rows, and why.",
  options: {
    script: { value: "FILE", help: "the load script (.qvs)" },
    data: { value: "NAME=DIR", repeated: true, help: "a folder the script reads as lib://NAME/…" },
    user: { value: "DIR\\id", repeated: true, help: "a user to compute for" },
    group: { value: "GROUP", repeated: true, help: "a group of the users named with --user" },
    users: { value: "FILE", help: "users and groups: CSV (user,group) or QRS User JSON" },
    dialect: { value: "NAME", help: `which documented reading to follow (default ${defaultDialect})` },
    json: { help: "print JSON" },
  },
  examples: [
    "qlik-conformance reduce --script sales.qvs --user 'CORP\\ann'",
    "qlik-conformance reduce --script sales.qvs --data Data=./data --users people.csv --json",
  ],
};

function fullName(who: Principal): string {
  return `${who.directory}\\${who.id}`;
}

interface Answer {
  readonly who: Principal;
  readonly reduction: Reduction;
}

/** The public shape: one object a user, tables by name. */
function asJson({ who, reduction }: Answer): object {
  const user = fullName(who);
  if (reduction.access === "denied") return { user, access: "denied", because: reduction.because };
  const tables = Object.fromEntries(reduction.tables.map(({ name, fields, rows }) => [name, { fields, rows }]));
  return {
    user,
    access: "granted",
    level: reduction.level,
    omitted: reduction.omitted,
    tables,
    because: reduction.because,
  };
}

function shown(value: Value): string {
  if (value === null) return "(null)";
  return typeof value === "object" ? value.t : String(value);
}

function tableText(table: ViewTable): readonly string[] {
  const rows = table.rows.map((row) => row.map(shown));
  const count = `${table.name}: ${table.rows.length} ${table.rows.length === 1 ? "row" : "rows"}`;
  return table.fields.length === 0
    ? [count]
    : [count, ...tableLines([table.fields, ...rows]).map((line) => `  ${line}`)];
}

function asText({ who, reduction }: Answer): string {
  const why = reduction.because.map(({ requirement, evidence }) => `  ${requirement}  ${evidence}`);
  if (reduction.access === "denied") return [`${fullName(who)}  access denied`, ...why, ""].join("\n");
  const hidden = reduction.omitted.length === 0 ? "" : `, without ${reduction.omitted.join(", ")}`;
  const head = `${fullName(who)}  access granted (${reduction.level}${hidden})`;
  return [head, ...reduction.tables.flatMap(tableText).map((line) => `  ${line}`), ...why, ""].join("\n");
}

export async function run(words: readonly string[]): Promise<ExitCode> {
  const given = read(command, words);
  const script = required(command, given, "script");
  const dialect = dialectOf(given.text("dialect") ?? defaultDialect);
  const people = peopleFrom(command, given);
  const app = reload(readText(script), { files: fileAccess(given.texts("data")), file: script });
  const answers = people.map((who) => ({ who, reduction: reduce(app, who, dialect) }));
  if (given.has("json")) sayJson(answers.map(asJson));
  else say(answers.map(asText).join("\n"));
  return 0;
}
