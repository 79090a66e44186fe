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

/** What both are reduced to before they are compared. */
interface Answers {
  readonly views: readonly string[];
  readonly questions: string;
}

/** Reasons are made when they are read: left alone unless they are compared. */
function viewText(reduction: Reduction, reasons: boolean): string {
  const because = reasons ? reduction.because : [];
  if (reduction.access === "denied") return JSON.stringify(["denied", because]);
  const { level, omitted, tables } = reduction;
  return JSON.stringify([level, omitted, tables, because]);
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

function attempt(answers: () => Answers): Answers | string {
  try {
    return answers();
  } catch (error) {
    return String(error);
  }
}

/** The first difference between the two, or undefined. An error of one must be the error of the other. */
export function difference(setting: Setting, looking: Looking = {}): string | undefined {
  const { app, users, dialect, state } = setting;
  const { reading, reasons = false, questions = false, encoded = encode(app, reading), readAs = dialect } = looking;
  const right = attempt(() => {
    const reductions = users.map((who) => reduce(app, who, dialect, state));
    const views = reductions.map((one) => viewText(one, reasons));
    return { views, questions: questions ? askedOfRows(app, reductions) : "" };
  });
  const found = attempt(() => {
    const views = columnarReduce(encoded, users, readAs, state).map((one) => viewText(one, reasons));
    return { views, questions: questions ? askedOfColumns(encoded, { ...setting, dialect: readAs }) : "" };
  });
  if (typeof right === "string" || typeof found === "string") {
    return right === found ? undefined : `${JSON.stringify(right)}\n${JSON.stringify(found)}`;
  }
  const at = right.views.findIndex((text, user) => text !== found.views[user]);
  if (at >= 0) return `user ${at}: ${right.views[at]}\n${found.views[at]}`;
  return right.questions === found.questions ? undefined : `${right.questions}\n${found.questions}`;
}
