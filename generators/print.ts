/** Worlds as files a real site can load: load script, users as CSV or QRS User JSON. */
import type { Entity, Principal, Value } from "../contract/types.ts";
import type { LoadScript, Prefix, Statement } from "../languages/load-script/ast.ts";
import { printLoadScript } from "../languages/load-script/print.ts";
import type { AccessTable, LoadedApp, LoadedTable } from "../reload/model.ts";
import { fullName } from "./directory.ts";

/** Stands for NULL in inline data, which cannot hold it (LS-INL-04, LS-VAL-05). */
export const nullSymbol = "NIL";

function cellText(value: Value): string {
  if (value === null) return nullSymbol;
  return typeof value === "object" ? value.t : String(value);
}

function inlineData(table: LoadedTable): string {
  const lines = [table.fields, ...table.rows.map((row) => row.map(cellText))];
  return `\n${lines.map((line) => line.join(",")).join("\n")}\n`;
}

function inlineLoad(table: LoadedTable, label: string = table.name): Statement {
  const source = { kind: "inline", data: inlineData(table), enclosure: "[" } as const;
  return { kind: "load", label, prefixes: [], distinct: false, fields: [{ kind: "all" }], source };
}

function residentLoad(label: string, table: string): Statement {
  const prefixes: readonly Prefix[] = [{ kind: "noconcatenate" }];
  const source = { kind: "resident", table } as const;
  return { kind: "load", label, prefixes, distinct: false, fields: [{ kind: "all" }], source };
}

function isInline(table: AccessTable): boolean {
  return table.inline.every(Boolean);
}

function accessSection(access: readonly AccessTable[]): Statement[] {
  const staged = access.filter((table) => !isInline(table));
  const [first, ...more] = staged.map((table) => `${table.name}Source`);
  return [
    ...staged.map((table) => inlineLoad(table, `${table.name}Source`)),
    { kind: "section", section: "access" },
    ...access.map((table) => (isInline(table) ? inlineLoad(table) : residentLoad(table.name, `${table.name}Source`))),
    { kind: "section", section: "application" },
    ...(first === undefined ? [] : [{ kind: "drop-tables", tables: [first, ...more] } as const]),
  ];
}

/** The load script that leaves exactly these tables behind, as a syntax tree. */
export function scriptOf(loaded: LoadedApp): LoadScript {
  const all: readonly LoadedTable[] = [...(loaded.access ?? []), ...loaded.app];
  const holdsNull = all.some((table) => table.rows.some((row) => row.includes(null)));
  const loose = loaded.app.filter((table) => table.loosened).map((table) => table.name);
  const [first, ...more] = loose;
  return {
    statements: [
      ...(holdsNull ? [{ kind: "set", name: "NullInterpret", value: nullSymbol } as const] : []),
      ...(loaded.access === undefined ? [] : accessSection(loaded.access)),
      ...loaded.app.map((table) => inlineLoad(table)),
      ...(first === undefined ? [] : [{ kind: "loosen", tables: [first, ...more] } as const]),
    ],
  };
}

/** The load script as text, ready for the data load editor. */
export function printScript(loaded: LoadedApp): string {
  return printLoadScript(scriptOf(loaded));
}

function csvCell(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
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
