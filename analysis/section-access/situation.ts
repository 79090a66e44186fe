/** How a user stands to an app's section access: the parts of the reference's answer that an explanation is made of. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Value } from "../../contract/types.ts";
import { securityTables, type SecurityTable } from "../../reference/section-access/access-model.ts";
import { standingOf, type Standing } from "../../reference/section-access/identity.ts";
import {
  identityFields,
  identitySelections,
  isSystemField,
  namesOf,
  type IdentityField,
} from "../../reference/section-access/names.ts";
import { omission } from "../../reference/section-access/omit.ts";
import { linked, possibleRows, type Possible, type Selection } from "../../reference/section-access/propagation.ts";
import {
  appFieldsOf,
  namesMatch,
  reducingFields,
  type ReducingField,
} from "../../reference/section-access/reducing-fields.ts";
import { decideField, reducingSelection, type FieldDecision } from "../../reference/section-access/reducing.ts";
import type { World } from "./edits.ts";

export interface DecidedField {
  readonly field: ReducingField;
  readonly decision: FieldDecision;
}

export interface Situation {
  readonly world: World;
  readonly dialect: Dialect;
  readonly tables: readonly SecurityTable[];
  readonly standing: Standing;
  /** What each reducing field comes to; empty without a level. */
  readonly decided: readonly DecidedField[];
  /** Fields hidden by OMIT, as the app spells them. */
  readonly omitted: readonly string[];
  /** Values selected in app fields; absent for a user who is refused. */
  readonly selection?: Selection;
}

/** Undefined for an app without section access: there is nothing to stand to. */
export function situationOf(world: World, dialect: Dialect): Situation | undefined {
  const { access, app } = world.loaded;
  if (access === undefined) return undefined;
  const tables = securityTables(world.loaded, dialect);
  const standing = standingOf(tables, world.who, dialect);
  const base = { world, dialect, tables, standing };
  const { level } = standing;
  if (level === undefined) return { ...base, decided: [], omitted: [] };
  const omitted = omission(standing, tables, app, dialect).fields;
  const asking = { tables, app, level, dialect, omitted };
  const decided = reducingFields(standing, asking).map((field) => ({ field, decision: decideField(field, asking) }));
  const reducing = reducingSelection(standing, asking);
  if (!reducing.granted) return { ...base, decided, omitted };
  return { ...base, decided, omitted, selection: reducing.selection };
}

/** A row of section access by positions counted from 0. */
export interface AccessRow {
  readonly table: number;
  readonly row: number;
}

export function applyingRows({ tables, standing }: Situation): readonly AccessRow[] {
  return tables.flatMap((each, table) =>
    [...each.rows.keys()].filter((row) => standing.rows[table]?.[row] === true).map((row) => ({ table, row })),
  );
}

export interface IdentityCell extends AccessRow {
  readonly field: IdentityField;
  readonly value: Value;
  readonly matches: boolean;
}

/** The identity cells of a row, each with whether it names the user. */
export function identityCells(
  { tables, world, dialect }: Situation,
  { table, row }: AccessRow,
): readonly IdentityCell[] {
  const selections = identitySelections(world.who, dialect);
  const fields = tables[table]?.fields ?? [];
  return identityFields.flatMap((field) => {
    const column = fields.indexOf(field);
    if (column < 0) return [];
    const value = tables[table]?.rows[row]?.[column] ?? null;
    return [{ table, row, field, value, matches: selections.get(field)?.(value) === true }];
  });
}

/** What the user is called in each identity field. */
export function namesIn({ world, dialect }: Situation): ReturnType<typeof namesOf> {
  return namesOf(world.who, dialect);
}

export function isReducing({ world, dialect }: Situation, field: string): boolean {
  return counterparts(world, dialect, field).length > 0;
}

/** Fields of the app that a field of section access selects in. */
export function counterparts({ loaded }: World, dialect: Dialect, field: string): readonly string[] {
  if (!dialect.systemFieldsReduce && isSystemField(field, dialect)) return [];
  return appFieldsOf(loaded.app).filter((name) => namesMatch(field, name, dialect));
}

/** The app as its tables associate for this user: a hidden key may link nothing (SA-OMT-09). */
export function modelOf({ world, dialect, omitted }: Situation, selection: Selection): ReturnType<typeof linked> {
  return linked(world.loaded.app, selection, dialect.omittedKey === "cut" ? omitted : []);
}

/** The rows of the app that stay possible when only some of the user's fields select. */
export function keptBy(situation: Situation, fields: readonly string[]): Possible {
  const all: Selection = situation.selection ?? new Map();
  const { model, selection } = modelOf(situation, new Map([...all].filter(([field]) => fields.includes(field))));
  return possibleRows(model, selection);
}
