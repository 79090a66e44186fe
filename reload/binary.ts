/** BINARY: the data and section access of another app come first (LS-MOD-12, SA-LIF-05). */
import type { BinaryStatement } from "../languages/load-script/ast.ts";
import type { ScriptText } from "../languages/load-script/script-text.ts";
import type { AccessTable, AppTable, LoadedTable } from "./model.ts";
import { countRows, intern, runError } from "./state.ts";
import type { Domain, State, Table } from "./state.ts";

function inherit(domain: Domain, from: LoadedTable, rest: Pick<Table, "inline" | "loosened">): void {
  const rows = from.rows.map((row) => row.map((value, column) => intern(domain, from.fields[column] ?? "", value)));
  domain.tables.push({ name: from.name, fields: [...from.fields], rows, ...rest });
}

function inheritAccess(state: State, tables: readonly AccessTable[], star: string | undefined): void {
  for (const table of tables) inherit(state.domains.access, table, { inline: [...table.inline], loosened: false });
  state.hasAccess = true;
  state.accessStar = { symbol: star };
}

function inheritData(state: State, tables: readonly AppTable[]): void {
  for (const table of tables) {
    const inline = table.rows.map(() => false);
    inherit(state.domains.application, table, { inline, loosened: table.loosened });
  }
}

/** Throws `script-run` when a statement came before, and when there is no such app. */
export function runBinary(state: State, { path, span }: BinaryStatement, source: ScriptText): void {
  if (state.started) {
    throw runError(
      source,
      span,
      "BINARY is not the first statement",
      "put it before everything else, once (LS-MOD-12)",
    );
  }
  const inherited = state.options.binary?.(path);
  if (inherited === undefined) {
    const remedy = "hand in the app it names: BINARY takes the id, name or path of another app of the same site";
    throw runError(source, span, `there is no app ${JSON.stringify(path)}`, remedy);
  }
  const tables = [...inherited.app, ...(inherited.access ?? [])];
  const rows = tables.reduce((sum, table) => sum + table.rows.length, 0);
  countRows(state, rows, { source, span });
  inheritData(state, inherited.app);
  if (inherited.access !== undefined) inheritAccess(state, inherited.access, inherited.star);
}
