/** What a user gets of an app, by SQL over the universal layout; any number of (app, user) pairs in one go. */
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Principal, ViewTable } from "../../contract/types.ts";
import type { LoadedApp } from "../../reload/model.ts";
import { layOut, type Layout, type Placement } from "./reduction/layout.ts";
import { writeSheets } from "./reduction/sheets.ts";
import { reductionSql } from "./reduction/sql.ts";
import { engineSeams, type EngineSeams } from "./seams.ts";

export interface AccessQuestion {
  readonly app: LoadedApp;
  readonly who: Principal;
  /** Whether the app is published; true when absent. Matters where the dialect says so (SA-LIF-02). */
  readonly published?: boolean;
}

export type AccessAnswer =
  | { readonly access: "denied" }
  | {
      readonly access: "granted";
      /** `NONE` when no section access applies to the app. */
      readonly level: "ADMIN" | "USER" | "NONE";
      /** App fields that do not exist for the user, as the app spells them, sorted. */
      readonly omitted: readonly string[];
      /** All tables, fields and rows in load order. */
      readonly tables: readonly ViewTable[];
    };

/** Pairs laid out at once: enough that the fixed cost of a query vanishes, few enough to bound memory. */
const batchSize = 4000;

/** Answers in the order of the questions. Throws ConformanceError `not-supported` when a model is circular. */
export async function evaluateAccess(
  questions: readonly AccessQuestion[],
  dialect: Dialect,
  seams: EngineSeams = engineSeams,
): Promise<readonly AccessAnswer[]> {
  const answers: AccessAnswer[] = [];
  for (let start = 0; start < questions.length; start += batchSize) {
    answers.push(...(await evaluateBatch(questions.slice(start, start + batchSize), dialect, seams)));
  }
  return answers;
}

async function evaluateBatch(
  questions: readonly AccessQuestion[],
  dialect: Dialect,
  seams: EngineSeams,
): Promise<readonly AccessAnswer[]> {
  const judged = questions.filter((question) => !isOpen(question, dialect));
  const apps = [...new Set(judged.map(({ app }) => app))];
  const numbers = new Map(apps.map((app, number) => [app, number]));
  const layout = layOut(apps, dialect, seams);
  judged.forEach((question, pair) => {
    layout.sheets.pair.push([pair, numbers.get(question.app) ?? 0]);
    layout.sheets.identity.push(...identityRows(pair, question.who, dialect, seams));
  });
  const verdicts =
    judged.length === 0
      ? new Map<number, Verdict>()
      : await withConnection((connection) => judge(connection, layout, dialect, seams));
  const pairs = new Map(judged.map((question, pair) => [question, pair]));
  return questions.map((question) => {
    const pair = pairs.get(question);
    const placement = layout.placements[numbers.get(question.app) ?? -1];
    if (pair === undefined || placement === undefined) return open(question.app);
    return answer(question.app, placement, verdicts.get(pair), seams);
  });
}

function isOpen({ app, published }: AccessQuestion, dialect: Dialect): boolean {
  return app.access === undefined || (dialect.publishedRequired && published === false);
}

function identityRows(pair: number, who: Principal, dialect: Dialect, seams: EngineSeams): [number, string, string][] {
  const names = Object.entries(seams.identityNames(who, dialect));
  return names.flatMap(([field, values]) =>
    [...new Set(values)].map((name): [number, string, string] => [pair, field, seams.comparedName(name)]),
  );
}

interface Verdict {
  readonly level: "ADMIN" | "USER" | undefined;
  readonly omitted: readonly number[];
  /** Rows that stay; undefined when nothing reduces. */
  readonly lines: readonly number[] | undefined;
}

async function judge(
  connection: DuckDBConnection,
  layout: Layout,
  dialect: Dialect,
  seams: EngineSeams,
): Promise<ReadonlyMap<number, Verdict>> {
  await writeSheets(connection, layout.sheets);
  const result = await connection.runAndReadAll(reductionSql(dialect, seams, layout.rounds));
  const [pairs = [], levels = [], omitted = [], bound = [], lines = []] = result.getColumnsJS();
  return new Map(
    pairs.map((pair, row): [number, Verdict] => [
      Number(pair),
      {
        level: levelFrom(levels[row]),
        omitted: numbersOf(omitted[row]),
        lines: bound[row] === true ? numbersOf(lines[row]) : undefined,
      },
    ]),
  );
}

function levelFrom(level: unknown): "ADMIN" | "USER" | undefined {
  return level === "ADMIN" || level === "USER" ? level : undefined;
}

function numbersOf(list: unknown): readonly number[] {
  return Array.isArray(list) ? list.map(Number) : [];
}

function open(app: LoadedApp): AccessAnswer {
  return {
    access: "granted",
    level: "NONE",
    omitted: [],
    tables: app.app.map(({ name, fields, rows }) => ({ name, fields, rows })),
  };
}

function answer(app: LoadedApp, placement: Placement, verdict: Verdict | undefined, seams: EngineSeams): AccessAnswer {
  if (verdict?.level === undefined) return { access: "denied" };
  const omitted = verdict.omitted.flatMap((field) => placement.fieldNames.get(field) ?? []);
  const kept = verdict.lines === undefined ? undefined : new Set(verdict.lines);
  const tables = app.app.map((table, index): ViewTable => {
    const first = placement.firstLines[index] ?? 0;
    const columns = table.fields.flatMap((field, column) => (omitted.includes(field) ? [] : [column]));
    const rows = seams.servedRows(table.rows.filter((_, row) => kept === undefined || kept.has(first + row)));
    return {
      name: table.name,
      fields: columns.map((column) => table.fields[column] ?? ""),
      rows: rows.map((row) => columns.map((column) => row[column] ?? null)),
    };
  });
  return { access: "granted", level: verdict.level, omitted: omitted.sort(), tables };
}

let instance: Promise<DuckDBInstance> | undefined;

/** Temporary tables belong to a connection, so questions asked at once do not meet. */
async function withConnection<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  instance ??= DuckDBInstance.create(":memory:", { threads: "2" });
  const connection = await (await instance).connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
  }
}
