/** Syntax tree → load script. */
import { ConformanceError } from "../../contract/errors.ts";
import type {
  DropFields,
  DropTables,
  FieldListStatement,
  LoadScript,
  LoosenTables,
  RenameStatement,
  Statement,
} from "./ast.ts";
import { printLoad } from "./print-load.ts";
import { printExpression, printName, printText } from "./print-expression.ts";

function printNames(names: readonly string[]): string {
  return names.map(printName).join(", ");
}

function printPattern(pattern: string): string {
  return /^[A-Za-z_%*?][A-Za-z0-9_.%*?]*$/.test(pattern) ? pattern : printName(pattern);
}

function printRename(statement: RenameStatement): string {
  const what = statement.what === "fields" ? "FIELDS" : "TABLES";
  if (statement.by.kind === "map") return `RENAME ${what} USING ${printName(statement.by.map)}`;
  const pairs = statement.by.pairs.map(({ from, to }) => `${printName(from)} TO ${printName(to)}`);
  return `RENAME ${what} ${pairs.join(", ")}`;
}

type ListStatement = DropTables | DropFields | LoosenTables | FieldListStatement;

/** Statements that are a keyword and a list of names. */
function printList(statement: ListStatement): string {
  switch (statement.kind) {
    case "drop-tables":
      return `DROP TABLES ${printNames(statement.tables)}`;
    case "drop-fields": {
      const from = statement.from === undefined ? "" : ` FROM ${printNames(statement.from)}`;
      return `DROP FIELDS ${printNames(statement.fields)}${from}`;
    }
    case "loosen":
      return `LOOSEN TABLES ${printNames(statement.tables)}`;
    case "qualify":
    case "unqualify":
    case "nullasvalue":
    case "nullasnull":
      return `${statement.kind.toUpperCase()} ${statement.fields.map(printPattern).join(", ")}`;
  }
}

/** One statement, without its semicolon. */
function printOther(statement: Exclude<Statement, ListStatement>): string {
  switch (statement.kind) {
    case "section":
      return `SECTION ${statement.section.toUpperCase()}`;
    case "load":
      return printLoad(statement);
    case "set":
      return `SET ${printName(statement.name)} = ${statement.value}`;
    case "let":
      return `LET ${printName(statement.name)} =${statement.value ? ` ${printExpression(statement.value)}` : ""}`;
    case "star":
      return statement.symbol === undefined ? "STAR IS" : `STAR IS ${printText(statement.symbol)}`;
    case "rename":
      return printRename(statement);
    case "trace":
      return `TRACE ${statement.text}`;
    case "exit":
      return "EXIT SCRIPT";
    case "unexpanded":
      return statement.text;
  }
}

const listKinds: readonly Statement["kind"][] = [
  "drop-tables",
  "drop-fields",
  "loosen",
  "qualify",
  "unqualify",
  "nullasvalue",
  "nullasnull",
] satisfies readonly ListStatement["kind"][];

function isList(statement: Statement): statement is ListStatement {
  return listKinds.includes(statement.kind);
}

function printStatement(statement: Statement): string {
  return isList(statement) ? printList(statement) : printOther(statement);
}

function printChecked(statement: Statement): string {
  const text = printStatement(statement);
  if (statement.kind !== "unexpanded" && text.includes("$(")) {
    throw new ConformanceError("input", "a name or text of the script contains $(, which would be expanded", {
      remedy: "write the text as '$' & '('",
    });
  }
  return `${text};\n`;
}

/**
 * A script that parses to the same tree, spans apart; one statement a line group, each ended by `;` and `\n`.
 * Throws ConformanceError `input` for a tree no script can say: inline data with their closing mark, or `$(` in a text.
 */
export function printLoadScript(script: LoadScript): string {
  return script.statements.map(printChecked).join("");
}
