/** STORE: what is written is kept beside the tables, and a later FROM of the same path reads it. */
import type { StoredItem, StoreStatement } from "../languages/load-script/ast.ts";
import type { ScriptText } from "../languages/load-script/script-text.ts";
import { keepStored } from "./script-files.ts";
import { countRows, findTable, runError } from "./state.ts";
import type { State, Table } from "./state.ts";

interface Column {
  readonly name: string;
  readonly from: number;
}

function columnsOf(table: Table, items: readonly StoredItem[]): readonly (Column | string)[] {
  return items.flatMap((item): readonly (Column | string)[] => {
    if (item.kind === "all") return table.fields.map((name, from) => ({ name, from }));
    const from = table.fields.indexOf(item.field);
    return from === -1 ? [item.field] : [{ name: item.alias ?? item.field, from }];
  });
}

/** Throws `script-run` for a table or field there is not. */
export function runStore(state: State, statement: StoreStatement, source: ScriptText): void {
  const { table: name, path, fields, format, span } = statement;
  const remedy = "look at the names loaded before; letter case counts";
  const found = findTable(state, name);
  if (found === undefined) throw runError(source, span, `there is no table ${JSON.stringify(name)}`, remedy);
  const { table } = found;
  const columns = columnsOf(table, fields).map((column) => {
    if (typeof column !== "string") return column;
    throw runError(source, span, `there is no field ${JSON.stringify(column)} in ${JSON.stringify(name)}`, remedy);
  });
  countRows(state, table.rows.length, { source, span });
  const asText = format === undefined ? /\.(?:csv|txt|tsv|tab)$/i.test(path) : format.format === "txt";
  const rows = table.rows.map((row) => columns.map(({ from }) => row[from] ?? null));
  keepStored(state, path, { fields: columns.map((column) => column.name), rows, asText });
}
