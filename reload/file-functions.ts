/** Functions about files: the one a LOAD reads, or one named by its path (the file functions). */
import type { Value } from "../contract/types.ts";
import { checkCount, compile } from "./expressions.ts";
import type { SpecialFunction } from "./expressions.ts";
import { formatted } from "./functions/dates.ts";
import { fileText, storedFile } from "./script-files.ts";
import type { State } from "./state.ts";
import { readTextTable } from "./text-table.ts";
import { numberOf, stripBlanks, textOf } from "./values.ts";

interface PathParts {
  readonly folder: string;
  readonly name: string;
  readonly extension: string;
}

function partsOf(path: string): PathParts {
  const slash = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  const name = path.slice(slash + 1);
  const dot = name.lastIndexOf(".");
  return { folder: path.slice(0, Math.max(0, slash)), name, extension: dot === -1 ? "" : name.slice(dot + 1) };
}

/** Of the file being read; NULL where none is. */
function ofPath(path: string | undefined, read: (parts: PathParts) => Value): SpecialFunction {
  return (call, scope) => {
    checkCount(call, { least: 0, most: 0 }, scope);
    const value = path === undefined ? null : read(partsOf(path));
    return () => value;
  };
}

/** A stored file has no text of its own. */
function contentOf(state: State, path: string): string | undefined {
  return storedFile(state, path) === undefined ? fileText(state, path)?.text : "";
}

/** Of the file named, else the one being read; NULL for one there is not. */
function ofContent(
  state: State,
  path: string | undefined,
  read: (content: string, settings: Parameters<SpecialFunction>[1]["settings"]) => Value,
): SpecialFunction {
  return (call, scope) => {
    checkCount(call, { least: 0, most: 1 }, scope);
    const [argument] = call.arguments;
    const named = argument === undefined ? undefined : compile(argument, scope);
    return (row) => {
      const wanted = named === undefined ? path : textOf(named(row));
      const content = wanted === undefined ? undefined : contentOf(state, wanted);
      return content === undefined ? null : read(content, scope.settings);
    };
  };
}

/** Files have no times here: each is as old as the moment the script runs at. */
function timeOf(state: State, path: string | undefined): SpecialFunction {
  return ofContent(state, path, (_, settings) => formatted(settings.now, settings.timestampFormat, settings));
}

export function fileFunctions(state: State, path: string | undefined): readonly (readonly [string, SpecialFunction])[] {
  return [
    ["filepath", ofPath(path, ({ folder, name }) => (folder === "" ? name : `${folder}/${name}`))],
    ["filename", ofPath(path, ({ name }) => name)],
    ["filedir", ofPath(path, ({ folder }) => folder)],
    ["fileextension", ofPath(path, ({ extension }) => extension)],
    ["filebasename", ofPath(path, ({ name, extension }) => withoutExtension(name, extension))],
    ["filesize", ofContent(state, path, (content) => new TextEncoder().encode(content).length)],
    ["filetime", timeOf(state, path)],
    ["qvdcreatetime", timeOf(state, path)],
    ...qvdFunctions(state),
    ["connectstring", () => () => ""],
  ];
}

/** Fields and rows of a QVD file: of what was stored, or of the CSV that stands in. */
function qvdTable(
  state: State,
  path: string,
): { readonly fields: readonly string[]; readonly rows: number } | undefined {
  const stored = storedFile(state, path);
  if (stored !== undefined) return { fields: stored.fields, rows: stored.rows.length };
  const text = fileText(state, path)?.text;
  const table = text === undefined ? undefined : readTextTable(text, { quoting: "msq" }, stripBlanks);
  return table === undefined || "fault" in table ? undefined : { fields: table.names, rows: table.rows.length };
}

type QvdTable = NonNullable<ReturnType<typeof qvdTable>>;

function ofQvd(
  state: State,
  count: number,
  read: (table: QvdTable, path: string, at: number) => Value,
): SpecialFunction {
  return (call, scope) => {
    checkCount(call, { least: count, most: count }, scope);
    const [path, position] = call.arguments.map((argument) => compile(argument, scope));
    return (row) => {
      const named = textOf(path?.(row) ?? null);
      const table = named === undefined ? undefined : qvdTable(state, named);
      if (named === undefined || table === undefined) return null;
      return read(table, named, numberOf(position?.(row) ?? null) ?? 0);
    };
  };
}

function qvdFunctions(state: State): readonly (readonly [string, SpecialFunction])[] {
  return [
    ["qvdnoofrecords", ofQvd(state, 1, ({ rows }) => rows)],
    ["qvdnooffields", ofQvd(state, 1, ({ fields }) => fields.length)],
    ["qvdfieldname", ofQvd(state, 2, ({ fields }, _, at) => fields[at - 1] ?? null)],
    ["qvdtablename", ofQvd(state, 1, (_, path) => withoutExtension(partsOf(path).name, partsOf(path).extension))],
  ];
}

function withoutExtension(name: string, extension: string): string {
  return extension === "" ? name : name.slice(0, -extension.length - 1);
}
