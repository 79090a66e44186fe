/** `OtherSymbol`: a value that stands for all other values of a link field (LS-MOD-10). */
import type { Value } from "../contract/types.ts";
import { countRows, type State, type Table } from "./state.ts";
import { keyOf } from "./values.ts";

function isOther(value: Value, symbols: ReadonlySet<string>): boolean {
  return typeof value === "string" && symbols.has(value);
}

/** Values the field has in other tables and not in this one, symbols apart. */
function otherValues(
  tables: readonly Table[],
  own: Table,
  field: string,
  symbols: ReadonlySet<string>,
): readonly Value[] {
  const seen = new Set(columnValues(own, field).map(keyOf));
  const found = new Map<string, Value>();
  for (const table of tables) {
    if (table === own) continue;
    for (const value of columnValues(table, field)) {
      const key = keyOf(value);
      if (value !== null && !isOther(value, symbols) && !seen.has(key) && !found.has(key)) found.set(key, value);
    }
  }
  return [...found.values()];
}

function columnValues({ fields, rows }: Table, field: string): readonly Value[] {
  const column = fields.indexOf(field);
  return column === -1 ? [] : rows.map((row) => row[column] ?? null);
}

/** A row for every value the symbol stands for, in the place of its row. */
function spread(table: Table, column: number, symbols: ReadonlySet<string>, others: readonly Value[]): void {
  const rows: Value[][] = [];
  const inline: boolean[] = [];
  for (const [index, row] of table.rows.entries()) {
    const value = row[column] ?? null;
    for (const each of isOther(value, symbols) ? others : [value]) {
      rows.push(row.with(column, each));
      inline.push(table.inline[index] ?? false);
    }
  }
  table.rows = rows;
  table.inline = inline;
}

/** Puts the values in for which the symbols of the script's data stand. Fields of a single table link nothing and stay. */
export function spreadOtherSymbols(state: State, at: Parameters<typeof countRows>[2]): void {
  const { tables } = state.domains.application;
  for (const [field, symbols] of state.otherSymbols) {
    const linked = tables.filter(({ fields }) => fields.includes(field));
    if (linked.length < 2) continue;
    const others = linked.map((table) => otherValues(linked, table, field, symbols));
    for (const [index, table] of linked.entries()) {
      const standing = columnValues(table, field).filter((value) => isOther(value, symbols)).length;
      countRows(state, standing * (others[index]?.length ?? 0), at);
      if (standing > 0) spread(table, table.fields.indexOf(field), symbols, others[index] ?? []);
    }
  }
}
