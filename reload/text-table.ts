/** Delimited text → column names and cells (LS-INL-02, LS-INL-04, LS-TXT-01, LS-TXT-02). */
import { CsvError, parse } from "csv-parse/sync";

import type { FileFormat } from "../languages/load-script/ast.ts";

export interface TextTable {
  readonly names: readonly string[];
  /** A row as long as its line: shorter or longer than the names where the text is. */
  readonly rows: readonly (readonly string[])[];
}

export type TextTableFault = { readonly fault: string; readonly remedy: string };

function linesFrom(text: string, format: FileFormat): string {
  const { header = 0, comment } = format;
  if (header === 0 && comment === undefined) return text;
  const lines = text.split(/\r\n|\n|\r/).slice(header);
  return lines.filter((line) => comment === undefined || !line.startsWith(comment)).join("\n");
}

function isBlankLine(cells: readonly string[]): boolean {
  return cells.length === 1 && (cells[0] ?? "").trim() === "";
}

/** Splits lines at a mark, or at one or more blanks and control characters where `spaces` is the delimiter. */
function splitCells(text: string, delimiter: string, quoted: boolean): readonly (readonly string[])[] {
  if (delimiter === "spaces") {
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    const blanks = /[\u0000-\u0009\u000B\u000C\u000E-\u0020]+/g;
    const lines = text.split(/\r\n|\n|\r/).map((line) => line.replaceAll(blanks, " ").replace(/^ | $/g, ""));
    return splitCells(lines.join("\n"), " ", quoted);
  }
  if (!quoted || !text.includes('"')) return text.split(/\r\n|\n|\r/).map((line) => line.split(delimiter));
  return parse(text, { delimiter, relax_quotes: true, relax_column_count: true });
}

/** The mark a format names: `\t` is a tab, `\\` a backslash. */
function markOf(delimiter: string): string {
  return delimiter === String.raw`\\` ? "\\" : delimiter.replaceAll(String.raw`\t`, "\t");
}

/**
 * Reads the text as the format says. Lines of white space alone are passed over: their effect is not documented
 * (LS-INL-06). Without labels the columns are `@1`, `@2` …
 */
export function readTextTable(
  text: string,
  format: FileFormat,
  clean: (cell: string) => string,
): TextTable | TextTableFault {
  const delimiter = markOf(format.delimiter ?? ",");
  const body = linesFrom(text.startsWith("\uFEFF") ? text.slice(1) : text, format);
  let records: readonly (readonly string[])[];
  try {
    records = splitCells(body, delimiter, format.quoting !== "none").filter((cells) => !isBlankLine(cells));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { fault: `the text cannot be read: ${error.message}`, remedy: "close the quotation in the data" };
  }
  if (format.labels === "none") return { names: numbered(records), rows: records };
  const [labels, ...rows] = records;
  if (labels === undefined) {
    return { fault: "the data have no line with field names", remedy: "write the field names into the first line" };
  }
  const names = labels.map(clean);
  const unnamed = names.indexOf("");
  if (unnamed === -1) return { names, rows };
  return { fault: `column ${unnamed + 1} has no name`, remedy: "give every column a name in the first line" };
}

function numbered(records: readonly (readonly string[])[]): readonly string[] {
  const columns = records.reduce((most, cells) => Math.max(most, cells.length), 0);
  return Array.from({ length: columns }, (_, index) => `@${index + 1}`);
}
