/** Text of a security-rule condition → syntax tree (SR grammar §2.1), by recursive descent. */
import { ConformanceError } from "../../contract/errors.ts";
import { depthCap, placeAt } from "../place.ts";
import type { Comparator, Condition, ConditionOptions, Operand, Path, RuleFunction, Text } from "./ast.ts";
import { aboutFunction, complain, functionNames, roots, type Complaint } from "./complaints.ts";
import { tokenize, type Token } from "./tokens.ts";

type Call = Extract<Condition, { readonly kind: "call" }>;
type Junction = "and" | "or";

interface Reader {
  readonly text: string;
  readonly file: string | undefined;
  readonly tokens: readonly Token[];
  /** Junctions from the loosest to the tightest (SR-301). */
  readonly junctions: readonly Junction[];
  index: number;
  depth: number;
}

const comparators: readonly string[] = ["=", "==", "!=", "!=="];
const patternOperators: readonly string[] = ["like", "matches"];
const junctionSigns: { readonly [junction in Junction]: string } = { and: "&&", or: "||" };
const nameShape = /^@?\p{L}[\p{L}\p{N}_-]*$/u;

function current(reader: Reader): Token {
  return reader.tokens[reader.index] ?? { kind: "end", value: "", start: reader.text.length, end: reader.text.length };
}

function take(reader: Reader): Token {
  const token = current(reader);
  reader.index += 1;
  return token;
}

function fail(reader: Reader, at: number, complaint: Complaint, expected: string): never {
  throw new ConformanceError("rule-syntax", complaint.message, {
    ...placeAt(reader.text, at),
    expected,
    ...(reader.file === undefined ? {} : { file: reader.file }),
    ...(complaint.remedy === undefined ? {} : { remedy: complaint.remedy }),
  });
}

/** Reports the current token; a `bad` one always tells its own story. */
function refuse(reader: Reader, expected: string, complaint?: Complaint): never {
  const token = current(reader);
  return fail(
    reader,
    token.start,
    complaint === undefined || token.kind === "bad" ? complain(token) : complaint,
    expected,
  );
}

function isSymbol(token: Token, value: string): boolean {
  return token.kind === "symbol" && token.value === value;
}

function demand(reader: Reader, symbol: string, expected: string): Token {
  if (!isSymbol(current(reader), symbol)) refuse(reader, expected);
  return take(reader);
}

function deeper<T>(reader: Reader, read: () => T): T {
  reader.depth += 1;
  if (reader.depth > depthCap) {
    refuse(reader, `at most ${depthCap} nested parentheses and negations`, {
      message: "the condition is nested too deeply",
    });
  }
  const result = read();
  reader.depth -= 1;
  return result;
}

function isJunction(token: Token, junction: Junction): boolean {
  return (token.kind === "word" && token.value === junction) || isSymbol(token, junctionSigns[junction]);
}

function readJunction(reader: Reader, level: number): Condition {
  const junction = reader.junctions[level];
  if (junction === undefined) return readNegation(reader);
  const first = readJunction(reader, level + 1);
  const terms = [first];
  while (isJunction(current(reader), junction)) {
    take(reader);
    terms.push(readJunction(reader, level + 1));
  }
  const last = terms.at(-1) ?? first;
  return terms.length === 1 ? first : { kind: junction, terms, span: { start: first.span.start, end: last.span.end } };
}

function readNegation(reader: Reader): Condition {
  const token = current(reader);
  if (!isSymbol(token, "!")) return readPrimary(reader);
  take(reader);
  const term = deeper(reader, () => readNegation(reader));
  return { kind: "not", term, span: { start: token.start, end: term.span.end } };
}

function readPrimary(reader: Reader): Condition {
  const token = current(reader);
  if (isSymbol(token, "(")) return readGroup(reader);
  const left = readOperand(reader, "a comparison, a function call, ! or (");
  return left.kind === "call" ? left : readComparison(reader, left);
}

function readGroup(reader: Reader): Condition {
  const open = take(reader);
  const term = deeper(reader, () => readJunction(reader, 0));
  const close = demand(reader, ")", "and, or, or the ) that closes the parenthesis");
  return { kind: "group", term, span: { start: open.start, end: close.end } };
}

function comparatorOf(token: Token): Comparator | undefined {
  const known = (token.kind === "symbol" ? comparators : token.kind === "word" ? patternOperators : []).includes(
    token.value,
  );
  return known ? (token.value as Comparator) : undefined;
}

function readComparison(reader: Reader, left: Operand): Condition {
  const operator = comparatorOf(current(reader));
  if (operator === undefined) return refuseBareOperand(reader, left);
  take(reader);
  const right = operator === "like" || operator === "matches" ? readPattern(reader, operator) : readRight(reader);
  return { kind: "comparison", operator, left, right, span: { start: left.span.start, end: right.span.end } };
}

/** SR-311: a property (or a text) alone is no condition. A word in the operator's place is the likelier slip. */
function refuseBareOperand(reader: Reader, left: Operand): never {
  const token = current(reader);
  const expected = "=, ==, !=, !==, like or matches";
  if (token.kind === "bad" || (token.kind === "word" && !reader.junctions.includes(token.value as Junction))) {
    return refuse(reader, expected);
  }
  const what = left.kind === "text" ? `the text "${left.value}"` : `the property ${written(reader, left)}`;
  const remedy =
    left.kind === "path" ? `compare it, for example ${written(reader, left)}="true" (SR-311)` : "compare it (SR-311)";
  return fail(reader, left.span.start, { message: `${what} alone is not a condition`, remedy }, expected);
}

function written(reader: Reader, path: Path): string {
  return reader.text.slice(path.span.start, path.span.end);
}

function readPattern(reader: Reader, operator: string): Text {
  const token = current(reader);
  if (token.kind === "text") return readText(reader);
  const complaint =
    token.kind === "word" && roots.some((root) => root === token.value.toLowerCase())
      ? { message: `${operator} cannot compare with a property`, remedy: "its right side is a fixed text (SR-329)" }
      : undefined;
  return refuse(reader, "a pattern in straight double quotes", complaint);
}

function readRight(reader: Reader): Operand {
  const operand = readOperand(reader, "a text in straight double quotes or a property");
  if (operand.kind !== "call") return operand;
  return fail(
    reader,
    operand.span.start,
    { message: "the result of a function cannot be compared", remedy: "a call is a condition by itself" },
    "a text in straight double quotes or a property",
  );
}

function readText(reader: Reader): Text {
  const { value, raw, start, end } = take(reader);
  return { kind: "text", value, ...(raw === undefined ? {} : { raw }), span: { start, end } };
}

function readOperand(reader: Reader, expected: string): Operand | Call {
  const token = current(reader);
  if (token.kind === "text") return readText(reader);
  const root = token.kind === "word" ? roots.find((name) => name === token.value.toLowerCase()) : undefined;
  if (root === undefined) return refuse(reader, expected);
  take(reader);
  return readPath(reader, root, token.start);
}

function readPath(reader: Reader, root: Path["root"], start: number): Path | Call {
  const segments: string[] = [];
  let end = reader.tokens[reader.index - 1]?.end ?? start;
  while (isSymbol(current(reader), ".")) {
    take(reader);
    const segment = current(reader);
    const expected = "a property name, @ and the name of a custom property, or a function";
    if (segment.kind !== "word") return refuse(reader, expected);
    if (!nameShape.test(segment.value)) {
      return refuse(reader, expected, { message: `${segment.value} is no property name` });
    }
    take(reader);
    if (isSymbol(current(reader), "(")) {
      return readCall(reader, { kind: "path", root, segments, span: { start, end } }, segment);
    }
    segments.push(segment.value);
    end = segment.end;
  }
  return { kind: "path", root, segments, span: { start, end } };
}

function functionOf(reader: Reader, name: Token): RuleFunction {
  const known = functionNames.find((candidate) => candidate.toLowerCase() === name.value.toLowerCase());
  return known ?? fail(reader, name.start, aboutFunction(name.value), `one of ${functionNames.join(", ")}`);
}

function readCall(reader: Reader, on: Path, name: Token): Call {
  const called = functionOf(reader, name);
  demand(reader, "(", "(");
  const argument = called === "HasPrivilege" ? readArgument(reader) : undefined;
  const close = demand(reader, ")", argument === undefined ? `) since ${called} takes no argument` : ")");
  const span = { start: on.span.start, end: close.end };
  return { kind: "call", function: called, on, ...(argument === undefined ? {} : { argument }), span };
}

function readArgument(reader: Reader): string {
  return current(reader).kind === "text"
    ? take(reader).value
    : refuse(reader, 'the action in straight double quotes, for example "read"');
}

/** Throws ConformanceError `rule-syntax` with line, column, what was expected and, where one is known, a remedy. */
export function parseCondition(text: string, options: ConditionOptions = {}): Condition {
  const reader: Reader = {
    text,
    file: options.file,
    tokens: tokenize(text, options.escapes),
    junctions: options.precedence === "orFirst" ? ["and", "or"] : ["or", "and"],
    index: 0,
    depth: 0,
  };
  if (current(reader).kind === "end") return { kind: "blank", span: { start: 0, end: text.length } };
  const condition = readJunction(reader, 0);
  if (current(reader).kind !== "end") refuse(reader, "and, or, or the end of the condition");
  return condition;
}
