/** Tokens of a rule condition (SR grammar §2.1). A text that stops making sense ends in one `bad` token. */
import type { Span } from "./ast.ts";

export interface Token extends Span {
  readonly kind: "word" | "text" | "symbol" | "end" | "bad";
  /** The characters; of a text what it stands for. */
  readonly value: string;
  /** What stands between the quotes of a text, where that differs. */
  readonly raw?: string;
}

const whiteSpace = /[ \t\r\n]+/y;
const word = /@?[\p{L}\p{N}_][\p{L}\p{N}_-]*/uy;
export type Escapes = "none" | "backslash";

/** Quoted texts, without and with escapes of the quote and of the backslash (SR-308). */
const texts: { readonly [escapes in Escapes]: RegExp } = {
  none: /"[^"]*"/y,
  backslash: /"(?:\\["\\]|[^"\\]|\\(?!["\\]))*"/y,
};
const symbol = /!==|!=|==|=|!|&&|\|\||\(|\)|\./y;

function matchAt(pattern: RegExp, source: string, offset: number): string | undefined {
  pattern.lastIndex = offset;
  return pattern.exec(source)?.[0];
}

/** What a text stands for; a backslash before any other character is one. */
function valueOf(raw: string, escapes: Escapes): string {
  return escapes === "none" ? raw : raw.replaceAll(/\\(["\\])/g, "$1");
}

function textAt(quoted: string, start: number, escapes: Escapes): Token {
  const raw = quoted.slice(1, -1);
  const value = valueOf(raw, escapes);
  return { kind: "text", value, ...(value === raw ? {} : { raw }), start, end: start + quoted.length };
}

function tokenAt(source: string, start: number, escapes: Escapes): Token {
  if (start >= source.length) return { kind: "end", value: "", start, end: start };
  const found = matchAt(word, source, start);
  if (found !== undefined) return { kind: "word", value: found, start, end: start + found.length };
  const quoted = matchAt(texts[escapes], source, start);
  if (quoted !== undefined) return textAt(quoted, start, escapes);
  const sign = matchAt(symbol, source, start);
  if (sign !== undefined) return { kind: "symbol", value: sign, start, end: start + sign.length };
  const bad = String.fromCodePoint(source.codePointAt(start) ?? 0);
  return { kind: "bad", value: bad, start, end: start + bad.length };
}

/** All tokens up to and including the `end`, or the first `bad` one. */
export function tokenize(source: string, escapes: Escapes = "none"): readonly Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  for (;;) {
    offset += matchAt(whiteSpace, source, offset)?.length ?? 0;
    const token = tokenAt(source, offset, escapes);
    tokens.push(token);
    if (token.kind === "end" || token.kind === "bad") return tokens;
    offset = token.end;
  }
}
