/** Expression → text, with the parentheses the tree needs and no others. */
import type { Expression } from "./ast.ts";
import { binaryPrecedence, reservedWords, unaryPrecedence } from "./expressions.ts";

const safeName = /^[A-Za-z_%][A-Za-z0-9_.%]*$/;
const clauseWords: ReadonlySet<string> = new Set([
  "distinct",
  "group",
  "order",
  "by",
  "to",
  "using",
  "rem",
  "trace",
  "is",
  "set",
  "let",
  "then",
]);

/** A name, quoted unless it is plainly a name (LS-LEX-07); `]` is doubled (LS-LEX-05). */
export function printName(name: string): string {
  const word = name.toLowerCase();
  if (safeName.test(name) && !reservedWords.has(word) && !clauseWords.has(word)) return name;
  return `[${name.replaceAll("]", "]]")}]`;
}

export function printText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function precedenceOf(expression: Expression): number {
  if (expression.kind === "binary") return binaryPrecedence[expression.operator];
  return expression.kind === "unary" ? unaryPrecedence[expression.operator] : 9;
}

function printWithin(expression: Expression, loosest: number): string {
  const text = printExpression(expression);
  return precedenceOf(expression) < loosest ? `(${text})` : text;
}

export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case "text":
      return printText(expression.value);
    case "number":
      return String(expression.value);
    case "name":
      return printName(expression.name);
    case "call":
      return `${expression.function}(${expression.distinct ? "DISTINCT " : ""}${expression.arguments.map(printExpression).join(", ")})`;
    case "unary": {
      const operand = printWithin(expression.operand, unaryPrecedence[expression.operator]);
      return `${expression.operator}${expression.operator === "not" ? " " : ""}${operand}`;
    }
    case "binary": {
      const own = binaryPrecedence[expression.operator];
      const right = printWithin(expression.right, own + 1);
      return `${printWithin(expression.left, own)} ${expression.operator} ${right}`;
    }
  }
}
