/** Small apps written down cell by cell, as a load script would leave them, and the people who open them. */
import { defaultDialect, dialectOf, type Dialect } from "../../../catalogue/dialects.ts";
import type { Principal, Value } from "../../../contract/types.ts";
import type { AccessTable, AppTable, LoadedApp } from "../../../reload/model.ts";
import { reduce } from "../../../reference/section-access/spec.ts";
import type { Reduction } from "../../../reference/section-access/types.ts";

/** Reads one cell as an inline load does: digits are numbers, `-` is NULL, nothing is the empty text. */
function cell(text: string): Value {
  if (text === "-") return null;
  return /^\d+$/.test(text) ? Number(text) : text;
}

function split(line: string): string[] {
  return line.split(",").map((part) => part.trim());
}

function grid(lines: readonly string[]): { fields: string[]; rows: Value[][] } {
  const [header = "", ...body] = lines.map((line) => line.trim());
  return { fields: split(header), rows: body.map((line) => split(line).map(cell)) };
}

/** A table of section access, first line its field names. */
export function security(name: string, ...lines: string[]): AccessTable {
  const { fields, rows } = grid(lines);
  return { name, fields, rows, inline: rows.map(() => true) };
}

/** The same table as a resident or file load leaves it (SA-CASE-02). */
export function residentSecurity(name: string, ...lines: string[]): AccessTable {
  const table = security(name, ...lines);
  return { ...table, inline: table.rows.map(() => false) };
}

export function data(name: string, ...lines: string[]): AppTable {
  return { name, ...grid(lines), loosened: false };
}

export function loosened(table: AppTable): AppTable {
  return { ...table, loosened: true };
}

export function app(access: readonly AccessTable[] | undefined, ...tables: AppTable[]): LoadedApp {
  return access === undefined ? { app: tables } : { access, app: tables };
}

/** Somebody named `DIRECTORY\id`, with groups of the directory. */
export function person(name: string, ...groups: string[]): Principal {
  const [directory = "", id = ""] = name.split("\\");
  return { directory, id, groups, attributes: {}, session: {} };
}

export function withDialect(changes: Partial<Dialect>): Dialect {
  return { ...dialectOf(defaultDialect), ...changes };
}

/** What he sees, each row as `field=value` pairs joined by a blank; `denied` when he is refused. */
export function sees(
  loaded: LoadedApp,
  who: Principal,
  dialect: Dialect = withDialect({}),
): string | Record<string, string[]> {
  return shown(reduce(loaded, who, dialect));
}

export function shown(reduction: Reduction): string | Record<string, string[]> {
  if (reduction.access === "denied") return "denied";
  return Object.fromEntries(
    reduction.tables.map(({ name, fields, rows }) => [
      `${name}(${fields.join(",")})`,
      rows.map((row) =>
        row.map((value) => (value === null ? "-" : String(typeof value === "object" ? value.t : value))).join(","),
      ),
    ]),
  );
}

/** Ids an answer rests on, sorted, each once. */
export function cites(loaded: LoadedApp, who: Principal, dialect: Dialect = withDialect({})): string[] {
  return [...new Set(reduce(loaded, who, dialect).because.map((reason) => reason.requirement))].sort();
}
