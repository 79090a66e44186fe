/** One view through each door, for targets that hold the tables themselves. */
import type { Outcome, Surface, Value, ViewTable } from "../contract/types.ts";
import { ConformanceError } from "../contract/errors.ts";

function keyOf(value: Value): string {
  if (value === null) return "null";
  if (typeof value === "object") return `n:${value.n}`;
  return typeof value === "number" ? `n:${value}` : `t:${value}`;
}

function rowKey(row: readonly Value[]): string {
  return JSON.stringify(row.map(keyOf));
}

function distinctRows(table: ViewTable): ViewTable {
  const seen = new Set<string>();
  const rows = table.rows.filter((row) => {
    const key = rowKey(row);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return { ...table, rows };
}

function fieldsOf(tables: readonly ViewTable[]): readonly string[] {
  return [...new Set(tables.flatMap((table) => table.fields))].sort();
}

/** The values of one field, each once, as a table that bears its name. NULL is no value (LS-VAL-05). */
function valuesOf(tables: readonly ViewTable[], field: string): ViewTable {
  const values = tables.flatMap((table) => {
    const at = table.fields.indexOf(field);
    return at < 0 ? [] : table.rows.map((row) => row[at] ?? null);
  });
  const known = values.filter((value) => value !== null).map((value): readonly Value[] => [value]);
  return distinctRows({ name: field, fields: [field], rows: known });
}

function counts(tables: readonly ViewTable[]): Outcome {
  const rows: [string, Value][] = tables.map((table) => [`rows(${table.name})`, table.rows.length]);
  const distinct: [string, Value][] = fieldsOf(tables).map((field) => [
    `distinct(${field})`,
    valuesOf(tables, field).rows.length,
  ]);
  return { kind: "measure", values: Object.fromEntries([...rows, ...distinct]) };
}

/** What a user who sees these tables is answered through a door. */
export function through(surface: Surface, tables: readonly ViewTable[]): Outcome {
  switch (surface) {
    case "tables":
      return { kind: "view", fields: fieldsOf(tables), tables };
    case "hypercube":
      return { kind: "view", fields: fieldsOf(tables), tables: tables.map(distinctRows) };
    case "fields":
      return { kind: "view", fields: fieldsOf(tables), tables: [] };
    case "counts":
      return counts(tables);
    case "list":
    case "search":
      return {
        kind: "view",
        fields: fieldsOf(tables),
        tables: fieldsOf(tables).map((field) => valuesOf(tables, field)),
      };
    case "export":
      throw new ConformanceError("not-supported", `nothing is read through "${surface}" yet`);
  }
}
