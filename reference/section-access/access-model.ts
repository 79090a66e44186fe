/** The tables of section access as the engine keeps them: names and values in upper case (SA-CASE-01, SA-CASE-02). */
import type { Dialect } from "../../catalogue/dialects.ts";
import { ConformanceError } from "../../contract/errors.ts";
import type { Value } from "../../contract/types.ts";
import type { AccessTable, LoadedApp } from "../../reload/model.ts";
import { star, upperText, upperValue } from "./values.ts";

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

/** Texts that stand for all values: the asterisk, unless a `STAR IS` before the section counts (SA-WLD-07). */
function starSymbols(declared: string | undefined, dialect: Dialect): readonly string[] {
  if (declared === undefined || dialect.starSymbol === "asterisk") return ["*"];
  return dialect.starSymbol === "declared" ? [declared] : ["*", declared];
}

/** The tables of the app's access section; none when it has no such section. */
export function securityTables(app: LoadedApp, dialect: Dialect): readonly SecurityTable[] {
  const stars = starSymbols(app.star, dialect);
  return (app.access ?? []).map((table) => {
    const read = (value: Value, inline: boolean): Value => {
      const mayStar = inline || dialect.starSource === "any";
      if (mayStar && typeof value === "string" && stars.includes(value)) return star;
      return inline || dialect.saUpper === "all" ? upperValue(value) : value;
    };
    return {
      name: table.name,
      fields: upperNames(table, dialect),
      rows: table.rows.map((row, at) => row.map((value) => read(value, table.inline[at] === true))),
      asWritten: table.rows,
    };
  });
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

/** Every cell of the field, for whomever (SA-WLD-02, SA-WLD-04). */
export function columnOf(table: SecurityTable, field: string): readonly Value[] {
  const column = table.fields.indexOf(field);
  return column < 0 ? [] : table.rows.map((row) => row[column] ?? null);
}
