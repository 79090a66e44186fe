/** Users from what a user directory exports: the table pair an ODBC connector reads, or LDIF. */
import { parse } from "csv-parse/sync";
import { ConformanceError, type Place } from "../contract/errors.ts";
import type { Entity, Principal, Site } from "../contract/types.ts";
import { readText } from "./files.ts";
import { valuesByName } from "./values.ts";

/** Characters a row can have; more is another kind of file. */
const longestRow = 10_000;

function bad(message: string, at: Place, expected: string): ConformanceError {
  return new ConformanceError("input", message, { ...at, expected, remedy: "see docs/reference/generators.md" });
}

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** A file's text and name. */
export interface FileText {
  readonly text: string;
  readonly file: string;
}

/** Rows below a header that must be these columns, with their lines. */
function rowsOf(
  { text, file }: FileText,
  columns: readonly string[],
): readonly { readonly cells: readonly string[]; readonly at: Place }[] {
  const expected = columns.join(",");
  let rows: readonly Row[];
  try {
    rows = parse(text, {
      bom: true,
      info: true,
      skip_empty_lines: true,
      max_record_size: longestRow,
    }) as unknown as Row[];
  } catch (cause) {
    const line =
      cause instanceof Error && "lines" in cause && typeof cause.lines === "number" ? { line: cause.lines } : {};
    throw bad("not CSV", { file, ...line }, expected);
  }
  const [head, ...others] = rows;
  if (head?.record.join(",").toLowerCase() !== expected)
    throw bad("the first line names other columns", { file, line: 1 }, expected);
  return others.map(({ record, info }) => ({ cells: record, at: { file, line: info.lines } }));
}

function principal(
  directory: string,
  id: string,
  found: readonly (readonly [type: string, value: string])[],
): Principal {
  const named = valuesByName(found.map(([type, value]) => [type.toLowerCase(), value]));
  const { group = [], ...others } = named;
  return { directory, id, groups: group, attributes: others, session: {} };
}

function fileText(file: string): FileText {
  return { text: readText(file), file };
}

/** The tables `userid,name` and `userid,type,value` as principals of the directory. Throws `input`. */
export function readConnectorTables(directory: string, users: string, attributes: string): readonly Principal[] {
  return parseConnectorTables(directory, fileText(users), fileText(attributes));
}

/** The same from texts. Throws `input` with file and line. */
export function parseConnectorTables(directory: string, users: FileText, attributes: FileText): readonly Principal[] {
  const found = new Map(
    rowsOf(users, ["userid", "name"]).map(({ cells }) => [cells[0] ?? "", [] as [string, string][]]),
  );
  for (const { cells, at } of rowsOf(attributes, ["userid", "type", "value"])) {
    const [id = "", type = "", value = ""] = cells;
    const known = found.get(id);
    if (known === undefined) throw bad(`${JSON.stringify(id)} is no user`, at, `a userid of ${users.file}`);
    if (type === "") throw bad("a line names no type", at, "userid,type,value");
    known.push([type, value]);
  }
  return [...found].map(([id, list]) => principal(directory, id, list));
}

/** Whom an entry is about, and in which groups. */
const personName = "samaccountname";
const membership = "memberof";

/** Lines with what continues them; a line that begins with a blank belongs to the one before (RFC 2849). */
function unfolded(text: string): readonly { readonly text: string; readonly line: number }[] {
  const lines: { text: string; line: number }[] = [];
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const last = lines.at(-1);
    if (line.startsWith(" ") && last !== undefined) last.text += line.slice(1);
    else lines.push({ text: line, line: at + 1 });
  }
  return lines.filter((line) => !line.text.startsWith("#"));
}

function valueOf(text: string, at: Place): readonly [name: string, value: string] {
  const found = /^([\w.;-]+):(:?) *(.*)$/.exec(text);
  const [, name = "", coded = "", value = ""] = found ?? [];
  if (found === null) throw bad(`${JSON.stringify(text)} is no attribute`, at, "name: value");
  return [name.toLowerCase(), coded === "" ? value : Buffer.from(value, "base64").toString("utf8")];
}

/** The name in the first part of a distinguished name: `Sales` of `CN=Sales,OU=Groups`. */
function commonName(name: string, at: Place): string {
  const found = /^cn=((?:[^,\\]|\\.)+)/i.exec(name);
  if (found?.[1] === undefined) throw bad(`${JSON.stringify(name)} names no group`, at, "memberOf: CN=Sales,…");
  return found[1].replaceAll(/\\(.)/g, "$1");
}

interface Entry {
  readonly values: readonly (readonly [name: string, value: string])[];
  readonly at: Place;
}

function entriesOf({ text: whole, file }: FileText): readonly Entry[] {
  const entries: Entry[] = [];
  let values: (readonly [string, string])[] = [];
  let first = 1;
  for (const { text, line } of [...unfolded(whole), { text: "", line: 0 }]) {
    if (text !== "") {
      if (values.length === 0) first = line;
      const [name, value] = valueOf(text, { file, line });
      values.push(name === membership ? [name, commonName(value, { file, line })] : [name, value]);
      continue;
    }
    if (values.length > 0) entries.push({ values, at: { file, line: first } });
    values = [];
  }
  return entries;
}

function valuesOf({ values }: Entry, wanted: string): readonly string[] {
  return values.flatMap(([name, value]) => (name === wanted ? [value] : []));
}

const groupClasses: ReadonlySet<string> = new Set(["group", "groupofnames", "groupofuniquenames"]);

function isGroup(entry: Entry): boolean {
  return valuesOf(entry, "objectclass").some((name) => groupClasses.has(name.toLowerCase()));
}

/** Groups with those they are members of. */
function membershipsOf(entries: readonly Entry[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    entries.filter(isGroup).flatMap((entry) => {
      const [name] = valuesOf(entry, "dn");
      return name === undefined ? [] : [[commonName(name, entry.at), valuesOf(entry, membership)] as const];
    }),
  );
}

/** The groups and all they are members of, over any number of others, each once. */
function flattened(groups: readonly string[], outers: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const found = new Set(groups);
  for (const group of found) for (const outer of outers.get(group) ?? []) found.add(outer);
  return [...found];
}

const notAttributes: ReadonlySet<string> = new Set([personName, membership, "dn", "objectclass", "cn", "version"]);

/**
 * Entries with `sAMAccountName`; groups by `memberOf`, all else are attributes. Rules see groups flat (SR-402): who is in a
 * group is in all that it is a member of, as far as the file has an entry of it. Throws `input`.
 */
export function readLdif(directory: string, file: string): readonly Principal[] {
  return parseLdif(directory, fileText(file));
}

/** The same from a text. */
export function parseLdif(directory: string, ldif: FileText): readonly Principal[] {
  const entries = entriesOf(ldif);
  const outers = membershipsOf(entries);
  const people = entries.flatMap((entry) => {
    const [id] = valuesOf(entry, personName);
    if (id === undefined || isGroup(entry)) return [];
    const groups = flattened(valuesOf(entry, membership), outers).map((group) => ["group", group] as const);
    return [principal(directory, id, [...entry.values.filter(([name]) => !notAttributes.has(name)), ...groups])];
  });
  if (people.length === 0)
    throw bad("the file names no user", { file: ldif.file, line: 1 }, "entries with sAMAccountName");
  return people;
}

function attributesOf({ groups, attributes }: Principal): readonly { readonly [field: string]: string }[] {
  return Object.entries({ ...attributes, group: groups }).flatMap(([attributeType, values]) =>
    values.map((attributeValue) => ({ attributeType, attributeValue })),
  );
}

function nameOf(directory: unknown, id: unknown): string {
  return JSON.stringify([directory, id]).toLowerCase();
}

/** The site after its connectors were synchronised: what the directories say of a user takes the place of what he had. */
export function synchronised(site: Site, people: readonly Principal[]): Site {
  const brought = new Map(people.map((who) => [nameOf(who.directory, who.id), who]));
  const users = site.entities["User"] ?? [];
  const known = new Set(users.map((user) => nameOf(user["userDirectory"], user["userId"])));
  const synced = users.map((user): Entity => {
    const who = brought.get(nameOf(user["userDirectory"], user["userId"]));
    return who === undefined ? user : { ...user, id: user.id, attributes: attributesOf(who) };
  });
  const added = people
    .filter((who) => !known.has(nameOf(who.directory, who.id)))
    .map((who): Entity => {
      const { directory, id } = who;
      return {
        id: `${directory}-${id}`,
        userDirectory: directory,
        userId: id,
        name: id,
        roles: [],
        attributes: attributesOf(who),
      };
    });
  return { ...site, entities: { ...site.entities, User: [...synced, ...added] } };
}
