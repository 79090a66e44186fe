/** What the clauses of control statements say (LS-CTL-02, LS-CTL-03). */
import type {
  CallStatement,
  CaseValues,
  CountingClause,
  ExitStatement,
  Expression,
  Guard,
  ListClause,
  SubHead,
} from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import {
  expectKeyword,
  expectSymbol,
  isSymbol,
  peek,
  spanFrom,
  takeList,
  takeName,
  tookKeyword,
  tookSymbol,
  unexpected,
} from "./cursor.ts";
import { parseExpression } from "./expressions.ts";

/** Refuses what is left of a clause. */
export function expectEnd(cursor: Cursor): void {
  if (peek(cursor).kind !== "end") throw unexpected(cursor, "the end of the line", "one clause stands on one line");
}

function whole<Read>(cursor: Cursor, read: (cursor: Cursor) => Read): Read {
  const found = read(cursor);
  expectEnd(cursor);
  return found;
}

export function readCondition(cursor: Cursor): Expression {
  return whole(cursor, parseExpression);
}

function takeEach(cursor: Cursor): ListClause {
  const variable = takeName(cursor, "a variable name");
  expectKeyword(cursor, "in");
  return { kind: "list", variable, items: takeList(cursor, () => parseExpression(cursor)) };
}

function takeCounting(cursor: Cursor): CountingClause {
  const variable = takeName(cursor, "a variable name, or EACH");
  expectSymbol(cursor, "=");
  const from = parseExpression(cursor);
  expectKeyword(cursor, "to");
  const to = parseExpression(cursor);
  return {
    kind: "counting",
    variable,
    from,
    to,
    ...(tookKeyword(cursor, "step") && { step: parseExpression(cursor) }),
  };
}

/** `i = 1 TO 3`, or `EACH v IN …`; a counter may itself be called Each. */
export function readOver(cursor: Cursor): CountingClause | ListClause {
  const { at } = cursor;
  if (tookKeyword(cursor, "each") && !isSymbol(peek(cursor), "=")) return whole(cursor, takeEach);
  cursor.at = at;
  return whole(cursor, takeCounting);
}

export function readValues(cursor: Cursor): CaseValues {
  return { kind: "values", of: whole(cursor, () => takeList(cursor, () => parseExpression(cursor))) };
}

export function readHead(cursor: Cursor): SubHead {
  const name = takeName(cursor, "the name of the subroutine");
  const parameters: string[] = [];
  if (tookSymbol(cursor, "(") && !tookSymbol(cursor, ")")) {
    parameters.push(...takeList(cursor, () => takeName(cursor, "a parameter")));
    expectSymbol(cursor, ")");
  }
  expectEnd(cursor);
  return { kind: "head", name, parameters };
}

/** The arguments of CALL; none without parentheses. */
function takeArguments(cursor: Cursor): readonly Expression[] {
  if (!tookSymbol(cursor, "(") || tookSymbol(cursor, ")")) return [];
  const found = takeList(cursor, () => parseExpression(cursor));
  expectSymbol(cursor, ")");
  return found;
}

export function parseCall(cursor: Cursor, start: number): CallStatement {
  const name = takeName(cursor, "the name of a subroutine");
  return { kind: "call-sub", name, arguments: takeArguments(cursor), span: spanFrom(cursor, start) };
}

/** `WHEN c` or `UNLESS c`, if one is next (LS-CTL-05). */
export function tookGuard(cursor: Cursor): Guard | undefined {
  const unless = tookKeyword(cursor, "unless");
  if (!unless && !tookKeyword(cursor, "when")) return undefined;
  return { unless, condition: parseExpression(cursor) };
}

const exits: readonly ExitStatement["what"][] = ["script", "for", "do", "sub"];

export function parseExit(cursor: Cursor, start: number): ExitStatement {
  const what = exits.find((name) => tookKeyword(cursor, name));
  if (what === undefined) throw unexpected(cursor, "SCRIPT, FOR, DO or SUB");
  const guard = tookGuard(cursor);
  return { kind: "exit", what, ...(guard && { guard }), span: spanFrom(cursor, start) };
}
