/** The universal layout: one set of tables for all apps and all pairs of a question, filled row by row. */
import type { DuckDBConnection } from "@duckdb/node-api";

export type SheetName =
  | "pair"
  | "identity"
  | "access_column"
  | "access_line"
  | "access_cell"
  | "access_edge"
  | "access_beyond"
  | "access_key"
  | "app_field"
  | "app_holds"
  | "app_node"
  | "app_line"
  | "app_cell"
  | "app_symbol"
  | "app_edge"
  | "app_beyond"
  | "app_key";

type Shape = { readonly [column: string]: "INTEGER" | "VARCHAR" | "BOOLEAN" };

/** Columns of every sheet. `line` is a row of a table, `node` a table or synthetic table; all numbers are unique over all apps. */
const shapes: { readonly [name in SheetName]: Shape } = {
  pair: { pair: "INTEGER", app: "INTEGER" },
  identity: { pair: "INTEGER", field: "VARCHAR", name: "VARCHAR" },
  access_column: { app: "INTEGER", node: "INTEGER", field: "VARCHAR" },
  access_line: { app: "INTEGER", node: "INTEGER", line: "INTEGER" },
  access_cell: {
    app: "INTEGER",
    node: "INTEGER",
    line: "INTEGER",
    field: "VARCHAR",
    text: "VARCHAR",
    border: "VARCHAR",
    blank: "BOOLEAN",
    empty: "BOOLEAN",
    star: "BOOLEAN",
  },
  access_edge: { app: "INTEGER", edge: "INTEGER", source: "INTEGER", target: "INTEGER", link: "VARCHAR" },
  access_beyond: { edge: "INTEGER", field: "VARCHAR" },
  access_key: { line: "INTEGER", link: "VARCHAR", symbol: "VARCHAR" },
  app_field: { app: "INTEGER", field: "INTEGER", name: "VARCHAR", upper_name: "VARCHAR" },
  app_holds: { node: "INTEGER", field: "INTEGER" },
  app_node: { app: "INTEGER", node: "INTEGER", island: "BOOLEAN" },
  app_line: { app: "INTEGER", node: "INTEGER", line: "INTEGER" },
  app_cell: { line: "INTEGER", field: "INTEGER", symbol: "VARCHAR" },
  app_symbol: { field: "INTEGER", symbol: "VARCHAR", border: "VARCHAR" },
  app_edge: { app: "INTEGER", edge: "INTEGER", source: "INTEGER", target: "INTEGER", link: "VARCHAR" },
  app_beyond: { edge: "INTEGER", field: "INTEGER" },
  app_key: { line: "INTEGER", link: "VARCHAR", symbol: "VARCHAR" },
};

export type SheetValue = number | string | boolean | null;
export type Sheets = { readonly [name in SheetName]: SheetValue[][] };

export const sheetNames: readonly SheetName[] = Object.keys(shapes) as SheetName[];

export function emptySheets(): Sheets {
  return Object.fromEntries(sheetNames.map((name) => [name, []])) as unknown as Sheets;
}

/** Creates the sheets as temporary tables of this connection and fills them. */
export async function writeSheets(connection: DuckDBConnection, sheets: Sheets): Promise<void> {
  await connection.run(sheetNames.map(createTable).join("\n"));
  for (const name of sheetNames) {
    const rows = sheets[name];
    if (rows.length > 0) await append(connection, name, rows);
  }
}

function createTable(name: SheetName): string {
  const columns = Object.entries(shapes[name]).map(([column, type]) => `${column} ${type}`);
  return `CREATE TEMP TABLE ${name} (${columns.join(", ")});`;
}

async function append(connection: DuckDBConnection, name: SheetName, rows: readonly SheetValue[][]): Promise<void> {
  const appender = await connection.createAppender(name, "main", "temp");
  for (const row of rows) {
    for (const value of row) {
      if (value === null) appender.appendNull();
      else if (typeof value === "number") appender.appendInteger(value);
      else if (typeof value === "string") appender.appendVarchar(value);
      else appender.appendBoolean(value);
    }
    appender.endRow();
  }
  appender.closeSync();
}
