/**
 * Where the rows of section access come from: a line of inline data or of a file. The script is run once more with a field
 * that numbers the records of each source; the numbering counts only if everything else comes out the same.
 */
import { isKnownError, type Place } from "../../contract/errors.ts";
import type { Value } from "../../contract/types.ts";
import type { Load, LoadItem, LoadSource, Prefix } from "../../languages/load-script/ast.ts";
import { upperText } from "../../reference/section-access/values.ts";
import { reload } from "../../reload/index.ts";
import type { AccessTable, FileAccess, LoadedApp } from "../../reload/model.ts";
import { accessStacks, bottomOf, sourceField, type LoadStack } from "./access-loads.ts";
import { placesIn, sheetOf, type SourceSheet } from "./source-lines.ts";

export interface ScriptSource {
  readonly script: string;
  readonly file?: string;
  readonly files: FileAccess;
}

/** Place of a cell of section access, by positions of table and row; without a field, of the row. */
export type PlaceOf = (table: number, row: number, field?: string) => Place | undefined;

const numbering = "qlik-conformance record";
/** More records than any one source may give (2,000,000). */
const stride = 10_000_000;

interface Insertion {
  readonly at: number;
  readonly text: string;
}

function endOf(items: readonly LoadItem[]): number | undefined {
  return items.at(-1)?.span?.end;
}

const harmless: ReadonlySet<Prefix["kind"]> = new Set([
  "noconcatenate",
  "concatenate",
  "first",
  "buffer",
  "add",
  "replace",
]);

/** Whether a field more changes nothing but the field: no join over it, no grouping, no row apart because of it. */
function keepsRecords(load: Load): boolean {
  return !load.distinct && load.groupBy === undefined && load.prefixes.every(({ kind }) => harmless.has(kind));
}

/** The field that numbers the records at the bottom of a stack, and its name in the stages above. */
function numbered(stack: LoadStack, index: number): Insertion[] {
  const kind = bottomOf(stack).source.kind;
  if (kind === "autogenerate" || !stack.stages.every(keepsRecords)) return [];
  return stack.stages.flatMap((load, stage): Insertion[] => {
    const isBottom = stage === stack.stages.length - 1;
    const fresh = isBottom && kind !== "resident";
    const at = endOf(load.fields);
    if (at === undefined || (!fresh && load.fields.some((item) => item.kind === "all"))) return [];
    return [{ at, text: `, ${fresh ? `RecNo() + ${index * stride} AS ` : ""}[${numbering}]` }];
  });
}

function inserted(script: string, insertions: readonly Insertion[]): string {
  return insertions
    .toSorted((a, b) => b.at - a.at)
    .reduce((text, { at, text: added }) => text.slice(0, at) + added + text.slice(at), script);
}

function attempt(source: ScriptSource, script: string): LoadedApp | undefined {
  try {
    return reload(script, { files: source.files });
  } catch (error) {
    if (isKnownError(error)) return undefined;
    throw error;
  }
}

function isNumbering(field: string): boolean {
  return field.endsWith(numbering);
}

/** Per row of each table its number; undefined where the numbered run came out otherwise. */
function numbersOf(known: readonly AccessTable[], run: LoadedApp): (readonly Value[])[] | undefined {
  const tables = run.access ?? [];
  if (tables.length !== known.length) return undefined;
  const same = known.every((table, at) => isSame(table, tables[at]));
  if (!same) return undefined;
  return tables.map((table) => {
    const column = table.fields.findIndex(isNumbering);
    return table.rows.map((row) => row[column] ?? null);
  });
}

function isSame(table: AccessTable, other: AccessTable | undefined): boolean {
  if (other === undefined || other.name !== table.name) return false;
  const columns = [...other.fields.keys()].filter((column) => !isNumbering(other.fields[column] ?? ""));
  const plain = other.rows.map((row) => columns.map((column) => row[column] ?? null));
  const fields = columns.map((column) => other.fields[column]);
  return JSON.stringify([fields, plain]) === JSON.stringify([table.fields, table.rows]);
}

/** A source of delimited text with the LOAD that reads it. */
export interface Sourced {
  readonly stack: LoadStack;
  readonly sheet: SourceSheet;
  readonly placeAt: (offset: number) => Place;
}

type Inline = LoadSource & { readonly kind: "inline" };

/** Offset of inline data in the script: the data follow the first opening mark after the keyword. */
function dataStart(source: Inline, script: string): number {
  const from = script.indexOf(source.enclosure + source.data, source.span?.start ?? 0);
  return from + source.enclosure.length;
}

/** Inline data as a sheet whose offsets are those of the script, or a file's own. */
function sourced(source: ScriptSource, stack: LoadStack): Sourced | undefined {
  const from = bottomOf(stack).source;
  if (from.kind === "inline") {
    const start = dataStart(from, source.script);
    const place = placesIn(source.script, source.file);
    return { stack, sheet: sheetOf(from.data, from.format), placeAt: (offset) => place(start + offset) };
  }
  if (from.kind !== "file") return undefined;
  const text = source.files(from.path);
  if (text === undefined) return undefined;
  const plain = text.startsWith("\uFEFF") ? text.slice(1) : text;
  return { stack, sheet: sheetOf(plain, from.format), placeAt: placesIn(plain, from.path) };
}

function plainLabel(text: string): string {
  return text.trim().replace(/^"(.*)"$/, "$1");
}

function placeIn({ stack, sheet, placeAt }: Sourced, record: number, field: string | undefined): Place | undefined {
  const found = sheet.records[record];
  if (found === undefined) return undefined;
  const name = field === undefined ? undefined : sourceField(stack, field);
  const labels = sheet.labels?.cells.map(({ text }) => plainLabel(text));
  const column = name === undefined ? -1 : (labels?.indexOf(name) ?? Number(name.replace(/^@/, "")) - 1);
  return placeAt(found.cells[column]?.offset ?? found.cells[0]?.offset ?? found.offset);
}

function labelIn({ stack, sheet, placeAt }: Sourced, field: string): Place | undefined {
  const name = sourceField(stack, field);
  const cell = sheet.labels?.cells.find(({ text }) => plainLabel(text) === name);
  return cell === undefined ? undefined : placeAt(cell.offset);
}

export interface AccessPlaces {
  readonly cellAt: PlaceOf;
  /** Where a field of a table of section access is named, in the source of its first row. */
  readonly labelAt: (table: number, field: string) => Place | undefined;
  /** The sources that section access is made from. */
  readonly sources: readonly Sourced[];
}

/** Places of the rows and fields the script gave; where they cannot be known the answer is undefined. */
export function accessPlaces(source: ScriptSource, access: readonly AccessTable[]): AccessPlaces {
  const stacks = accessStacks(source.script);
  const insertions = stacks.flatMap((stack, index) => numbered(stack, index));
  const run = attempt(source, inserted(source.script, insertions));
  const numbers = run === undefined ? undefined : numbersOf(access, run);
  const sheets = stacks.map((stack) => sourced(source, stack));
  const sheetOfRow = (table: number, row: number): Sourced | undefined => {
    const number = numbers?.[table]?.[row];
    return typeof number === "number" ? sheets[Math.floor(number / stride)] : undefined;
  };
  /** Section access reads names in upper case; the source has them as written. */
  const written = (table: number, field: string): string => {
    const names = access[table]?.fields ?? [];
    return names.find((name) => name === field) ?? names.find((name) => upperText(name) === field) ?? field;
  };
  return {
    cellAt: (table, row, field) => {
      const [sheet, number] = [sheetOfRow(table, row), numbers?.[table]?.[row]];
      if (sheet === undefined || typeof number !== "number") return undefined;
      return placeIn(sheet, (number % stride) - 1, field === undefined ? undefined : written(table, field));
    },
    labelAt: (table, field) => {
      const sheet = sheetOfRow(table, 0);
      return sheet === undefined ? undefined : labelIn(sheet, written(table, field));
    },
    sources: sheets.filter((sheet) => sheet !== undefined),
  };
}

/** Places of the rows alone. */
export function placesOf(source: ScriptSource, access: readonly AccessTable[]): PlaceOf {
  return accessPlaces(source, access).cellAt;
}
