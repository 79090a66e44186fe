/** `decide`: the expected access decisions of a site's rules. */
import { dialectOf, defaultDialect } from "../../catalogue/dialects.ts";
import type { Principal, RequestContext, Site } from "../../contract/types.ts";
import { principalNamed, principalsOf } from "../../intake/principals.ts";
import { readSite } from "../../intake/site.ts";
import { actionBits } from "../../reference/rules/actions.ts";
import { decide, policyOf } from "../../reference/rules/spec.ts";
import { oneOf, read, required, usage, type Command, type Given } from "../arguments.ts";
import { directoryOption, withDirectories } from "../directories.ts";
import { note, say, sayJson, type ExitCode } from "../output.ts";
import { sessionOf } from "../people.ts";
import { allResources, namedResource, wouldBe, type Asked } from "../resources.ts";
import { tableLines } from "../tables.ts";

export const command: Command = {
  name: "decide",
  summary: "Prints who may do what by a site's rules, which rule says so, and by which of its terms.",
  options: {
    site: { value: "FILE", help: "a site file (QRS exports by type) or a site folder" },
    directory: directoryOption,
    user: { value: "DIR\\id", repeated: true, help: "a user; absent: everybody in the site" },
    group: { value: "GROUP", repeated: true, help: "a further group of the users named with --user" },
    resource: { value: "TYPE_ID", repeated: true, help: "a resource such as App_<id>, or a QMC section; absent: all" },
    "would-be": {
      value: "JSON",
      repeated: true,
      help: 'a resource to be created: {"type":"App","name":"Plan"} or App={"name":"Plan"}',
    },
    action: {
      value: "ACTION",
      repeated: true,
      help: "create, read, update, delete, publish …; allowaccess asks licence rules; absent: read",
    },
    node: {
      value: "NAME",
      repeated: true,
      help: "a node, by name or id: asks the load-balancing rules which apps it opens",
    },
    context: { value: "hub|qmc", help: "where the request comes from (default hub)" },
    env: { value: "NAME=VALUE", repeated: true, help: "a session attribute (user.environment.NAME)" },
    dialect: { value: "NAME", help: `which documented reading to follow (default ${defaultDialect})` },
    matrix: { help: "print users × resources, the granted actions in the cells" },
    json: { help: "print JSON" },
  },
  examples: [
    "qlik-conformance decide --site examples/trading --matrix",
    "qlik-conformance decide --site site.json --user 'CORP\\ann' --action read --action update --context qmc",
    "qlik-conformance decide --site site.json --node North --resource App_<id>",
  ],
};

const actions = [...Object.keys(actionBits), "allowaccess"];

const nobody: Principal = { directory: "", id: "", groups: [], attributes: {}, session: {} };

/** Who or what asks, and what of: users of the resources, or nodes of the apps. */
interface Asking {
  readonly name: string;
  readonly as: Principal;
  readonly node?: string;
  readonly actions: readonly string[];
}

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

function nodesOf(given: Given, site: Site): readonly Asking[] {
  const stray = (["user", "group", "action", "env"] as const).find((flag) => given.texts(flag).length > 0);
  if (stray !== undefined) throw usage(command, `--${stray} goes without --node`, "a question of users or of nodes");
  const nodes = site.entities["ServerNodeConfiguration"] ?? [];
  return given.texts("node").map((wanted) => {
    const found = nodes.find((one) => one.id === wanted || one["name"] === wanted);
    const names = nodes.map((one) => (typeof one["name"] === "string" ? one["name"] : one.id));
    const expected = names.length === 0 ? "entities of ServerNodeConfiguration in it" : `one of ${names.join(", ")}`;
    if (found === undefined) throw usage(command, `the site has no node ${JSON.stringify(wanted)}`, expected);
    return { name: wanted, as: nobody, node: found.id, actions: ["loadbalancing"] };
  });
}

function usersOf(given: Given, site: Site): readonly Asking[] {
  const asked = given.texts("action").map((action) => oneOf(command, "--action", action.toLowerCase(), actions));
  return peopleOf(given, site).map((as) => ({
    name: `${as.directory}\\${as.id}`,
    as,
    actions: asked.length === 0 ? ["read"] : asked,
  }));
}

/** What is asked about where nothing is named: apps of nodes, access groups of licence rules, else everything. */
function isMeant(type: string, asked: readonly string[]): boolean {
  if (asked.includes("loadbalancing")) return type === "App";
  return asked.some((action) => action !== "allowaccess") || type.startsWith("License.");
}

function resourcesOf(given: Given, site: Site, asked: readonly string[]): readonly Asked[] {
  const named = [
    ...given.texts("resource").map((name) => namedResource(name, site)),
    ...given.texts("would-be").map((text, index) => wouldBe(command, text, index)),
  ];
  const all = named.length > 0 ? named : allResources(site).filter(({ resource }) => isMeant(resource.type, asked));
  if (all.length > 0) return all;
  const wanted = asked.includes("allowaccess") ? "License.ProfessionalAccessGroup" : "App and Stream";
  throw usage(command, "the site has no resources to ask about", `entities such as ${wanted} in it`);
}

interface Row {
  /** A user's full name, or the node. */
  readonly user: string;
  readonly resource: string;
  readonly label: string;
  readonly action: string;
  readonly context: RequestContext;
  readonly allowed: boolean;
  readonly rules: readonly string[];
  readonly broken: readonly string[];
  /** The terms of the granting rules that were true. */
  readonly atoms: readonly string[];
  /** Ids of what the decision rests on. */
  readonly requirements: readonly string[];
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
  const who = rows.some(({ action }) => action === "loadbalancing") ? "node" : "user";
  return tableLines([[who, "resource", "action", "context", "decision", "granted by", "broken rules"], ...body]);
}

function answers(given: Given, site: Site): readonly Row[] {
  const context = oneOf(command, "--context", given.text("context") ?? "hub", ["hub", "qmc"] as const);
  const askings = given.texts("node").length > 0 ? nodesOf(given, site) : usersOf(given, site);
  const policy = policyOf(site, dialectOf(given.text("dialect") ?? defaultDialect));
  const resources = resourcesOf(given, site, askings[0]?.actions ?? []);
  return askings.flatMap(({ name: user, as, node, actions: asked }) =>
    resources.flatMap(({ name, label, resource }) =>
      asked.map((action): Row => {
        const question = { as, resource, action, context, ...(node === undefined ? {} : { node }) };
        const { allowed, rules, atoms, broken, because } = decide(policy, question);
        const requirements = [...new Set(because.map(({ requirement }) => requirement))].sort();
        return { user, resource: name, label, action, context, allowed, rules, broken, atoms, requirements };
      }),
    ),
  );
}

/** What a line of JSON calls who asks. */
function told({ label: _label, user, ...row }: Row): object {
  return row.action === "loadbalancing" ? { node: user, ...row } : { user, ...row };
}

export async function run(words: readonly string[]): Promise<ExitCode> {
  const given = read(command, words);
  const file = required(command, given, "site");
  if (given.has("json") && given.has("matrix")) throw usage(command, "--json and --matrix exclude each other");
  const { site, notes } = readSite(file);
  for (const line of notes) note(line);
  const rows = answers(given, withDirectories(command, given, site));
  if (given.has("json")) sayJson(rows.map((row) => told(row)));
  else say((given.has("matrix") ? asMatrix(rows) : asList(rows)).join("\n"));
  return 0;
}
