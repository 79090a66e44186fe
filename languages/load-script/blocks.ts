/** Puts statements and control clauses together into blocks (LS-CTL-02, LS-CTL-03). */
import { isKnownError } from "../../contract/errors.ts";
import { depthCap } from "../place.ts";
import type {
  Clause,
  DoStatement,
  ForStatement,
  IfBranch,
  IfStatement,
  LoopTest,
  Statement,
  SubStatement,
  SwitchCase,
  SwitchStatement,
  Unexpanded,
} from "./ast.ts";
import { expectEnd, readCondition, readHead, readOver, readValues } from "./clauses.ts";
import type { Cursor } from "./cursor.ts";
import { cursorOver, peek, tookKeyword, takeName, unexpected } from "./cursor.ts";
import { statementRanges } from "./ranges.ts";
import type { ClauseKeyword, StatementRange } from "./ranges.ts";
import { skipBlanks, wordFrom } from "./scan.ts";
import type { ScriptText } from "./script-text.ts";
import { errorAt } from "./script-text.ts";
import { parseStatement } from "./statements.ts";

interface Reader {
  readonly source: ScriptText;
  readonly ranges: readonly StatementRange[];
  readonly how: Reading;
  at: number;
  depth: number;
}

export interface Reading {
  /** Whether `$( )` keeps a statement open; else it is plain text. */
  readonly expands: boolean;
  /** Leaves what cannot be read as text, to be complained of where it runs: the engine reads a statement when it runs it. */
  readonly postpones: boolean;
}

interface Clausal {
  readonly range: StatementRange;
  readonly keyword: ClauseKeyword;
}

/** The text of a statement or clause, blanks at its end apart. */
function unexpanded(reader: Reader, start: number, stop: number): Unexpanded {
  const text = reader.source.text.slice(start, stop).trimEnd();
  return { kind: "unexpanded", text, span: { start, end: start + text.length } };
}

/** Reads now, or leaves the text where that has to wait. */
function readOr<Read>(reader: Reader, from: StatementRange, read: (cursor: Cursor) => Read): Clause<Read> {
  const start = skipBlanks(reader.source, from.start, from.end);
  if (from.expands && reader.how.expands) return unexpanded(reader, start, from.end);
  try {
    if (from.fault !== undefined) throw from.fault;
    return read(cursorOver(reader.source, start, from.end));
  } catch (error) {
    if (!reader.how.postpones || !isKnownError(error)) throw error;
    return unexpanded(reader, start, from.end);
  }
}

/** The text of a clause behind its keyword. */
function textOf({ range }: Clausal, end: number = range.end): StatementRange {
  return { ...range, start: range.clause?.text ?? range.start, end };
}

function next(reader: Reader): Clausal | undefined {
  const range = reader.ranges[reader.at];
  return range?.clause === undefined ? undefined : { range, keyword: range.clause.keyword };
}

/** The condition between IF or ELSEIF and THEN. */
function conditionOf(reader: Reader, clause: Clausal): IfBranch["condition"] {
  const then = clause.range.end - 4;
  const has = then > clause.range.start && wordFrom(reader.source.text, then).toLowerCase() === "then";
  if (has) return readOr(reader, textOf(clause, then), readCondition);
  const name = clause.keyword.toUpperCase();
  const fault = errorAt(reader.source, clause.range.start, `${name} has no THEN on its line`, {
    expected: "THEN",
    remedy: "put the condition and THEN on one line",
  });
  if (!reader.how.postpones) throw fault;
  // Its keyword stays, so that it cannot be read where it runs either.
  return unexpanded(reader, clause.range.start, clause.range.end);
}

function expectBare(reader: Reader, clause: Clausal): void {
  expectEnd(cursorOver(reader.source, clause.range.clause?.text ?? clause.range.start, clause.range.end));
}

/** Takes the clause that divides or ends a block. */
function takeClause(reader: Reader, opening: Clausal, wanted: readonly ClauseKeyword[]): Clausal {
  const found = next(reader);
  if (found !== undefined && wanted.includes(found.keyword)) {
    reader.at += 1;
    return found;
  }
  const expected = (wanted.at(-1) ?? "").toUpperCase();
  const name = opening.keyword.toUpperCase();
  const { line = 1 } = reader.source.placeOf(opening.range.start);
  const message =
    found === undefined
      ? `${name} is never ended`
      : `${found.keyword.toUpperCase()} stands where the ${name} of line ${line} is not ended`;
  throw errorAt(reader.source, (found ?? opening).range.start, message, {
    expected,
    remedy: `write ${expected} on a line of its own`,
  });
}

function parseIf(reader: Reader, opening: Clausal): IfStatement {
  const branches: [IfBranch, ...IfBranch[]] = [{ condition: conditionOf(reader, opening), body: parseBody(reader) }];
  const start = opening.range.start;
  for (;;) {
    const clause = takeClause(reader, opening, ["elseif", "else", "end if"]);
    if (clause.keyword === "elseif") {
      branches.push({ condition: conditionOf(reader, clause), body: parseBody(reader) });
      continue;
    }
    const otherwise = clause.keyword === "else" ? { otherwise: parseBody(reader) } : {};
    const end = clause.keyword === "else" ? takeClause(reader, opening, ["end if"]) : clause;
    expectBare(reader, end);
    return { kind: "if", branches, ...otherwise, span: { start, end: end.range.end } };
  }
}

/** NEXT may name its variable, then the one of its FOR. */
function checkNext(reader: Reader, over: ForStatement["over"], end: Clausal): void {
  const cursor = cursorOver(reader.source, end.range.clause?.text ?? end.range.start, end.range.end);
  if (peek(cursor).kind === "end" || end.range.expands) return;
  const { at } = cursor;
  const named = takeName(cursor, "a variable name");
  expectEnd(cursor);
  if (over.kind === "unexpanded" || over.variable === named) return;
  cursor.at = at;
  throw unexpected(cursor, over.variable, "NEXT names the variable of its FOR, or none");
}

function parseFor(reader: Reader, opening: Clausal): ForStatement {
  const over = readOr(reader, textOf(opening), readOver);
  const body = parseBody(reader);
  const end = takeClause(reader, opening, ["next"]);
  checkNext(reader, over, end);
  return { kind: "for", over, body, span: { start: opening.range.start, end: end.range.end } };
}

function loopTest(reader: Reader, clause: Clausal): LoopTest | undefined {
  const text = textOf(clause);
  const cursor = cursorOver(reader.source, text.start, text.end);
  if (peek(cursor).kind === "end") return undefined;
  const until = tookKeyword(cursor, "until");
  if (!until && !tookKeyword(cursor, "while")) throw unexpected(cursor, "WHILE or UNTIL");
  return { until, condition: readOr(reader, { ...text, start: cursor.at }, readCondition) };
}

function parseDo(reader: Reader, opening: Clausal): DoStatement {
  const before = loopTest(reader, opening);
  const body = parseBody(reader);
  const end = takeClause(reader, opening, ["loop"]);
  const after = loopTest(reader, end);
  const span = { start: opening.range.start, end: end.range.end };
  return { kind: "do", ...(before && { before }), body, ...(after && { after }), span };
}

function parseSwitch(reader: Reader, opening: Clausal): SwitchStatement {
  const value = readOr(reader, textOf(opening), readCondition);
  const cases: SwitchCase[] = [];
  for (;;) {
    const clause = takeClause(reader, opening, ["case", "default", "end switch"]);
    if (clause.keyword === "case") {
      cases.push({ values: readOr(reader, textOf(clause), readValues), body: parseBody(reader) });
      continue;
    }
    const otherwise = clause.keyword === "default" ? { otherwise: parseBody(reader) } : {};
    const end = clause.keyword === "default" ? takeClause(reader, opening, ["end switch"]) : clause;
    expectBare(reader, end);
    return { kind: "switch", value, cases, ...otherwise, span: { start: opening.range.start, end: end.range.end } };
  }
}

function parseSub(reader: Reader, opening: Clausal): SubStatement {
  const head = readOr(reader, textOf(opening), readHead);
  const body = parseBody(reader);
  const end = takeClause(reader, opening, ["end sub"]);
  expectBare(reader, end);
  return { kind: "sub", head, body, span: { start: opening.range.start, end: end.range.end } };
}

const blocks: Partial<Record<ClauseKeyword, (reader: Reader, opening: Clausal) => Statement>> = {
  if: parseIf,
  for: parseFor,
  do: parseDo,
  switch: parseSwitch,
  sub: parseSub,
};

function parseBlock(
  reader: Reader,
  opening: Clausal,
  parse: (reader: Reader, opening: Clausal) => Statement,
): Statement {
  reader.depth += 1;
  if (reader.depth > depthCap) {
    throw errorAt(reader.source, opening.range.start, "blocks are nested too deep", {
      expected: `at most ${depthCap} levels`,
      remedy: "move a part into a SUB",
    });
  }
  reader.at += 1;
  const statement = parse(reader, opening);
  reader.depth -= 1;
  return statement;
}

/** Statements up to a clause that divides or ends the block they stand in. */
function parseBody(reader: Reader): readonly Statement[] {
  const statements: Statement[] = [];
  for (;;) {
    const range = reader.ranges[reader.at];
    if (range === undefined) return statements;
    const clause = next(reader);
    if (clause === undefined) {
      reader.at += 1;
      statements.push(readOr(reader, range, parseStatement));
      continue;
    }
    const parse = blocks[clause.keyword];
    if (parse === undefined) return statements;
    statements.push(parseBlock(reader, clause, parse));
  }
}

/** The statements of a text. Throws ConformanceError `script-syntax` for blocks that do not fit together. */
export function parseStatements(source: ScriptText, how: Reading): readonly Statement[] {
  const reader: Reader = { source, ranges: statementRanges(source), how, at: 0, depth: 0 };
  const statements = parseBody(reader);
  const stray = next(reader);
  if (stray === undefined) return statements;
  throw errorAt(source, stray.range.start, `${stray.keyword.toUpperCase()} has no beginning`, {
    remedy: "look for the clause that should open the block, or for an END too many",
  });
}
