/** Smaller texts of what only a language knows, for shrinking: load scripts and rule conditions, one step at a time. */
import { isKnownError } from "../contract/errors.ts";
import type { Load, LoadItem, LoadScript, LoadSource, Statement } from "../languages/load-script/ast.ts";
import { parseLoadScript } from "../languages/load-script/parse.ts";
import { printLoadScript } from "../languages/load-script/print.ts";
import type { Condition } from "../languages/rule-condition/ast.ts";
import { parseCondition } from "../languages/rule-condition/parse.ts";
import { printCondition } from "../languages/rule-condition/print.ts";

type Inline = LoadSource & { readonly kind: "inline" };

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (isKnownError(error)) return undefined;
    throw error;
  }
}

/**
 * The texts of smaller trees that are shorter and can be read again, each once. Being shorter than the text the whole
 * prints as keeps steps from going in circles.
 */
function* shorter<Tree>(
  whole: Tree,
  smaller: Iterable<Tree>,
  language: { readonly print: (tree: Tree) => string; readonly parse: (text: string) => Tree },
): Generator<string> {
  const { length } = language.print(whole);
  const seen = new Set<string>();
  for (const tree of smaller) {
    const text = attempt(() => language.print(tree));
    if (text === undefined || text.length >= length || seen.has(text)) continue;
    seen.add(text);
    if (attempt(() => language.parse(text)) !== undefined) yield text;
  }
}

/** A list without a run of its items: halves first, then ever smaller runs, at last single items. */
function* withoutRuns<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let run = Math.ceil(list.length / 2); run >= 1; run = run === 1 ? 0 : Math.ceil(run / 2)) {
    for (let at = 0; at < list.length; at += run) yield list.toSpliced(at, run);
  }
}

interface Sheet {
  readonly delimiter: string;
  /** What stands before the first line with anything on it, and after the last. */
  readonly around: readonly [before: string, after: string];
  /** Field names first, where the data have them. */
  readonly labels: readonly string[];
  readonly rows: readonly string[];
}

function sheetOf({ data, format }: Inline): Sheet {
  const [before = ""] = /^\s*/.exec(data) ?? [];
  const after = data.trim() === "" ? "" : (/\s*$/.exec(data)?.[0] ?? "");
  const lines = data.slice(before.length, data.length - after.length).split(/\r\n|\n|\r/);
  const labels = lines.splice(0, (format?.header ?? 0) + (format?.labels === "none" ? 0 : 1));
  return {
    delimiter: (format?.delimiter ?? ",").replaceAll("\\t", "\t"),
    around: [before, after],
    labels,
    rows: lines,
  };
}

function textOf({ around, labels, rows }: Sheet): string {
  return [around[0], [...labels, ...rows].join("\n"), around[1]].join("");
}

function* withoutColumns(sheet: Sheet): Generator<Sheet> {
  const { delimiter, labels, rows } = sheet;
  const columns = (labels.at(-1) ?? rows[0] ?? "").split(delimiter).length;
  const cut = (line: string, column: number): string => line.split(delimiter).toSpliced(column, 1).join(delimiter);
  if (columns === 1) return;
  for (let column = 0; column < columns; column++) {
    const kept = labels.slice(0, -1);
    const names = labels.slice(-1).map((line) => cut(line, column));
    yield { ...sheet, labels: [...kept, ...names], rows: rows.map((line) => cut(line, column)) };
  }
}

function* withBlanks(sheet: Sheet): Generator<Sheet> {
  const { delimiter, rows } = sheet;
  for (const [at, line] of rows.entries()) {
    const cells = line.split(delimiter);
    for (const [column, cell] of cells.entries()) {
      if (cell.trim() !== "") yield { ...sheet, rows: rows.with(at, cells.with(column, "").join(delimiter)) };
    }
  }
}

/** Fewer rows, fewer columns, fewer cells. Data with quotation marks lose rows only: a mark may hold a delimiter. */
function* smallerSheets(sheet: Sheet): Generator<Sheet> {
  for (const rows of withoutRuns(sheet.rows)) yield { ...sheet, rows };
  if (textOf(sheet).includes('"')) return;
  yield* withoutColumns(sheet);
  yield* withBlanks(sheet);
}

function hasOne<T>(list: readonly T[]): list is readonly [T, ...T[]] {
  return list.length > 0;
}

function* smallerLoads(load: Load): Generator<Load> {
  const { source } = load;
  if (source.kind === "inline") {
    for (const sheet of smallerSheets(sheetOf(source))) yield { ...load, source: { ...source, data: textOf(sheet) } };
  }
  for (const fields of withoutRuns<LoadItem>(load.fields)) if (hasOne(fields)) yield { ...load, fields };
}

function* smallerTrees({ statements }: LoadScript): Generator<LoadScript> {
  for (const fewer of withoutRuns<Statement>(statements)) yield { statements: fewer };
  for (const [at, statement] of statements.entries()) {
    if (statement.kind !== "load") continue;
    for (const load of smallerLoads(statement)) yield { statements: statements.with(at, load) };
  }
}

/**
 * Scripts one step smaller, the coarse steps first: without a statement, an inline row, an inline column, a cell, a field
 * of a LOAD. Each can be parsed; whether it still loads is for the caller to see. Nothing for a script that cannot be read.
 */
export function* smallerScripts(script: string): Generator<string> {
  const tree = attempt(() => parseLoadScript(script));
  if (tree !== undefined) yield* shorter(tree, smallerTrees(tree), { print: printLoadScript, parse: parseLoadScript });
}

/** A term alone, the others without one, and the same with one term made smaller. */
function* smallerJunctions(condition: Extract<Condition, { kind: "and" | "or" }>): Generator<Condition> {
  const { terms } = condition;
  yield* terms;
  if (terms.length > 2) for (const at of terms.keys()) yield { ...condition, terms: terms.toSpliced(at, 1) };
  for (const [at, term] of terms.entries()) {
    for (const smaller of smallerTerms(term)) yield { ...condition, terms: terms.with(at, smaller) };
  }
}

function* smallerTerms(condition: Condition): Generator<Condition> {
  switch (condition.kind) {
    case "and":
    case "or":
      yield* smallerJunctions(condition);
      return;
    case "not":
    case "group":
      yield condition.term;
      for (const term of smallerTerms(condition.term)) yield { ...condition, term };
      return;
    case "blank":
    case "comparison":
    case "call":
  }
}

/** A term that stands alone may go altogether: a blank condition holds for everybody (SR-109). */
function* lessThan(tree: Condition): Generator<Condition> {
  yield* smallerTerms(tree);
  if (tree.kind !== "and" && tree.kind !== "or" && tree.kind !== "blank") yield { kind: "blank", span: tree.span };
}

/**
 * Conditions one step smaller: one side of an `and` or `or`, a term less, without a `!`, without parentheses, at last
 * blank. Each can be parsed. Nothing for a condition that cannot be read.
 */
export function* smallerConditions(condition: string): Generator<string> {
  const tree = attempt(() => parseCondition(condition));
  if (tree !== undefined) yield* shorter(tree, lessThan(tree), { print: printCondition, parse: parseCondition });
}
