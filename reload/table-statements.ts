/** Drops, renames and loosens what was loaded (LS-MOD-04, LS-MOD-06). */
import type { Value } from "../contract/types.ts";
import type {
  AutonumberStatement,
  DropFields,
  DropTables,
  RenameStatement,
  Renaming,
  Statement,
} from "../languages/load-script/ast.ts";
import type { ScriptText } from "../languages/load-script/script-text.ts";
import { findTable, forgetUnused, lookupOrder, runError } from "./state.ts";
import type { Domain, Found, State, Table } from "./state.ts";
import { globMatches } from "./glob.ts";
import { keyOf } from "./values.ts";

const letterCase = "look at the names loaded before; letter case counts";

function requireTable(state: State, name: string, statement: Statement, source: ScriptText): Found {
  const found = findTable(state, name);
  if (found !== undefined) return found;
  throw runError(source, statement.span, `there is no table ${JSON.stringify(name)}`, letterCase);
}

function dropTables(state: State, statement: DropTables, source: ScriptText): void {
  for (const name of statement.tables) {
    const { domain, table } = requireTable(state, name, statement, source);
    domain.tables = domain.tables.filter((each) => each !== table);
    forgetUnused(domain);
  }
}

function removeField(domain: Domain, table: Table, field: string): void {
  const column = table.fields.indexOf(field);
  if (column === -1) return;
  table.fields.splice(column, 1);
  for (const row of table.rows) row.splice(column, 1);
  if (table.fields.length === 0) domain.tables = domain.tables.filter((each) => each !== table);
}

/** The section's domain when a table of it has the field, else the other one (SA-SCR-05). */
function domainWithField(state: State, field: string): Domain | undefined {
  return lookupOrder(state).find((domain) => domain.tables.some((table) => table.fields.includes(field)));
}

function requireField(state: State, field: string, statement: Statement, source: ScriptText): Domain {
  const domain = domainWithField(state, field);
  if (domain !== undefined) return domain;
  throw runError(source, statement.span, `there is no field ${JSON.stringify(field)}`, letterCase);
}

function dropFields(state: State, statement: DropFields, source: ScriptText): void {
  for (const field of statement.fields) {
    if (statement.from === undefined) {
      const domain = requireField(state, field, statement, source);
      for (const table of domain.tables) removeField(domain, table, field);
      forgetUnused(domain);
      continue;
    }
    for (const name of statement.from) {
      const { domain, table } = requireTable(state, name, statement, source);
      removeField(domain, table, field);
      forgetUnused(domain);
    }
  }
}

function renameField(state: State, { from, to }: Renaming, statement: Statement, source: ScriptText): void {
  const domain = requireField(state, from, statement, source);
  if (domain.tables.some((table) => table.fields.includes(to))) {
    const message = `field ${JSON.stringify(from)} cannot become ${JSON.stringify(to)}: there is one`;
    throw runError(source, statement.span, message, "choose a name no field has");
  }
  for (const table of domain.tables) table.fields = table.fields.map((field) => (field === from ? to : field));
  const symbols = domain.symbols.get(from);
  if (symbols !== undefined) domain.symbols.set(to, symbols);
  domain.symbols.delete(from);
}

function renameTable(state: State, { from, to }: Renaming, statement: Statement, source: ScriptText): void {
  const { domain, table } = requireTable(state, from, statement, source);
  if (domain.tables.some((each) => each.name === to)) {
    const message = `table ${JSON.stringify(from)} cannot become ${JSON.stringify(to)}: there is one`;
    throw runError(source, statement.span, message, "choose a name no table has");
  }
  table.name = to;
}

/** Names of the section's tables or fields, for RENAME … USING. */
function namesThere(state: State, what: RenameStatement["what"]): readonly string[] {
  const { tables } = state.domains[state.section];
  return what === "tables" ? tables.map((table) => table.name) : [...new Set(tables.flatMap((table) => table.fields))];
}

function pairsOf(state: State, statement: RenameStatement, source: ScriptText): readonly Renaming[] {
  if (statement.by.kind === "pairs") return statement.by.pairs;
  const mapping = state.mappings.get(statement.by.map);
  if (mapping === undefined) {
    const message = `there is no mapping table ${JSON.stringify(statement.by.map)}`;
    throw runError(source, statement.span, message, "load it before with MAPPING LOAD");
  }
  return namesThere(state, statement.what).flatMap((from) => {
    const to = mapping.get(`t${from}`);
    return typeof to === "string" && to !== from ? [{ from, to }] : [];
  });
}

function rename(state: State, statement: RenameStatement, source: ScriptText): void {
  const one = statement.what === "fields" ? renameField : renameTable;
  for (const pair of pairsOf(state, statement, source)) one(state, pair, statement, source);
}

/** Every value of the fields becomes the number of its first appearance; a namespace counts for all of them together. */
function numberFields(state: State, { fields, namespace }: AutonumberStatement): void {
  const domain = state.domains[state.section];
  const shared = new Map<string, number>();
  const names = new Set(domain.tables.flatMap((table) => table.fields));
  for (const name of names) {
    if (!fields.some((pattern) => globMatches(pattern, name))) continue;
    const numbers = namespace === undefined ? new Map<string, number>() : shared;
    for (const { fields: columns, rows } of domain.tables) numberColumn(rows, columns.indexOf(name), numbers);
    domain.symbols.delete(name);
  }
}

function numberColumn(rows: Value[][], column: number, numbers: Map<string, number>): void {
  if (column === -1) return;
  for (const row of rows) {
    const value = row[column] ?? null;
    if (value === null) continue;
    const key = keyOf(value);
    const number = numbers.get(key) ?? numbers.size + 1;
    numbers.set(key, number);
    row[column] = number;
  }
}

export type TableStatement = Extract<
  Statement,
  { readonly kind: "drop-tables" | "drop-fields" | "rename" | "loosen" | "autonumber" }
>;

/** Runs a statement that changes tables there are. Throws `script-run` for names there are not. */
export function runOnTables(state: State, statement: TableStatement, source: ScriptText): void {
  switch (statement.kind) {
    case "drop-tables":
      dropTables(state, statement, source);
      return;
    case "drop-fields":
      dropFields(state, statement, source);
      return;
    case "rename":
      rename(state, statement, source);
      return;
    case "autonumber":
      numberFields(state, statement);
      return;
    case "loosen":
      for (const name of statement.tables) requireTable(state, name, statement, source).table.loosened = true;
  }
}
