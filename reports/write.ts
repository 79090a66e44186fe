/** Writes a report folder in one go: whoever looks sees the old folder or the new one, never a half of either. */
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { ConformanceError } from "../contract/errors.ts";
import type { ReportFiles } from "./render.ts";

const ours: ReadonlySet<string> = new Set([
  "run.json",
  "run.meta.json",
  "report.html",
  "report.md",
  "junit.xml",
  "failures",
]);

/** A folder is replaced only when nothing stands in it but an earlier report; anything else belongs to the user. */
async function mayReplace(folder: string): Promise<boolean> {
  const entries = await readdir(folder).catch((error: unknown) => {
    throw new ConformanceError("input", `${folder} is in the way`, { expected: "a folder", cause: error });
  });
  return entries.every((entry) => ours.has(entry));
}

async function fill(folder: string, files: ReportFiles): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content, { flag: "wx" });
  }
}

async function swap(fresh: string, folder: string): Promise<void> {
  if (!existsSync(folder)) {
    await rename(fresh, folder);
    return;
  }
  const old = `${fresh}.old`;
  await rename(folder, old);
  try {
    await rename(fresh, folder);
  } catch (error) {
    await rename(old, folder);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}

/** Throws `input` when `out` holds something else than a report. Looks only; asked before a run as well as after it. */
export async function refuseForeign(out: string): Promise<void> {
  const folder = resolve(out);
  if (!existsSync(folder) || (await mayReplace(folder))) return;
  throw new ConformanceError("input", `${out} holds files that are no report`, {
    remedy: "name an empty or a new folder",
  });
}

/**
 * Puts the files into `out`, which appears complete or not at all; an earlier report there is replaced.
 * Throws `input` when `out` holds something else than a report.
 */
export async function writeReports(out: string, files: ReportFiles): Promise<void> {
  const folder = resolve(out);
  await refuseForeign(out);
  const parent = dirname(folder);
  await mkdir(parent, { recursive: true });
  // Beside the target, so that the rename stays on one file system.
  const fresh = await mkdtemp(join(parent, `.${basename(folder)}-`));
  // A folder of mkdtemp is readable by its owner alone; a report is made to be shown.
  await chmod(fresh, 0o755);
  try {
    await fill(fresh, files);
    await swap(fresh, folder);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}
