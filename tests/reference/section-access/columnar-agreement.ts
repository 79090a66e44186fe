/** The fast evaluator beside the specification: everything it can be asked, on one app and its people. */
import type { Dialect } from "../../../catalogue/dialects.ts";
import type { Principal, Value } from "../../../contract/types.ts";
import { bitmapsOf, columnarReduce, countsOf, distinctOf } from "../../../reference/section-access/columnar.ts";
import { encode, type EncodedApp, type Reading } from "../../../reference/section-access/columnar-encode.ts";
import { reduce } from "../../../reference/section-access/spec.ts";
import type { AppState, Reduction } from "../../../reference/section-access/types.ts";
import { linkKey } from "../../../reference/section-access/values.ts";
import type { LoadedApp } from "../../../reload/model.ts";

export interface Setting {
  readonly app: LoadedApp;
  readonly users: readonly Principal[];
  readonly dialect: Dialect;
  readonly state?: AppState;
}

export interface Looking {
  readonly reading?: Reading | undefined;
  /** Reasons are compared too. */
  readonly reasons?: boolean;
  /** Counts, bitmaps and distinct values are compared too. */
  readonly questions?: boolean;
  /** The fast evaluator's app and dialect; absent: the same. */
  readonly encoded?: EncodedApp;
  readonly readAs?: Dialect;
}

/** Reasons are made when they are read: left alone unless they are compared. */
function viewText(reduction: Reduction, reasons: boolean): string {
  const because = reasons ? reduction.because : [];
  if (reduction.access === "denied") return JSON.stringify(["denied", because]);
  const { level, omitted, tables } = reduction;
  return JSON.stringify([level, omitted, tables, because]);
}

/** As their JSON would be, without making it. */
function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one)) {
    return (
      Array.isArray(other) && one.length === other.length && one.every((item, at) => same(item, other[at] as unknown))
    );
  }
  return typeof one === "object" && one !== null && JSON.stringify(one) === JSON.stringify(other);
}

function sameView(one: Reduction, other: Reduction, reasons: boolean): boolean {
  if (reasons && !same(one.because, other.because)) return false;
  if (one.access === "denied" || other.access === "denied") return one.access === other.access;
  return (
    one.level === other.level &&
    same(one.omitted, other.omitted) &&
    one.tables.length === other.tables.length &&
    one.tables.every((table, at) => {
      const beside = other.tables[at];
      return table.name === beside?.name && same(table.fields, beside.fields) && same(table.rows, beside.rows);
    })
  );
}

function distinct(rows: readonly (readonly Value[])[], column: number): readonly string[] {
  return column < 0 ? [] : rows.flatMap((row) => linkKey(row[column] ?? null) ?? []);
}

function fieldNames({ app }: LoadedApp): readonly string[] {
  return [...new Set(app.flatMap(({ fields }) => fields))];
}

/** Counts, and distinct values by field, of what the specification shows. */
function askedOfRows(app: LoadedApp, reductions: readonly Reduction[]): string {
  const fields = fieldNames(app);
  return JSON.stringify(
    reductions.map((reduction) => {
      if (reduction.access === "denied") return "denied";
      const values = fields.map((field) => {
        if (reduction.omitted.includes(field)) return null;
        const keys = reduction.tables.flatMap((table) => distinct(table.rows, table.fields.indexOf(field)));
        return new Set(keys).size;
      });
      return [reduction.level, reduction.omitted, reduction.tables.map(({ rows }) => rows.length), values];
    }),
  );
}

function rowsIn(bitmap: Uint32Array | undefined): number {
  let rows = 0;
  for (const word of bitmap ?? []) for (let left = word; left !== 0; left &= left - 1) rows++;
  return rows;
}

function askedOfColumns(app: EncodedApp, { app: loaded, users, dialect, state }: Setting): string {
  const counts = countsOf(app, users, dialect, state);
  const bitmaps = bitmapsOf(app, users, dialect, state);
  const distincts = distinctOf(app, users, dialect, state);
  const byField = fieldNames(loaded).map((field) => distincts(field));
  const byTable = loaded.app.map((_, table) => bitmaps(table));
  return JSON.stringify(
    counts.map((counted, user) => {
      if (counted.access === "denied") return "denied";
      const rows = byTable.map((table) => rowsIn(table[user]));
      const values = byField.map((field) => field[user] ?? null);
      const agreed = rows.every((count, table) => count === counted.rows[table])
        ? rows
        : ["counts", counted.rows, rows];
      return [counted.level, counted.omitted, agreed, values];
    }),
  );
}

/** What was made, or the text of the error. */
function attempt<T extends object>(make: () => T): T | string {
  try {
    return make();
  } catch (error) {
    return String(error);
  }
}

type Reductions = readonly Reduction[];

function viewsDiffer(right: Reductions, found: Reductions, reasons: boolean): readonly string[] {
  return right.flatMap((one, user) => {
    const other = found[user];
    if (other !== undefined && sameView(one, other, reasons)) return [];
    return [`user ${user}: ${viewText(one, reasons)}\n${other && viewText(other, reasons)}`];
  });
}

function askedDiffer(setting: Setting, right: Reductions, encoded: EncodedApp): string | undefined {
  const [asked, answers] = [askedOfRows(setting.app, right), askedOfColumns(encoded, setting)];
  return asked === answers ? undefined : `${asked}\n${answers}`;
}

/** The first difference between the two, or undefined. An error of one must be the error of the other. */
export function difference(setting: Setting, looking: Looking = {}): string | undefined {
  const { app, users, dialect, state } = setting;
  const { reading, reasons = false, questions = false, encoded = encode(app, reading), readAs = dialect } = looking;
  const right = attempt(() => users.map((who) => reduce(app, who, dialect, state)));
  const found = attempt(() => {
    const views = columnarReduce(encoded, users, readAs, state);
    return typeof right === "string"
      ? views.map((one) => `not refused: ${viewText(one, reasons)}`)
      : viewsDiffer(right, views, reasons);
  });
  if (typeof right === "string") return found === right ? undefined : `${right}\n${JSON.stringify(found)}`;
  if (typeof found === "string") return found;
  return found[0] ?? (questions ? askedDiffer({ ...setting, dialect: readAs }, right, encoded) : undefined);
}
