/** Site files and site folders: QRS exports as they are, load scripts and data beside them. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { ConformanceError, isKnownError } from "../contract/errors.ts";
import type { Datasource, Entity, Site, SiteApp } from "../contract/types.ts";
import { readData, readText } from "./files.ts";
import { parseSiteText, refuse, type ReadSite } from "./site-text.ts";

interface Found<T> {
  readonly found: { readonly [name: string]: T };
  readonly notes: readonly string[];
}

/** A folder of that name below the site's, if there is one. */
function subfolder(folder: string, name: string): string | undefined {
  const path = join(folder, name);
  if (!existsSync(path)) return undefined;
  if (statSync(path).isDirectory()) return path;
  throw refuse({ text: "", file: path }, [], `"${name}" is a file`, `a folder "${name}"`);
}

function namesIn(folder: string): readonly string[] {
  return readdirSync(folder).sort();
}

function filesBelow(folder: string, prefix: string): Found<string> {
  const found: { [path: string]: string } = {};
  const notes: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      const below = filesBelow(path, `${prefix}${entry.name}/`);
      Object.assign(found, below.found);
      notes.push(...below.notes);
    } else if (entry.isFile()) {
      const text = dataText(path);
      if (text === undefined) notes.push(`${path}: not text, and left out`);
      else found[`${prefix}${entry.name}`] = text;
    }
  }
  return { found, notes };
}

/** A QVD or a picture may lie beside the data; only a script that reads it fails. */
function dataText(path: string): string | undefined {
  try {
    return readData(path);
  } catch (error) {
    if (isKnownError(error)) return undefined;
    throw error;
  }
}

/** `apps/<app id>.qvs`; `data/` is the folder connection `Data`: `lib://Data/access.csv`. */
function appsOf(folder: string, entities: Site["entities"]): Found<SiteApp> {
  const scripts = subfolder(folder, "apps");
  if (scripts === undefined) return { found: {}, notes: [] };
  const data = subfolder(folder, "data");
  const files = data === undefined ? { found: {}, notes: [] } : filesBelow(data, "lib://Data/");
  const ids = new Set((entities["App"] ?? []).map((app) => app.id));
  const found: { [id: string]: SiteApp } = {};
  const notes = [...files.notes];
  for (const name of namesIn(scripts).filter((entry) => entry.endsWith(".qvs"))) {
    const id = name.slice(0, -".qvs".length);
    if (ids.has(id)) found[id] = { script: readText(join(scripts, name)), files: files.found };
    else notes.push(`${join(scripts, name)}: the site has no App with the id ${id}`);
  }
  return { found, notes };
}

/** Adds what one file holds to what the files before it held; an id they had is refused. */
function joinEntities(into: { [type: string]: readonly Entity[] }, added: Site["entities"], file: string): void {
  for (const [type, list] of Object.entries(added)) {
    const before = new Set((into[type] ?? []).map(({ id }) => id));
    const twice = list.find(({ id }) => before.has(id));
    if (twice !== undefined) {
      throw refuse(
        { text: "", file },
        [],
        `${type} has the id ${twice.id}, as a file before has`,
        "ids that occur once",
      );
    }
    into[type] = [...(into[type] ?? []), ...list];
  }
}

function mergedFolder(folder: string): ReadSite {
  const names = namesIn(folder).filter((name) => name.endsWith(".json"));
  if (names.length === 0) {
    const expected = "site.json, or one JSON file per export";
    throw refuse({ text: "", file: folder }, [], "the folder holds no site file", expected);
  }
  const entities: { [type: string]: readonly Entity[] } = {};
  const datasources: { [name: string]: Datasource } = {};
  const notes: string[] = [];
  for (const file of names.map((name) => join(folder, name))) {
    const part = parseSiteText(readText(file), file);
    joinEntities(entities, part.site.entities, file);
    Object.assign(datasources, part.site.datasources);
    notes.push(...part.notes);
  }
  return { site: { entities, apps: {}, ...(Object.keys(datasources).length === 0 ? {} : { datasources }) }, notes };
}

/** A site file, or a site folder with `apps/<app id>.qvs` and `data/`. Throws `input`. */
export function readSite(path: string, assumed?: "SystemRule"): ReadSite {
  if (!existsSync(path))
    throw new ConformanceError("input", "there is no such site", { file: path, remedy: "check the path" });
  if (!statSync(path).isDirectory()) return parseSiteText(readText(path), path, assumed);
  const { site, notes } = mergedFolder(path);
  const found = appsOf(path, site.entities);
  return { site: { ...site, apps: found.found }, notes: [...notes, ...found.notes] };
}

/** The rules of a site file or folder, or of an export of rules in any shape. Throws `input`. */
export function readRules(path: string): readonly Entity[] {
  const rules = readSite(path, "SystemRule").site.entities["SystemRule"] ?? [];
  if (rules.length > 0) return rules;
  const expected = '"SystemRule" with at least one rule, or an array of rules';
  const remedy = "export them from /qrs/systemrule/full";
  throw new ConformanceError("input", "the file holds no security rules", { file: path, expected, remedy });
}
