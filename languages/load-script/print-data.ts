/** Statements about connections, files and fields → script. */
import type {
  AliasStatement,
  AutonumberStatement,
  BinaryStatement,
  ConnectStatement,
  DirectoryStatement,
  ForceStatement,
  MapStatement,
  PassedStatement,
  StoredItem,
  StoreStatement,
} from "./ast.ts";
import { printName } from "./print-expression.ts";
import { printFormat, printPath } from "./print-load.ts";

export type DataStatement =
  | AliasStatement
  | AutonumberStatement
  | BinaryStatement
  | ConnectStatement
  | DirectoryStatement
  | ForceStatement
  | MapStatement
  | PassedStatement
  | StoreStatement;

/** A field pattern with `*` and `?`, or a name. */
export function printPattern(pattern: string): string {
  return /^[A-Za-z_%*?][A-Za-z0-9_.%*?]*$/.test(pattern) ? pattern : printName(pattern);
}

function printStored(item: StoredItem): string {
  if (item.kind === "all") return "*";
  return item.alias === undefined ? printName(item.field) : `${printName(item.field)} AS ${printName(item.alias)}`;
}

function printStore({ fields, table, path, format }: StoreStatement): string {
  const listed = fields.map(printStored).join(", ");
  return `STORE ${listed} FROM ${printName(table)} INTO ${printPath(path)}${printFormat(format)}`;
}

function printMap({ fields, map }: MapStatement): string {
  const patterns = fields.map(printPattern).join(", ");
  return map === undefined ? `UNMAP ${patterns}` : `MAP ${patterns} USING ${printName(map)}`;
}

function printAutonumber({ fields, namespace }: AutonumberStatement): string {
  const using = namespace === undefined ? "" : ` USING ${printName(namespace)}`;
  return `AUTONUMBER ${fields.map(printPattern).join(", ")}${using}`;
}

/** One statement, without its semicolon. */
export function printData(statement: DataStatement): string {
  switch (statement.kind) {
    case "alias":
      return `ALIAS ${statement.pairs.map(({ from, to }) => `${printName(from)} AS ${printName(to)}`).join(", ")}`;
    case "autonumber":
      return printAutonumber(statement);
    case "binary":
      return `BINARY ${printPath(statement.path)}`;
    case "connect":
      return `${statement.by.toUpperCase()} CONNECT TO ${printPath(statement.connection)}`;
    case "directory":
      return statement.path === undefined ? "DIRECTORY" : `DIRECTORY ${printPath(statement.path)}`;
    case "force":
      return statement.letters === "capitalization"
        ? "FORCE CAPITALIZATION"
        : `FORCE CASE ${statement.letters.toUpperCase()}`;
    case "map":
      return printMap(statement);
    case "passed":
      return statement.text;
    case "store":
      return printStore(statement);
  }
}
