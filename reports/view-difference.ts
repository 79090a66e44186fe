/** Two views laid over each other: what both show, what is missing, what is shown and should not be. */
import type { Outcome, Value, ViewTable } from "../contract/types.ts";
import { cell } from "./words.ts";

type Mark = "same" | "missing" | "extra";

export interface MarkedTable {
  readonly name: string;
  readonly mark: Mark;
  readonly fields: readonly { readonly name: string; readonly mark: Mark }[];
  readonly rows: readonly { readonly mark: Mark; readonly cells: readonly string[] }[];
  /** Rows left out because the table is long; rows that differ are never left out before rows that agree. */
  readonly leftOut: number;
}

type View = Extract<Outcome, { kind: "view" }>;

const mostRows = 25;

function key(row: readonly Value[]): string {
  return JSON.stringify(row.map((value) => (typeof value === "object" && value !== null ? value.n : value)));
}

function aligned(table: ViewTable, fields: readonly string[]): readonly (readonly Value[])[] {
  const columns = fields.map((field) => table.fields.indexOf(field));
  return table.rows.map((row) => columns.map((column) => row[column] ?? null));
}

function counted(rows: readonly (readonly Value[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1);
  return counts;
}

/** For each row whether the other side has it too, each of its copies used once. */
function matched(rows: readonly (readonly Value[])[], others: readonly (readonly Value[])[]): readonly boolean[] {
  const left = counted(others);
  return rows.map((row) => {
    const count = left.get(key(row)) ?? 0;
    left.set(key(row), count - 1);
    return count > 0;
  });
}

const empty: ViewTable = { name: "", fields: [], rows: [] };

function markTable(name: string, expected: ViewTable | undefined, observed: ViewTable | undefined): MarkedTable {
  const [wanted, got] = [expected ?? empty, observed ?? empty];
  const shared = wanted.fields.filter((field) => got.fields.includes(field));
  const extra = got.fields.filter((field) => !wanted.fields.includes(field));
  const names = [...wanted.fields, ...extra];
  const kept = matched(aligned(wanted, shared), aligned(got, shared));
  const known = matched(aligned(got, shared), aligned(wanted, shared));
  const show = (table: ViewTable, index: number): readonly string[] =>
    names.map((field) =>
      table.fields.includes(field) ? cell(table.rows[index]?.[table.fields.indexOf(field)] ?? null) : "",
    );
  const rows: MarkedTable["rows"] = [
    ...got.rows.flatMap((_, index) =>
      known[index] === true ? [] : [{ mark: "extra" as const, cells: show(got, index) }],
    ),
    ...wanted.rows.flatMap((_, index) =>
      kept[index] === true ? [] : [{ mark: "missing" as const, cells: show(wanted, index) }],
    ),
    ...got.rows.flatMap((_, index) =>
      known[index] === true ? [{ mark: "same" as const, cells: show(got, index) }] : [],
    ),
  ];
  return {
    name,
    mark: expected === undefined ? "extra" : observed === undefined ? "missing" : "same",
    fields: names.map((field) => ({ name: field, mark: fieldMark(field, wanted, got) })),
    rows: rows.slice(0, mostRows),
    leftOut: Math.max(0, rows.length - mostRows),
  };
}

function fieldMark(field: string, wanted: ViewTable, got: ViewTable): Mark {
  if (!wanted.fields.includes(field)) return "extra";
  return got.fields.includes(field) ? "same" : "missing";
}

/** Every table of either view, those of the expected one first. */
export function overlay(expected: View, observed: View): readonly MarkedTable[] {
  const names = [...new Set([...expected.tables, ...observed.tables].map(({ name }) => name))];
  return names.map((name) =>
    markTable(
      name,
      expected.tables.find((table) => table.name === name),
      observed.tables.find((table) => table.name === name),
    ),
  );
}

/** Whether the observed view shows a row, a field or a table beyond the expected one. */
export function showsMore(tables: readonly MarkedTable[]): boolean {
  return tables.some(
    ({ mark, fields, rows }) =>
      mark === "extra" || fields.some((field) => field.mark === "extra") || rows.some((row) => row.mark === "extra"),
  );
}
