/** The format specification of a text source (LS-TXT-01, LS-TXT-02). */
import type { FileFormat } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import {
  expectKeyword,
  expectSymbol,
  isKeyword,
  notSupported,
  peek,
  take,
  takeList,
  tookKeyword,
  tookSymbol,
  unexpected,
} from "./cursor.ts";

const otherFormats: ReadonlySet<string> = new Set(
  "qvd qvx ooxml biff html xml xmlsax xmlsimple xmlgeneric dif fix kml json parquet url wildcard base64".split(" "),
);

const charsets: ReadonlySet<string> = new Set(["utf8", "unicode", "ansi", "oem", "mac"]);

const expectedItem = "txt, a character set, embedded labels, no labels, delimiter is, no quotes, msq, header is";

/** One item of the list, by the keyword it begins with; what it says is merged into the whole. */
const itemParsers: { readonly [keyword: string]: (cursor: Cursor) => FileFormat } = {
  txt: () => ({ format: "txt" }),
  msq: () => ({ quoting: "msq" }),
  embedded: (cursor) => (expectKeyword(cursor, "labels"), { labels: "embedded" }),
  explicit: (cursor) => (expectKeyword(cursor, "labels"), { labels: "explicit" }),
  no: parseNo,
  delimiter: (cursor) => (expectKeyword(cursor, "is"), { delimiter: parseDelimiter(cursor) }),
  header: (cursor) => (expectKeyword(cursor, "is"), { header: parseLines(cursor) }),
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
  const token = peek(cursor);
  if (isKeyword(token, "spaces")) {
    throw notSupported(cursor, token.start, "`delimiter is spaces`", "write the file with a one-character delimiter");
  }
  return takeSymbolText(cursor);
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
  if (otherFormats.has(token.keyword)) {
    throw notSupported(cursor, token.start, `format ${token.keyword}`, "save the data as CSV and read it with (txt)");
  }
  take(cursor);
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
