/** Text of a QRS `filter=` expression → syntax tree (QR-020 … QR-025), by recursive descent. */
import { ConformanceError } from "../../contract/errors.ts";
import { depthCap, placeAt } from "../place.ts";
import type { QrsComparator, QrsFilter, QrsLiteral } from "./ast.ts";

interface Token {
  readonly kind: "word" | "text" | "symbol" | "end" | "bad";
  readonly value: string;
  readonly start: number;
}

interface Reader {
  readonly text: string;
  readonly tokens: readonly Token[];
  index: number;
  depth: number;
}

const comparators: readonly string[] = ["eq", "ne", "gt", "ge", "lt", "le", "sw", "ew", "so"];
const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const number = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;
const path = /^@?[\p{L}_][\p{L}\p{N}_-]*(?:\.@?[\p{L}_][\p{L}\p{N}_-]*)*$/u;
const tokenShape = /[ \t\r\n]*(?:(?<text>'(?:[^']|'')*')|(?<symbol>[()])|(?<word>[\p{L}\p{N}_@.+-]+))/uy;
const blanks = /[ \t\r\n]*/y;

function tokenize(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  for (;;) {
    blanks.lastIndex = offset;
    const start = offset + (blanks.exec(source)?.[0].length ?? 0);
    tokenShape.lastIndex = start;
    const found = tokenShape.exec(source)?.groups;
    const kind = start >= source.length ? "end" : (["text", "symbol", "word"] as const).find((name) => found?.[name]);
    if (kind === undefined || kind === "end") {
      tokens.push({ kind: kind ?? "bad", value: source.slice(start, start + 1), start });
      return tokens;
    }
    tokens.push({ kind, value: found?.[kind] ?? "", start });
    offset = tokenShape.lastIndex;
  }
}

function current(reader: Reader): Token {
  return reader.tokens[reader.index] ?? { kind: "end", value: "", start: reader.text.length };
}

function take(reader: Reader): Token {
  const token = current(reader);
  reader.index += 1;
  return token;
}

function message(token: Token): string {
  switch (token.kind) {
    case "end":
      return "the filter ends too early";
    case "bad":
      return token.value === "'" ? "the text opened here is never closed" : `unexpected ${JSON.stringify(token.value)}`;
    case "word":
    case "text":
    case "symbol":
      return `unexpected ${token.value}`;
  }
}

function remedy(token: Token): string | undefined {
  if (token.kind === "bad" && /["“”‘’]/.test(token.value)) return "texts stand in single quotes: 'Sales' (QR-021)";
  if (token.kind === "bad" && /[=<>!]/.test(token.value))
    return `operators are words: ${comparators.join(", ")} (QR-020)`;
  return undefined;
}

function refuse(reader: Reader, expected: string, advice: string | undefined = remedy(current(reader))): never {
  const token = current(reader);
  throw new ConformanceError("filter-syntax", message(token), {
    ...placeAt(reader.text, token.start),
    expected,
    ...(advice === undefined ? {} : { remedy: advice }),
  });
}

function isWord(token: Token, word: string): boolean {
  return token.kind === "word" && token.value.toLowerCase() === word;
}

/** `and` binds tighter than `or`, as in the OData family this language comes from. */
function readJunction(reader: Reader, junctions: readonly ("or" | "and")[]): QrsFilter {
  const [kind, ...tighter] = junctions;
  if (kind === undefined) return readTerm(reader);
  const first = readJunction(reader, tighter);
  const terms = [first];
  while (isWord(current(reader), kind)) {
    take(reader);
    terms.push(readJunction(reader, tighter));
  }
  return terms.length === 1 ? first : { kind, terms };
}

function readTerm(reader: Reader): QrsFilter {
  const token = current(reader);
  if (token.kind !== "symbol" || token.value !== "(") return readComparison(reader);
  take(reader);
  reader.depth += 1;
  if (reader.depth > depthCap) refuse(reader, `at most ${depthCap} nested parentheses`);
  const term = readJunction(reader, ["or", "and"]);
  if (current(reader).value !== ")" || current(reader).kind !== "symbol") refuse(reader, "and, or, or )");
  take(reader);
  reader.depth -= 1;
  return { kind: "group", term };
}

function readComparison(reader: Reader): QrsFilter {
  const name = current(reader);
  if (name.kind !== "word" || !path.test(name.value))
    refuse(reader, "a property, for example name or owner.userId, or (");
  take(reader);
  const sign = current(reader);
  const operator = comparators.find((candidate) => isWord(sign, candidate));
  if (operator === undefined) return refuse(reader, `one of ${comparators.join(", ")}`);
  take(reader);
  return {
    kind: "comparison",
    path: name.value.split("."),
    operator: operator as QrsComparator,
    value: readLiteral(reader),
  };
}

function bareLiteral(word: string): QrsLiteral | undefined {
  const lower = word.toLowerCase();
  if (guid.test(word)) return { kind: "guid", value: word };
  if (lower === "true" || lower === "false") return { kind: "boolean", value: lower === "true" };
  if (lower === "null") return { kind: "null" };
  if (!number.test(word) || !Number.isFinite(Number(word))) return undefined;
  // Adding 0 turns -0 into 0: the two have one printed form.
  return { kind: "number", value: Number(word) + 0 };
}

function readLiteral(reader: Reader): QrsLiteral {
  const token = current(reader);
  const expected = "a text in single quotes, a GUID, a number, true, false or null";
  if (token.kind === "text") {
    take(reader);
    return { kind: "text", value: token.value.slice(1, -1).replaceAll("''", "'") };
  }
  const literal = token.kind === "word" ? bareLiteral(token.value) : undefined;
  if (literal === undefined) {
    return refuse(reader, expected, token.kind === "word" ? `write '${token.value}' (QR-021)` : undefined);
  }
  take(reader);
  return literal;
}

/** Throws ConformanceError `filter-syntax` with line, column and what was expected. */
export function parseQrsFilter(text: string): QrsFilter {
  const reader: Reader = { text, tokens: tokenize(text), index: 0, depth: 0 };
  const filter = readJunction(reader, ["or", "and"]);
  if (current(reader).kind !== "end") refuse(reader, "and, or, or the end of the filter");
  return filter;
}
