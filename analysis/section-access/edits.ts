/** Small changes to an access table, its people or its data, as data: applied all at once to the world they were found in. */
import { formatPlace, type Place } from "../../contract/errors.ts";
import type { Principal, Value } from "../../contract/types.ts";
import type { AccessTable, AppTable, LoadedApp } from "../../reload/model.ts";
import { linkKey, textOf, upperText } from "../../reference/section-access/values.ts";

/** An app as loaded, and who asks. */
export interface World {
  readonly loaded: LoadedApp;
  readonly who: Principal;
}

/** One change. Tables and rows are positions, counted from 0, in the world before any change. */
export type Edit =
  | { readonly kind: "cell"; readonly table: number; readonly row: number; readonly field: string; readonly to: Value }
  | { readonly kind: "remove-row"; readonly table: number; readonly row: number }
  | { readonly kind: "add-row"; readonly table: number; readonly cells: readonly Value[] }
  | { readonly kind: "join-group" | "leave-group"; readonly group: string }
  /** Every occurrence of a data value in upper case (SA-CASE-04). */
  | { readonly kind: "raise-value"; readonly field: string; readonly value: string }
  /** An app field's name in upper case (SA-RED-01). */
  | { readonly kind: "raise-field"; readonly field: string };

/** What a change costs: one for a cell, a row removed, a membership, a spelling; two for a new row. */
export function sizeOf(edits: readonly Edit[]): number {
  return edits.reduce((sum, edit) => sum + (edit.kind === "add-row" ? 2 : 1), 0);
}

function editedTable(table: AccessTable, at: number, edits: readonly Edit[]): AccessTable {
  const own = edits.filter((edit) => "table" in edit && edit.table === at);
  if (own.length === 0) return table;
  const removed = new Set(own.flatMap((edit) => (edit.kind === "remove-row" ? [edit.row] : [])));
  const kept = [...table.rows.keys()].filter((row) => !removed.has(row));
  const added = own.flatMap((edit) => (edit.kind === "add-row" ? [edit.cells] : []));
  const changed = kept.map((row) => {
    const cells = own.flatMap((edit) => (edit.kind === "cell" && edit.row === row ? [edit] : []));
    return (table.rows[row] ?? []).map((value, column) => {
      const change = cells.findLast((edit) => columnIn(table, edit.field) === column);
      return change === undefined ? value : change.to;
    });
  });
  const inline = [...kept.map((row) => table.inline[row] ?? true), ...added.map(() => table.inline[0] ?? true)];
  return { ...table, rows: [...changed, ...added], inline };
}

function raisedValue(table: AppTable, field: string, value: string): AppTable {
  const column = table.fields.indexOf(field);
  if (column < 0) return table;
  const raised = upperText(value);
  const rows = table.rows.map((row) => (row[column] === value ? row.with(column, raised) : row));
  return { ...table, rows };
}

function editedApp(app: readonly AppTable[], edit: Edit): readonly AppTable[] {
  if (edit.kind === "raise-value") return app.map((table) => raisedValue(table, edit.field, edit.value));
  if (edit.kind !== "raise-field") return app;
  const rename = (field: string): string => (field === edit.field ? upperText(field) : field);
  return app.map((table) => ({ ...table, fields: table.fields.map(rename) }));
}

/** A membership counts wherever the dialect looks for it, so it is put and taken in both places. */
function editedPerson(who: Principal, edit: Edit): Principal {
  if (edit.kind !== "join-group" && edit.kind !== "leave-group") return who;
  const held = who.session["group"];
  const change = (groups: readonly string[]): readonly string[] =>
    edit.kind === "join-group"
      ? [...groups, edit.group]
      : groups.filter((group) => upperText(group) !== upperText(edit.group));
  const session =
    held === undefined && edit.kind === "leave-group" ? who.session : { ...who.session, group: change(held ?? []) };
  return { ...who, groups: change(who.groups), session };
}

/** The world with the changes made. */
export function edited({ loaded, who }: World, edits: readonly Edit[]): World {
  const access = loaded.access?.map((table, at) => editedTable(table, at, edits));
  return {
    loaded: { ...loaded, ...(access === undefined ? {} : { access }), app: edits.reduce(editedApp, loaded.app) },
    who: edits.reduce(editedPerson, who),
  };
}

/** Edits name fields as section access reads them, in upper case; the table has them as written. */
function columnIn(table: AccessTable, field: string): number {
  const exact = table.fields.indexOf(field);
  return exact >= 0 ? exact : table.fields.findIndex((name) => upperText(name) === field);
}

function shown(value: Value): string {
  return value === null || value === "" ? "blank" : textOf(value);
}

/** Where an edit is to be made: the row of its table, and its line where that is known. */
function rowName(table: AccessTable | undefined, row: number, place: Place | undefined): string {
  const at = place === undefined ? "" : ` (${formatPlace(place)})`;
  return `row ${row + 1} of ${table?.name ?? "?"}${at}`;
}

export type PlaceOfRow = (table: number, row: number, field?: string) => Place | undefined;

/** An edit as an instruction for a person. */
export function describeEdit(edit: Edit, { loaded, who }: World, placeOf: PlaceOfRow): string {
  const access = loaded.access ?? [];
  const user = `${who.directory}\\${who.id}`;
  switch (edit.kind) {
    case "cell":
      return describeCell(edit, access[edit.table], placeOf);
    case "remove-row":
      return `remove ${rowName(access[edit.table], edit.row, placeOf(edit.table, edit.row))}`;
    case "add-row":
      return describeNewRow(access[edit.table], edit.cells);
    case "join-group":
      return `make ${user} a member of the group ${edit.group}`;
    case "leave-group":
      return `take ${user} out of the group ${edit.group}`;
    case "raise-value":
      return `load the value ${edit.value} of ${edit.field} in upper case`;
    case "raise-field":
      return `name the field ${edit.field} of the app ${upperText(edit.field)}`;
  }
}

function describeCell(
  edit: Edit & { readonly kind: "cell" },
  table: AccessTable | undefined,
  placeOf: PlaceOfRow,
): string {
  const before = table?.rows[edit.row]?.[columnIn(table, edit.field)] ?? null;
  const where = rowName(table, edit.row, placeOf(edit.table, edit.row, edit.field));
  return `in ${where} change ${edit.field} from ${shown(before)} to ${shown(edit.to)}`;
}

function describeNewRow(table: AccessTable | undefined, cells: readonly Value[]): string {
  const told = (table?.fields ?? []).map((field, at) => `${field} ${shown(cells[at] ?? null)}`);
  return `add to ${table?.name ?? "?"} a row: ${told.join(", ")}`;
}

/** Two edits of one place cannot be made together. */
export function conflict(one: Edit, other: Edit): boolean {
  if (one.kind === "cell" && other.kind === "cell")
    return one.table === other.table && one.row === other.row && one.field === other.field;
  const rows = [one, other].filter((edit) => edit.kind === "cell" || edit.kind === "remove-row");
  const [first, second] = rows;
  if (first !== undefined && second !== undefined) return first.table === second.table && first.row === second.row;
  return keyOf(one) === keyOf(other);
}

/** Equal keys, equal edits. */
export function keyOf(edit: Edit): string {
  switch (edit.kind) {
    case "cell":
      return JSON.stringify([edit.kind, edit.table, edit.row, edit.field, linkKey(edit.to)]);
    case "remove-row":
      return JSON.stringify([edit.kind, edit.table, edit.row]);
    case "add-row":
      return JSON.stringify([edit.kind, edit.table, edit.cells.map((cell) => linkKey(cell))]);
    case "join-group":
    case "leave-group":
      return JSON.stringify([edit.kind, edit.group]);
    case "raise-value":
      return JSON.stringify([edit.kind, edit.field, edit.value]);
    case "raise-field":
      return JSON.stringify([edit.kind, edit.field]);
  }
}
