/**
 * Expressions. The page on operators gives no order of binding; read here from loose to tight: or xor, and, not,
 * comparisons, &, + -, * /, signs.
 */
import type { BinaryOperator, Expression, UnaryOperator } from "./ast.ts";
import type { Cursor, Token } from "./cursor.ts";
import {
  expectSymbol,
  isKeyword,
  isSymbol,
  peek,
  peekSecond,
  spanFrom,
  take,
  takeList,
  tookKeyword,
  tookSymbol,
  unexpected,
} from "./cursor.ts";
import { errorAt } from "./script-text.ts";

export const binaryPrecedence: { readonly [operator in BinaryOperator]: number } = {
  or: 1,
  xor: 1,
  and: 2,
  "=": 4,
  "<>": 4,
  "<": 4,
  "<=": 4,
  ">": 4,
  ">=": 4,
  like: 4,
  precedes: 4,
  follows: 4,
  "&": 5,
  "+": 6,
  "-": 6,
  "*": 7,
  "/": 7,
};

export const unaryPrecedence: { readonly [operator in UnaryOperator]: number } = { not: 3, "-": 8, "+": 8 };

/** Words an unquoted name cannot be. */
export const reservedWords: ReadonlySet<string> = new Set(
  "as from inline resident autogenerate where while load select not and or xor like precedes follows".split(" "),
);

const maximalDepth = 200;
const maximalOperators = 1000;

function isBinaryOperator(text: string): text is BinaryOperator {
  return Object.hasOwn(binaryPrecedence, text);
}

function binaryOperatorOf(token: Token): BinaryOperator | undefined {
  if (token.kind === "word") return isBinaryOperator(token.keyword) ? token.keyword : undefined;
  return token.kind === "symbol" && isBinaryOperator(token.value) ? token.value : undefined;
}

function unaryOperatorOf(token: Token): UnaryOperator | undefined {
  if (token.kind === "word") return token.keyword === "not" ? "not" : undefined;
  if (token.kind !== "symbol") return undefined;
  return token.value === "-" || token.value === "+" ? token.value : undefined;
}

function countOperator(cursor: Cursor, token: Token): void {
  cursor.operators += 1;
  if (cursor.operators <= maximalOperators) return;
  throw errorAt(cursor.source, token.start, "the expression is too long", {
    expected: `at most ${maximalOperators} operators`,
    remedy: "split it over preceding loads, or use a mapping table",
  });
}

/** Reads an expression; throws where none is, and where it is nested more than 200 deep. */
export function parseExpression(cursor: Cursor): Expression {
  cursor.operators = 0;
  return parseBinary(cursor, 1);
}

function parseBinary(cursor: Cursor, loosest: number): Expression {
  let left = parseUnary(cursor);
  for (;;) {
    const token = peek(cursor);
    const operator = binaryOperatorOf(token);
    if (operator === undefined || binaryPrecedence[operator] < loosest) return left;
    countOperator(cursor, token);
    cursor.at = token.end;
    const right = parseBinary(cursor, binaryPrecedence[operator] + 1);
    left = { kind: "binary", operator, left, right, span: spanFrom(cursor, left.span?.start ?? token.start) };
  }
}

function nested(cursor: Cursor, at: number, parse: () => Expression): Expression {
  cursor.depth += 1;
  if (cursor.depth > maximalDepth) {
    throw errorAt(cursor.source, at, "the expression is nested too deeply", {
      expected: `at most ${maximalDepth} levels`,
      remedy: "take it apart over preceding loads",
    });
  }
  const expression = parse();
  cursor.depth -= 1;
  return expression;
}

function parseUnary(cursor: Cursor): Expression {
  const token = peek(cursor);
  const operator = unaryOperatorOf(token);
  if (operator === undefined) return parsePrimary(cursor, token);
  countOperator(cursor, token);
  cursor.at = token.end;
  const tightest = unaryPrecedence[operator];
  const operand = nested(cursor, token.start, () => parseBinary(cursor, tightest));
  return { kind: "unary", operator, operand, span: spanFrom(cursor, token.start) };
}

function parsePrimary(cursor: Cursor, token: Token): Expression {
  switch (token.kind) {
    case "text":
      take(cursor);
      return { kind: "text", value: token.value, span: spanFrom(cursor, token.start) };
    case "number":
      take(cursor);
      return { kind: "number", value: token.value, span: spanFrom(cursor, token.start) };
    case "quoted":
      take(cursor);
      return { kind: "name", name: token.value, span: spanFrom(cursor, token.start) };
    case "word":
      return parseWord(cursor, token.value, token.start);
    case "symbol":
    case "end":
      return parseGroup(cursor, token);
  }
}

function parseGroup(cursor: Cursor, token: Token): Expression {
  if (!isSymbol(token, "(")) throw unexpected(cursor, "an expression");
  take(cursor);
  const inner = nested(cursor, token.start, () => parseBinary(cursor, 1));
  expectSymbol(cursor, ")");
  return { ...inner, span: spanFrom(cursor, token.start) };
}

/** A word of a clause where only a value can stand, with more of the expression behind it: a field of that name. */
function isNamedLikeClause(cursor: Cursor, word: string): boolean {
  if (binaryOperatorOf(peek(cursor)) !== undefined || word === "not") return false;
  const next = peekSecond(cursor);
  return isSymbol(next, ",") || isSymbol(next, ")") || isKeyword(next, "as") || binaryOperatorOf(next) !== undefined;
}

function parseWord(cursor: Cursor, word: string, start: number): Expression {
  const keyword = word.toLowerCase();
  if (reservedWords.has(keyword) && !isNamedLikeClause(cursor, keyword)) {
    throw unexpected(cursor, "an expression", "put a field name that is a keyword in double quotes");
  }
  const called = isSymbol(peekSecond(cursor), "(");
  take(cursor);
  if (!called) return { kind: "name", name: word, span: spanFrom(cursor, start) };
  take(cursor);
  const distinct = tookDistinct(cursor) ? { distinct: true as const } : {};
  const args: readonly Expression[] = tookSymbol(cursor, ")") ? [] : parseArguments(cursor, start);
  return { kind: "call", function: word, ...distinct, arguments: args, span: spanFrom(cursor, start) };
}

/** `Distinct` before `,`, `)` or an operator that is no sign is a name. */
function tookDistinct(cursor: Cursor): boolean {
  if (!isKeyword(peek(cursor), "distinct")) return false;
  const next = peekSecond(cursor);
  const operator = binaryOperatorOf(next);
  const operated = operator !== undefined && operator !== "-" && operator !== "+";
  const named = operated || isSymbol(next, ",") || isSymbol(next, ")");
  return !named && tookKeyword(cursor, "distinct");
}

function parseArguments(cursor: Cursor, start: number): readonly Expression[] {
  const args = takeList(cursor, () => nested(cursor, start, () => parseBinary(cursor, 1)));
  expectSymbol(cursor, ")");
  return args;
}
