/** What one file of a site holds, in any of the shapes QRS, its clients and spreadsheets give. */
import { basename } from "node:path";
import { ConformanceError, type Place } from "../contract/errors.ts";
import { parseJson, placeOf, type Path } from "../contract/json-text.ts";
import type { Datasource, Entity, Json, Site } from "../contract/types.ts";
import { isObject } from "./files.ts";
import { isRuleShaped, ruleEntity } from "./rule-shapes.ts";
import { isRuleTable, readRuleTable } from "./rule-tables.ts";

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
  "License.UserAccessGroup",
  "License.LoginAccessGroup",
  "License.ProfessionalAccessGroup",
  "License.AnalyzerAccessGroup",
] as const;

/** By their names in small letters. */
const known: ReadonlyMap<string, string> = new Map(knownTypes.map((type) => [type.toLowerCase(), type]));

export interface ReadSite {
  readonly site: Site;
  /** What was passed over, for a person. */
  readonly notes: readonly string[];
}

export interface SiteText {
  readonly text: string;
  readonly file: string;
  /** What a list is taken for that tells nothing of itself. */
  readonly assumed?: "SystemRule";
}

/** A refusal at a place of a site's text; without text it names the file alone. */
export function refuse(at: SiteText, path: Path, message: string, expected: string): ConformanceError {
  const place = at.text === "" ? {} : placeOf(at.text, path);
  return new ConformanceError("input", message, {
    file: at.file,
    ...place,
    expected,
    remedy: "docs/reference/site.md shows a site file",
  });
}

function stemOf(file: string): string {
  return basename(file).replace(/\.\w+$/, "");
}

function pathText(path: Path): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`))
    .join("")
    .replace(/^\./, "");
}

/** For a rule without id: the file's name and the rule's number in it. */
function fallbackId(file: string, index: number): string {
  return `${stemOf(file)} ${index + 1}`;
}

function entityOf(type: string, value: Json, path: Path, at: SiteText): Entity {
  if (!isObject(value)) throw refuse(at, path, `${pathText(path)} is no object`, "a QRS entity");
  if (type === "SystemRule") {
    const placeIn = (field: string): Place => ({ file: at.file, ...placeOf(at.text, [...path, field]) });
    return ruleEntity(value, fallbackId(at.file, Number(path.at(-1) ?? 0)), placeIn);
  }
  const { id } = value as { readonly id?: Json };
  if (typeof id !== "string" || id === "") {
    throw refuse(at, path, `${pathText(path)} has no "id"`, "the entity's id as a text");
  }
  return { ...value, id };
}

interface Listed {
  readonly type: string;
  readonly value: Json;
  readonly path: Path;
}

/** The entities by type, each id once a type. */
function gathered(items: readonly Listed[], at: SiteText): Site["entities"] {
  const entities: { [type: string]: Entity[] } = {};
  const seen = new Set<string>();
  for (const { type, value, path } of items) {
    const entity = entityOf(type, value, path, at);
    const key = `${type} ${entity.id}`;
    if (seen.has(key)) {
      throw refuse(at, [...path, "id"], `${type} has the id ${entity.id} twice`, "ids that occur once");
    }
    seen.add(key);
    (entities[type] ??= []).push(entity);
  }
  return entities;
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

function nameTypeOf(file: string): string | undefined {
  const stem = stemOf(file).toLowerCase();
  return known.get(stem) ?? known.get(stem.replace(/s$/, ""));
}

/** What an export without keys holds: entities of QRS tell it, rules and users show it, else the file's name does. */
function typeOf(value: Json, { file, assumed }: SiteText): string | undefined {
  if (!isObject(value)) return undefined;
  const { schemaPath, userId, userDirectory } = value as { readonly [field: string]: Json | undefined };
  const told = typeof schemaPath === "string" ? known.get(schemaPath.toLowerCase()) : undefined;
  if (told !== undefined) return told;
  if (isRuleShaped(value)) return "SystemRule";
  return typeof userId === "string" && typeof userDirectory === "string" ? "User" : (nameTypeOf(file) ?? assumed);
}

function listOf(list: readonly Json[], path: Path, at: SiteText): readonly Listed[] {
  return list.map((value, index) => {
    const type = typeOf(value, at);
    if (type !== undefined) return { type, value, path: [...path, index] };
    const expected = 'entities with "schemaPath", as QRS answers them, or one object of arrays by QRS type';
    throw refuse(at, [...path, index], `${pathText([...path, index])} does not tell its type`, expected);
  });
}

/** How deep clients wrap what QRS answered: `{value: […]}`, `{items: […]}`, packages of rules. */
const mostWraps = 4;

/** Lists of entities inside an object that is no site itself. */
function wrapped(value: Json, path: Path, at: SiteText): readonly Listed[] {
  if (path.length > mostWraps || typeof value !== "object" || value === null) return [];
  if (!Array.isArray(value)) {
    return Object.entries(value).flatMap(([key, child]) => wrapped(child, [...path, key], at));
  }
  const first = value[0];
  if (isObject(first) && typeOf(first, { text: "", file: "" }) !== undefined) return listOf(value, path, at);
  return value.flatMap((child: Json, index) => wrapped(child, [...path, index], at));
}

/** The arrays by type; keys are known in any letter case. */
function byType(value: { readonly [key: string]: Json }, at: SiteText): ReadSite {
  const notes: string[] = [];
  const items = Object.entries(value).flatMap(([key, list]): readonly Listed[] => {
    if (key === "datasources") return [];
    const type = known.get(key.toLowerCase());
    if (type === undefined) {
      notes.push(`${at.file}: type "${key}" is not known here and was ignored`);
      return [];
    }
    if (!Array.isArray(list)) throw refuse(at, [key], `"${key}" is no array`, "an array as QRS answers it");
    return list.map((item: Json, index) => ({ type, value: item, path: [key, index] }));
  });
  const site: Site = { entities: gathered(items, at), apps: {} };
  const { datasources } = value as { readonly datasources?: Json };
  return { site: datasources === undefined ? site : { ...site, datasources: datasourcesOf(datasources, at) }, notes };
}

function holding(items: readonly Listed[], at: SiteText): ReadSite {
  return { site: { entities: gathered(items, at), apps: {} }, notes: [] };
}

function ofTable(text: string, file: string): ReadSite {
  const rules = readRuleTable(text, file).map(({ fields, place }, index) =>
    ruleEntity(fields, fallbackId(file, index), () => place),
  );
  return { site: { entities: { SystemRule: rules }, apps: {} }, notes: [] };
}

/**
 * A site from the text of one file: arrays by QRS type, or what QRS, its clients and spreadsheets give: an array of
 * entities, such a list wrapped in an object, one rule, rules as CSV. Throws `input` with file, line and column.
 */
export function parseSiteText(text: string, file: string, assumed?: "SystemRule"): ReadSite {
  const at: SiteText = { text, file, ...(assumed === undefined ? {} : { assumed }) };
  if (!/^\s*[[{]/.test(text) && isRuleTable(text)) return ofTable(text, file);
  const value = parseJson(text, file);
  if (Array.isArray(value) && value.length > 0) return holding(listOf(value, [], at), at);
  if (!isObject(value)) {
    throw refuse(at, [], "the site is no object", "one object of arrays by QRS type, or an array of entities of QRS");
  }
  const isTyped = Object.entries(value).some(
    ([key, list]) => key === "datasources" || (known.has(key.toLowerCase()) && Array.isArray(list)),
  );
  if (isRuleShaped(value)) return holding([{ type: "SystemRule", value, path: [] }], at);
  const inside = isTyped ? [] : wrapped(value, [], at);
  return inside.length > 0 ? holding(inside, at) : byType(value, at);
}
