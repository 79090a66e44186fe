/** The LOAD statement with its prefixes, fields, source and clauses (load-script §4). */
import type { InlineEnclosure, Load, LoadItem, LoadSource, OrderItem } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import {
  expectKeyword,
  expectSymbol,
  isKeyword,
  isSymbol,
  notSupported,
  peek,
  peekSecond,
  spanFrom,
  take,
  takeList,
  takeName,
  tookKeyword,
  tookSymbol,
  unexpected,
} from "./cursor.ts";
import { parseExpression } from "./expressions.ts";
import { parseFormat } from "./formats.ts";
import { parsePrefixes } from "./prefixes.ts";
import { closingOf, dataEndAt, skipBlanks } from "./scan.ts";

function parseItem(cursor: Cursor): LoadItem {
  const { start } = peek(cursor);
  if (tookSymbol(cursor, "*")) return { kind: "all", span: spanFrom(cursor, start) };
  const value = parseExpression(cursor);
  if (value.kind === "name" && /^@\d+$/.test(value.name) && isSymbol(peek(cursor), ":")) {
    throw notSupported(cursor, start, "a field by its places in the line", "write the columns with a delimiter");
  }
  const alias = tookKeyword(cursor, "as") ? { alias: takeName(cursor, "a field name") } : {};
  return { kind: "field", value, ...alias, span: spanFrom(cursor, start) };
}

function isEnclosure(mark: string): mark is InlineEnclosure {
  return closingOf(mark) !== undefined;
}

function parseInline(cursor: Cursor, start: number): LoadSource {
  const { source } = cursor;
  const open = skipBlanks(source, cursor.at, cursor.end);
  const enclosure = source.text.charAt(open);
  const closing = closingOf(enclosure);
  if (!isEnclosure(enclosure) || closing === undefined) {
    throw unexpected(cursor, "inline data in [ ], double, single or back quotes");
  }
  const close = dataEndAt(source, open, closing);
  cursor.at = close + 1;
  const format = parseFormat(cursor);
  const data = source.text.slice(open + 1, close);
  return { kind: "inline", data, enclosure, ...(format && { format }), span: spanFrom(cursor, start) };
}

const barePath = /[^\s(;,'"`[\]]+/y;

export function takePath(cursor: Cursor): string {
  const token = peek(cursor);
  if (token.kind === "quoted" || token.kind === "text") return takeName(cursor, "a file path");
  barePath.lastIndex = token.start;
  const path = token.kind === "end" ? undefined : barePath.exec(cursor.source.text)?.[0];
  if (path === undefined) throw unexpected(cursor, "a file path");
  cursor.at = token.start + path.length;
  return path;
}

function parseFile(cursor: Cursor, start: number): LoadSource {
  const [path, ...others] = takeList(cursor, () => takePath(cursor));
  const format = parseFormat(cursor);
  const morePaths = others.length === 0 ? {} : { morePaths: others };
  return { kind: "file", path, ...morePaths, ...(format && { format }), span: spanFrom(cursor, start) };
}

function parseSource(cursor: Cursor): LoadSource {
  const token = peek(cursor);
  if (token.kind !== "word") return { kind: "preceding" };
  const start = token.start;
  if (tookKeyword(cursor, "inline")) return parseInline(cursor, start);
  if (tookKeyword(cursor, "from")) return parseFile(cursor, start);
  if (tookKeyword(cursor, "resident")) {
    const table = takeName(cursor, "a table name");
    return { kind: "resident", table, span: spanFrom(cursor, start) };
  }
  if (tookKeyword(cursor, "autogenerate")) {
    return { kind: "autogenerate", count: parseExpression(cursor), span: spanFrom(cursor, start) };
  }
  if (isKeyword(token, "from_field", "extension")) {
    throw notSupported(cursor, start, `source ${token.value}`, "load the data from a file or inline");
  }
  return { kind: "preceding" };
}

function parseOrder(cursor: Cursor): OrderItem {
  const field = takeName(cursor, "a field name");
  const descending = tookKeyword(cursor, "desc");
  if (!descending) tookKeyword(cursor, "asc");
  return { field, descending };
}

function tookClause(cursor: Cursor, keyword: "group" | "order"): boolean {
  if (!isKeyword(peek(cursor), keyword) || !isKeyword(peekSecond(cursor), "by")) return false;
  take(cursor);
  take(cursor);
  return true;
}

/** WHERE or WHILE, not both: the documented grammar has one place for them. */
function parseCondition(cursor: Cursor): Pick<Load, "where" | "while"> {
  if (tookKeyword(cursor, "where")) return { where: parseExpression(cursor) };
  return tookKeyword(cursor, "while") ? { while: parseExpression(cursor) } : {};
}

function parseClauses(cursor: Cursor, source: LoadSource): Pick<Load, "where" | "while" | "groupBy" | "orderBy"> {
  const condition = parseCondition(cursor);
  const second = peek(cursor);
  if (isKeyword(second, "where", "while")) {
    throw unexpected(cursor, "one of WHERE and WHILE", "filter with WHERE in a preceding load");
  }
  const group = tookClause(cursor, "group") ? { groupBy: takeList(cursor, () => parseExpression(cursor)) } : {};
  const clauses = { ...condition, ...group };
  if (source.kind !== "resident" && isKeyword(peek(cursor), "order") && isKeyword(peekSecond(cursor), "by")) {
    throw unexpected(cursor, "ORDER BY only in a RESIDENT load");
  }
  if (!tookClause(cursor, "order")) return clauses;
  return { ...clauses, orderBy: takeList(cursor, () => parseOrder(cursor)) };
}

/** `[SQL] SELECT …;`: the statement of a database, kept as written. */
function parseSelect(cursor: Cursor, start: number, top: Pick<Load, "prefixes"> & { label: string | undefined }): Load {
  tookKeyword(cursor, "sql");
  const from = peek(cursor).start;
  const sql = cursor.source.text.slice(from, cursor.end).trim();
  if (sql === "") throw unexpected(cursor, "SELECT");
  cursor.at = cursor.end;
  const named = top.label === undefined ? {} : { label: top.label };
  const source: LoadSource = { kind: "select", sql, span: { start: from, end: cursor.end } };
  const fields: Load["fields"] = [{ kind: "all" }];
  const span = spanFrom(cursor, start);
  return { kind: "load", ...named, prefixes: top.prefixes, distinct: false, fields, source, span };
}

/** A label behind the prefixes: scripts write it there too. */
function tookLabel(cursor: Cursor): string | undefined {
  if (!isSymbol(peekSecond(cursor), ":")) return undefined;
  const label = takeName(cursor, "a table name");
  expectSymbol(cursor, ":");
  return label;
}

/** Reads a LOAD from its prefixes on; a label before them was read. */
export function parseLoad(cursor: Cursor, start: number, before: string | undefined): Load {
  const prefixes = parsePrefixes(cursor);
  const label = before ?? tookLabel(cursor);
  if (isKeyword(peek(cursor), "select", "sql")) return parseSelect(cursor, start, { label, prefixes });
  expectKeyword(cursor, "load");
  const distinct = isDistinct(cursor) && tookKeyword(cursor, "distinct");
  const fields = takeList(cursor, () => parseItem(cursor));
  const source = parseSource(cursor);
  const clauses = parseClauses(cursor, source);
  const named = label === undefined ? {} : { label };
  return { kind: "load", ...named, prefixes, distinct, fields, source, ...clauses, span: spanFrom(cursor, start) };
}

/** `Distinct` before `,`, AS or an operator is a field of that name. */
function isDistinct(cursor: Cursor): boolean {
  const next = peekSecond(cursor);
  return !isSymbol(next, ",") && !isKeyword(next, "as", "from", "resident", "inline") && next.kind !== "end";
}
