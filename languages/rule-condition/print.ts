/** Syntax tree of a condition → text that parses to the same tree, spans apart. */
import { ConformanceError } from "../../contract/errors.ts";
import type { Condition, ConditionOptions, Operand, Path } from "./ast.ts";

export type PrintOptions = Pick<ConditionOptions, "precedence">;

function printPath(path: Path): string {
  return [path.root, ...path.segments].join(".");
}

function printText(value: string): string {
  if (!value.includes('"')) return `"${value}"`;
  throw new ConformanceError("not-supported", `a condition cannot hold the text ${JSON.stringify(value)}`, {
    remedy: "leave out the double quote: no escape is documented (SR-308)",
  });
}

function printOperand(operand: Operand): string {
  if (operand.kind === "path") return printPath(operand);
  return operand.raw === undefined ? printText(operand.value) : `"${operand.raw}"`;
}

/** How tightly a node binds: or, and (or the reverse), not, everything else. */
function tightness(condition: Condition, options: PrintOptions): number {
  switch (condition.kind) {
    case "or":
      return options.precedence === "orFirst" ? 2 : 1;
    case "and":
      return options.precedence === "orFirst" ? 1 : 2;
    case "not":
      return 3;
    case "blank":
    case "group":
    case "comparison":
    case "call":
      return 4;
  }
}

/** A term that binds no tighter than its surroundings gets parentheses, so that the meaning survives in any tree. */
function printTerm(term: Condition, around: number, options: PrintOptions): string {
  const text = printCondition(term, options);
  return tightness(term, options) > around ? text : `(${text})`;
}

export function printCondition(condition: Condition, options: PrintOptions = {}): string {
  switch (condition.kind) {
    case "blank":
      return "";
    case "or":
    case "and": {
      const around = tightness(condition, options);
      return condition.terms.map((term) => printTerm(term, around, options)).join(` ${condition.kind} `);
    }
    case "not":
      return `!${printTerm(condition.term, 2, options)}`;
    case "group":
      return `(${printCondition(condition.term, options)})`;
    case "comparison": {
      const { left, operator, right } = condition;
      return `${printOperand(left)} ${operator} ${printOperand(right)}`;
    }
    case "call": {
      const argument = condition.argument === undefined ? "" : printText(condition.argument);
      return `${printPath(condition.on)}.${condition.function}(${argument})`;
    }
  }
}
