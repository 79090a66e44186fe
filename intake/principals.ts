/** Who is asked about: users named on the command line, in a CSV of user and group, or in a QRS export. */
import { parse } from "csv-parse/sync";
import { ConformanceError, type Place } from "../contract/errors.ts";
import type { Entity, Json, Principal, Site } from "../contract/types.ts";
import { parseJson, placeOf } from "../contract/json-text.ts";
import { isObject, readText } from "./files.ts";
import { valuesByName } from "./values.ts";

/** `DIRECTORY\id` as a principal; `place` is where a file names him. Throws `input` when the backslash is missing. */
export function principalNamed(name: string, groups: readonly string[], place?: Place): Principal {
  const at = name.indexOf("\\");
  if (at <= 0 || at === name.length - 1) {
    throw new ConformanceError("input", `${JSON.stringify(name)} is no user name`, {
      ...place,
      expected: "DIRECTORY\\user",
      remedy: place === undefined ? "quote it for the shell: --user 'CORP\\ann'" : "write it like CORP\\ann",
    });
  }
  return { directory: name.slice(0, at), id: name.slice(at + 1), groups, attributes: {}, session: {} };
}

function attributesOf(user: Entity): readonly { readonly type: string; readonly value: string }[] {
  const list = user["attributes"];
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: Json) => {
    if (!isObject(item)) return [];
    const { attributeType: type, attributeValue: value } = item as { attributeType?: Json; attributeValue?: Json };
    return typeof type === "string" && typeof value === "string" ? [{ type, value }] : [];
  });
}

/** A QRS User entity as the principal it logs in as. */
export function principalOf(user: Entity): Principal {
  const named = valuesByName(attributesOf(user).map(({ type, value }) => [type.toLowerCase(), value]));
  const { group = [], ...others } = named;
  return {
    directory: typeof user["userDirectory"] === "string" ? user["userDirectory"] : "",
    id: typeof user["userId"] === "string" ? user["userId"] : "",
    groups: group,
    attributes: others,
    session: {},
  };
}

/** Everybody in the site's user list. */
export function principalsOf(site: Site): readonly Principal[] {
  return (site.entities["User"] ?? []).map(principalOf);
}

/** Characters a row of names can have; more is another kind of file. */
const longestRow = 10_000;

interface CsvRow {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

const csvRemedy = "write a line for each user and group, as in CORP\\ann,Sales";

function badCsv(message: string, at: Place, cause?: unknown): ConformanceError {
  const details = { ...at, expected: "user,group", remedy: csvRemedy };
  return new ConformanceError("input", message, cause === undefined ? details : { ...details, cause });
}

function csvRows(text: string, file: string): readonly CsvRow[] {
  try {
    return parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: longestRow,
    }) as unknown as CsvRow[];
  } catch (cause) {
    const line =
      cause instanceof Error && "lines" in cause && typeof cause.lines === "number" ? cause.lines : undefined;
    throw badCsv("not CSV", { file, ...(line === undefined ? {} : { line }) }, cause);
  }
}

/** Where `user` and `group` stand. Another column would be passed over unseen, so it is refused. */
function columnsOf(head: readonly string[], file: string): { readonly user: number; readonly group: number } {
  const names = head.map((name) => name.toLowerCase());
  const other = names.findIndex((name, at) => !["user", "group"].includes(name) || names.indexOf(name) !== at);
  const user = names.indexOf("user");
  if (user < 0) throw badCsv('the first line names no column "user"', { file, line: 1 });
  if (other >= 0) throw badCsv(`the first line names a column ${JSON.stringify(head[other])}`, { file, line: 1 });
  return { user, group: names.indexOf("group") };
}

function fromCsv(text: string, file: string): readonly Principal[] {
  const [head, ...rows] = csvRows(text, file);
  const columns = columnsOf(head?.record ?? [], file);
  const people = new Map<string, { readonly who: Principal; readonly groups: string[] }>();
  for (const { record, info } of rows) {
    const at: Place = { file, line: info.lines };
    if (record.length > (head?.record.length ?? 0)) throw badCsv("a line holds more values than columns", at);
    const user = record[columns.user] ?? "";
    if (user === "") throw badCsv("a line names no user", at);
    const who = principalNamed(user, [], at);
    const known = people.get(user.toLowerCase()) ?? { who, groups: [] };
    const group = record[columns.group] ?? "";
    if (group !== "") known.groups.push(group);
    people.set(user.toLowerCase(), known);
  }
  return [...people.values()].map(({ who, groups }) => ({ ...who, groups }));
}

function fromJson(text: string, file: string): readonly Principal[] {
  const value = parseJson(text, file);
  const list = isObject(value) ? value["User"] : value;
  if (!Array.isArray(list))
    throw new ConformanceError("input", "no list of users", {
      file,
      line: 1,
      expected: "QRS User entities, as an array",
      remedy: "export them from /qrs/user/full",
    });
  return list.map((item: Json, index) => {
    if (!isObject(item) || typeof item["userId"] !== "string" || typeof item["userDirectory"] !== "string") {
      throw new ConformanceError("input", `user ${index} lacks "userId" or "userDirectory"`, {
        file,
        ...placeOf(text, isObject(value) ? ["User", index] : [index]),
        expected: "a QRS User entity",
        remedy: "export it from /qrs/user/full",
      });
    }
    return principalOf({ id: "", ...item });
  });
}

/** Users from CSV (`user,group`, several rows a user) or QRS User JSON, told apart by the first character. Throws `input`. */
export function readPrincipals(file: string): readonly Principal[] {
  return parsePrincipals(readText(file), file);
}

/** The same from a text. Throws `input` with file and, of what stands there, line. */
export function parsePrincipals(text: string, file: string): readonly Principal[] {
  const people = /^\s*[[{]/.test(text) ? fromJson(text, file) : fromCsv(text, file);
  if (people.length === 0)
    throw new ConformanceError("input", "the file names no user", {
      file,
      line: 1,
      expected: "at least one",
      remedy: "add a line such as CORP\\ann,Sales",
    });
  return people;
}
