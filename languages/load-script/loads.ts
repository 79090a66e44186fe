/** The LOAD statement with its prefixes, fields, source and clauses (load-script §4). */
import type { InlineEnclosure, JoinSide, Load, LoadItem, LoadSource, OrderItem, Prefix } from "./ast.ts";
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
import { closingOf, dataEndAt, skipBlanks } from "./scan.ts";

const joinSides: readonly JoinSide[] = ["outer", "inner", "left", "right"];

const otherPrefixes: { readonly [keyword: string]: string } = {
  add: "load the whole table",
  buffer: "load the source itself",
  bundle: "leave the pictures out",
  crosstable: "save the data with one row a value",
  first: "shorten the data instead",
  generic: "save the data as one table",
  hierarchy: "write the expanded nodes into a file and load that",
  hierarchybelongsto: "write node and ancestor pairs into a file and load that",
  info: "leave the pictures out",
  intervalmatch: "write the matched pairs into a file and load that",
  merge: "load the merged data",
  replace: "load the whole table",
  sample: "load the whole table",
  semantic: "leave the semantic links out",
  unless: "decide before the script is handed in",
  when: "decide before the script is handed in",
};

/** Keywords a LOAD statement can begin with, apart from its label. */
export const loadKeywords: ReadonlySet<string> = new Set([
  "load",
  "mapping",
  "noconcatenate",
  "concatenate",
  "join",
  "keep",
  ...joinSides,
  ...Object.keys(otherPrefixes),
]);

function takeTarget(cursor: Cursor): { readonly table?: string } {
  if (!tookSymbol(cursor, "(")) return {};
  const table = takeName(cursor, "a table name");
  expectSymbol(cursor, ")");
  return { table };
}

function takeSide(cursor: Cursor): JoinSide | undefined {
  const token = peek(cursor);
  const side = joinSides.find((name) => isKeyword(token, name));
  if (side !== undefined) take(cursor);
  return side;
}

function parseCombination(cursor: Cursor): Prefix | undefined {
  const side = takeSide(cursor);
  if (tookKeyword(cursor, "join")) return { kind: "join", side: side ?? "outer", ...takeTarget(cursor) };
  const keep = peek(cursor);
  if (!tookKeyword(cursor, "keep")) {
    if (side === undefined) return undefined;
    throw unexpected(cursor, "JOIN or KEEP");
  }
  if (side !== undefined && side !== "outer") return { kind: "keep", side, ...takeTarget(cursor) };
  cursor.at = keep.start;
  throw unexpected(cursor, "INNER, LEFT or RIGHT before KEEP");
}

function parsePrefix(cursor: Cursor): Prefix | undefined {
  if (tookKeyword(cursor, "mapping")) return { kind: "mapping" };
  if (tookKeyword(cursor, "noconcatenate")) return { kind: "noconcatenate" };
  if (tookKeyword(cursor, "concatenate")) return { kind: "concatenate", ...takeTarget(cursor) };
  const token = peek(cursor);
  const remedy = token.kind === "word" ? otherPrefixes[token.keyword] : undefined;
  if (remedy !== undefined) {
    throw notSupported(cursor, token.start, `prefix ${token.kind === "word" ? token.value : ""}`, remedy);
  }
  return parseCombination(cursor);
}

function parsePrefixes(cursor: Cursor): readonly Prefix[] {
  const prefixes: Prefix[] = [];
  for (let prefix = parsePrefix(cursor); prefix !== undefined; prefix = parsePrefix(cursor)) prefixes.push(prefix);
  return prefixes;
}

function parseItem(cursor: Cursor): LoadItem {
  const { start } = peek(cursor);
  if (tookSymbol(cursor, "*")) return { kind: "all", span: spanFrom(cursor, start) };
  const value = parseExpression(cursor);
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

function takePath(cursor: Cursor): string {
  const token = peek(cursor);
  if (token.kind === "quoted" || token.kind === "text") return takeName(cursor, "a file path");
  barePath.lastIndex = token.start;
  const path = token.kind === "end" ? undefined : barePath.exec(cursor.source.text)?.[0];
  if (path === undefined) throw unexpected(cursor, "a file path");
  cursor.at = token.start + path.length;
  return path;
}

function parseFile(cursor: Cursor, start: number): LoadSource {
  const path = takePath(cursor);
  const format = parseFormat(cursor);
  return { kind: "file", path, ...(format && { format }), span: spanFrom(cursor, start) };
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

function refuseClause(cursor: Cursor): void {
  const token = peek(cursor);
  if (isKeyword(token, "while")) {
    throw notSupported(cursor, token.start, "WHILE", "generate the rows with AUTOGENERATE or list them");
  }
  if (isKeyword(token, "group")) {
    throw notSupported(cursor, token.start, "GROUP BY", "aggregate before the data are loaded");
  }
}

function parseClauses(cursor: Cursor, source: LoadSource): Pick<Load, "where" | "orderBy"> {
  const where = tookKeyword(cursor, "where") ? { where: parseExpression(cursor) } : {};
  refuseClause(cursor);
  const order = peek(cursor);
  if (!isKeyword(order, "order") || !isKeyword(peekSecond(cursor), "by")) return where;
  if (source.kind !== "resident") throw unexpected(cursor, "ORDER BY only in a RESIDENT load");
  take(cursor);
  take(cursor);
  return { ...where, orderBy: takeList(cursor, () => parseOrder(cursor)) };
}

/** Reads a LOAD from its prefixes on; the label was read before. */
export function parseLoad(cursor: Cursor, start: number, label: string | undefined): Load {
  const prefixes = parsePrefixes(cursor);
  const select = peek(cursor);
  if (isKeyword(select, "select", "sql")) {
    throw notSupported(cursor, select.start, "SQL", "save the result as CSV and load it with FROM");
  }
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
