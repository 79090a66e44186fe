/** The records a LOAD reads, from whatever source it names (LS-LOAD-03, LS-LOAD-04, LS-INL-02, LS-TXT-01). */
import type { Value } from "../contract/types.ts";
import type { FileFormat, Load, LoadSource, OrderItem, Span } from "../languages/load-script/ast.ts";
import type { ScriptText } from "../languages/load-script/script-text.ts";
import { compile, noRow } from "./expressions.ts";
import { interpreter, settingsIn } from "./interpretation.ts";
import {
  fileText,
  refuseOutside,
  resolvedPath,
  selectText,
  standInsOf,
  standInsOfSelect,
  storedFile,
} from "./script-files.ts";
import { countReads, findTable, maximalRows, runError } from "./state.ts";
import type { State } from "./state.ts";
import { readTextTable } from "./text-table.ts";
import { compareValues, numberOf, stripBlanks, textOf } from "./values.ts";
import { variableScope } from "./variables.ts";

export interface Records {
  readonly fields: readonly string[];
  readonly rows: readonly (readonly Value[])[];
  /** Whether they come from inline data; a RESIDENT load of such rows is none. */
  readonly inline: boolean;
  /** The file they come from. */
  readonly path?: string;
}

type Sourced<Kind extends LoadSource["kind"]> = Extract<LoadSource, { readonly kind: Kind }>;

/** `SET Verbatim=1` keeps the blanks around names and values (LS-INL-03). */
export function isVerbatim(state: State): boolean {
  return numberOf(state.variables.get("Verbatim") ?? null) === 1;
}

/** A cell as a value; the symbol of `SET NullInterpret` is NULL (LS-INL-04). */
function cellReader(state: State): (cell: string) => Value {
  const verbatim = isVerbatim(state);
  const symbol = textOf(state.variables.get("NullInterpret") ?? null);
  const interpret = interpreter(settingsIn(state.variables));
  return (cell) => {
    const text = verbatim ? cell : stripBlanks(cell);
    return text === symbol ? null : interpret(text);
  };
}

interface TextSource {
  readonly text: string;
  /** Whether the text stands in the script. */
  readonly inline?: boolean;
  readonly format: FileFormat;
  readonly source: ScriptText;
  readonly span: Span | undefined;
}

/** Tabs that indent the names of inline data are no part of them: LS-INL-03 speaks of values, and scripts rely on it. */
function nameCleaner(state: State, { inline = false }: TextSource): (name: string) => string {
  if (isVerbatim(state)) return (name) => name;
  return inline ? (name) => name.replaceAll(/^[ \t]+|[ \t]+$/g, "") : stripBlanks;
}

/** Missing cells of a short row are NULL, surplus ones of a long row are ignored (LS-INL-04). */
function readText(state: State, from: TextSource): Omit<Records, "inline"> {
  if (from.format.labels === "explicit") {
    const remedy = "use embedded labels or no labels; only DIF files have labels of that kind";
    throw runError(from.source, from.span, "explicit labels are not read", remedy);
  }
  const table = readTextTable(from.text, from.format, nameCleaner(state, from));
  if ("fault" in table) throw runError(from.source, from.span, table.fault, table.remedy);
  const read = cellReader(state);
  const valueOf = (cell: string | undefined): Value => (cell === undefined ? null : read(cell));
  // `map` makes each row as long as it is, where an array grown by `push` has room for seventeen values.
  const rows = table.rows.map((cells) => table.names.map((_, column) => valueOf(cells[column])));
  return { fields: table.names, rows };
}

/** How a CSV is read that stands in for a table which is no text: its labels, not its delimiter, are the format's. */
function standInFormat(format: FileFormat): FileFormat {
  const { labels, header } = format;
  return { quoting: "msq", ...(labels && { labels }), ...(isWorkbook(format) && header !== undefined && { header }) };
}

function missingFile(path: string, sheet: string | undefined, source: ScriptText, span: Span | undefined): Error {
  const [standIn] = standInsOf(path);
  const remedy =
    standIn === undefined
      ? "hand the file in under the path the script uses"
      : `save its table as CSV and hand it in as ${standIn}`;
  const which = sheet === undefined ? "" : `, sheet ${JSON.stringify(sheet)}`;
  return runError(source, span, `there is no file ${JSON.stringify(path)}${which}`, remedy);
}

/** A sheet's own CSV comes before the workbook's: `book.xlsx.Rights.csv`. */
function sheetText(state: State, path: string, sheet: string | undefined): string | undefined {
  if (sheet === undefined) return undefined;
  return state.files(`${resolvedPath(state, path)}.${sheet.replace(/\$$/, "")}.csv`);
}

function readFile(state: State, file: Sourced<"file">, source: ScriptText): Records {
  const { path, span, format = {} } = file;
  const stored = storedFile(state, path);
  if (stored !== undefined && !stored.asText) return { ...stored, inline: false, path };
  if (stored !== undefined) return { ...readAgain(state, stored), inline: false, path };
  refuseOutside(resolvedPath(state, path), { source, span });
  const sheet = sheetText(state, path, format.table);
  const found = sheet === undefined ? fileText(state, path) : { text: sheet, standIn: true };
  if (found === undefined) throw missingFile(path, format.table, source, span);
  const asCsv = found.standIn || !isText(format) ? standInFormat(format) : format;
  const table = readText(state, { text: found.text, format: asCsv, source, span });
  const lettered = isWorkbook(format) && format.labels === "none";
  const fields = lettered ? table.fields.map((_, index) => columnLetters(index)) : table.fields;
  return { ...table, fields, inline: false, path };
}

function isText({ format }: FileFormat): boolean {
  return format === undefined || format === "txt";
}

function isWorkbook({ format }: FileFormat): boolean {
  return format === "ooxml" || format === "biff";
}

/** Columns of a sheet without labels: A, B … Z, AA. */
function columnLetters(index: number): string {
  const last = String.fromCodePoint(65 + (index % 26));
  return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last;
}

type StoredTable = NonNullable<ReturnType<typeof storedFile>>;

/** A text file gives its texts back, to be read anew. */
function readAgain(state: State, { fields, rows }: StoredTable): Omit<Records, "inline"> {
  const read = cellReader(state);
  return { fields, rows: rows.map((row) => row.map((value) => read(textOf(value) ?? ""))) };
}

function readSelect(state: State, load: Load, from: Sourced<"select">, source: ScriptText): Records {
  const label = state.waiting[0]?.load.label ?? load.label;
  const text = selectText(state, label, from.sql);
  if (text !== undefined)
    return { ...readText(state, { text, format: { quoting: "msq" }, source, span: from.span }), inline: false };
  const [standIn = "the table's name with .csv behind it"] = standInsOfSelect(state, label, from.sql);
  const remedy = `save the result as CSV and hand it in as ${standIn}`;
  throw runError(source, from.span, "there is no database to SELECT from", remedy);
}

function sorted(records: Records, order: readonly OrderItem[], fail: (field: string) => Error): Records {
  const keys = order.map(({ field, descending }) => {
    const column = records.fields.indexOf(field);
    if (column === -1) throw fail(field);
    return { column, sign: descending ? -1 : 1 };
  });
  const rows = records.rows.toSorted((left, right) => {
    for (const { column, sign } of keys) {
      const way = compareValues(left[column] ?? null, right[column] ?? null);
      if (way !== 0) return way * sign;
    }
    return 0;
  });
  return { ...records, rows };
}

function readResident(state: State, load: Load, resident: Sourced<"resident">, source: ScriptText): Records {
  const found = findTable(state, resident.table);
  if (found === undefined) {
    const remedy = "look at the table labels loaded before; letter case counts";
    throw runError(source, resident.span, `there is no table ${JSON.stringify(resident.table)}`, remedy);
  }
  const { fields, rows } = found.table;
  const records: Records = { fields: [...fields], rows: [...rows], inline: false };
  if (load.orderBy === undefined) return records;
  return sorted(records, load.orderBy, (field) =>
    runError(source, load.span, `there is no field ${JSON.stringify(field)} to order by`, "name a field of the table"),
  );
}

function generate(state: State, from: Sourced<"autogenerate">, source: ScriptText): Records {
  const count = numberOf(compile(from.count, variableScope(state, source))(noRow)) ?? Number.NaN;
  if (!(count >= 0 && count <= maximalRows)) {
    const message = Number.isNaN(count) ? "AUTOGENERATE has no number" : `AUTOGENERATE asks for ${count} rows`;
    throw runError(source, from.span, message, `ask for at most ${maximalRows} rows`);
  }
  const empty: readonly Value[] = [];
  return { fields: [], rows: Array.from({ length: Math.trunc(count) }, () => empty), inline: false };
}

function recordsOf(state: State, load: Load, source: ScriptText): Records | undefined {
  const from = load.source;
  switch (from.kind) {
    case "inline":
      return {
        ...readText(state, { text: from.data, inline: true, format: from.format ?? {}, source, span: from.span }),
        inline: true,
      };
    case "file":
      return readFile(state, from, source);
    case "resident":
      return readResident(state, load, from, source);
    case "autogenerate":
      return generate(state, from, source);
    case "select":
      return readSelect(state, load, from, source);
    case "preceding":
      return undefined;
  }
}

/** The records of a source; undefined for a preceding LOAD. Throws `script-run` for a file, table or count there is not. */
export function readRecords(state: State, load: Load, source: ScriptText): Records | undefined {
  const records = recordsOf(state, load, source);
  if (records !== undefined) countReads(state, records.rows.length, { source, span: load.span });
  return records;
}
