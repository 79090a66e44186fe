/** The data model as the engine describes it to a client: tables, fields and keys of one user. */
import type { ViewTable } from "../../contract/types.ts";
import type { Fields } from "../fields.ts";
import { column, distinctValues, fieldNames, fieldValues, tablesWith, type View } from "./view.ts";

/** Tables and fields of a view, with the counts of another. */
export function tableRecords(view: View, counted: View): readonly Fields[] {
  return view.map((table) => {
    const counts = counted.find(({ name }) => name === table.name) ?? table;
    return {
      qName: table.name,
      qNoOfRows: counts.rows.length,
      qFields: table.fields.map((field) => fieldOfTable(counted, counts, field)),
      qPos: { qx: 0, qy: 0 },
    };
  });
}

/** Counts are those of the user's rows, so that nothing tells how many there are beside (EN-041). */
function fieldOfTable(view: View, table: ViewTable, field: string): Fields {
  const values = column(table, field);
  const filled = values.filter((value) => value !== null).length;
  const all = fieldValues(view, field).length;
  const here = distinctValues(values).length;
  return {
    qName: field,
    qPresent: true,
    qHasNull: filled < values.length,
    qnRows: values.length,
    qnNonNulls: filled,
    qnTotalDistinctValues: all,
    qnPresentDistinctValues: here,
    qSubsetRatio: all === 0 ? 0 : here / all,
    qKeyType: tablesWith(view, [field]).length > 1 ? "ANY_KEY" : "NOT_KEY",
    qTags: [],
  };
}

/** Fields shared by the same tables make one key. */
export function keyRecords(view: View): readonly Fields[] {
  const keys = new Map<string, { readonly tables: readonly string[]; readonly fields: string[] }>();
  for (const field of fieldNames(view)) {
    const tables = tablesWith(view, [field]).map((table) => table.name);
    if (tables.length < 2) continue;
    const of = JSON.stringify(tables);
    const key = keys.get(of) ?? { tables, fields: [] };
    key.fields.push(field);
    keys.set(of, key);
  }
  return [...keys.values()].map(({ tables, fields }) => ({ qKeyFields: fields, qTables: tables }));
}

export function fieldRecord(view: View, field: string): Fields {
  const tables = tablesWith(view, [field]);
  return {
    qName: field,
    qSrcTables: tables.map((table) => table.name),
    qIsSystem: false,
    qIsHidden: false,
    qIsNumeric: fieldValues(view, field).every((value) => typeof value !== "string"),
    qCardinal: fieldValues(view, field).length,
    qTotalCount: tables.reduce(
      (count, table) => count + column(table, field).filter((value) => value !== null).length,
      0,
    ),
    qTags: [],
  };
}
