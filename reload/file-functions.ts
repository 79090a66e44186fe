/** Functions about files: the one a LOAD reads, or one named by its path (the file functions). */
import type { Value } from "../contract/types.ts";
import { checkCount, compile } from "./expressions.ts";
import type { SpecialFunction } from "./expressions.ts";
import { formatted } from "./functions/dates.ts";
import { fileText, storedFile } from "./script-files.ts";
import type { State } from "./state.ts";
import { textOf } from "./values.ts";

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
    ["connectstring", () => () => ""],
  ];
}

function withoutExtension(name: string, extension: string): string {
  return extension === "" ? name : name.slice(0, -extension.length - 1);
}
