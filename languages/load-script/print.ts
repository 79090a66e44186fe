/** Syntax tree → load script. */
import { ConformanceError } from "../../contract/errors.ts";
import type {
  DropFields,
  DropTables,
  FieldListStatement,
  LetStatement,
  LoadScript,
  LoosenTables,
  RenameStatement,
  SetStatement,
  Statement,
} from "./ast.ts";
import { printBlock, printCall, printExit, printGuard } from "./print-control.ts";
import type { BlockPrinting, BlockStatement } from "./print-control.ts";
import { printData, printPattern } from "./print-data.ts";
import type { DataStatement } from "./print-data.ts";
import { printLoad } from "./print-load.ts";
import { printExpression, printName, printText } from "./print-expression.ts";

function printNames(names: readonly string[]): string {
  return names.map(printName).join(", ");
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

/** Statements that set a variable. */
function printSetting(statement: SetStatement | LetStatement): string {
  const name = printName(statement.name);
  if (statement.kind === "set") return `SET ${name} = ${statement.value}`;
  return `LET ${name} =${statement.value ? ` ${printExpression(statement.value)}` : ""}`;
}

type OtherStatement = Exclude<Statement, ListStatement | BlockStatement | DataStatement | SetStatement | LetStatement>;

function printOther(statement: OtherStatement): string {
  switch (statement.kind) {
    case "section":
      return `SECTION ${statement.section.toUpperCase()}`;
    case "load":
      return printLoad(statement);
    case "star":
      return statement.symbol === undefined ? "STAR IS" : `STAR IS ${printText(statement.symbol)}`;
    case "rename":
      return printRename(statement);
    case "trace":
      return `TRACE ${statement.text}`;
    case "call-sub":
      return printCall(statement);
    case "exit":
      return printExit(statement);
    case "guarded":
      return `${printGuard(statement.guard)} ${printStatement(statement.statement)}`;
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

const blockKinds: readonly Statement["kind"][] = [
  "if",
  "for",
  "do",
  "switch",
  "sub",
] satisfies readonly BlockStatement["kind"][];

function isBlock(statement: Statement): statement is BlockStatement {
  return blockKinds.includes(statement.kind);
}

const dataKinds: readonly Statement["kind"][] = [
  "alias",
  "autonumber",
  "binary",
  "connect",
  "directory",
  "force",
  "map",
  "passed",
  "store",
] satisfies readonly DataStatement["kind"][];

function isData(statement: Statement): statement is DataStatement {
  return dataKinds.includes(statement.kind);
}

/** A statement that ends with a semicolon, without it. */
function printStatement(statement: Statement): string {
  if (isBlock(statement)) {
    throw new ConformanceError("input", `${statement.kind.toUpperCase()} cannot stand behind WHEN or UNLESS`, {
      remedy: "put the condition into an IF around it",
    });
  }
  if (isList(statement)) return printList(statement);
  if (statement.kind === "set" || statement.kind === "let") return printSetting(statement);
  return isData(statement) ? printData(statement) : printOther(statement);
}

function withoutExpansion(text: string): string {
  if (!text.includes("$(")) return text;
  throw new ConformanceError("input", "a name or text of the script contains $(, which would be expanded", {
    remedy: "write the text as '$' & '('",
  });
}

const printing: BlockPrinting = { body: printAll, clause: withoutExpansion };

function printAll(statements: readonly Statement[]): string {
  return statements
    .map((statement) => {
      if (isBlock(statement)) return printBlock(statement, printing);
      const text = printStatement(statement);
      return `${statement.kind === "unexpanded" ? text : withoutExpansion(text)};\n`;
    })
    .join("");
}

/**
 * A script that parses to the same tree, spans apart; one statement a line group, ended by `;` and `\n`, or by `\n` alone for control clauses.
 * Throws ConformanceError `input` for a tree no script can say: inline data with their closing mark, or `$(` in a text.
 */
export function printLoadScript(script: LoadScript): string {
  return printAll(script.statements);
}
