/** Tokens of a rule condition (SR grammar §2.1). A text that stops making sense ends in one `bad` token. */
import type { Span } from "./ast.ts";

export interface Token extends Span {
  readonly kind: "word" | "text" | "symbol" | "end" | "bad";
  /** The characters; of a text what stands between its quotes. */
  readonly value: string;
}

const whiteSpace = /[ \t\r\n]+/y;
const word = /@?[\p{L}\p{N}_][\p{L}\p{N}_-]*/uy;
const text = /"[^"]*"/y;
const symbol = /!==|!=|==|=|!|&&|\|\||\(|\)|\./y;

function matchAt(pattern: RegExp, source: string, offset: number): string | undefined {
  pattern.lastIndex = offset;
  return pattern.exec(source)?.[0];
}

function tokenAt(source: string, start: number): Token {
  if (start >= source.length) return { kind: "end", value: "", start, end: start };
  const found = matchAt(word, source, start);
  if (found !== undefined) return { kind: "word", value: found, start, end: start + found.length };
  const quoted = matchAt(text, source, start);
  if (quoted !== undefined) return { kind: "text", value: quoted.slice(1, -1), start, end: start + quoted.length };
  const sign = matchAt(symbol, source, start);
  if (sign !== undefined) return { kind: "symbol", value: sign, start, end: start + sign.length };
  const bad = String.fromCodePoint(source.codePointAt(start) ?? 0);
  return { kind: "bad", value: bad, start, end: start + bad.length };
}

/** All tokens up to and including the `end`, or the first `bad` one. */
export function tokenize(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  for (;;) {
    offset += matchAt(whiteSpace, source, offset)?.length ?? 0;
    const token = tokenAt(source, offset);
    tokens.push(token);
    if (token.kind === "end" || token.kind === "bad") return tokens;
    offset = token.end;
  }
}
