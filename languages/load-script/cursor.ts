/** Reads one statement token by token (LS-LEX-02, LS-LEX-05, LS-LEX-07). */
import type { Span } from "./ast.ts";
import { closingAt, closingOf, skipBlanks, wordFrom } from "./scan.ts";
import type { Advice, ScriptText } from "./script-text.ts";
import { errorAt } from "./script-text.ts";

export type Token = { readonly start: number; readonly end: number } & (
  | { readonly kind: "word"; readonly value: string; readonly keyword: string }
  /** A name in `[ ]`, `" "` or back quotes. */
  | { readonly kind: "quoted"; readonly value: string }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "symbol"; readonly value: string }
  | { readonly kind: "end" }
);

export interface Cursor {
  readonly source: ScriptText;
  readonly end: number;
  at: number;
  /** How deep the expression being read is nested, and how many operators it has. */
  depth: number;
  operators: number;
  /** How many WHEN and UNLESS prefixes were read. */
  guards: number;
}

export function cursorOver(source: ScriptText, start: number, end: number): Cursor {
  return { source, end, at: start, depth: 0, operators: 0, guards: 0 };
}

const numberAt = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const symbols: readonly string[] = ["<>", "<=", ">="];

function quotation(cursor: Cursor, start: number, closing: string): Token {
  const { source } = cursor;
  const close = closingAt(source, start, closing);
  const value = source.text.slice(start + 1, close).replaceAll(closing + closing, closing);
  const kind = closing === "'" ? "text" : "quoted";
  if (kind === "quoted" && value === "") throw errorAt(source, start, "a name is empty", { expected: "a name" });
  return { kind, value, start, end: close + 1 };
}

function numberToken(cursor: Cursor, start: number): Token | undefined {
  numberAt.lastIndex = start;
  const match = numberAt.exec(cursor.source.text);
  if (match === null) return undefined;
  const value = Number(match[0]);
  if (Number.isFinite(value)) return { kind: "number", value, start, end: start + match[0].length };
  throw errorAt(cursor.source, start, `number ${match[0].slice(0, 40)} is too large`);
}

function symbolToken(text: string, start: number): Token {
  const double = symbols.find((symbol) => text.startsWith(symbol, start));
  const value = double ?? String.fromCodePoint(text.codePointAt(start) ?? 0);
  return { kind: "symbol", value, start, end: start + value.length };
}

/** The token at the cursor, without moving. */
export function peek(cursor: Cursor): Token {
  const { text } = cursor.source;
  const start = skipBlanks(cursor.source, cursor.at, cursor.end);
  if (start >= cursor.end) return { kind: "end", start: cursor.end, end: cursor.end };
  const closing = closingOf(text.charAt(start));
  if (closing !== undefined) return quotation(cursor, start, closing);
  const value = wordFrom(text, start);
  if (value !== "") return { kind: "word", value, keyword: value.toLowerCase(), start, end: start + value.length };
  return numberToken(cursor, start) ?? symbolToken(text, start);
}

export function take(cursor: Cursor): Token {
  const token = peek(cursor);
  cursor.at = token.end;
  return token;
}

/** The token after the one at the cursor. */
export function peekSecond(cursor: Cursor): Token {
  return peek({ ...cursor, at: peek(cursor).end });
}

export function isKeyword(token: Token, ...keywords: readonly string[]): boolean {
  return token.kind === "word" && keywords.includes(token.keyword);
}

export function isSymbol(token: Token, symbol: string): boolean {
  return token.kind === "symbol" && token.value === symbol;
}

/** Moves over a keyword when it is next. */
export function tookKeyword(cursor: Cursor, ...keywords: readonly string[]): boolean {
  const token = peek(cursor);
  if (!isKeyword(token, ...keywords)) return false;
  cursor.at = token.end;
  return true;
}

export function tookSymbol(cursor: Cursor, symbol: string): boolean {
  const token = peek(cursor);
  if (!isSymbol(token, symbol)) return false;
  cursor.at = token.end;
  return true;
}

/** How a token is named in a message. */
function describe(token: Token): string {
  if (token.kind === "end") return "end of statement";
  if (token.kind === "number") return `number ${token.value}`;
  const shown = token.value.length > 40 ? `${token.value.slice(0, 40)}…` : token.value;
  return JSON.stringify(shown);
}

export function unexpected(cursor: Cursor, expected: string, remedy?: string): Error {
  const token = peek(cursor);
  const advice: Advice = { expected, ...(remedy === undefined ? {} : { remedy }) };
  return errorAt(cursor.source, token.start, `unexpected ${describe(token)}`, advice);
}

export function expectKeyword(cursor: Cursor, keyword: string): void {
  if (!tookKeyword(cursor, keyword)) throw unexpected(cursor, keyword.toUpperCase());
}

export function expectSymbol(cursor: Cursor, symbol: string): void {
  if (!tookSymbol(cursor, symbol)) throw unexpected(cursor, JSON.stringify(symbol));
}

/** A field, table or variable name: a word, a quoted name or a text in single quotes. */
export function takeName(cursor: Cursor, what: string): string {
  const token = peek(cursor);
  if (token.kind !== "word" && token.kind !== "quoted" && token.kind !== "text") throw unexpected(cursor, what);
  if (token.value === "") throw unexpected(cursor, what);
  cursor.at = token.end;
  return token.value;
}

/** One or more of something, between commas. */
export function takeList<Item>(cursor: Cursor, takeItem: () => Item): [Item, ...Item[]] {
  const items: [Item, ...Item[]] = [takeItem()];
  while (tookSymbol(cursor, ",")) items.push(takeItem());
  return items;
}

export function spanFrom(cursor: Cursor, start: number): Span {
  return { start, end: cursor.at };
}

/** A construct known but left out, with what to do instead. */
export function notSupported(cursor: Cursor, at: number, what: string, remedy: string): Error {
  return errorAt(cursor.source, at, `${what} is not supported`, { code: "not-supported", remedy });
}
