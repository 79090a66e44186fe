/** Why one row of the app is shown or stopped, and why a field is hidden. */
import type { Reason, Value } from "../../contract/types.ts";
import { omission } from "../../reference/section-access/omit.ts";
import { borderKey, isBlank, isStar, linkKey, textOf, upperText } from "../../reference/section-access/values.ts";
import { columnOf } from "./columns.ts";
import { cellRef, cellsIn, type Explaining } from "./explain-access.ts";
import type { AccessCellRef, Chain, FieldExplanation, PathStop, RowExplanation } from "./explanation.ts";
import { pathsTo, valueAt, type Path } from "./paths.ts";
import { applyingRows, keptBy, modelOf, type Situation } from "./situation.ts";

/** A row of the app by positions counted from 0. */
export interface AppRow {
  readonly table: number;
  readonly row: number;
}

/** What a stopped row reaches in one field is told up to this many values. */
const mostReached = 5;

function stops(app: Situation["world"]["loaded"]["app"], path: Path): readonly PathStop[] {
  return path.map(({ table, row, via }) => {
    const each = app[table];
    const values = via.map((field) => [field, each?.rows[row]?.[each.fields.indexOf(field)] ?? null]);
    return { table: each?.name ?? "", row: row + 1, via: Object.fromEntries(values) };
  });
}

/** The cells that let a value of an app field through: those that say it, and stars if it is listed. */
function allowing(explaining: Explaining, appField: string, value: Value): readonly AccessCellRef[] {
  const { decided, dialect, selection } = explaining.situation;
  if (selection?.get(appField)?.(value) !== true) return [];
  const key = borderKey(value, dialect);
  return decided
    .filter(({ field }) => field.appFields.includes(appField))
    .flatMap(({ field }) =>
      cellsIn(explaining, field.name)
        .filter((cell) => !isBlank(cell.value) && (isStar(cell.value) || borderKey(cell.value, dialect) === key))
        .map((cell) => cellRef(explaining, cell, field.name)),
    );
}

function chain(explaining: Explaining, field: string, path: Path): Chain {
  const app = explaining.situation.world.loaded.app;
  const value = valueAt(app, path, field);
  return { field, value, path: stops(app, path), cells: allowing(explaining, field, value) };
}

/** Every smallest set of fields that together stop the row: one that does alone, else two, and so on. */
function blockers(situation: Situation, { table, row }: AppRow): readonly (readonly string[])[] {
  const fields = [...(situation.selection?.keys() ?? [])];
  for (let size = 1; size <= fields.length; size += 1) {
    const found = subsets(fields, size).filter((some) => keptBy(situation, some)[table]?.[row] !== true);
    if (found.length > 0) return found;
  }
  return [];
}

function subsets(fields: readonly string[], size: number): string[][] {
  if (size === 0) return [[]];
  return fields.flatMap((field, at) => subsets(fields.slice(at + 1), size - 1).map((rest) => [field, ...rest]));
}

function reaches(explaining: Explaining, at: AppRow, field: string): readonly Chain[] {
  const { situation } = explaining;
  const app = situation.world.loaded.app;
  const paths = pathsTo(modelOf(situation, new Map()).model, at, field) ?? [];
  const byValue = new Map(paths.map((path) => [linkKey(valueAt(app, path, field)) ?? "", path]));
  return [...byValue.values()].slice(0, mostReached).map((path) => chain(explaining, field, path));
}

function shownTo(explaining: Explaining, at: AppRow): readonly Chain[] {
  const { situation } = explaining;
  const fields = [...(situation.selection?.keys() ?? [])];
  const { model } = modelOf(situation, new Map());
  const kept = keptBy(situation, fields);
  return fields.flatMap((field) => {
    const path = (pathsTo(model, at, field, kept) ?? [])[0];
    return path === undefined ? [] : [chain(explaining, field, path)];
  });
}

function whyShown(situation: Situation, at: AppRow, chains: readonly Chain[]): readonly Reason[] {
  const table = situation.world.loaded.app[at.table];
  const selected = [...(situation.selection?.keys() ?? [])];
  if (selected.length === 0) return [{ requirement: "SA-RED-02", evidence: "nothing reduces this user's rows" }];
  if (table?.loosened === true)
    return [{ requirement: "SA-PRP-07", evidence: `${table.name} is loosely coupled: no link reduces it` }];
  if (chains.length === 0)
    return [
      { requirement: "SA-PRP-03", evidence: `${table?.name ?? ""} associates with no reduced field and stays whole` },
    ];
  return chains.map(({ field, value, path }) => ({
    requirement: path.length === 1 ? "SA-RED-01" : "SA-PRP-01",
    evidence: `${field} ${textOf(value)} is allowed`,
  }));
}

/** A value that no row of section access lists is out of reach for everybody who is reduced. */
function whyUnlisted({ tables, decided, dialect }: Situation, chains: readonly Chain[]): readonly Reason[] {
  return chains.flatMap(({ field, value }): Reason[] => {
    const names = decided.filter((each) => each.field.appFields.includes(field)).map((each) => each.field.name);
    const listed = names.flatMap((name) => tables.flatMap((table) => columnOf(table, name)));
    const keys = new Set(listed.map((each) => borderKey(each, dialect)));
    if (value === null || names.length === 0 || keys.has(borderKey(value, dialect))) return [];
    const raised = upperText(textOf(value));
    if (raised !== textOf(value) && listed.some((each) => textOf(each) === raised))
      return [
        { requirement: "SA-CASE-04", evidence: `${raised} of section access is not ${textOf(value)} of the data` },
      ];
    return [{ requirement: "SA-RED-07", evidence: `no row of section access lists ${field} ${textOf(value)}` }];
  });
}

function whyStopped(chains: readonly Chain[], fields: readonly string[], together: boolean): readonly Reason[] {
  if (together)
    return [
      { requirement: "SA-PRP-08", evidence: `no record it associates with fits ${fields.join(" and ")} together` },
    ];
  return fields.map((field) => {
    const own = chains.filter((each) => each.field === field);
    const values = own.filter(({ value }) => value !== null).map(({ value }) => textOf(value));
    if (values.length > 0)
      return {
        requirement: own.some(({ path }) => path.length > 1) ? "SA-PRP-01" : "SA-RED-01",
        evidence: `${field} is ${values.join(", ")}, which no row of the user allows`,
      };
    return own.length > 0
      ? { requirement: "SA-RED-08", evidence: `${field} is NULL, which no selection matches` }
      : { requirement: "SA-PRP-01", evidence: `it associates with no record that has a ${field}` };
  });
}

/** Of a user who opens the app: whether the row is shown, and what lets it through or stops it. */
export function explainRow(explaining: Explaining, at: AppRow, shown: boolean): RowExplanation {
  const { situation } = explaining;
  const table = situation.world.loaded.app[at.table];
  const row = table?.rows[at.row] ?? [];
  const values = Object.fromEntries((table?.fields ?? []).map((field, column) => [field, row[column] ?? null]));
  const base = { table: table?.name ?? "", row: at.row + 1, values, shown };
  if (shown) {
    const chains = shownTo(explaining, at);
    const because = whyShown(situation, at, chains);
    return { ...base, letThrough: chains, stoppedBy: [], together: false, reaches: [], because };
  }
  const sets = blockers(situation, at);
  const together = sets.length > 0 && sets.every((some) => some.length > 1);
  const stoppedBy = together ? (sets[0] ?? []) : sets.flat();
  const chains = stoppedBy.flatMap((field) => reaches(explaining, at, field));
  return {
    ...base,
    letThrough: [],
    stoppedBy,
    together,
    reaches: chains,
    because: [...whyStopped(chains, stoppedBy, together), ...whyUnlisted(situation, chains)],
  };
}

/** The applying rows whose own OMIT hides the field. */
function hiding(explaining: Explaining, field: string): readonly AccessCellRef[] {
  const { situation } = explaining;
  const { standing, tables, world, dialect } = situation;
  const withOmit = applyingRows(situation).filter(({ table }) => tables[table]?.fields.includes("OMIT"));
  return withOmit
    .filter(({ table, row }) => {
      const rows = standing.rows.map((of, at) => of.map((_, index) => at === table && index === row));
      return omission({ ...standing, rows }, tables, world.loaded.app, dialect).fields.includes(field);
    })
    .map((at) => cellRef(explaining, at, "OMIT"));
}

/** Of a user who opens the app: whether the field is hidden, and by which rows. */
export function explainField(explaining: Explaining, field: string): FieldExplanation {
  const { situation } = explaining;
  const shown = !situation.omitted.includes(field);
  const { because } = omission(situation.standing, situation.tables, situation.world.loaded.app, situation.dialect);
  return {
    field,
    shown,
    hiddenBy: shown ? [] : hiding(explaining, field),
    because: shown ? [{ requirement: "SA-OMT-01", evidence: `no row that applies omits ${field}` }] : because,
  };
}
