/** `reduce`: the expected section-access result of a real load script, user by user. */
import { dialectOf, defaultDialect } from "../../catalogue/dialects.ts";
import type { Principal, Value, ViewTable } from "../../contract/types.ts";
import { fileAccess } from "../../intake/data.ts";
import { readText } from "../../intake/files.ts";
import { columnarReduce, countsOf, type Counted } from "../../reference/section-access/columnar.ts";
import { encode } from "../../reference/section-access/columnar-encode.ts";
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
    counts: { help: "print how many rows of each table a user sees, not the rows" },
    json: { help: "print JSON" },
  },
  examples: [
    "qlik-conformance reduce --script sales.qvs --user 'CORP\\ann'",
    "qlik-conformance reduce --script sales.qvs --data Data=./data --users people.csv --json",
    "qlik-conformance reduce --script sales.qvs --users people.csv --counts",
  ],
};

function fullName(who: Principal): string {
  return `${who.directory}\\${who.id}`;
}

interface Answer {
  readonly who: Principal;
  readonly reduction: Reduction;
  /** Where numbers of rows are asked for. */
  readonly counted?: Counted | undefined;
}

/** Tables by name: how many rows each shows, or the rows. */
function tablesAsJson(reduction: Extract<Reduction, { access: "granted" }>, counted: Counted | undefined): object {
  const { tables } = reduction;
  if (counted?.access === "granted") {
    return { rows: Object.fromEntries(tables.map(({ name }, at) => [name, counted.rows[at]])) };
  }
  return { tables: Object.fromEntries(tables.map(({ name, fields, rows }) => [name, { fields, rows }])) };
}

/** The public shape: one object a user. */
function asJson({ who, reduction, counted }: Answer): object {
  const user = fullName(who);
  const { access, because } = reduction;
  if (access === "denied") return { user, access, because };
  const { level, omitted } = reduction;
  return { user, access, level, omitted, ...tablesAsJson(reduction, counted), because };
}

function shown(value: Value): string {
  if (value === null) return "(null)";
  return typeof value === "object" ? value.t : String(value);
}

function countText(name: string, rows: number): string {
  return `${name}: ${rows} ${rows === 1 ? "row" : "rows"}`;
}

function tableText(table: ViewTable): readonly string[] {
  const rows = table.rows.map((row) => row.map(shown));
  const count = countText(table.name, rows.length);
  return table.fields.length === 0
    ? [count]
    : [count, ...tableLines([table.fields, ...rows]).map((line) => `  ${line}`)];
}

function tablesAsText(tables: readonly ViewTable[], counted: Counted | undefined): readonly string[] {
  if (counted?.access !== "granted") return tables.flatMap(tableText);
  return tables.map(({ name }, at) => countText(name, counted.rows[at] ?? 0));
}

function asText({ who, reduction, counted }: Answer): string {
  const why = reduction.because.map(({ requirement, evidence }) => `  ${requirement}  ${evidence}`);
  if (reduction.access === "denied") return [`${fullName(who)}  access denied`, ...why, ""].join("\n");
  const hidden = reduction.omitted.length === 0 ? "" : `, without ${reduction.omitted.join(", ")}`;
  const head = `${fullName(who)}  access granted (${reduction.level}${hidden})`;
  return [head, ...tablesAsText(reduction.tables, counted).map((line) => `  ${line}`), ...why, ""].join("\n");
}

export async function run(words: readonly string[]): Promise<ExitCode> {
  const given = read(command, words);
  const script = required(command, given, "script");
  const dialect = dialectOf(given.text("dialect") ?? defaultDialect);
  const people = peopleFrom(command, given);
  const app = encode(reload(readText(script), { files: fileAccess(given.texts("data")), file: script }));
  const reductions = columnarReduce(app, people, dialect);
  const counts = given.has("counts") ? countsOf(app, people, dialect) : [];
  const answers = reductions.flatMap((reduction, at) => {
    const who = people[at];
    return who === undefined ? [] : [{ who, reduction, counted: counts[at] }];
  });
  if (given.has("json")) sayJson(answers.map(asJson));
  else say(answers.map(asText).join("\n"));
  return 0;
}
