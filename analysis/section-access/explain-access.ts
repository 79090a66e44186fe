/** Which rows of section access apply to a user, what they select, or at which step he is refused. */
import type { Reason, RequirementId, Value } from "../../contract/types.ts";
import { textOf, upperText } from "../../reference/section-access/values.ts";
import type { AccessCellRef, AccessRowRef, ApplyingRow, FieldSelection, NearRow, Refusal } from "./explanation.ts";
import { distinct, valuesOf } from "./columns.ts";
import { nearlyNames } from "./near.ts";
import type { PlaceOf } from "./places.ts";
import {
  applyingRows,
  identityCells,
  namesIn,
  type AccessRow,
  type DecidedField,
  type IdentityCell,
  type Situation,
} from "./situation.ts";

/** Near rows shown to a person; more would not be near. */
const mostNear = 3;

export interface Explaining {
  readonly situation: Situation;
  readonly placeOf: PlaceOf;
}

export function rowRef({ situation, placeOf }: Explaining, { table, row }: AccessRow, field?: string): AccessRowRef {
  const place = placeOf(table, row, field);
  const name = situation.tables[table]?.name ?? "";
  return { table: name, row: row + 1, ...(place === undefined ? {} : { place }) };
}

export function cellRef(explaining: Explaining, at: AccessRow, field: string): AccessCellRef {
  const table = explaining.situation.tables[at.table];
  const value = table?.asWritten[at.row]?.[table.fields.indexOf(field)] ?? null;
  return { ...rowRef(explaining, at, field), field, value };
}

export function applying(explaining: Explaining): readonly ApplyingRow[] {
  const { tables } = explaining.situation;
  return applyingRows(explaining.situation).map((at) => {
    const table = tables[at.table];
    const row = table?.asWritten[at.row] ?? [];
    const cells = Object.fromEntries((table?.fields ?? []).map((field, column) => [field, row[column] ?? null]));
    return { ...rowRef(explaining, at), cells };
  });
}

function hintFor(cell: IdentityCell, names: readonly string[]): string | undefined {
  const near = names.find((name) => nearlyNames(textOf(cell.value), upperText(name)));
  if (near !== undefined) return `${JSON.stringify(textOf(cell.value))} is nearly ${near}`;
  return names.length === 0 ? `the user has nothing for ${cell.field}, and only * would match` : undefined;
}

interface Nearness extends AccessRow {
  readonly failed: readonly IdentityCell[];
  readonly hint: string | undefined;
}

/** Rows with identity cells, the nearest to naming the user first: fewest cells that fail, then a hint. */
function nearest({ situation }: Explaining): readonly Nearness[] {
  const names = namesIn(situation);
  const applies = new Set(applyingRows(situation).map(({ table, row }) => `${table} ${row}`));
  return situation.tables
    .flatMap((each, table) =>
      [...each.rows.keys()].flatMap((row): Nearness[] => {
        const cells = identityCells(situation, { table, row });
        if (cells.length === 0 || applies.has(`${table} ${row}`)) return [];
        const failed = cells.filter((cell) => !cell.matches);
        const [hint] = failed.flatMap((cell) => hintFor(cell, names[cell.field]) ?? []);
        return [{ table, row, failed, hint: failed.length === 0 ? whyNotApplying(situation, { table, row }) : hint }];
      }),
    )
    .toSorted(
      (a, b) => a.failed.length - b.failed.length || Number(a.hint === undefined) - Number(b.hint === undefined),
    )
    .slice(0, mostNear);
}

/** A row that names the user and does not apply: its level is none, or a table beside it has no row for it. */
function whyNotApplying({ tables }: Situation, { table, row }: AccessRow): string {
  const own = tables[table];
  const column = own?.fields.indexOf("ACCESS") ?? -1;
  const level = own?.rows[row]?.[column] ?? null;
  if (column >= 0 && level !== "ADMIN" && level !== "USER") return `ACCESS is ${JSON.stringify(textOf(level))}`;
  return "it names the user, but another cell or table of section access does not let it apply";
}

function nearRow(explaining: Explaining, near: Nearness): NearRow {
  return {
    ...rowRef(explaining, near),
    failed: near.failed.map((cell) => cellRef(explaining, cell, cell.field)),
    ...(near.hint === undefined ? {} : { hint: near.hint }),
  };
}

/** The cells of the applying rows in a field. */
export function cellsIn(explaining: Explaining, field: string): readonly (AccessRow & { readonly value: Value })[] {
  const { tables } = explaining.situation;
  return applyingRows(explaining.situation).flatMap((at) => {
    const table = tables[at.table];
    const column = table?.fields.indexOf(field) ?? -1;
    return column < 0 ? [] : [{ ...at, value: table?.rows[at.row]?.[column] ?? null }];
  });
}

function refuse(explaining: Explaining, step: Refusal["step"], because: readonly Reason[]): Refusal {
  const isRow = step === "no-row" || step === "no-level";
  const near = isRow ? nearest(explaining).map((row) => nearRow(explaining, row)) : [];
  const missed = explaining.situation.decided.filter(({ decision }) => decision.kind === "missed");
  const fields = step === "no-value" ? missed.map((each) => missedField(explaining, each)) : [];
  return { step, because, nearest: near, fields };
}

function missedField(explaining: Explaining, { field }: DecidedField): Refusal["fields"][number] {
  const cells = cellsIn(explaining, field.name).map((at) => cellRef(explaining, at, field.name));
  return { field: field.name, cells };
}

const noLevel: ReadonlySet<RequirementId> = new Set(["SA-ACC-01"]);

/** At which step a refused user fell, from what the reference says of each. */
export function refusalOf(explaining: Explaining, because: readonly Reason[]): Refusal {
  const { standing, decided, selection } = explaining.situation;
  if (standing.level === undefined) {
    const step = standing.because.some(({ requirement }) => noLevel.has(requirement)) ? "no-level" : "no-row";
    return refuse(explaining, step, standing.because);
  }
  if (selection !== undefined) return refuse(explaining, "no-record", because);
  const missed = decided.flatMap(({ decision }) => (decision.kind === "missed" ? decision.because : []));
  return refuse(explaining, "no-value", missed);
}

/** What each reducing field selects. */
export function selections(explaining: Explaining): readonly FieldSelection[] {
  const { decided, selection, world } = explaining.situation;
  return decided.map(({ field, decision }) => {
    const values = decision.kind !== "values" ? [] : dataValues(world.loaded.app, field.appFields, selection);
    return {
      field: field.name,
      in: field.appFields,
      unrestricted: decision.kind === "unrestricted",
      values,
      cells: cellsIn(explaining, field.name).map((at) => cellRef(explaining, at, field.name)),
      because: decision.because,
    };
  });
}

function dataValues(
  app: Situation["world"]["loaded"]["app"],
  fields: readonly string[],
  selection: Situation["selection"],
): readonly Value[] {
  const values = fields.flatMap((field) =>
    valuesOf(app, field).filter((value) => selection?.get(field)?.(value) === true),
  );
  return distinct(values);
}
