/** Laws of the house that are about texts: what a defect is, where names of defects and dialects may stand, how long a file is. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { test } from "node:test";
import { dialectNames } from "../catalogue/dialects.ts";
import { defects } from "../mock/defects/index.ts";
import { rooms } from "./rooms.ts";

const root = join(import.meta.dirname, "..");

interface Source {
  readonly file: string;
  readonly text: string;
}

function sourcesIn(folder: string): readonly Source[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ file: relative(root, path), text: readFileSync(path, "utf8") }));
}

const sources = rooms.flatMap(sourcesIn);

/** Texts in quotes that are one of the names, outside the places where they may stand. */
function strayNames(names: readonly string[], mayStand: RegExp, among: readonly Source[]): readonly string[] {
  const known = new Set(names);
  return among
    .filter(({ file }) => !mayStand.test(file))
    .flatMap(({ file, text }) =>
      [...text.matchAll(/["'`]([\w.-]+)["'`]/g)].flatMap(([, word = ""]) =>
        known.has(word) ? [`${file}: ${word}`] : [],
      ),
    );
}

test("there is something to look at", () => {
  assert.ok(sources.length > 200, `${sources.length} files`);
  assert.ok(defects.length >= 30, `${defects.length} defects`);
});

test("each defect is one file of at most 20 lines, named as the defect", () => {
  const files = sources.filter(({ file, text }) => file.startsWith("mock/defects/") && /: Defect = /.test(text));
  const names = files.map(({ file }) => basename(file, ".ts")).toSorted();
  assert.deepEqual(names, defects.map(({ name }) => name).toSorted());
  const long = files.filter(({ text }) => text.trimEnd().split("\n").length > 20).map(({ file }) => file);
  assert.deepEqual(long, []);
});

test("names of defects stand in their files alone, and nothing asks for one", () => {
  const names = defects.map(({ name }) => name);
  assert.deepEqual(strayNames(names, /^mock\/defects\//, sources), []);
  const planted = { file: "mock/engine/planted.ts", text: 'if (defect.name === "star-means-everything") return all;' };
  assert.equal(strayNames(names, /^mock\/defects\//, [planted]).length, 1);
});

test("names of dialects stand in the catalogue alone; evaluators read switches", () => {
  const special = dialectNames.filter((name) => name !== "documented");
  assert.deepEqual(strayNames(special, /^catalogue\//, sources), []);
  const planted = { file: "reference/planted.ts", text: 'if (dialect === "qlikview-server") return denied;' };
  assert.equal(strayNames(special, /^catalogue\//, [planted]).length, 1);
});

test("no file of a room is longer than 300 lines", () => {
  const long = sources.filter(({ text }) => text.trimEnd().split("\n").length > 300).map(({ file }) => file);
  assert.deepEqual(long, []);
});
