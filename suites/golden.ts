/** The golden cases: written by hand from the pages they cite, one JSON file a case, read here and nowhere else. */
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseCase } from "../contract/parsers.ts";
import type { Area, Case } from "../contract/types.ts";

const read = new Map<Area, readonly Case[]>();

/** Paths of the case files of an area, sorted by name. */
export function goldenFiles(area: Area): readonly string[] {
  const folder = new URL(`${area}/cases/`, import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => fileURLToPath(new URL(name, folder)));
}

/** The golden cases of an area in the order of their file names. Throws `input` with the place of what is wrong. */
export function goldenCases(area: Area): readonly Case[] {
  const known = read.get(area);
  if (known !== undefined) return known;
  const cases = goldenFiles(area).map((path) => parseCase(readFileSync(path, "utf8"), path));
  read.set(area, cases);
  return cases;
}
