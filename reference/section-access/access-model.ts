/** The tables of section access as the engine keeps them: names and values in upper case (SA-CASE-01, SA-CASE-02). */
import type { Dialect } from "../../catalogue/dialects.ts";
import { ConformanceError } from "../../contract/errors.ts";
import type { Value } from "../../contract/types.ts";
import type { AccessTable } from "../../reload/model.ts";
import { upperText, upperValue } from "./values.ts";

export interface SecurityTable {
  readonly name: string;
  readonly fields: readonly string[];
  readonly rows: readonly (readonly Value[])[];
  /** The same rows as the script gave them. */
  readonly asWritten: readonly (readonly Value[])[];
}

/** One cell of a row that applies to the user. */
export interface Cell {
  readonly value: Value;
  readonly asWritten: Value;
  readonly table: SecurityTable;
  /** Counts from 1, for people. */
  readonly row: number;
}

function upperNames(table: AccessTable, dialect: Dialect): readonly string[] {
  // The load that makes a table names its fields, so its first row tells whether the names came from an inline load.
  const raised = dialect.saUpper === "all" || table.inline[0] !== false;
  const fields = raised ? table.fields.map(upperText) : table.fields;
  const twice = fields.find((field, at) => fields.indexOf(field) !== at);
  if (twice !== undefined) {
    throw new ConformanceError("not-supported", `the security table ${table.name} has two fields named ${twice}`, {
      expected: "field names that stay different in upper case",
      remedy: "rename one of them",
    });
  }
  return fields;
}

export function securityTables(access: readonly AccessTable[], dialect: Dialect): readonly SecurityTable[] {
  return access.map((table) => ({
    name: table.name,
    fields: upperNames(table, dialect),
    rows: table.rows.map((row, at) =>
      dialect.saUpper === "all" || table.inline[at] === true ? row.map(upperValue) : row,
    ),
    asWritten: table.rows,
  }));
}

/** The cells of a field in the rows that `picked` marks, over all tables holding the field. */
export function cellsOf(
  tables: readonly SecurityTable[],
  field: string,
  picked: readonly (readonly boolean[])[],
): readonly Cell[] {
  return tables.flatMap((table, at) => {
    const column = table.fields.indexOf(field);
    if (column < 0) return [];
    return table.rows.flatMap((row, index) => {
      if (picked[at]?.[index] !== true) return [];
      return [
        { value: row[column] ?? null, asWritten: table.asWritten[index]?.[column] ?? null, table, row: index + 1 },
      ];
    });
  });
}

/** Every value of the field that is listed for anybody, without stars and blanks (SA-WLD-02, SA-WLD-04). */
export function columnOf(table: SecurityTable, field: string): readonly Value[] {
  const column = table.fields.indexOf(field);
  return column < 0 ? [] : table.rows.map((row) => row[column] ?? null);
}
