/** The format specification of a text source (LS-TXT-01, LS-TXT-02). */
import type { FileFormat } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import {
  expectKeyword,
  expectSymbol,
  notSupported,
  peek,
  take,
  takeList,
  takeName,
  tookKeyword,
  tookSymbol,
  unexpected,
} from "./cursor.ts";

const csv = "save the table as CSV and read it with (txt)";

/** Formats known and not read, by what to do instead. */
const leftOut: { readonly [keyword: string]: string } = {
  html: csv,
  xml: csv,
  xmlsax: csv,
  xmlsimple: csv,
  xmlgeneric: csv,
  kml: csv,
  json: csv,
  dif: csv,
  url: "save the page's table as CSV and read it with (txt)",
  fix: "write the columns with a delimiter and read them with (txt)",
  filters: "load the rows as they are and filter them with WHERE in a preceding load",
};

const formats = ["txt", "qvd", "qvx", "ooxml", "biff", "parquet"] as const;

const charsets: ReadonlySet<string> = new Set(["utf8", "unicode", "ansi", "oem", "mac"]);

const expectedItem =
  "txt, qvd, ooxml, a character set, embedded labels, no labels, delimiter is, no quotes, msq, header is, table is";

/** One item of the list, by the keyword it begins with; what it says is merged into the whole. */
const itemParsers: { readonly [keyword: string]: (cursor: Cursor) => FileFormat } = {
  msq: () => ({ quoting: "msq" }),
  embedded: (cursor) => (expectKeyword(cursor, "labels"), { labels: "embedded" }),
  explicit: (cursor) => (expectKeyword(cursor, "labels"), { labels: "explicit" }),
  no: parseNo,
  delimiter: (cursor) => (expectKeyword(cursor, "is"), { delimiter: parseDelimiter(cursor) }),
  header: (cursor) => (expectKeyword(cursor, "is"), { header: parseLines(cursor) }),
  table: (cursor) => (expectKeyword(cursor, "is"), { table: takeName(cursor, "the name of a sheet") }),
  comment: (cursor) => (expectKeyword(cursor, "is"), { comment: takeSymbolText(cursor) }),
  codepage: (cursor) => (expectKeyword(cursor, "is"), { charset: `codepage is ${takeCount(cursor)}` }),
  utf: (cursor) => {
    expectSymbol(cursor, "-");
    if (takeCount(cursor) !== 8) throw unexpected(cursor, "utf-8");
    return { charset: "utf8" };
  },
};

function parseNo(cursor: Cursor): FileFormat {
  if (tookKeyword(cursor, "labels")) return { labels: "none" };
  if (tookKeyword(cursor, "quotes")) return { quoting: "none" };
  if (tookKeyword(cursor, "eof")) return {};
  throw unexpected(cursor, "labels, quotes or eof");
}

function parseDelimiter(cursor: Cursor): string {
  if (tookKeyword(cursor, "spaces")) return "spaces";
  if (!tookSymbol(cursor, "\\")) return takeSymbolText(cursor);
  if (tookKeyword(cursor, "t")) return String.raw`\t`;
  if (tookSymbol(cursor, "\\")) return String.raw`\\`;
  throw unexpected(cursor, "a delimiter in single quotes");
}

function takeSymbolText(cursor: Cursor): string {
  const token = take(cursor);
  if ((token.kind === "text" || token.kind === "quoted") && token.value !== "") return token.value;
  cursor.at = token.start;
  throw unexpected(cursor, "a text in single quotes");
}

function takeCount(cursor: Cursor): number {
  const token = take(cursor);
  if (token.kind === "number" && Number.isSafeInteger(token.value)) return token.value;
  cursor.at = token.start;
  throw unexpected(cursor, "a whole number");
}

function parseLines(cursor: Cursor): number {
  const lines = takeCount(cursor);
  tookKeyword(cursor, "line", "lines");
  return lines;
}

function parseItem(cursor: Cursor): FileFormat {
  const token = peek(cursor);
  if (token.kind !== "word") throw unexpected(cursor, expectedItem);
  const remedy = Object.hasOwn(leftOut, token.keyword) ? leftOut[token.keyword] : undefined;
  if (remedy !== undefined) throw notSupported(cursor, token.start, `format ${token.keyword}`, remedy);
  take(cursor);
  const format = formats.find((each) => each === token.keyword);
  if (format !== undefined) return { format };
  if (charsets.has(token.keyword)) return { charset: token.keyword };
  const parse = Object.hasOwn(itemParsers, token.keyword) ? itemParsers[token.keyword] : undefined;
  if (parse !== undefined) return parse(cursor);
  cursor.at = token.start;
  throw unexpected(cursor, expectedItem);
}

/** Reads `( … )` when it is next. */
export function parseFormat(cursor: Cursor): FileFormat | undefined {
  if (!tookSymbol(cursor, "(")) return undefined;
  if (tookSymbol(cursor, ")")) return {};
  const items = takeList(cursor, () => parseItem(cursor));
  expectSymbol(cursor, ")");
  return Object.assign({}, ...items);
}
