/** Folders the command writes: judged before anything is done, and written whole or not at all. */
import { accessSync, chmodSync, constants, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync } from "node:fs";
import { rmSync, rmdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { ConformanceError } from "../contract/errors.ts";

const otherFolder = "name another folder";

/** Throws `usage` when no folder can be made or filled there. Looks only; makes nothing. */
export function refuseUnwritable(folder: string): void {
  let nearest = resolve(folder);
  while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest);
  if (!statSync(nearest).isDirectory()) {
    const message = nearest === resolve(folder) ? `${folder} is a file` : `${folder} would lie in ${nearest}, a file`;
    throw new ConformanceError("usage", message, { expected: "a folder", remedy: otherFolder });
  }
  try {
    accessSync(nearest, constants.W_OK | constants.X_OK);
  } catch (cause) {
    const details = { expected: "a folder you may write to", remedy: otherFolder, cause };
    throw new ConformanceError("usage", `${nearest} may not be written to`, details);
  }
}

/** Throws `usage` unless the folder is new or empty. */
export function refuseFilled(folder: string): void {
  refuseUnwritable(folder);
  if (!existsSync(folder) || readdirSync(folder).length === 0) return;
  throw new ConformanceError("usage", `the folder ${folder} is not empty`, {
    expected: "a new or empty folder",
    remedy: otherFolder,
  });
}

type Parts = Iterable<{ readonly [path: string]: string }>;

function fill(folder: string, parts: Parts): number {
  let count = 0;
  for (const files of parts) {
    for (const [path, content] of Object.entries(files)) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      count += 1;
    }
  }
  return count;
}

/** Beside the target, so that the rename stays on one file system. */
function stage(target: string, parts: Parts): number {
  const staging = mkdtempSync(join(dirname(target), ".qlik-conformance-"));
  try {
    const count = fill(staging, parts);
    // A folder of mkdtemp is readable by its owner alone; these are made to be read.
    chmodSync(staging, 0o755);
    if (existsSync(target)) rmdirSync(target);
    renameSync(staging, target);
    return count;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Returns how many files were written. Throws `usage` when the folder cannot be made; nothing is left half-written. */
export function writeFiles(folder: string, parts: Parts): number {
  const target = resolve(folder);
  let made: string | undefined;
  try {
    made = mkdirSync(dirname(target), { recursive: true });
    return stage(target, parts);
  } catch (cause) {
    if (made !== undefined) rmSync(made, { recursive: true, force: true });
    if (!(cause instanceof Error && "syscall" in cause)) throw cause;
    throw new ConformanceError("usage", `cannot write to ${folder}: ${cause.message}`, { remedy: otherFolder, cause });
  }
}
