/** Where the records of delimited text stand: inline data in a script, a CSV beside it (LS-INL-02, LS-TXT-01). */
import type { Place } from "../../contract/errors.ts";
import type { FileFormat } from "../../languages/load-script/ast.ts";

/** A cell as written, and the offset of its first character in the text. */
export interface SourceCell {
  readonly text: string;
  readonly offset: number;
}

export interface SourceRecord {
  readonly cells: readonly SourceCell[];
  /** Offset of the record's first character. */
  readonly offset: number;
}

export interface SourceSheet {
  /** The line with the field names, where the format has one. */
  readonly labels: SourceRecord | undefined;
  readonly records: readonly SourceRecord[];
}

interface Line {
  readonly text: string;
  readonly offset: number;
}

/** Lines of the text; a quoted cell may run over several, and its record is one line here. */
function linesOf(text: string, quoted: boolean): Line[] {
  const lines: Line[] = [];
  let start = 0;
  let open = false;
  for (let at = 0; at <= text.length; at += 1) {
    const character = text[at];
    if (quoted && character === '"') open = !open;
    const ends = character === undefined || (!open && (character === "\n" || character === "\r"));
    if (!ends) continue;
    lines.push({ text: text.slice(start, at), offset: start });
    if (character === "\r" && text[at + 1] === "\n") at += 1;
    start = at + 1;
  }
  return lines;
}

function cellsOf(line: Line, delimiter: string, quoted: boolean): SourceCell[] {
  const cells: SourceCell[] = [];
  let start = 0;
  let open = false;
  for (let at = 0; at <= line.text.length; at += 1) {
    if (quoted && line.text[at] === '"') open = !open;
    const ends = at === line.text.length || (!open && line.text.startsWith(delimiter, at));
    if (!ends) continue;
    cells.push(cellAt(line, start, at));
    at += delimiter.length - 1;
    start = at + 1;
  }
  return cells;
}

/** Blanks before the cell belong to nobody: its place is where something stands. */
function cellAt(line: Line, start: number, end: number): SourceCell {
  const text = line.text.slice(start, end);
  const blanks = text.length - text.replace(/^ +/, "").length;
  return { text, offset: line.offset + start + (blanks === text.length ? 0 : blanks) };
}

/** The records as a load counts them: header lines, comments, labels and lines of white space alone are none. */
export function sheetOf(text: string, format: FileFormat = {}): SourceSheet {
  const quoted = format.quoting !== "none" && text.includes('"');
  const delimiter = (format.delimiter ?? ",").replaceAll("\\t", "\t");
  const { header = 0, comment } = format;
  const lines = linesOf(text, quoted)
    .slice(header)
    .filter((line) => (comment === undefined || !line.text.startsWith(comment)) && !isBlank(line, delimiter));
  const records = lines.map((line) => ({ cells: cellsOf(line, delimiter, quoted), offset: line.offset }));
  return format.labels === "none" ? { labels: undefined, records } : { labels: records[0], records: records.slice(1) };
}

/** A line of tabs is one of empty cells where tabs delimit. */
function isBlank(line: Line, delimiter: string): boolean {
  return line.text.trim() === "" && !line.text.includes(delimiter);
}

/** Line and column, counted from 1, of many offsets of one text. */
export function placesIn(text: string, file: string | undefined): (offset: number) => Place {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    const place = { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
    return file === undefined ? place : { file, ...place };
  };
}
