/** Who is asked about: users named on the command line, in a CSV of user and group, or in a QRS export. */
import { parse } from "csv-parse/sync";
import { ConformanceError } from "../contract/errors.ts";
import type { Entity, Json, Principal, Site } from "../contract/types.ts";
import { parseJson } from "../contract/json-text.ts";
import { isObject, readText } from "./files.ts";

/** `DIRECTORY\id` as a principal. Throws `input` when the backslash is missing. */
export function principalNamed(name: string, groups: readonly string[], file?: string): Principal {
  const at = name.indexOf("\\");
  if (at <= 0 || at === name.length - 1) {
    throw new ConformanceError("input", `${JSON.stringify(name)} is no user name`, {
      ...(file === undefined ? {} : { file }),
      expected: "DIRECTORY\\user",
      remedy: "quote it for the shell: --user 'CORP\\ann'",
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
  const attributes: { [name: string]: string[] } = {};
  for (const { type, value } of attributesOf(user)) (attributes[type.toLowerCase()] ??= []).push(value);
  const { group = [], ...others } = attributes;
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

interface CsvRow {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function csvRows(text: string, file: string): readonly CsvRow[] {
  try {
    return parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as CsvRow[];
  } catch (cause) {
    const line =
      cause instanceof Error && "lines" in cause && typeof cause.lines === "number" ? cause.lines : undefined;
    throw new ConformanceError("input", "not CSV", {
      file,
      ...(line === undefined ? {} : { line }),
      expected: "user,group",
      cause,
    });
  }
}

function fromCsv(text: string, file: string): readonly Principal[] {
  const rows = csvRows(text, file);
  const header = rows[0]?.record.map((name) => name.toLowerCase());
  if (header?.[0] !== "user") {
    throw new ConformanceError("input", 'the first line names no column "user"', {
      file,
      line: 1,
      expected: "user,group",
    });
  }
  const groups = new Map<string, string[]>();
  for (const { record, info } of rows.slice(1)) {
    const [user = "", group = ""] = record;
    if (user === "")
      throw new ConformanceError("input", "a line names no user", {
        file,
        line: info.lines,
        expected: "DIRECTORY\\user,group",
      });
    const list = groups.get(user) ?? [];
    if (group !== "") list.push(group);
    groups.set(user, list);
  }
  return [...groups].map(([user, list]) => principalNamed(user, list, file));
}

function fromJson(text: string, file: string): readonly Principal[] {
  const value = parseJson(text, file);
  const list = isObject(value) ? value["User"] : value;
  if (!Array.isArray(list))
    throw new ConformanceError("input", "no list of users", { file, expected: "QRS User entities, as an array" });
  return list.map((item: Json, index) => {
    if (!isObject(item) || typeof item["userId"] !== "string" || typeof item["userDirectory"] !== "string") {
      throw new ConformanceError("input", `user ${index} lacks "userId" or "userDirectory"`, {
        file,
        expected: "a QRS User entity",
      });
    }
    return principalOf({ id: "", ...item });
  });
}

/** Users from CSV (`user,group`, several rows a user) or QRS User JSON, told apart by the first character. Throws `input`. */
export function readPrincipals(file: string): readonly Principal[] {
  const text = readText(file);
  const people = /^\s*[[{]/.test(text) ? fromJson(text, file) : fromCsv(text, file);
  if (people.length === 0)
    throw new ConformanceError("input", "the file names no user", { file, expected: "at least one" });
  return people;
}
