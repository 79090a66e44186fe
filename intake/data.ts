/** Folders a load script reads from: `--data Sales=./data` serves `lib://Sales/…`. */
import { existsSync, statSync } from "node:fs";
import { resolve, sep } from "node:path";
import { ConformanceError } from "../contract/errors.ts";
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

/** Only files below the named folders are handed out; `..` does not lead outside. Throws `usage`. */
export function fileAccess(dataArguments: readonly string[]): FileAccess {
  const folders = new Map(dataArguments.map(folderOf));
  return (path) => {
    const match = /^lib:\/\/([^/\\]+)[/\\](.*)$/i.exec(path);
    const folder = folders.get(match?.[1]?.toLowerCase() ?? "");
    if (folder === undefined || match?.[2] === undefined) return undefined;
    const file = resolve(folder, match[2]);
    if (!file.startsWith(folder + sep) || !existsSync(file) || !statSync(file).isFile()) return undefined;
    return readData(file);
  };
}
