/** What may stand before LOAD: where its rows go, and what is made of them (LS-MOD-01 … LS-MOD-03, LS-MOD-11). */
import type { JoinSide, Prefix, StaleAfter } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import {
  expectSymbol,
  isKeyword,
  isSymbol,
  notSupported,
  peek,
  take,
  takeList,
  takeName,
  tookKeyword,
  tookSymbol,
  unexpected,
} from "./cursor.ts";
import { parseExpression } from "./expressions.ts";

const joinSides: readonly JoinSide[] = ["outer", "inner", "left", "right"];

const leftOut: { readonly [keyword: string]: string } = {
  bundle: "leave the pictures out",
  info: "leave the pictures out",
  merge: "load the merged data",
  sample: "load the whole table, or its first records with FIRST",
  semantic: "leave the semantic links out",
  unless: "put it before the label and the other prefixes",
  when: "put it before the label and the other prefixes",
};

const parsers: { readonly [keyword: string]: (cursor: Cursor) => Prefix } = {
  mapping: () => ({ kind: "mapping" }),
  noconcatenate: () => ({ kind: "noconcatenate" }),
  concatenate: (cursor) => ({ kind: "concatenate", ...takeTarget(cursor) }),
  generic: () => ({ kind: "generic" }),
  first: (cursor) => ({ kind: "first", count: parseExpression(cursor) }),
  add: (cursor) => ({ kind: "add", only: tookKeyword(cursor, "only") }),
  replace: (cursor) => ({ kind: "replace", only: tookKeyword(cursor, "only") }),
  buffer: parseBuffer,
  crosstable: parseCrosstable,
  intervalmatch: parseIntervalMatch,
  hierarchy: parseHierarchy,
  hierarchybelongsto: parseBelongsTo,
};

/** Keywords a LOAD statement can begin with, apart from its label. */
export const loadKeywords: ReadonlySet<string> = new Set([
  "load",
  "select",
  "sql",
  "join",
  "keep",
  ...joinSides,
  ...Object.keys(parsers),
  ...Object.keys(leftOut),
]);

function takeTarget(cursor: Cursor): { readonly table?: string } {
  if (!tookSymbol(cursor, "(")) return {};
  const table = takeName(cursor, "a table name");
  expectSymbol(cursor, ")");
  return { table };
}

function takeNumber(cursor: Cursor): number {
  const token = take(cursor);
  if (token.kind === "number") return token.value;
  cursor.at = token.start;
  throw unexpected(cursor, "a number");
}

function parseStale(cursor: Cursor): StaleAfter {
  tookKeyword(cursor, "after");
  const amount = takeNumber(cursor);
  if (tookKeyword(cursor, "hours")) return { amount, unit: "hours" };
  tookKeyword(cursor, "days");
  return { amount, unit: "days" };
}

function parseBuffer(cursor: Cursor): Prefix {
  if (!tookSymbol(cursor, "(")) return { kind: "buffer", incremental: false };
  const options = takeList(cursor, () => {
    if (tookKeyword(cursor, "incremental")) return undefined;
    if (tookKeyword(cursor, "stale")) return parseStale(cursor);
    throw unexpected(cursor, "INCREMENTAL or STALE AFTER");
  });
  expectSymbol(cursor, ")");
  const stale = options.find((option) => option !== undefined);
  return { kind: "buffer", incremental: options.includes(undefined), ...(stale && { stale }) };
}

function parseCrosstable(cursor: Cursor): Prefix {
  expectSymbol(cursor, "(");
  const attribute = takeName(cursor, "the field of the column names");
  expectSymbol(cursor, ",");
  const data = takeName(cursor, "the field of the values");
  const qualifiers = tookSymbol(cursor, ",") ? { qualifiers: takeNumber(cursor) } : {};
  expectSymbol(cursor, ")");
  return { kind: "crosstable", attribute, data, ...qualifiers };
}

function parseIntervalMatch(cursor: Cursor): Prefix {
  expectSymbol(cursor, "(");
  const [field, ...keys] = takeList(cursor, () => takeName(cursor, "a field name"));
  expectSymbol(cursor, ")");
  return { kind: "intervalmatch", field, keys };
}

/** Names between commas, those left out as `undefined`; a delimiter may stand there without quotation marks. */
function takeOptionalNames(cursor: Cursor): readonly (string | undefined)[] {
  expectSymbol(cursor, "(");
  const names = takeList(cursor, () => {
    const next = peek(cursor);
    if (isSymbol(next, ",") || isSymbol(next, ")")) return undefined;
    if (next.kind !== "symbol") return takeName(cursor, "a name");
    take(cursor);
    return next.value;
  });
  expectSymbol(cursor, ")");
  return names;
}

/** Of the given properties those that have a value. */
function given<Name extends string>(
  names: readonly Name[],
  values: readonly (string | undefined)[],
): { readonly [name in Name]?: string };
function given(names: readonly string[], values: readonly (string | undefined)[]): { [name: string]: string } {
  return Object.fromEntries(
    names.flatMap((name, at) => {
      const value = values[at];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

const hierarchyOptions = ["parentName", "pathSource", "pathName", "pathDelimiter", "depth"] as const;

function parseHierarchy(cursor: Cursor): Prefix {
  const { at } = cursor;
  const [node, parent, name, ...options] = takeOptionalNames(cursor);
  if (node === undefined || parent === undefined || name === undefined || options.length > hierarchyOptions.length) {
    cursor.at = at;
    throw unexpected(cursor, "(node field, parent field, name field and up to 5 more names)");
  }
  return { kind: "hierarchy", node, parent, name, ...given(hierarchyOptions, options) };
}

function parseBelongsTo(cursor: Cursor): Prefix {
  const { at } = cursor;
  const [node, parent, name, ancestorId, ancestorName, depthDifference, ...more] = takeOptionalNames(cursor);
  const complete = node !== undefined && parent !== undefined && name !== undefined;
  if (!complete || ancestorId === undefined || ancestorName === undefined || more.length > 0) {
    cursor.at = at;
    throw unexpected(cursor, "(node field, parent field, name field, ancestor field, ancestor name[, depth field])");
  }
  const depth = depthDifference === undefined ? {} : { depthDifference };
  return { kind: "hierarchybelongsto", node, parent, name, ancestorId, ancestorName, ...depth };
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
  const token = peek(cursor);
  if (token.kind !== "word") return undefined;
  const remedy = Object.hasOwn(leftOut, token.keyword) ? leftOut[token.keyword] : undefined;
  if (remedy !== undefined) throw notSupported(cursor, token.start, `prefix ${token.value}`, remedy);
  const parse = Object.hasOwn(parsers, token.keyword) ? parsers[token.keyword] : undefined;
  if (parse === undefined) return parseCombination(cursor);
  take(cursor);
  return parse(cursor);
}

/** Reads the prefixes there are, in their order. */
export function parsePrefixes(cursor: Cursor): readonly Prefix[] {
  const prefixes: Prefix[] = [];
  for (let prefix = parsePrefix(cursor); prefix !== undefined; prefix = parsePrefix(cursor)) prefixes.push(prefix);
  return prefixes;
}
