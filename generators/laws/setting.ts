/** What laws speak of: one security table over an app and the people who open it, and small changes to them. */
import type { Principal, Value } from "../../contract/types.ts";
import type { AccessTable, AppTable, LoadedApp } from "../../reload/model.ts";
import { fullName } from "../directory.ts";

export type Row = readonly Value[];
export type Cells = { readonly [field: string]: Value };

/** Field names of the security table are in upper case, as the access section holds them (SA-CASE-01). */
export interface Setting {
  readonly access: AccessTable;
  readonly app: readonly AppTable[];
  readonly principals: readonly Principal[];
}

const naming: ReadonlySet<string> = new Set(["USERID", "GROUP", "NTNAME"]);
const system: ReadonlySet<string> = new Set([...naming, "USER.EMAIL", "SERIAL", "ACCESS", "OMIT", "OMITGROUP"]);

/** Cells of further system fields that match everybody (SA-SYS-03, SA-SYS-05). */
const harmless: { readonly [field: string]: readonly Value[] } = {
  SERIAL: ["*", "QLIKSENSE"],
  "USER.EMAIL": ["*"],
};

/**
 * The setting of a loaded app; undefined where the laws do not speak of it: several security tables, a star symbol of its
 * own, licence numbers or e-mails as identities, an application field with the name of a system field (SA-SCR-08).
 */
export function settingOf(loaded: LoadedApp, principals: readonly Principal[]): Setting | undefined {
  const [first, ...more] = loaded.access ?? [];
  if (first === undefined || more.length > 0 || (loaded.star ?? "*") !== "*") return undefined;
  const access = { ...first, fields: first.fields.map((field) => field.toUpperCase()) };
  const isPlain = Object.entries(harmless).every(([field, cells]) =>
    cellsOf(access, field).every((cell) => cells.includes(cell)),
  );
  const mixesSystem = loaded.app.some((table) => table.fields.some((field) => system.has(field)));
  if (!isPlain || mixesSystem || !access.fields.includes("ACCESS") || access.fields.includes("OMITGROUP"))
    return undefined;
  return { access, app: loaded.app, principals };
}

export function loadedOf({ access, app }: Setting): LoadedApp {
  return { access: [access], app };
}

/** A cell as section access compares it: texts in upper case (SA-CASE-01, SA-SYS-08), numbers as numbers. */
export function said(value: Value | undefined): string {
  if (typeof value === "string") return value.toUpperCase();
  return typeof value === "object" && value !== null ? String(value.n) : String(value ?? "");
}

export function column(table: { readonly fields: readonly string[] }, field: string): number {
  return table.fields.indexOf(field);
}

export function cellsOf(
  table: { readonly fields: readonly string[]; readonly rows: readonly Row[] },
  field: string,
): readonly Value[] {
  const at = column(table, field);
  return at < 0 ? [] : table.rows.map((row) => row[at] ?? null);
}

export function isStar(value: Value | undefined): boolean {
  return value === "*";
}

function isBlank(value: Value | undefined): boolean {
  return value === "" || value === null || value === undefined;
}

/** Security fields that an application field of exactly this name answers to (SA-RED-01). */
export function reducingFields({ access, app }: Setting): readonly string[] {
  const held = new Set(app.flatMap(({ fields }) => fields));
  return access.fields.filter((field) => held.has(field));
}

/** What a column lists: what is neither a star nor blank (SA-WLD-02). */
export function listed(access: AccessTable, field: string): readonly Value[] {
  const known = new Map(
    cellsOf(access, field).flatMap((cell) => (isStar(cell) || isBlank(cell) ? [] : [[said(cell), cell]])),
  );
  return [...known.values()];
}

export function namingFields({ access }: Setting): readonly string[] {
  return access.fields.filter((field) => naming.has(field));
}

/** Whether a row speaks of somebody: every naming cell is a star or one of his names (SA-ROW-01, SA-WLD-01). */
export function speaksOf(access: AccessTable, row: Row, who: Principal): boolean {
  const name = fullName(who).toUpperCase();
  const groups = who.groups.map((group) => group.toUpperCase());
  const names: { readonly [field: string]: readonly string[] } = {
    USERID: [name],
    GROUP: groups,
    NTNAME: [name, ...groups],
  };
  return access.fields.every((field, at) => {
    const own = names[field];
    return own === undefined || isStar(row[at]) || own.includes(said(row[at]));
  });
}

export function ownRows({ access }: Setting, who: Principal): readonly Row[] {
  return access.rows.filter((row) => speaksOf(access, row, who));
}

export function holdsStar({ access }: Setting, rows: readonly Row[], fields: readonly string[]): boolean {
  return rows.some((row) => fields.some((field) => isStar(row[column(access, field)])));
}

/**
 * What nearly every law needs: only USER rows speak of him, none is blank in a reducing column, and every reducing column
 * lists a value.
 */
export function isPlainUser(setting: Setting, who: Principal): boolean {
  const { access } = setting;
  const fields = reducingFields(setting);
  const cells = (row: Row): readonly (Value | undefined)[] => fields.map((field) => row[column(access, field)]);
  const plain = ownRows(setting, who).every(
    (row) => said(row[column(access, "ACCESS")]) === "USER" && !cells(row).some(isBlank),
  );
  return plain && fields.every((field) => listed(access, field).length > 0);
}

/** With other rows; each counts as loaded from where the first was. */
export function withRows(setting: Setting, rows: readonly Row[]): Setting {
  const { access } = setting;
  return { ...setting, access: { ...access, rows, inline: rows.map(() => access.inline[0] ?? true) } };
}

export function withoutColumns(setting: Setting, gone: (field: string) => boolean): Setting {
  return { ...setting, access: without(setting.access, gone) };
}

/** A table without the fields. */
export function without<Table extends AccessTable | AppTable>(table: Table, gone: (field: string) => boolean): Table {
  const kept = [...table.fields.keys()].filter((at) => !gone(table.fields[at] ?? ""));
  return {
    ...table,
    fields: kept.map((at) => table.fields[at] ?? ""),
    rows: table.rows.map((row) => kept.map((at) => row[at] ?? null)),
  };
}

export function withoutOmit(setting: Setting): Setting {
  return withoutColumns(setting, (field) => field === "OMIT");
}

/** The row with the given cells, by field name. */
export function rewritten(access: AccessTable, row: Row, cells: Cells): Row {
  return access.fields.map((field, at) => cells[field] ?? row[at] ?? null);
}

/** Cells by which a row speaks of this person by name; of anybody in GROUP. */
export function named(setting: Setting, who: Principal): Cells {
  return Object.fromEntries(namingFields(setting).map((field) => [field, field === "GROUP" ? "*" : fullName(who)]));
}

/** Records of every table that pass; a table without the field keeps all of its records. */
export function withRecords(
  setting: Setting,
  keep: (record: (field: string) => Value, table: AppTable, at: number) => boolean,
): Setting {
  const app = setting.app.map((table) => ({
    ...table,
    rows: table.rows.filter((row, at) => keep((field) => row[column(table, field)] ?? null, table, at)),
  }));
  return { ...setting, app };
}

/** Nobody of the company, in no group. */
export const stranger: Principal = { directory: "CORP", id: "zoe", groups: [], attributes: {}, session: {} };

/** Values of the data, one a reducing field, so that a new row brings something where it can. */
export function fromData(setting: Setting): Cells {
  const cells = reducingFields(setting).map((field) => {
    const values = setting.app.flatMap((table) => cellsOf(table, field));
    return [field, values.findLast((value) => value !== null) ?? "NOWHERE"] as const;
  });
  return Object.fromEntries(cells);
}

export function withRow(setting: Setting, cells: Cells): Setting {
  const { access } = setting;
  return withRows(setting, [...access.rows, rewritten(access, access.rows[0] ?? [], { ACCESS: "USER", ...cells })]);
}

/** A plain user whose rows hold no star in a reducing column. */
export function isStarless(setting: Setting, who: Principal): boolean {
  return isPlainUser(setting, who) && !holdsStar(setting, ownRows(setting, who), reducingFields(setting));
}

/** Whether what the fields hold is in upper case throughout (SA-CASE-04). */
export function raised(names: readonly string[], row: Row, fields: readonly string[]): boolean {
  return fields.every((field) => {
    const cell = row[names.indexOf(field)];
    return typeof cell !== "string" || cell === cell.toUpperCase();
  });
}

/** What his rows write in a column. */
export function valuesOf(setting: Setting, who: Principal, field: string): ReadonlySet<string> {
  return new Set(ownRows(setting, who).map((row) => said(row[column(setting.access, field)])));
}
