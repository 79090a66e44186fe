/** `decide`: the expected access decisions of a site's rules. */
import { dialectOf, defaultDialect } from "../../catalogue/dialects.ts";
import type { Principal, RequestContext, Site } from "../../contract/types.ts";
import { principalNamed, principalsOf } from "../../intake/principals.ts";
import { readSite } from "../../intake/site.ts";
import { decide, policyOf } from "../../reference/rules/spec.ts";
import { oneOf, read, required, usage, type Command, type Given } from "../arguments.ts";
import { note, say, sayJson, type ExitCode } from "../output.ts";
import { sessionOf } from "../people.ts";
import { allResources, namedResource, wouldBe, type Asked } from "../resources.ts";
import { tableLines } from "../tables.ts";

export const command: Command = {
  name: "decide",
  summary: "Prints who may do what by a site's security rules, and which rule says so.",
  options: {
    site: { value: "FILE", help: "a site file (QRS exports by type) or a site folder" },
    user: { value: "DIR\\id", repeated: true, help: "a user; absent: everybody in the site" },
    group: { value: "GROUP", repeated: true, help: "a further group of the users named with --user" },
    resource: { value: "TYPE_ID", repeated: true, help: "a resource such as App_<id>, or a QMC section; absent: all" },
    "would-be": {
      value: "JSON",
      repeated: true,
      help: 'a resource to be created: {"type":"App","name":"Plan"} or App={"name":"Plan"}',
    },
    action: { value: "ACTION", repeated: true, help: "create, read, update, delete, publish …; absent: read" },
    context: { value: "hub|qmc", help: "where the request comes from (default hub)" },
    env: { value: "NAME=VALUE", repeated: true, help: "a session attribute (user.environment.NAME)" },
    dialect: { value: "NAME", help: `which documented reading to follow (default ${defaultDialect})` },
    matrix: { help: "print users × resources, the granted actions in the cells" },
    json: { help: "print JSON" },
  },
  examples: [
    "qlik-conformance decide --site examples/trading --matrix",
    "qlik-conformance decide --site site.json --user 'CORP\\ann' --action read --action update --context qmc",
  ],
};

const actions = [
  "create",
  "read",
  "update",
  "delete",
  "export",
  "publish",
  "changeowner",
  "changerole",
  "exportdata",
  "offlineaccess",
  "distribute",
  "duplicate",
  "approve",
] as const;

function peopleOf(given: Given, site: Site): readonly Principal[] {
  const session = sessionOf(command, given);
  const everybody = principalsOf(site);
  const named = given.texts("user").map((name) => {
    const who = principalNamed(name, given.texts("group"));
    const isSame = (other: Principal): boolean =>
      other.directory.toLowerCase() === who.directory.toLowerCase() && other.id.toLowerCase() === who.id.toLowerCase();
    const known = everybody.find(isSame);
    return known === undefined ? who : { ...known, groups: [...known.groups, ...who.groups] };
  });
  if (named.length === 0 && given.texts("group").length > 0) throw usage(command, "--group goes with --user");
  const people = named.length > 0 ? named : everybody;
  if (people.length === 0) throw usage(command, "the site lists no users", "--user 'DIR\\id'");
  return people.map((who) => ({ ...who, session }));
}

function resourcesOf(given: Given, site: Site): readonly Asked[] {
  const named = [
    ...given.texts("resource").map((name) => namedResource(name, site)),
    ...given.texts("would-be").map((text, index) => wouldBe(command, text, index)),
  ];
  const all = named.length > 0 ? named : allResources(site);
  if (all.length === 0) throw usage(command, "the site has no resources", "entities such as App and Stream in it");
  return all;
}

interface Row {
  readonly user: string;
  readonly resource: string;
  readonly label: string;
  readonly action: string;
  readonly context: RequestContext;
  readonly allowed: boolean;
  readonly rules: readonly string[];
  readonly broken: readonly string[];
}

function asMatrix(rows: readonly Row[]): readonly string[] {
  const users = [...new Set(rows.map((row) => row.user))];
  const resources = [...new Set(rows.map((row) => row.resource))];
  const labels = new Map(rows.map((row) => [row.resource, row.label]));
  const granted = (user: string, resource: string): string =>
    rows
      .filter((row) => row.user === user && row.resource === resource && row.allowed)
      .map((row) => row.action)
      .join(" ") || "–";
  return tableLines([
    ["resource", ...users],
    ...resources.map((resource) => [labels.get(resource) ?? resource, ...users.map((user) => granted(user, resource))]),
  ]);
}

function asList(rows: readonly Row[]): readonly string[] {
  const body = rows.map((row) => [
    row.user,
    row.label,
    row.action,
    row.context,
    row.allowed ? "allowed" : "denied",
    row.rules.join(", ") || "–",
    row.broken.join(", ") || "–",
  ]);
  return tableLines([["user", "resource", "action", "context", "decision", "granted by", "broken rules"], ...body]);
}

function answers(given: Given, site: Site): readonly Row[] {
  const context = oneOf(command, "--context", given.text("context") ?? "hub", ["hub", "qmc"] as const);
  const asked = given.texts("action").map((action) => oneOf(command, "--action", action.toLowerCase(), actions));
  const policy = policyOf(site, dialectOf(given.text("dialect") ?? defaultDialect));
  const resources = resourcesOf(given, site);
  return peopleOf(given, site).flatMap((who) =>
    resources.flatMap(({ name, label, resource }) =>
      (asked.length === 0 ? (["read"] as const) : asked).map((action): Row => {
        const { allowed, rules, broken } = decide(policy, { as: who, resource, action, context });
        return { user: `${who.directory}\\${who.id}`, resource: name, label, action, context, allowed, rules, broken };
      }),
    ),
  );
}

export async function run(words: readonly string[]): Promise<ExitCode> {
  const given = read(command, words);
  const file = required(command, given, "site");
  if (given.has("json") && given.has("matrix")) throw usage(command, "--json and --matrix exclude each other");
  const { site, notes } = readSite(file);
  for (const line of notes) note(line);
  const rows = answers(given, site);
  if (given.has("json")) sayJson(rows.map(({ label: _label, ...row }) => row));
  else say((given.has("matrix") ? asMatrix(rows) : asList(rows)).join("\n"));
  return 0;
}
