/**
 * Tables as columns of small numbers. A field is one dictionary over all tables that hold it: code 0 is NULL, every
 * other code one value as values link inside a model (SA-TYPE-02, SA-PRP-04). A column is encoded when it is asked for:
 * what neither links, reduces nor is counted never is.
 */
import { ConformanceError } from "../../contract/errors.ts";
import type { Value } from "../../contract/types.ts";
import type { AccessTable, LoadedApp } from "../../reload/model.ts";

/** One code a row (or a link slot a row), as narrow as the largest allows. */
export type Codes = Uint8Array | Uint16Array | Uint32Array;

export interface EncodedField {
  /** The first-seen value of each code; the first is NULL. Every other one occurs in some table. */
  readonly values: readonly Value[];
  readonly codeOf: ReadonlyMap<Primitive, number>;
  /** By position of the table; absent where the table does not hold the field. */
  readonly columns: readonly (Codes | undefined)[];
}

export interface EncodedTable {
  readonly name: string;
  readonly fields: readonly string[];
  readonly loosened: boolean;
  readonly size: number;
  /** The value as loaded. */
  readonly cell: (row: number, column: number) => Value;
}

/** How the rows of a table are read: by classes of equal rows, or by words of 32 users. Answers are the same. */
export type Reading = "by classes" | "by words";

export interface EncodedTables {
  /** Absent: whichever is cheaper for the table. */
  readonly reading?: Reading;
  readonly tables: readonly EncodedTable[];
  /** Encodes the field the first time it is asked for. */
  readonly field: (name: string) => EncodedField;
}

export interface EncodedApp extends EncodedTables {
  readonly access?: readonly AccessTable[];
  /** Symbol set by `STAR IS`. */
  readonly star?: string;
}

/** What tells values of one field apart: a dual is its number. */
export type Primitive = string | number;

export function primitiveOf(value: Value): Primitive | null {
  return value !== null && typeof value === "object" ? value.n : value;
}

/** Room for codes up to `largest`. */
export function codesFor(largest: number, length: number): Codes {
  if (largest < 0x100) return new Uint8Array(length);
  return largest < 0x1_0000 ? new Uint16Array(length) : new Uint32Array(length);
}

export function narrowed(wide: Uint32Array, largest: number): Codes {
  if (largest >= 0x1_0000) return wide;
  const codes = codesFor(largest, wide.length);
  codes.set(wide);
  return codes;
}

interface Dictionary {
  readonly values: Value[];
  readonly codeOf: Map<Primitive, number>;
}

function codeIn({ values, codeOf }: Dictionary, value: Value): number {
  const key = primitiveOf(value);
  if (key === null) return 0;
  const known = codeOf.get(key);
  if (known !== undefined) return known;
  codeOf.set(key, values.length);
  return values.push(value) - 1;
}

/** The columns of a field in all tables, in one dictionary; `fill` writes the codes of one table. */
function encodeField(
  tables: readonly EncodedTable[],
  name: string,
  fill: (codes: Uint32Array, table: number, column: number, dictionary: Dictionary) => void,
): EncodedField {
  const dictionary: Dictionary = { values: [null], codeOf: new Map() };
  const wide = tables.map(({ fields, size }, at) => {
    const column = fields.indexOf(name);
    if (column < 0) return undefined;
    const codes = new Uint32Array(size);
    fill(codes, at, column, dictionary);
    return codes;
  });
  const largest = dictionary.values.length - 1;
  return { ...dictionary, columns: wide.map((codes) => codes && narrowed(codes, largest)) };
}

function remembering(make: (name: string) => EncodedField): (name: string) => EncodedField {
  const known = new Map<string, EncodedField>();
  return (name) => {
    const found = known.get(name) ?? make(name);
    known.set(name, found);
    return found;
  };
}

export interface RowTable {
  readonly name: string;
  readonly fields: readonly string[];
  readonly rows: readonly (readonly Value[])[];
  readonly loosened?: boolean;
}

/** Tables of rows; the rows are kept and answers are made of them. */
export function encodeRows(given: readonly RowTable[]): EncodedTables {
  const tables = given.map(({ name, fields, rows, loosened }) => ({
    name,
    fields,
    loosened: loosened === true,
    size: rows.length,
    cell: (row: number, column: number): Value => rows[row]?.[column] ?? null,
  }));
  const field = remembering((name) =>
    encodeField(tables, name, (codes, table, column, dictionary) => {
      const rows = given[table]?.rows ?? [];
      for (let row = 0; row < rows.length; row++) codes[row] = codeIn(dictionary, rows[row]?.[column] ?? null);
    }),
  );
  return { tables, field };
}

/** A loaded app, ready to be asked about many users. */
export function encode({ app, ...security }: LoadedApp, reading?: Reading): EncodedApp {
  return { ...security, ...encodeRows(app), ...(reading === undefined ? {} : { reading }) };
}

export interface ColumnSource {
  readonly field: string;
  /** What the codes stand for; `null` may be one of them. Values that no row has are as if not there. */
  readonly values: readonly Value[];
  /** One position in `values` a row. */
  readonly codes: Codes;
}

export interface ColumnTable {
  readonly name: string;
  readonly columns: readonly ColumnSource[];
  /** `LOOSEN TABLE` was said of it. */
  readonly loosened?: boolean;
}

function badColumn(table: string, field: string, expected: string): ConformanceError {
  return new ConformanceError("input", `the column ${field} of ${table} cannot be read`, {
    expected,
    remedy: "give one code a row, each a position in the column's values",
  });
}

/** Codes of a source as codes of the field; one read of the column. */
function fillFrom(source: ColumnSource, table: string, codes: Uint32Array, dictionary: Dictionary): void {
  const known = new Int32Array(source.values.length).fill(-1);
  for (let row = 0; row < codes.length; row++) {
    const given = source.codes[row] ?? 0;
    let code = known[given] ?? -2;
    if (code === -2) throw badColumn(table, source.field, `codes below ${source.values.length}`);
    if (code === -1) {
      code = codeIn(dictionary, source.values[given] ?? null);
      known[given] = code;
    }
    codes[row] = code;
  }
}

/**
 * An app whose columns are already codes, without rows of values ever being made. Throws `input` for a code beyond its
 * values and for columns of unequal length; `security` is as a load script leaves it.
 */
export function encodeColumns(given: readonly ColumnTable[], security: Omit<LoadedApp, "app"> = {}): EncodedApp {
  const tables = given.map(({ name, columns, loosened }) => {
    const size = columns[0]?.codes.length ?? 0;
    const uneven = columns.find(({ codes }) => codes.length !== size);
    if (uneven !== undefined) throw badColumn(name, uneven.field, `${size} codes`);
    const cell = (row: number, column: number): Value => {
      const source = columns[column];
      return source?.values[source.codes[row] ?? -1] ?? null;
    };
    return { name, fields: columns.map(({ field }) => field), loosened: loosened === true, size, cell };
  });
  const field = remembering((name) =>
    encodeField(tables, name, (codes, table, column, dictionary) => {
      const source = given[table]?.columns[column];
      if (source !== undefined) fillFrom(source, tables[table]?.name ?? "", codes, dictionary);
    }),
  );
  return { ...security, tables, field };
}

/** The tables for which `cut` fields link nothing: each has a field of its own in their place (SA-OMT-09). */
export function cutFields({ tables, field, ...rest }: EncodedTables, cut: readonly string[]): EncodedTables {
  const own = new Map<string, string>();
  const renamed = tables.map((table, at) => {
    const fields = table.fields.map((name) => (cut.includes(name) ? `${name} of table ${at + 1}` : name));
    fields.forEach((name, column) => own.set(name, table.fields[column] ?? name));
    return { ...table, fields };
  });
  const ownField = remembering((name) => {
    const { columns, ...dictionary } = field(own.get(name) ?? name);
    return {
      ...dictionary,
      columns: columns.map((codes, at) => (renamed[at]?.fields.includes(name) === true ? codes : undefined)),
    };
  });
  return { ...rest, tables: renamed, field: ownField };
}
