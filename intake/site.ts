/** Site files and site folders: QRS exports as they are, load scripts and data beside them. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { ConformanceError, isKnownError } from "../contract/errors.ts";
import type { Datasource, Entity, Json, Site, SiteApp } from "../contract/types.ts";
import { parseJson, placeOf, type Path } from "../contract/json-text.ts";
import { isObject, readData, readText } from "./files.ts";

/** QRS types a site file may hold; others are ignored with a note. */
export const knownTypes = [
  "User",
  "UserDirectory",
  "CustomPropertyDefinition",
  "Stream",
  "App",
  "App.Object",
  "App.Content",
  "App.Internal",
  "DataConnection",
  "ContentLibrary",
  "StaticContentReference",
  "Extension",
  "ReloadTask",
  "ExternalProgramTask",
  "UserSyncTask",
  "SchemaEvent",
  "CompositeEvent",
  "Tag",
  "ExecutionResult",
  "SystemRule",
  "VirtualProxyConfig",
  "ProxyService",
  "ServerNodeConfiguration",
  "EngineService",
  "RepositoryService",
  "SchedulerService",
  "PrintingService",
  "AnalyticConnection",
] as const;

const known: ReadonlySet<string> = new Set(knownTypes);

export interface ReadSite {
  readonly site: Site;
  /** What was passed over, for a person. */
  readonly notes: readonly string[];
}

interface SiteText {
  readonly text: string;
  readonly file: string;
}

function refuse(at: SiteText, path: Path, message: string, expected: string): ConformanceError {
  const place = at.text === "" ? {} : placeOf(at.text, path);
  return new ConformanceError("input", message, {
    file: at.file,
    ...place,
    expected,
    remedy: "docs/reference/site.md shows a site file",
  });
}

function entityOf(value: Json, path: Path, at: SiteText): Entity {
  const where = `${path[0]}[${path[1]}]`;
  if (!isObject(value)) throw refuse(at, path, `${where} is no object`, "a QRS entity");
  const { id } = value as { readonly id?: Json };
  if (typeof id !== "string" || id === "") throw refuse(at, path, `${where} has no "id"`, "the entity's id as a text");
  return { ...value, id };
}

function entitiesOf(type: string, value: Json, at: SiteText): readonly Entity[] {
  if (!Array.isArray(value)) throw refuse(at, [type], `"${type}" is no array`, "an array as QRS answers it");
  const seen = new Set<string>();
  return value.map((item: Json, index) => {
    const entity = entityOf(item, [type, index], at);
    if (seen.has(entity.id))
      throw refuse(at, [type, index, "id"], `${type} has the id ${entity.id} twice`, "ids that occur once");
    seen.add(entity.id);
    return entity;
  });
}

function datasourceOf(name: string, value: Json, at: SiteText): Datasource {
  const text = (key: keyof Datasource): string => {
    const found = isObject(value) ? value[key] : undefined;
    if (typeof found === "string") return found;
    throw refuse(at, ["datasources", name], `datasource "${name}" lacks "${key}"`, "a text");
  };
  return { proxy: text("proxy"), defaultDirectory: text("defaultDirectory"), defaultUser: text("defaultUser") };
}

function datasourcesOf(value: Json, at: SiteText): { readonly [name: string]: Datasource } {
  if (!isObject(value)) {
    throw refuse(at, ["datasources"], `"datasources" is no object`, "name → {proxy, defaultDirectory, defaultUser}");
  }
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, datasourceOf(name, item, at)]));
}

/** A site from the text of one file: arrays by QRS type. Throws `input` with file, line and column. */
export function parseSiteText(text: string, file: string): ReadSite {
  const at: SiteText = { text, file };
  const value = parseJson(text, file);
  if (!isObject(value)) throw refuse(at, [], "the site is no object", "one object of arrays by QRS type");
  const notes: string[] = [];
  const entities: { [type: string]: readonly Entity[] } = {};
  for (const [type, list] of Object.entries(value)) {
    if (type === "datasources") continue;
    if (known.has(type)) entities[type] = entitiesOf(type, list, at);
    else notes.push(`${file}: type "${type}" is not known here and was ignored`);
  }
  const { datasources } = value as { readonly datasources?: Json };
  const site: Site = { entities, apps: {} };
  return { site: datasources === undefined ? site : { ...site, datasources: datasourcesOf(datasources, at) }, notes };
}

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
export function readSite(path: string): ReadSite {
  if (!existsSync(path))
    throw new ConformanceError("input", "there is no such site", { file: path, remedy: "check the path" });
  if (!statSync(path).isDirectory()) return parseSiteText(readText(path), path);
  const { site, notes } = mergedFolder(path);
  const found = appsOf(path, site.entities);
  return { site: { ...site, apps: found.found }, notes: [...notes, ...found.notes] };
}

const ruleFields = { rule: "string", resourceFilter: "string", actions: "number" } as const;

/** A condensed export leaves out what a rule says; read as it is, it would grant everything to everybody. */
export function refuseCondensedRules(rules: readonly Entity[], file: string): void {
  for (const rule of rules) {
    const lacks = Object.entries(ruleFields).find(([field, kind]) => typeof rule[field] !== kind);
    if (lacks === undefined) continue;
    const { name } = rule as { readonly name?: Json };
    throw new ConformanceError("input", `the rule ${JSON.stringify(name ?? rule.id)} has no "${lacks[0]}"`, {
      file,
      expected: "rules with rule, resourceFilter and actions",
      remedy: "export them from /qrs/systemrule/full, not from /qrs/systemrule",
    });
  }
}

/** The rules of a site file or folder, of an export of rules (an array), or one rule. Throws `input`. */
export function readRules(path: string): readonly Entity[] {
  const rules =
    existsSync(path) && statSync(path).isDirectory() ? rulesOf(readSite(path)) : parseRulesText(readText(path), path);
  if (rules.length === 0) {
    const expected = '"SystemRule" with at least one rule, or an array of rules';
    throw new ConformanceError("input", "the file holds no security rules", { file: path, expected });
  }
  refuseCondensedRules(rules, path);
  return rules;
}

function rulesOf({ site }: ReadSite): readonly Entity[] {
  return site.entities["SystemRule"] ?? [];
}

/** The same from a text. Throws `input` with file, line and column. */
export function parseRulesText(text: string, file: string): readonly Entity[] {
  const value = parseJson(text, file);
  if (Array.isArray(value)) return entitiesOf("SystemRule", value, { text: "", file });
  if (isObject(value) && "rule" in value) return entitiesOf("SystemRule", [value], { text: "", file });
  return rulesOf(parseSiteText(text, file));
}
