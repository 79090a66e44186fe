/** Two evaluators of section access asked the same, in batches the SQL one likes. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Principal, ViewTable } from "../../contract/types.ts";
import { randomAccessWorld, type AccessWorldOptions } from "../../generators/section-access.ts";
import { evaluateAccess } from "../../mock/engine/evaluate.ts";
import type { EngineSeams } from "../../mock/engine/seams.ts";
import { reduce } from "../../reference/section-access/spec.ts";
import type { LoadedApp } from "../../reload/model.ts";

export interface Question {
  readonly world: number;
  readonly app: LoadedApp;
  readonly who: Principal;
}

type Answer =
  | { readonly access: "denied" }
  | {
      readonly access: "granted";
      readonly level: string;
      readonly omitted: readonly string[];
      readonly tables: readonly ViewTable[];
    };

export type Spread = { denied: number; partial: number; full: number };

export interface Agreement {
  readonly asks: number;
  /** World of the first disagreement. */
  readonly first?: number;
  readonly disagreements: number;
  readonly spread: Spread;
  /** How often each requirement was a reason. */
  readonly reasons: ReadonlyMap<string, number>;
}

/** The questions of a run of worlds. */
export function questionsOf(
  seed: number,
  from: number,
  to: number,
  options: AccessWorldOptions = {},
): readonly Question[] {
  const questions: Question[] = [];
  for (let world = from; world < to; world++) {
    const { loaded, principals } = randomAccessWorld(seed, world, options);
    questions.push(...principals.map((who) => ({ world, app: loaded, who })));
  }
  return questions;
}

/** An answer as a text: equal for equal answers, whatever the order of tables and of omitted names. */
function textOf(answer: Answer): string {
  if (answer.access === "denied") return "denied";
  const tables = answer.tables.map(({ name, fields, rows }) => JSON.stringify([name, fields, rows])).sort();
  return JSON.stringify([answer.level, [...answer.omitted].sort(), tables]);
}

function rowsOf(tables: readonly { readonly rows: readonly unknown[] }[]): number {
  return tables.reduce((sum, { rows }) => sum + rows.length, 0);
}

function placeOf(answer: Answer, app: LoadedApp): keyof Spread {
  if (answer.access === "denied") return "denied";
  return answer.omitted.length > 0 || rowsOf(answer.tables) < rowsOf(app.app) ? "partial" : "full";
}

export interface Parties {
  readonly dialect: Dialect;
  readonly seams: EngineSeams;
  /** Replaces the reference's answer; absent: the reference. */
  readonly specification?: (question: Question, dialect: Dialect) => ReturnType<typeof reduce>;
  /** Told each answer of the reference as a text. */
  readonly told?: (question: Question, answer: string) => void;
}

/** Puts every question to both and counts. */
export async function agreement(
  questions: readonly Question[],
  { dialect, seams, specification, told }: Parties,
): Promise<Agreement> {
  const specified = questions.map(
    (question) => specification?.(question, dialect) ?? reduce(question.app, question.who, dialect),
  );
  const evaluated = await evaluateAccess(questions, dialect, seams);
  const spread: Spread = { denied: 0, partial: 0, full: 0 };
  const reasons = new Map<string, number>();
  let first: number | undefined;
  let disagreements = 0;
  for (const [at, question] of questions.entries()) {
    const [left, right] = [specified[at], evaluated[at]];
    if (left === undefined || right === undefined) throw new Error(`no answer to question ${at}`);
    spread[placeOf(left, question.app)] += 1;
    for (const id of new Set(left.because.map(({ requirement }) => requirement)))
      reasons.set(id, (reasons.get(id) ?? 0) + 1);
    const said = textOf(left);
    told?.(question, said);
    if (said === textOf(right)) continue;
    disagreements += 1;
    first ??= question.world;
  }
  return { asks: questions.length, ...(first === undefined ? {} : { first }), disagreements, spread, reasons };
}
