/** Worlds as files a real site can load: load script, users as CSV or QRS User JSON. */
import type { Entity, Principal, Value } from "../contract/types.ts";
import type { LoadScript, LoadSource, Prefix, Statement } from "../languages/load-script/ast.ts";
import { printLoadScript } from "../languages/load-script/print.ts";
import type { AccessTable, AppTable, LoadedApp, LoadedTable } from "../reload/model.ts";
import { fullName } from "./directory.ts";

/** Stands for NULL in inline data, which cannot hold it (LS-INL-04, LS-VAL-05). */
export const nullSymbol = "NIL";

function cellText(value: Value): string {
  if (value === null) return nullSymbol;
  return typeof value === "object" ? value.t : String(value);
}

/** How the tables of a section are loaded. */
export type LoadKind = "inline" | "resident" | "file";

/** How a script loads its tables: unless told, as the tables say themselves, and the app's inline. */
export interface Loads {
  readonly access?: LoadKind;
  readonly app?: LoadKind;
}

/** A row of rights that ends in NULL is short: its last cells are not there (LS-INL-04). A line is never blank. */
function written(row: readonly Value[], short: boolean): readonly string[] {
  const last = short ? row.findLastIndex((value) => value !== null) : row.length - 1;
  const cells = row.slice(0, last + 1);
  return (cells.some((value) => value !== "") ? cells : row).map(cellText);
}

function linesOf(table: LoadedTable): readonly (readonly string[])[] {
  const short = "inline" in table;
  return [table.fields, ...table.rows.map((row) => written(row, short))];
}

function inlineData(table: LoadedTable): string {
  return `\n${linesOf(table)
    .map((line) => line.join(","))
    .join("\n")}\n`;
}

function loadOf(label: string, source: LoadSource, prefixes: readonly Prefix[] = []): Statement {
  return { kind: "load", label, prefixes, distinct: false, fields: [{ kind: "all" }], source };
}

function inlineLoad(table: LoadedTable, label: string = table.name): Statement {
  return loadOf(label, { kind: "inline", data: inlineData(table), enclosure: "[" });
}

function residentLoad(label: string, table: string): Statement {
  return loadOf(label, { kind: "resident", table }, [{ kind: "noconcatenate" }]);
}

const csvFormat = { format: "txt", charset: "utf8", labels: "embedded", delimiter: ",", quoting: "msq" } as const;

/** Where a script reads a table's file; on a site, `lib://AttachedFiles` takes the folder's place. */
function pathOf(table: LoadedTable): string {
  return `lib://Data/${table.name}.csv`;
}

function fileLoad(table: LoadedTable): Statement {
  return loadOf(table.name, { kind: "file", path: pathOf(table), format: csvFormat });
}

function kindOf(table: AccessTable, loads: Loads): LoadKind {
  return loads.access ?? (table.inline.every(Boolean) ? "inline" : "resident");
}

/** The load of a table, with the table it is staged in where it is a resident one. */
function statementOf(table: LoadedTable, kind: LoadKind): Statement {
  switch (kind) {
    case "inline":
      return inlineLoad(table);
    case "file":
      return fileLoad(table);
    case "resident":
      return residentLoad(table.name, `${table.name}Source`);
  }
}

function staging(tables: readonly LoadedTable[]): Statement[] {
  return tables.map((table) => inlineLoad(table, `${table.name}Source`));
}

function dropStaged(tables: readonly LoadedTable[]): Statement[] {
  const [first, ...more] = tables.map((table) => `${table.name}Source`);
  return first === undefined ? [] : [{ kind: "drop-tables", tables: [first, ...more] }];
}

function accessSection(access: readonly AccessTable[], loads: Loads): Statement[] {
  const staged = access.filter((table) => kindOf(table, loads) === "resident");
  return [
    ...staging(staged),
    { kind: "section", section: "access" },
    ...access.map((table) => statementOf(table, kindOf(table, loads))),
    { kind: "section", section: "application" },
    ...dropStaged(staged),
  ];
}

/** Each table staged and dropped by itself, so that two with the same fields are never joined. */
function appSection(app: readonly AppTable[], kind: LoadKind): Statement[] {
  if (kind !== "resident") return app.map((table) => statementOf(table, kind));
  return app.flatMap((table) => [...staging([table]), statementOf(table, kind), ...dropStaged([table])]);
}

/** The load script that leaves exactly these tables behind, as a syntax tree. */
export function scriptOf(loaded: LoadedApp, loads: Loads = {}): LoadScript {
  const all: readonly LoadedTable[] = [...(loaded.access ?? []), ...loaded.app];
  const holdsNull = all.some((table) => table.rows.some((row) => row.includes(null)));
  const loose = loaded.app.filter((table) => table.loosened).map((table) => table.name);
  const [first, ...more] = loose;
  return {
    statements: [
      ...(holdsNull ? [{ kind: "set", name: "NullInterpret", value: nullSymbol } as const] : []),
      ...(loaded.access === undefined ? [] : accessSection(loaded.access, loads)),
      ...appSection(loaded.app, loads.app ?? "inline"),
      ...(first === undefined ? [] : [{ kind: "loosen", tables: [first, ...more] } as const]),
    ],
  };
}

/** The load script as text, ready for the data load editor. */
export function printScript(loaded: LoadedApp, loads: Loads = {}): string {
  return printLoadScript(scriptOf(loaded, loads));
}

/** A table as CSV, quoted where a cell needs it; NULL as its symbol. */
export function printTableCsv(table: LoadedTable): string {
  return linesOf(table)
    .map((line) => `${line.map(csvCell).join(",")}\n`)
    .join("");
}

/** The files a script with these loads reads, by the path it names. */
export function filesOf(loaded: LoadedApp, loads: Loads): { readonly [path: string]: string } {
  const read = [...(loads.access === "file" ? (loaded.access ?? []) : []), ...(loads.app === "file" ? loaded.app : [])];
  return Object.fromEntries(read.map((table) => [pathOf(table), printTableCsv(table)]));
}

function csvCell(text: string): string {
  return /[",\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Lines `user,group`, a user in several groups on several lines, one without any with an empty cell. */
export function printUsersCsv(principals: readonly Principal[]): string {
  const lines = principals.flatMap((who) =>
    (who.groups.length === 0 ? [""] : who.groups).map((group) => `${csvCell(fullName(who))},${csvCell(group)}`),
  );
  return ["user,group", ...lines, ""].join("\n");
}

/** Users in the shape QRS answers for `User`, groups as attributes of type `group`. */
export function usersOf(principals: readonly Principal[]): readonly Entity[] {
  return principals.map((who, at) => {
    const attributes = [...Object.entries(who.attributes), ["group", who.groups] as const].flatMap(
      ([attributeType, values]) => values.map((attributeValue) => ({ attributeType, attributeValue })),
    );
    return {
      id: `00000000-0000-4000-8000-${String(at + 1).padStart(12, "0")}`,
      userDirectory: who.directory,
      userId: who.id,
      name: who.id,
      roles: [],
      attributes,
      customProperties: [],
      inactive: false,
      blacklisted: false,
      removedExternally: false,
      schemaPath: "User",
    };
  });
}

/** QRS User JSON, two blanks a level. */
export function printUsersJson(principals: readonly Principal[]): string {
  return `${JSON.stringify(usersOf(principals), undefined, 2)}\n`;
}
