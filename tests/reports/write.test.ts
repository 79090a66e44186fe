import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { ConformanceError } from "../../contract/errors.ts";
import { writeReports } from "../../reports/write.ts";

const root = await mkdtemp(join(tmpdir(), "reports-"));
after(async () => rm(root, { recursive: true, force: true }));

const files = { "run.json": "{}\n", "run.meta.json": "{}\n", "failures/a.json": "1\n" };

test("writes every file, folders included, readable by others", async () => {
  const out = join(root, "new", "out");
  await writeReports(out, files);
  assert.deepEqual((await readdir(out)).toSorted(), ["failures", "run.json", "run.meta.json"]);
  assert.equal(await readFile(join(out, "failures", "a.json"), "utf8"), "1\n");
  assert.equal((await stat(out)).mode & 0o777, 0o755);
});

test("replaces an earlier report whole, and leaves nothing beside it", async () => {
  const folder = join(root, "again");
  const out = join(folder, "out");
  await writeReports(out, files);
  await writeReports(out, { "run.json": "{}\n", "run.meta.json": "{}\n" });
  assert.deepEqual((await readdir(out)).toSorted(), ["run.json", "run.meta.json"]);
  assert.deepEqual(await readdir(folder), ["out"]);
});

test("refuses a folder that holds something else, and touches nothing in it", async () => {
  const out = join(root, "precious");
  await mkdir(out);
  await writeFile(join(out, "thesis.txt"), "years of work");
  await assert.rejects(
    writeReports(out, files),
    (error) => error instanceof ConformanceError && error.code === "input",
  );
  assert.deepEqual(await readdir(out), ["thesis.txt"]);
});

test("refuses a folder where something of the user's lies beside a report", async () => {
  const out = join(root, "mixed");
  await writeReports(out, files);
  await writeFile(join(out, "notes.txt"), "mine");
  await assert.rejects(writeReports(out, files), /holds files that are no report/);
  assert.equal(await readFile(join(out, "notes.txt"), "utf8"), "mine");
});

test("refuses a file in the way", async () => {
  const out = join(root, "a-file");
  await writeFile(out, "x");
  await assert.rejects(writeReports(out, files), /is in the way/);
  assert.equal(await readFile(out, "utf8"), "x");
});

test("a write that fails halfway leaves the earlier report and no litter", async () => {
  const folder = join(root, "half");
  const out = join(folder, "out");
  await writeReports(out, files);
  // A file and a folder of one name cannot both be written.
  await assert.rejects(writeReports(out, { "run.json": "new", failures: "x", "failures/a.json": "y" }));
  assert.equal(await readFile(join(out, "run.json"), "utf8"), "{}\n");
  assert.deepEqual(await readdir(folder), ["out"]);
});
