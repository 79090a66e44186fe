/**
 * Section access of an app as codes, made once a dialect: which rows can give a level, what a row gives beside the names
 * it matches (its grant), and what each cell of a reducing field allows in the app.
 */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Value } from "../../contract/types.ts";
import type { AppTable } from "../../reload/model.ts";
import { securityTables, type SecurityTable } from "./access-model.ts";
import { encodeRows, primitiveOf, type EncodedApp, type EncodedTables } from "./columnar-encode.ts";
import { levelOf, namesUsers } from "./identity.ts";
import { identityFields, type Level } from "./names.ts";
import { listedFor, reducingFields } from "./reducing-fields.ts";
import { borderKey, isBlank, isStar, textOf } from "./values.ts";

interface Listing {
  readonly tables: readonly SecurityTable[];
  readonly dialect: Dialect;
}

/** Codes by app field of one reducing field, in the order of its app fields. */
export type CodesByField = readonly (readonly number[])[];

/** What a cell of a reducing field says: NULL, the empty text, values, or a star where nothing is listed. */
export interface CodedCell {
  readonly says: "null" | "empty" | "values" | "lone star";
  readonly codes: CodesByField;
}

/** A field of section access with a counterpart in the app. */
export interface CodedReducing {
  readonly name: string;
  readonly appFields: readonly string[];
}

/** What a row gives to whom it applies; rows of one table that give the same share one. */
export interface Grant {
  readonly level: Level | undefined;
  /** By reducing field; absent where the table does not hold it. */
  readonly cells: readonly (CodedCell | undefined)[];
  /** Position of the table, and of its OMIT value among the table's; absent where it hides nothing. */
  readonly omit: { readonly table: number; readonly row: number } | undefined;
}

export interface StandingRows {
  /** Positions among all rows of the table. */
  readonly rows: readonly number[];
  /** Positions in `grants`. */
  readonly grants: readonly number[];
}

export interface Rights {
  /** As the engine keeps them. */
  readonly tables: readonly SecurityTable[];
  /** Rows that stand: those with an ACCESS that is no level are left out. */
  readonly standing: EncodedTables;
  /** By table: the rows that stand, and the grant of each. */
  readonly rowsOf: readonly StandingRows[];
  readonly grants: readonly Grant[];
  readonly reducing: readonly CodedReducing[];
  /** The tables with their OMIT values alone, each once. */
  readonly omitTables: readonly SecurityTable[];
  /** The app's tables without rows. */
  readonly headers: readonly AppTable[];
  /** Whether it has the columns without which the release lets nobody in (SA-SYS-01). */
  readonly namesUsers: boolean;
  /** Two texts of one number stand in a system field: codes cannot tell them apart, the arbiter's own rows must. */
  readonly ambiguous: boolean;
}

export function headersOf(app: EncodedApp): readonly AppTable[] {
  return app.tables.map(({ name, fields, loosened }) => ({ name, fields, loosened, rows: [] }));
}

/** Codes of the app's field that a security value meets (SA-CASE-04, SA-TYPE-03). */
function lookUpIn(app: EncodedApp, field: string, dialect: Dialect): (value: Value) => readonly number[] {
  const { values, codeOf } = app.field(field);
  if (dialect.valueMatch === "exactUpper" && !dialect.textNumberMatch) {
    return (value) => {
      const code = codeOf.get(primitiveOf(value) ?? "");
      return code === undefined || value === null ? [] : [code];
    };
  }
  const byKey = new Map<string, number[]>();
  for (const [code, value] of values.entries()) {
    const key = borderKey(value, dialect);
    if (key === undefined) continue;
    const codes = byKey.get(key) ?? [];
    codes.push(code);
    byKey.set(key, codes);
  }
  return (value) => byKey.get(borderKey(value, dialect) ?? "") ?? [];
}

type Meaning = (value: Value, table: SecurityTable) => CodedCell;

/** What cells of one reducing field say; a star is every value listed, for whomever (SA-WLD-02 to SA-WLD-04). */
function meaningOf({ name, appFields }: CodedReducing, app: EncodedApp, listing: Listing): Meaning {
  const lookUps = appFields.map((field) => lookUpIn(app, field, listing.dialect));
  const codesOf = (values: readonly Value[]): CodesByField =>
    lookUps.map((lookUp) => [...new Set(values.flatMap((value) => lookUp(value)))]);
  const nothing: CodedCell = { says: "null", codes: [] };
  const known = new Map<unknown, CodedCell>();
  const make = (value: Value, table: SecurityTable): CodedCell => {
    if (value === "") return { says: "empty", codes: codesOf([value]) };
    if (!isStar(value)) return { says: "values", codes: codesOf([value]) };
    const listed = listedFor(name, { value, asWritten: value, table, row: 0 }, listing);
    return { says: listed.length === 0 ? "lone star" : "values", codes: codesOf(listed) };
  };
  return (value, table) => {
    if (value === null) return nothing;
    const key = isStar(value) ? table : primitiveOf(value);
    const cell = known.get(key) ?? make(value, table);
    known.set(key, cell);
    return cell;
  };
}

/** Positions of things, in the order they were met; equal when their key is. */
class Register<T> {
  readonly items: T[] = [];
  readonly #known = new Map<unknown, number>();

  at(key: unknown, make: () => T): number {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, this.items.length);
    return this.items.push(make()) - 1;
  }
}

function cellKey(value: Value): string {
  return value === null ? "" : typeof value === "object" ? `d${value.n} ${value.t}` : `${typeof value} ${value}`;
}

/** The table with one row for each OMIT value it holds; where a star names what stands before it, with one for each star. */
function omitTable(
  { name, fields, rows }: SecurityTable,
  { omitStar }: Dialect,
): { readonly table: SecurityTable; readonly at: readonly number[] } {
  const column = fields.indexOf("OMIT");
  const found = new Register<readonly Value[]>();
  const at = rows.map((row, place) => {
    const value = row[column] ?? null;
    const key = isStar(value) && omitStar === "previously" ? place : cellKey(value);
    return found.at(key, () => [value]);
  });
  return { table: { name, fields: ["OMIT"], rows: found.items, asWritten: found.items }, at };
}

/** Rows that give a level, or stand in a table that is not about levels. */
function standingRows({ fields, rows }: SecurityTable, dialect: Dialect): readonly number[] {
  const column = fields.indexOf("ACCESS");
  return [...rows.keys()].filter((row) => column < 0 || levelOf(rows[row]?.[column] ?? null, dialect) !== undefined);
}

const systemFields = [...identityFields, "SERIAL"];

function isAmbiguous({ tables, field }: EncodedTables): boolean {
  return systemFields.some((name) => {
    const { values, columns } = field(name);
    return tables.some((table, at) => {
      const column = table.fields.indexOf(name);
      const differs = (code: number, row: number): boolean =>
        textOf(table.cell(row, column)) !== textOf(values[code] ?? null);
      return Array.from(columns[at] ?? []).some(differs);
    });
  });
}

interface Reading {
  readonly dialect: Dialect;
  readonly reducing: readonly CodedReducing[];
  readonly meanings: readonly Meaning[];
  readonly grants: Register<Grant>;
}

/** The grants of the rows of one table. */
function grantRows(table: SecurityTable, position: number, reading: Reading): StandingRows {
  const { dialect, reducing, meanings, grants } = reading;
  const rows = standingRows(table, dialect);
  const columns = reducing.map(({ name }) => table.fields.indexOf(name));
  const [access, omit] = [table.fields.indexOf("ACCESS"), table.fields.indexOf("OMIT")];
  const omits = omitTable(table, dialect).at;
  const found = rows.map((at) => {
    const row = table.rows[at] ?? [];
    const omitted = isBlank(row[omit] ?? null) ? undefined : { table: position, row: omits[at] ?? 0 };
    const level = access < 0 ? undefined : levelOf(row[access] ?? null, dialect);
    const own = columns.map((column) => (column < 0 ? "-" : cellKey(row[column] ?? null)));
    return grants.at(JSON.stringify([position, level, omitted?.row, own]), () => ({
      level,
      omit: omitted,
      cells: columns.map((column, field) => (column < 0 ? undefined : meanings[field]?.(row[column] ?? null, table))),
    }));
  });
  return { rows, grants: found };
}

/** Reads section access of an app; undefined when it has none. Throws as the arbiter does. */
export function rightsOf(app: EncodedApp, dialect: Dialect): Rights | undefined {
  if (app.access === undefined) return undefined;
  const headers = headersOf(app);
  const { access, star } = app;
  const tables = securityTables({ access, app: headers, ...(star === undefined ? {} : { star }) }, dialect);
  const nobody = { rows: [], level: undefined, because: [] };
  const reducing = reducingFields(nobody, { tables, app: headers, level: "USER", dialect });
  const meanings = reducing.map((field) => meaningOf(field, app, { tables, dialect }));
  const grants = new Register<Grant>();
  const rowsOf = tables.map((table, position) => grantRows(table, position, { dialect, reducing, meanings, grants }));
  const standing = encodeRows(
    tables.map(({ name, fields, rows }, at) => ({
      name,
      fields,
      rows: (rowsOf[at]?.rows ?? []).map((row) => rows[row] ?? []),
    })),
  );
  return {
    tables,
    standing,
    rowsOf,
    grants: grants.items,
    reducing,
    omitTables: tables.map((table) => omitTable(table, dialect).table),
    headers,
    namesUsers: namesUsers(tables, dialect),
    ambiguous: isAmbiguous(standing),
  };
}
