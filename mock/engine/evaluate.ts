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
const batchSize = 10_000;

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
  const whole = judged.map((question): Laid => ({ question, cut: "" }));
  const found = await judgeAll(whole, dialect, seams);
  const apart = dialect.omittedKey === "links" ? [] : withoutLinks(whole, found);
  const again = await judgeAll(apart, dialect, seams);
  const decided = new Map([...found, ...again].map((one) => [one.question, one]));
  return questions.map((question) => {
    const one = decided.get(question);
    return one === undefined ? open(question.app) : answer(question.app, one, seams);
  });
}

/** A question about an app in which the named fields, a JSON list, link nothing; empty: all link. */
interface Laid {
  readonly question: AccessQuestion;
  readonly cut: string;
}

interface Decided {
  readonly question: AccessQuestion;
  readonly placement: Placement;
  readonly verdict: Verdict | undefined;
}

async function judgeAll(laid: readonly Laid[], dialect: Dialect, seams: EngineSeams): Promise<readonly Decided[]> {
  if (laid.length === 0) return [];
  const apps: { readonly app: LoadedApp; readonly cut: ReadonlySet<string> }[] = [];
  const numbers = new Map<LoadedApp, Map<string, number>>();
  const numberOf = ({ question: { app }, cut }: Laid): number => {
    const known = numbers.get(app) ?? new Map<string, number>();
    numbers.set(app, known);
    if (!known.has(cut)) known.set(cut, apps.push({ app, cut: new Set(namesIn(cut)) }) - 1);
    return known.get(cut) ?? 0;
  };
  const placed = laid.map(numberOf);
  const layout = layOut(apps, dialect, seams);
  laid.forEach(({ question }, pair) => {
    layout.sheets.pair.push([pair, placed[pair] ?? 0]);
    layout.sheets.identity.push(...identityRows(pair, question.who, dialect, seams));
  });
  const verdicts = await withConnection((connection) => judge(connection, layout, dialect, seams));
  return laid.flatMap(({ question }, pair) => {
    const placement = layout.placements[placed[pair] ?? 0];
    return placement === undefined ? [] : [{ question, placement, verdict: verdicts.get(pair) }];
  });
}

function namesIn(cut: string): readonly string[] {
  const names: unknown = cut === "" ? [] : JSON.parse(cut);
  return Array.isArray(names) ? names.map(String) : [];
}

/** The questions whose user loses a field that links tables, laid out without that link (SA-OMT-09). */
function withoutLinks(laid: readonly Laid[], found: readonly Decided[]): readonly Laid[] {
  return laid.flatMap(({ question }, at) => {
    const one = found[at];
    const names = one === undefined ? [] : omittedNames(one);
    const keys = names.filter((name) => question.app.app.filter(({ fields }) => fields.includes(name)).length > 1);
    return keys.length === 0 ? [] : [{ question, cut: JSON.stringify(keys) }];
  });
}

function omittedNames({ placement, verdict }: Decided): readonly string[] {
  return (verdict?.omitted ?? []).flatMap((field) => placement.fieldNames.get(field) ?? []).sort();
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

function answer(app: LoadedApp, decided: Decided, seams: EngineSeams): AccessAnswer {
  const { placement, verdict } = decided;
  if (verdict?.level === undefined) return { access: "denied" };
  const omitted = omittedNames(decided);
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
  return { access: "granted", level: verdict.level, omitted, tables };
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
