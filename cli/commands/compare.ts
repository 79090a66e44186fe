/** `compare`: who gains and who loses what between two states of an app, and whether every gain is approved. */
import { existsSync, statSync } from "node:fs";
import { compare, type ReduceAll, type Side } from "../../analysis/section-access/compare.ts";
import { gainsOf, parseApprovals, weigh, type Approval } from "../../analysis/section-access/gains.ts";
import { defaultDialect, dialectOf } from "../../catalogue/dialects.ts";
import type { Principal } from "../../contract/types.ts";
import { readText } from "../../intake/files.ts";
import { principalsOf, readPrincipals } from "../../intake/principals.ts";
import { columnarReduce } from "../../reference/section-access/columnar.ts";
import { encode } from "../../reference/section-access/columnar-encode.ts";
import { read, required, usage, type Command, type Given } from "../arguments.ts";
import { comparedCsv, comparedText, type ComparedApp } from "../compared.ts";
import { loadScript, loadSite, type LoadedScript } from "../loaded-script.ts";
import { say, sayJson, type ExitCode } from "../output.ts";

export const command: Command = {
  name: "compare",
  summary:
    "Prints who gains and who loses an app, rows or fields between two scripts, data folders, access tables or directories. Ends with 1 for a gain that no approval covers.",
  options: {
    before: { value: "FILE|DIR", help: "the load script as it is, or a site folder" },
    after: { value: "FILE|DIR", help: "the load script as it will be, or a site folder" },
    data: { value: "NAME=DIR", repeated: true, help: "a folder both scripts read as lib://NAME/…" },
    "data-before": { value: "NAME=DIR", repeated: true, help: "a folder of the script before alone" },
    "data-after": { value: "NAME=DIR", repeated: true, help: "a folder of the script after alone" },
    app: { value: "ID", help: "of two site folders, this app alone, by id or name" },
    users: { value: "FILE", help: "users and groups: CSV (user,group) or QRS User JSON; of sites absent: their users" },
    "users-after": { value: "FILE", help: "users and groups afterwards, where they change" },
    approved: { value: "FILE", help: "gains that are meant, as JSON; an entry that covers nothing is stale and fails" },
    dialect: { value: "NAME", help: `which documented reading to follow (default ${defaultDialect})` },
    strict: { help: "end with 1 for losses too" },
    json: { help: "print JSON, with every row" },
    csv: { help: "print CSV, a line for each change" },
  },
  examples: [
    "qlik-conformance compare --before sales.qvs --after sales-new.qvs --data Data=./data --users people.csv",
    "qlik-conformance compare --before sales.qvs --after sales.qvs --data-before Data=./today --data-after Data=./tomorrow --users people.csv --approved approved.json",
    "qlik-conformance compare --before ./site --after ./site-new --csv",
  ],
};

const reduceAll: ReduceAll = (app, users, dialect) => columnarReduce(encode(app), users, dialect);

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

interface State {
  readonly apps: readonly LoadedScript[];
  readonly people: readonly Principal[];
}

function listed(given: Given, flags: readonly string[]): readonly Principal[] | undefined {
  const file = flags.map((flag) => given.text(flag)).find((name) => name !== undefined);
  return file === undefined ? undefined : readPrincipals(file);
}

function stateOf(given: Given, side: "before" | "after"): State {
  const path = required(command, given, side);
  const people = listed(given, side === "after" ? ["users-after", "users"] : ["users"]);
  const data = [...given.texts("data"), ...given.texts(`data-${side}`)];
  if (!isFolder(path)) {
    if (given.text("app") !== undefined)
      throw usage(command, "--app goes with site folders", "--before DIR --after DIR");
    if (people === undefined) throw usage(command, "no user is named", "--users FILE");
    return { apps: [loadScript(path, data)], people };
  }
  if (data.length > 0) throw usage(command, "--data goes with scripts", "the folder data/ of the site");
  const apps = loadSite(path, given.text("app"));
  const known = people ?? (apps[0]?.site === undefined ? [] : principalsOf(apps[0].site));
  if (known.length === 0) throw usage(command, `the site ${path} lists no users`, "--users FILE");
  return { apps, people: known };
}

/** The apps of both sides: of sites by id, of two scripts the one pair. */
function pairsOf(
  before: State,
  after: State,
  ofSites: boolean,
): readonly { readonly name: string; readonly sides: readonly [Side, Side] }[] {
  const side = (state: State, app: LoadedScript | undefined): Side => ({
    people: state.people,
    ...(app === undefined ? {} : { loaded: app.loaded }),
  });
  if (!ofSites) {
    const [old, now] = [before.apps[0], after.apps[0]];
    return [{ name: now?.name ?? "", sides: [side(before, old), side(after, now)] }];
  }
  const ids = [...new Set([...after.apps, ...before.apps].map(({ id }) => id))];
  return ids.map((id) => {
    const [old, now] = [before, after].map(({ apps }) => apps.find((app) => app.id === id));
    return { name: now?.name ?? old?.name ?? "", sides: [side(before, old), side(after, now)] };
  });
}

function approvals(given: Given): readonly Approval[] {
  const file = given.text("approved");
  return file === undefined ? [] : parseApprovals(readText(file), file);
}

function compared(given: Given): readonly ComparedApp[] {
  const dialect = dialectOf(given.text("dialect") ?? defaultDialect);
  const ofSites = isFolder(required(command, given, "before"));
  if (ofSites !== isFolder(required(command, given, "after"))) {
    throw usage(command, "--before and --after are not of one kind", "two scripts, or two site folders");
  }
  const [before, after] = [stateOf(given, "before"), stateOf(given, "after")];
  return pairsOf(before, after, ofSites).map(({ name, sides }) => ({
    app: name,
    comparison: compare(sides[0], sides[1], { reduceAll, dialect }),
  }));
}

function loses({ comparison }: ComparedApp): boolean {
  return comparison.differences.some(
    ({ access, fields, tables }) =>
      access.after !== "granted" || fields.lost.length > 0 || tables.some(({ lost }) => lost.length > 0),
  );
}

export async function run(words: readonly string[]): Promise<ExitCode> {
  const given = read(command, words);
  if (given.has("json") && given.has("csv")) throw usage(command, "--json and --csv exclude each other");
  const approved = approvals(given);
  const apps = compared(given);
  const gains = apps.flatMap(({ app, comparison }) => comparison.differences.flatMap((each) => gainsOf(each, app)));
  const weighed = weigh(gains, approved);
  if (given.has("json")) sayJson({ apps: apps.map(({ app, comparison }) => ({ app, ...comparison })), ...weighed });
  else say(given.has("csv") ? comparedCsv(apps) : comparedText(apps, weighed));
  const fails = weighed.open.length + weighed.stale.length > 0 || (given.has("strict") && apps.some(loses));
  return fails ? 1 : 0;
}
