/** Folders a load script reads from: `--data Sales=./data` serves `lib://Sales/…`. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { ConformanceError } from "../contract/errors.ts";
import { globMatches, pathFits } from "../reload/glob.ts";
import type { FileAccess } from "../reload/model.ts";
import { readData } from "./files.ts";

function folderOf(argument: string): readonly [name: string, folder: string] {
  const at = argument.indexOf("=");
  const folder = argument.slice(at + 1);
  if (at <= 0 || folder === "") {
    throw new ConformanceError("usage", `--data ${argument} names no connection`, {
      expected: "NAME=FOLDER",
      remedy: "the script reads it as lib://NAME/…",
    });
  }
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new ConformanceError("usage", `--data ${argument}: there is no such folder`, {
      expected: "NAME=FOLDER",
      remedy: "check the path",
    });
  }
  return [argument.slice(0, at).toLowerCase(), resolve(folder)];
}

/** Paths of the files below a folder, with `/` between their parts. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, "/"));
}

const libPath = /^lib:\/\/([^/\\]+)[/\\](.*)$/i;

/** Files of every connection that fits, named by it, in the order of their names. */
function listed(folders: ReadonlyMap<string, string>, pattern: string): readonly string[] {
  const [, connection = "", inner = ""] = libPath.exec(pattern) ?? [];
  const paths = [...folders].flatMap(([name, folder]) => {
    if (!globMatches(connection.toLowerCase(), name)) return [];
    const written = name === connection.toLowerCase() ? connection : name;
    const found = filesBelow(folder).filter((path) => pathFits(inner, path));
    return found.map((path) => `lib://${written}/${path}`);
  });
  return paths.toSorted();
}

/** Only files below the named folders are handed out; `..` does not lead outside. Throws `usage`. */
export function fileAccess(dataArguments: readonly string[]): FileAccess {
  const folders = new Map(dataArguments.map(folderOf));
  const read = (path: string): string | undefined => {
    const match = libPath.exec(path);
    const folder = folders.get(match?.[1]?.toLowerCase() ?? "");
    if (folder === undefined || match?.[2] === undefined) return undefined;
    const file = resolve(folder, match[2]);
    if (!file.startsWith(folder + sep) || !existsSync(file) || !statSync(file).isFile()) return undefined;
    return readData(file);
  };
  return Object.assign(read, { list: (pattern: string) => listed(folders, pattern) });
}
