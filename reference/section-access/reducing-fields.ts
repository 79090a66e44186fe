/** Which fields of section access reduce, and what their cells and the data hold. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Value } from "../../contract/types.ts";
import type { AppTable } from "../../reload/model.ts";
import { cellsOf, columnOf, type Cell, type SecurityTable } from "./access-model.ts";
import type { Standing } from "./identity.ts";
import type { Level } from "./names.ts";
import { isSystemField } from "./names.ts";
import { borderKey, isBlank, isStar, linkKey, upperText } from "./values.ts";

/** A field of section access with a counterpart in the app. */
export interface ReducingField {
  readonly name: string;
  /** Fields of the app it selects in. */
  readonly appFields: readonly string[];
  /** Cells of the rows that apply. */
  readonly cells: readonly Cell[];
}

export interface Asking {
  readonly tables: readonly SecurityTable[];
  readonly app: readonly AppTable[];
  readonly level: Level;
  readonly dialect: Dialect;
  /** Fields of the app that are hidden from the user; absent: none. */
  readonly omitted?: readonly string[];
}

export function appFieldsOf(app: readonly AppTable[]): readonly string[] {
  return [...new Set(app.flatMap((table) => table.fields))];
}

export function namesMatch(securityName: string, appName: string, dialect: Dialect): boolean {
  if (dialect.reductionNameMatch === "exactUpper") return securityName === appName;
  return upperText(securityName) === upperText(appName);
}

/** Fields of section access that exist in the app: linking is by name alone (SA-RED-01, SA-SCR-08). */
export function reducingFields(standing: Standing, asking: Asking): readonly ReducingField[] {
  const { tables, dialect } = asking;
  const hidden = dialect.omittedReducing === "ignored" ? (asking.omitted ?? []) : [];
  const inApp = appFieldsOf(asking.app).filter((field) => !hidden.includes(field));
  const names = [...new Set(tables.flatMap((table) => table.fields))];
  return names
    .filter((name) => dialect.systemFieldsReduce || !isSystemField(name, dialect))
    .map((name) => ({
      name,
      appFields: inApp.filter((field) => namesMatch(name, field, dialect)),
      cells: cellsOf(tables, name, standing.rows),
    }))
    .filter((field) => field.appFields.length > 0);
}

type Listing = Pick<Asking, "tables" | "dialect">;

/** What the star in a cell stands for: every value listed in its column, for whomever (SA-WLD-02 to SA-WLD-04). */
export function listedFor(field: string, { table }: Cell, { tables, dialect }: Listing): readonly Value[] {
  const scope = dialect.starScope === "table" ? [table] : tables;
  return scope.flatMap((listing) => columnOf(listing, field)).filter((listed) => !isStar(listed) && !isBlank(listed));
}

/** Values as they stand, stars as what they list; values of one number are one (SA-TYPE-02). */
export function expandStars(
  field: string,
  cells: readonly Cell[],
  asking: Listing,
  list: typeof listedFor = listedFor,
): readonly Value[] {
  const values = cells.flatMap((cell) => {
    if (isStar(cell.value)) return list(field, cell, asking);
    return isBlank(cell.value) ? [] : [cell.value];
  });
  return [...new Map(values.map((value) => [linkKey(value), value])).values()];
}

/** Keys of the values that the app's fields hold. */
export function dataKeys(app: readonly AppTable[], fields: readonly string[], dialect: Dialect): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const table of app) {
    const columns = table.fields.flatMap((field, column) => (fields.includes(field) ? [column] : []));
    for (const row of table.rows) {
      for (const column of columns) keys.add(borderKey(row[column] ?? null, dialect) ?? "");
    }
  }
  keys.delete("");
  return keys;
}
