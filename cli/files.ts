/** Writes a folder of files: all of them, or none. */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, rmdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { ConformanceError } from "../contract/errors.ts";

/** Returns how many files were written. Throws `usage` when the folder cannot be made; nothing is left half-written. */
export function writeFiles(folder: string, parts: Iterable<{ readonly [path: string]: string }>): number {
  const target = resolve(folder);
  const parent = dirname(target);
  let count = 0;
  try {
    mkdirSync(parent, { recursive: true });
    const staging = mkdtempSync(join(parent, ".qlik-conformance-"));
    try {
      for (const [path, content] of [...parts].flatMap((files) => Object.entries(files))) {
        const file = join(staging, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, content);
        count += 1;
      }
      if (existsSync(target)) rmdirSync(target);
      renameSync(staging, target);
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
  } catch (cause) {
    if (cause instanceof ConformanceError) throw cause;
    if (!(cause instanceof Error && "code" in cause && typeof cause.code === "string")) throw cause;
    throw new ConformanceError("usage", `cannot write to ${folder}: ${cause.message}`, {
      remedy: "name another folder",
      cause,
    });
  }
  return count;
}
