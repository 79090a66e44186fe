/** `explain`: why a user sees or does not see an app, a row, a field, and what the smallest change would be. */
import { explainDecision } from "../../analysis/rules/explain-decision.ts";
import { namedApart } from "../../analysis/rules/names.ts";
import { explain } from "../../analysis/section-access/explain.ts";
import type { Explanation } from "../../analysis/section-access/explanation.ts";
import { placesOf } from "../../analysis/section-access/places.ts";
import type { Target } from "../../analysis/section-access/targets.ts";
import { defaultDialect, dialectOf } from "../../catalogue/dialects.ts";
import type { Principal, RequestContext, Site } from "../../contract/types.ts";
import { principalsOf } from "../../intake/principals.ts";
import { readSite } from "../../intake/site.ts";
import { actionBits, askedAction, type AskedAction } from "../../reference/rules/actions.ts";
import { reduce } from "../../reference/section-access/spec.ts";
import { textOf } from "../../reference/section-access/values.ts";
import type { AppTable } from "../../reload/model.ts";
import { oneOf, read, required, usage, type Command, type Given } from "../arguments.ts";
import { decisionText } from "../explained-decision.ts";
import { explanationText } from "../explained.ts";
import { loadScript, loadSite, type LoadedScript } from "../loaded-script.ts";
import { note, say, sayJson, type ExitCode } from "../output.ts";
import { knownIn, peopleFrom, sessionOf } from "../people.ts";
import { namedResource, wouldBe, type Asked } from "../resources.ts";

export const command: Command = {
  name: "explain",
  summary:
    "Prints why users see or do not see an app with section access, one of its rows or fields, or may do something by the rules, and the smallest change that would turn that round.",
  options: {
    script: { value: "FILE", help: "the load script (.qvs)" },
    data: { value: "NAME=DIR", repeated: true, help: "a folder the script reads as lib://NAME/…" },
    site: { value: "DIR", help: "a site folder instead of a script; goes with --app" },
    app: { value: "ID", help: "the app of the site, by id or name" },
    user: { value: "DIR\\id", repeated: true, help: "a user to explain; with --site absent: everybody in the site" },
    group: { value: "GROUP", repeated: true, help: "a group of the users named with --user" },
    users: { value: "FILE", help: "users and groups: CSV (user,group) or QRS User JSON" },
    table: { value: "T", help: "explain rows of this table of the app" },
    row: { value: "N", help: "the row of --table, counted from 1" },
    where: { value: "FIELD=VALUE", repeated: true, help: "the rows with this value, instead of --row" },
    field: { value: "F", help: "explain whether this field is hidden" },
    resource: { value: "TYPE_ID", help: "explain a decision of the rules about this resource; goes with --site" },
    "would-be": { value: "JSON", help: 'explain the creation of a resource: {"type":"App","name":"Plan"} or App={…}' },
    action: { value: "ACTION", help: "the action of --resource (default read), or of --would-be (default create)" },
    context: { value: "hub|qmc", help: "where the request of --resource comes from (default hub)" },
    env: { value: "NAME=VALUE", repeated: true, help: "a session attribute (user.environment.NAME); with --resource" },
    dialect: { value: "NAME", help: `which documented reading to follow (default ${defaultDialect})` },
    json: { help: "print JSON" },
  },
  examples: [
    "qlik-conformance explain --script sales.qvs --user 'CORP\\ann'",
    "qlik-conformance explain --script sales.qvs --data Data=./data --user 'CORP\\ben' --where ORDERNO=1001",
    "qlik-conformance explain --site examples/trading --app Payroll --user 'CORP\\erin' --field SALARY",
    "qlik-conformance explain --site site.json --user 'CORP\\ben' --resource App_<id> --action update",
  ],
};

/** Changed worlds one call reduces, shared by its questions. */
const mostTries = 20_000;
/** Rows one call explains; each costs a search. */
const mostRows = 20;

function sourceOf(given: Given): LoadedScript {
  const folder = given.text("site");
  if (folder === undefined) {
    if (given.text("app") !== undefined) throw usage(command, "--app goes with --site", "--site DIR");
    return loadScript(required(command, given, "script"), given.texts("data"));
  }
  if (given.text("script") !== undefined) throw usage(command, "--site and --script exclude each other");
  if (given.texts("data").length > 0) throw usage(command, "--data goes with --script");
  const [app] = loadSite(folder, required(command, given, "app"));
  if (app === undefined) throw usage(command, "the site has no app");
  return app;
}

function people(given: Given, site: Site | undefined): readonly Principal[] {
  const nobody = given.texts("user").length === 0 && given.text("users") === undefined;
  if (site !== undefined && nobody && given.texts("group").length === 0) {
    const everybody = principalsOf(site);
    if (everybody.length > 0) return everybody;
  }
  return peopleFrom(command, given).map((who) => knownIn(site, who));
}

interface Condition {
  readonly field: string;
  readonly value: string;
}

function conditionOf(word: string): Condition {
  const at = word.indexOf("=");
  if (at <= 0) throw usage(command, `--where ${word}`, "FIELD=VALUE");
  return { field: word.slice(0, at), value: word.slice(at + 1) };
}

function namesOf(items: readonly string[]): string {
  return items.length === 0 ? "none, for the script loads none" : `one of ${[...new Set(items)].join(", ")}`;
}

function tableNamed(app: readonly AppTable[], name: string): number {
  const found = app.findIndex((table) => table.name === name);
  if (found >= 0) return found;
  throw usage(command, `the app has no table ${JSON.stringify(name)}`, namesOf(app.map((table) => table.name)));
}

function requireField(app: readonly AppTable[], field: string): void {
  const fields = app.flatMap((table) => table.fields);
  if (!fields.includes(field)) throw usage(command, `the app has no field ${JSON.stringify(field)}`, namesOf(fields));
}

function numberedRow(given: Given, app: readonly AppTable[], table: number): Target {
  const rows = app[table]?.rows.length ?? 0;
  if (rows === 0) throw usage(command, `the table ${app[table]?.name ?? ""} has no rows`);
  return { kind: "row", table, row: given.number("row", 1, { least: 1, most: rows }) - 1 };
}

/** Rows with all the values; a value is compared by its text. */
function rowsWhere(app: readonly AppTable[], tables: readonly number[], conditions: readonly Condition[]): Target[] {
  return tables.flatMap((table) => {
    const { fields = [], rows = [] } = app[table] ?? {};
    if (!conditions.every(({ field }) => fields.includes(field))) return [];
    const fits = (row: AppTable["rows"][number]): boolean =>
      conditions.every(({ field, value }) => textOf(row[fields.indexOf(field)] ?? null) === value);
    return rows.flatMap((row, at): Target[] => (fits(row) ? [{ kind: "row", table, row: at }] : []));
  });
}

function wheres(given: Given, app: readonly AppTable[], tables: readonly number[]): readonly Target[] {
  const conditions = given.texts("where").map(conditionOf);
  for (const { field } of conditions) requireField(app, field);
  const rows = rowsWhere(app, tables, conditions);
  if (rows.length === 0) throw usage(command, `no row has ${given.texts("where").join(" and ")}`, "values of the data");
  if (rows.length > mostRows)
    throw usage(
      command,
      `${rows.length} rows have ${given.texts("where").join(" and ")}`,
      `at most ${mostRows}; add a --where`,
    );
  return rows;
}

function refuseTwoQuestions(given: Given): void {
  const [table, field] = [given.text("table"), given.text("field")];
  const byWhere = given.texts("where").length > 0;
  if (field !== undefined && (table !== undefined || byWhere)) {
    throw usage(command, "--field goes without --table and --where", "one question at a time");
  }
  if (given.text("row") !== undefined && (table === undefined || byWhere)) {
    throw usage(command, "--row goes with --table, and without --where", "--table T --row N");
  }
}

/** What is asked about: rows, a field, or access as such. */
function targetsOf(given: Given, app: readonly AppTable[]): readonly Target[] {
  refuseTwoQuestions(given);
  const [table, field] = [given.text("table"), given.text("field")];
  if (field !== undefined) {
    requireField(app, field);
    return [{ kind: "field", field }];
  }
  const at = table === undefined ? undefined : tableNamed(app, table);
  if (given.texts("where").length > 0) return wheres(given, app, at === undefined ? [...app.keys()] : [at]);
  if (at === undefined) return [{ kind: "access" }];
  if (given.text("row") === undefined) throw usage(command, "--table says no row", "--row N or --where FIELD=VALUE");
  return [numberedRow(given, app, at)];
}

/** Flags about the data of an app say nothing of a decision. */
const dataFlags = ["script", "data", "app", "table", "row", "where", "field"] as const;

function isGiven(given: Given, flag: string): boolean {
  return given.text(flag) !== undefined || given.texts(flag).length > 0;
}

function resourceFrom(given: Given, site: Site): Asked {
  const text = given.text("would-be");
  if (text === undefined) return namedResource(required(command, given, "resource"), site);
  if (given.text("resource") !== undefined) throw usage(command, "--resource and --would-be exclude each other");
  return wouldBe(command, text, 0);
}

/** The question of `--resource` or `--would-be`. */
function questionFrom(given: Given): {
  readonly action: Exclude<AskedAction, "loadbalancing">;
  readonly context: RequestContext;
} {
  const named = given.text("action") ?? (given.text("would-be") === undefined ? "read" : "create");
  const action = askedAction(named);
  if (action === "loadbalancing") throw usage(command, "a user balances no load", "decide --node NAME asks of nodes");
  if (action === undefined) {
    const expected = `one of ${[...Object.keys(actionBits), "allowaccess"].join(", ")}`;
    throw usage(command, `there is no action ${JSON.stringify(named)}`, expected);
  }
  return { action, context: oneOf(command, "--context", given.text("context") ?? "hub", ["hub", "qmc"] as const) };
}

function decisions(given: Given): ExitCode {
  const stray = dataFlags.find((flag) => isGiven(given, flag));
  if (stray !== undefined) throw usage(command, `--${stray} goes without --resource`, "one question at a time");
  const { site: exported, notes } = readSite(required(command, given, "site"));
  const site = namedApart(exported);
  for (const line of notes) note(line);
  const { name, label, resource } = resourceFrom(given, site);
  const { action, context } = questionFrom(given);
  const session = sessionOf(command, given);
  const dialect = dialectOf(given.text("dialect") ?? defaultDialect);
  const told = people(given, site).map((who) => {
    const explanation = explainDecision(site, { ...who, session }, { resource, action, context }, dialect);
    return { user: `${who.directory}\\${who.id}`, resource: name, label, action, context, explanation };
  });
  if (given.has("json")) sayJson(told.map(({ label: _label, explanation, ...rest }) => ({ ...rest, ...explanation })));
  else say(told.map((one) => decisionText({ ...one, resource: one.label })).join("\n"));
  return 0;
}

export async function run(words: readonly string[]): Promise<ExitCode> {
  const given = read(command, words);
  const aboutRules = ["resource", "would-be", "action", "context", "env"].some((flag) => isGiven(given, flag));
  if (aboutRules) return decisions(given);
  const dialect = dialectOf(given.text("dialect") ?? defaultDialect);
  const source = sourceOf(given);
  const asked = people(given, source.site);
  const targets = targetsOf(given, source.loaded.app);
  const placeOf = placesOf(source, source.loaded.access ?? []);
  const tries = Math.max(20, Math.floor(mostTries / (asked.length * targets.length)));
  const told = asked.flatMap((who): readonly Explanation[] =>
    targets.map((target) => explain({ loaded: source.loaded, who }, target, { reduce, dialect, placeOf, tries })),
  );
  if (given.has("json")) sayJson(told);
  else say(told.map(explanationText).join("\n"));
  return 0;
}
