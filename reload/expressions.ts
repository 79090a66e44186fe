/** Expressions of LOAD and LET, made into functions of a row (LS-VAL-04, LS-VAL-06, LS-LOAD-05). */
import type { Value } from "../contract/types.ts";
import type { BinaryOperator, Expression, Span } from "../languages/load-script/ast.ts";
import { functionsLeftOut, isTrue, scriptFunctions, truth } from "./functions.ts";
import type { CallContext, ScriptFunction } from "./functions/signature.ts";
import { partsOf } from "./functions/texts.ts";
import { globMatches } from "./glob.ts";
import type { Settings } from "./settings.ts";
import { numberOf, numeric, textOf } from "./values.ts";

/** Where in the run an expression is evaluated. */
export interface Row {
  /** Values of the record read, by the position of their field. */
  readonly values: readonly Value[];
  /** The record before it that WHERE let through, if any and if asked for. */
  readonly previous: Row | undefined;
  /** Number of the record read, from 1, and of the row it would become. */
  readonly recNo: number;
  readonly rowNo: number;
  /** How often the record was read by now, from 1. */
  readonly iterNo: number;
  /** The part chosen for each SubField that makes a record of every part. */
  readonly pieces: readonly Value[];
  /** Records of the group, in an aggregating LOAD. */
  readonly members: readonly Row[];
}

/** For expressions outside LOAD, where no record is. */
export const noRow: Row = { values: [], previous: undefined, recNo: 0, rowNo: 0, iterNo: 0, pieces: [], members: [] };

export type Evaluate = (row: Row) => Value;

/** What names and out-of-context references mean, and how to say that something is wrong. */
export interface Scope {
  /** What a name stands for; `undefined` when it stands for nothing. */
  readonly name: (name: string, span: Span | undefined) => Evaluate | undefined;
  /** Functions that look beyond their arguments, by lower-case name. */
  readonly special: (name: string) => SpecialFunction | undefined;
  readonly settings: Settings;
  /** Where a record of each part may be made: takes what gives the parts, and gives what reads the part chosen. */
  readonly explode?: (parts: (row: Row) => readonly Value[], span: Span | undefined) => Evaluate;
  readonly fail: (span: Span | undefined, message: string, remedy: string, code?: "not-supported") => Error;
}

export type Call = Expression & { readonly kind: "call" };

export type SpecialFunction = (call: Call, scope: Scope) => Evaluate;

/** Longer texts are refused: a script that doubles a text would not end otherwise. */
const maximalText = 1_000_000;

function compared(compare: (order: number) => boolean): (left: Value, right: Value) => Value {
  return (left, right) => {
    const [leftNumber, rightNumber] = [numberOf(left), numberOf(right)];
    if (leftNumber !== undefined && rightNumber !== undefined) return truth(compare(leftNumber - rightNumber));
    return compareTexts(left, right, compare);
  };
}

/** NULL against NULL is NULL; NULL against a value is false for all but `<>` (LS-LOAD-05). */
function compareTexts(left: Value, right: Value, compare: (order: number) => boolean): Value {
  const [leftText, rightText] = [textOf(left), textOf(right)];
  if (leftText === undefined && rightText === undefined) return null;
  if (leftText === undefined || rightText === undefined) return truth(compare(1) && compare(-1));
  return truth(compare(leftText < rightText ? -1 : Number(leftText > rightText)));
}

function computed(compute: (left: number, right: number) => number): (left: Value, right: Value) => Value {
  return (left, right) => {
    const [leftNumber, rightNumber] = [numberOf(left), numberOf(right)];
    return leftNumber === undefined || rightNumber === undefined ? null : numeric(compute(leftNumber, rightNumber));
  };
}

function likes(left: Value, right: Value): Value {
  const [text, pattern] = [textOf(left), textOf(right)];
  if (text === undefined || pattern === undefined) return left === right ? null : truth(false);
  return truth(globMatches(pattern, text));
}

const binary: { readonly [operator in BinaryOperator]: (left: Value, right: Value) => Value } = {
  or: (left, right) => truth(isTrue(left) || isTrue(right)),
  xor: (left, right) => truth(isTrue(left) !== isTrue(right)),
  and: (left, right) => truth(isTrue(left) && isTrue(right)),
  "=": compared((order) => order === 0),
  "<>": compared((order) => order !== 0),
  "<": compared((order) => order < 0),
  "<=": compared((order) => order <= 0),
  ">": compared((order) => order > 0),
  ">=": compared((order) => order >= 0),
  like: likes,
  precedes: (left, right) => compareTexts(left, right, (order) => order < 0),
  follows: (left, right) => compareTexts(left, right, (order) => order > 0),
  "&": (left, right) => (textOf(left) ?? "") + (textOf(right) ?? ""),
  "+": computed((left, right) => left + right),
  "-": computed((left, right) => left - right),
  "*": computed((left, right) => left * right),
  "/": computed((left, right) => left / right),
};

/** The expression as a function of a row. Throws `script-run` or `not-supported` for what it names and there is not. */
export function compile(expression: Expression, scope: Scope): Evaluate {
  switch (expression.kind) {
    case "text":
    case "number": {
      const { value } = expression;
      return () => value;
    }
    case "name": {
      const named = scope.name(expression.name, expression.span);
      if (named !== undefined) return named;
      throw scope.fail(
        expression.span,
        `there is no field ${JSON.stringify(expression.name)} here`,
        "look at the field names of the source; letter case counts",
      );
    }
    case "call":
      return compileCall(expression, scope);
    case "unary": {
      const operand = compile(expression.operand, scope);
      if (expression.operator === "not") return (row) => truth(!isTrue(operand(row)));
      const sign = expression.operator === "-" ? -1 : 1;
      return (row) => computed((left, right) => left * right)(operand(row), sign);
    }
    case "binary":
      return compileBinary(expression, scope);
  }
}

function compileBinary(expression: Expression & { readonly kind: "binary" }, scope: Scope): Evaluate {
  const left = compile(expression.left, scope);
  const right = compile(expression.right, scope);
  const apply = binary[expression.operator];
  if (expression.operator !== "&") return (row) => apply(left(row), right(row));
  return (row) => {
    const joined = apply(left(row), right(row));
    if (typeof joined !== "string" || joined.length <= maximalText) return joined;
    throw scope.fail(expression.span, `a text is longer than ${maximalText} characters`, "look for a text that grows");
  };
}

/** SubField with two arguments: a record of each part (LS-LOAD-03). An empty text and NULL make one, with NULL. */
function compileExplosion(call: Call, scope: Scope): Evaluate {
  const [text, delimiter] = call.arguments.map((argument) => compile(argument, scope));
  if (scope.explode === undefined || text === undefined || delimiter === undefined) {
    throw scope.fail(call.span, "SubField makes records here of a text's parts", "add the number of the part wanted");
  }
  return scope.explode((row) => {
    const parts = partsOf(textOf(text(row)) ?? "", textOf(delimiter(row)) ?? "");
    return parts.length === 0 ? [null] : parts;
  }, call.span);
}

function compileCall(expression: Call, scope: Scope): Evaluate {
  const name = expression.function.toLowerCase();
  if (name === "subfield" && expression.arguments.length === 2) return compileExplosion(expression, scope);
  const special = scope.special(name);
  if (special !== undefined) return special(expression, scope);
  if (expression.distinct) {
    throw scope.fail(expression.span, `${expression.function} takes no DISTINCT`, "leave DISTINCT out");
  }
  const known = scriptFunctions.get(name);
  if (known === undefined) throw unknownFunction(expression, scope);
  checkCount(expression, known, scope);
  return applying(expression, known, scope);
}

function applying(call: Call, { apply }: ScriptFunction, scope: Scope): Evaluate {
  const { settings } = scope;
  const context: CallContext = { settings, fail: (message, remedy) => scope.fail(call.span, message, remedy) };
  const [first, second, ...others] = call.arguments.map((argument) => compile(argument, scope));
  if (first === undefined) return () => apply([], context);
  if (second === undefined) return (row) => apply([first(row)], context);
  return (row) => {
    const args = [first(row), second(row)];
    for (const other of others) args.push(other(row));
    return checkedText(apply(args, context), call, scope);
  };
}

/** Texts that grow at every turn would not end otherwise. */
function checkedText(value: Value, call: Call, scope: Scope): Value {
  if (typeof value !== "string" || value.length <= maximalText) return value;
  throw scope.fail(call.span, `a text is longer than ${maximalText} characters`, "look for a text that grows");
}

function unknownFunction(call: Call, scope: Scope): Error {
  const name = call.function.toLowerCase();
  const leftOut = Object.hasOwn(functionsLeftOut, name) ? functionsLeftOut[name] : undefined;
  const remedy =
    leftOut ?? "load the values it gives, or see docs/reference/load-script.md for the functions there are";
  return scope.fail(call.span, `function ${call.function} is not supported`, remedy, "not-supported");
}

export function checkCount(call: Call, allowed: { readonly least: number; readonly most: number }, scope: Scope): void {
  const { length } = call.arguments;
  if (length >= allowed.least && length <= allowed.most) return;
  const range = allowed.least === allowed.most ? `${allowed.least}` : `${allowed.least} to ${allowed.most}`;
  const few = length < allowed.least ? "fewer" : "more";
  const message = `${call.function} takes ${range} arguments; the form with ${few} is not supported`;
  throw scope.fail(call.span, message, "see docs/reference/load-script.md for the forms there are", "not-supported");
}

/** IF evaluates only the side it takes; without an else side it gives NULL. */
export const conditional: SpecialFunction = ({ arguments: args, span }, scope) => {
  if (args.length < 2 || args.length > 3) {
    throw scope.fail(span, "If takes 2 or 3 arguments", "write If(condition, then, else)");
  }
  const [condition, then, otherwise] = args.map((argument) => compile(argument, scope));
  return (row) => (condition && isTrue(condition(row)) ? then : otherwise)?.(row) ?? null;
};
