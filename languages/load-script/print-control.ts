/** Control statements → script: one clause a line (LS-LEX-01). */
import type {
  CallStatement,
  Clause,
  ControlStatement,
  CountingClause,
  DoStatement,
  Expression,
  ExitStatement,
  ForStatement,
  Guard,
  IfStatement,
  ListClause,
  LoopTest,
  Statement,
  SubStatement,
  SwitchStatement,
} from "./ast.ts";
import { printExpression, printName } from "./print-expression.ts";

/** Control statements that hold others. */
export type BlockStatement = Exclude<ControlStatement, CallStatement | ExitStatement>;

type PrintBody = (statements: readonly Statement[]) => string;

/** How the texts of clauses and the statements within are printed; both throw for what no script can say. */
export interface BlockPrinting {
  readonly body: PrintBody;
  /** Gives the clause back, or throws. */
  readonly clause: (text: string) => string;
}

export function printGuard({ unless, condition }: Guard): string {
  return `${unless ? "UNLESS" : "WHEN"} ${printExpression(condition)}`;
}

export function printCall({ name, arguments: given }: CallStatement): string {
  return `CALL ${printName(name)}(${given.map(printExpression).join(", ")})`;
}

export function printExit({ what, guard }: ExitStatement): string {
  return `EXIT ${what.toUpperCase()}${guard === undefined ? "" : ` ${printGuard(guard)}`}`;
}

/** A clause whose text still has its `$( )` stands as it was. */
function printClause<Read extends { readonly kind: string }>(
  clause: Clause<Read>,
  printing: BlockPrinting,
  print: (read: Read) => string,
): string {
  return isUnexpanded(clause) ? clause.text : printing.clause(print(clause));
}

function isUnexpanded(
  clause: Clause<{ readonly kind: string }>,
): clause is Statement & { readonly kind: "unexpanded" } {
  return clause.kind === "unexpanded";
}

function printCondition(condition: Clause<Expression>, printing: BlockPrinting): string {
  return printClause(condition, printing, printExpression);
}

function printElse(otherwise: readonly Statement[] | undefined, keyword: string, { body }: BlockPrinting): string {
  return otherwise === undefined ? "" : `${keyword}\n${body(otherwise)}`;
}

function printIf({ branches, otherwise }: IfStatement, printing: BlockPrinting): string {
  const parts = branches.map(
    ({ condition, body }, index) =>
      `${index === 0 ? "IF" : "ELSEIF"} ${printCondition(condition, printing)} THEN\n${printing.body(body)}`,
  );
  return `${parts.join("")}${printElse(otherwise, "ELSE", printing)}END IF\n`;
}

function printOver(over: CountingClause | ListClause): string {
  const variable = printName(over.variable);
  if (over.kind === "list") return `EACH ${variable} IN ${over.items.map(printExpression).join(", ")}`;
  const step = over.step === undefined ? "" : ` STEP ${printExpression(over.step)}`;
  return `${variable} = ${printExpression(over.from)} TO ${printExpression(over.to)}${step}`;
}

function printFor({ over, body }: ForStatement, printing: BlockPrinting): string {
  return `FOR ${printClause(over, printing, printOver)}\n${printing.body(body)}NEXT\n`;
}

function printTest(test: LoopTest | undefined, printing: BlockPrinting): string {
  if (test === undefined) return "";
  return ` ${test.until ? "UNTIL" : "WHILE"} ${printCondition(test.condition, printing)}`;
}

function printDo({ before, body, after }: DoStatement, printing: BlockPrinting): string {
  return `DO${printTest(before, printing)}\n${printing.body(body)}LOOP${printTest(after, printing)}\n`;
}

function printSwitch({ value, cases, otherwise }: SwitchStatement, printing: BlockPrinting): string {
  const parts = cases.map(({ values, body }) => {
    const printed = printClause(values, printing, ({ of }) => of.map(printExpression).join(", "));
    return `CASE ${printed}\n${printing.body(body)}`;
  });
  const fallback = printElse(otherwise, "DEFAULT", printing);
  return `SWITCH ${printCondition(value, printing)}\n${parts.join("")}${fallback}END SWITCH\n`;
}

function printSub({ head, body }: SubStatement, printing: BlockPrinting): string {
  const printed = printClause(head, printing, ({ name, parameters }) =>
    parameters.length === 0 ? printName(name) : `${printName(name)}(${parameters.map(printName).join(", ")})`,
  );
  return `SUB ${printed}\n${printing.body(body)}END SUB\n`;
}

/** A block with its statements, every clause on a line of its own, ended by a line end. */
export function printBlock(block: BlockStatement, printing: BlockPrinting): string {
  switch (block.kind) {
    case "if":
      return printIf(block, printing);
    case "for":
      return printFor(block, printing);
    case "do":
      return printDo(block, printing);
    case "switch":
      return printSwitch(block, printing);
    case "sub":
      return printSub(block, printing);
  }
}
