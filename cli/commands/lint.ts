/** `lint`: what a person would want to know of section access before a release. */
import type { Finding } from "../../analysis/section-access/lint/finding.ts";
import { lint } from "../../analysis/section-access/lint/lint.ts";
import { defaultDialect, dialectOf } from "../../catalogue/dialects.ts";
import { formatPlace } from "../../contract/errors.ts";
import type { Principal } from "../../contract/types.ts";
import { principalsOf, readPrincipals } from "../../intake/principals.ts";
import { read, required, usage, type Command, type Given } from "../arguments.ts";
import { loadScript, loadSite, type LoadedScript } from "../loaded-script.ts";
import { say, sayJson, type ExitCode } from "../output.ts";

export const command: Command = {
  name: "lint",
  summary:
    "Prints what is wrong or doubtful in an app's section access: who would see too much, who would be locked out. Ends with 1 when a finding is more than advice.",
  options: {
    script: { value: "FILE", help: "the load script (.qvs)" },
    data: { value: "NAME=DIR", repeated: true, help: "a folder the script reads as lib://NAME/…" },
    site: { value: "DIR", help: "a site folder instead of a script: every app in it, or the one of --app" },
    app: { value: "ID", help: "the app of the site, by id or name" },
    users: { value: "FILE", help: "users and groups beside those the tables name: CSV (user,group) or QRS User JSON" },
    dialect: { value: "NAME", help: `which documented reading to follow (default ${defaultDialect})` },
    json: { help: "print JSON" },
  },
  examples: [
    "qlik-conformance lint --script sales.qvs --data Data=./data --users people.csv",
    "qlik-conformance lint --site examples/trading --app Orders",
  ],
};

function sourcesOf(given: Given): readonly LoadedScript[] {
  const folder = given.text("site");
  if (folder === undefined) {
    if (given.text("app") !== undefined) throw usage(command, "--app goes with --site", "--site DIR");
    return [loadScript(required(command, given, "script"), given.texts("data"))];
  }
  if (given.text("script") !== undefined) throw usage(command, "--site and --script exclude each other");
  if (given.texts("data").length > 0) throw usage(command, "--data goes with --script");
  return loadSite(folder, given.text("app"));
}

function peopleOf(given: Given, { site }: LoadedScript): readonly Principal[] {
  const file = given.text("users");
  if (file !== undefined) return readPrincipals(file);
  return site === undefined ? [] : principalsOf(site);
}

interface Linted {
  readonly app: string;
  readonly hasSectionAccess: boolean;
  readonly findings: readonly Finding[];
}

function line({ severity, requirement, place, message, rule }: Finding): string {
  const at = place === undefined ? "" : `${formatPlace(place)}: `;
  return `  ${severity.padEnd(9)}  ${at}${message} [${rule}, ${requirement}]`;
}

function text({ app, hasSectionAccess, findings }: Linted): string {
  if (!hasSectionAccess) return `${app}: no section access, so everybody who may open the app sees everything`;
  if (findings.length === 0) return `${app}: nothing found`;
  return [`${app}: ${findings.length} ${findings.length === 1 ? "finding" : "findings"}`, ...findings.map(line)].join(
    "\n",
  );
}

export async function run(words: readonly string[]): Promise<ExitCode> {
  const given = read(command, words);
  const dialect = dialectOf(given.text("dialect") ?? defaultDialect);
  const apps = sourcesOf(given).map((source): Linted => {
    const findings = lint(source, source.loaded, peopleOf(given, source), dialect);
    return { app: source.name, hasSectionAccess: source.loaded.access !== undefined, findings };
  });
  if (given.has("json")) sayJson(apps);
  else say(apps.map(text).join("\n"));
  const grave = apps.some(({ findings }) => findings.some(({ severity }) => severity !== "advice"));
  return grave ? 1 : 0;
}
