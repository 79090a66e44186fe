/** Folders handed to a load script. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { fileAccess } from "../../intake/data.ts";
import { reload } from "../../reload/index.ts";

let folder = "";

before(() => {
  folder = mkdtempSync(join(tmpdir(), "trading-"));
  mkdirSync(join(folder, "old"));
  writeFileSync(join(folder, "north.csv"), "REGION\nNORTH\n");
  writeFileSync(join(folder, "south.csv"), "REGION\nSOUTH\n");
  writeFileSync(join(folder, "old", "west.csv"), "REGION\nWEST\n");
});

after(() => rmSync(folder, { recursive: true }));

test("lists the files that fit a path, not those of folders below", () => {
  const { list } = fileAccess([`Sales=${folder}`, `Plan=${join(folder, "old")}`]);
  assert.deepEqual(list?.("lib://Sales/*.csv"), ["lib://Sales/north.csv", "lib://Sales/south.csv"]);
  assert.deepEqual(list?.("lib://sales/*/*.csv"), ["lib://sales/old/west.csv"]);
  assert.deepEqual(list?.("lib://*/?est.csv"), ["lib://plan/west.csv"]);
  assert.deepEqual(list?.("lib://Sales/../*.csv"), []);
  assert.deepEqual(list?.("lib://Other/*.csv"), []);
  assert.deepEqual(list?.("*.csv"), []);
});

test("lets a script read every file that fits", () => {
  const { app } = reload("Sales: LOAD * FROM [lib://Sales/*.csv];", { files: fileAccess([`Sales=${folder}`]) });
  assert.deepEqual(app[0]?.rows, [["NORTH"], ["SOUTH"]]);
});
