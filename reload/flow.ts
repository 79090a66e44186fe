/** Runs control statements (LS-CTL-02, LS-CTL-03, LS-CTL-05). Each clause is read when it is first met. */
import type { Value } from "../contract/types.ts";
import type {
  Clause,
  CountingClause,
  DoStatement,
  Expression,
  ForStatement,
  Guard,
  IfStatement,
  LoopTest,
  Span,
  Statement,
  SwitchStatement,
  Unexpanded,
} from "../languages/load-script/ast.ts";
import { readCondition, readOver, readValues } from "../languages/load-script/clauses.ts";
import { cursorOver } from "../languages/load-script/cursor.ts";
import type { Cursor } from "../languages/load-script/cursor.ts";
import { derivedText } from "../languages/load-script/script-text.ts";
import type { ScriptText } from "../languages/load-script/script-text.ts";
import { compile, noRow } from "./expressions.ts";
import { isTrue } from "./functions.ts";
import { listedValues } from "./lists.ts";
import { countStep, runError, setVariable, variable } from "./state.ts";
import type { State } from "./state.ts";
import { numberOf, textOf } from "./values.ts";
import { expand, variableScope } from "./variables.ts";

/** How a statement left: on to the next one, or out of what an EXIT names. */
export type Flow = "on" | "script" | "for" | "do" | "sub";

/** Runs the statements of a body. */
export type RunBody = (state: State, statements: readonly Statement[], source: ScriptText) => Flow;

/** A statement being run: where it stands, and how the statements in it are run. */
export interface Place {
  readonly state: State;
  readonly source: ScriptText;
  readonly run: RunBody;
}

/** A clause as read, and the text its places lie in. */
export interface Ready<Read> {
  readonly read: Read;
  readonly source: ScriptText;
}

/** The text of a statement or clause that waits for its `$( )`, with its places. */
export function waitingText(waiting: { readonly text: string; readonly span?: Span }, source: ScriptText): ScriptText {
  const start = waiting.span?.start ?? 0;
  return derivedText(waiting.text, source, (offset) => start + offset);
}

/** A clause with its `$( )` put in. */
export function readied<Read extends { readonly kind: string }>(
  { state, source }: Place,
  clause: Clause<Read>,
  read: (cursor: Cursor) => Read,
): Ready<Read> {
  if (!isWaiting(clause)) return { read: clause, source };
  const expanded = expand(state, waitingText(clause, source));
  return { read: read(cursorOver(expanded, 0, expanded.text.length)), source: expanded };
}

function isWaiting(clause: Clause<{ readonly kind: string }>): clause is Unexpanded {
  return clause.kind === "unexpanded";
}

export function valueOf(state: State, { read, source }: Ready<Expression>): Value {
  return compile(read, variableScope(state, source))(noRow);
}

/** Whether WHEN or UNLESS lets a statement run (LS-CTL-05). */
export function allows({ state, source }: Place, guard: Guard | undefined): boolean {
  return guard === undefined || isTrue(valueOf(state, { read: guard.condition, source })) !== guard.unless;
}

export function runIf(place: Place, { branches, otherwise }: IfStatement): Flow {
  for (const { condition, body } of branches) {
    const ready = readied(place, condition, readCondition);
    if (isTrue(valueOf(place.state, ready))) return place.run(place.state, body, place.source);
  }
  return otherwise === undefined ? "on" : place.run(place.state, otherwise, place.source);
}

/** As numbers when both are, else as texts; NULL is equal to nothing (LS-VAL-06). */
function areEqual(one: Value, other: Value): boolean {
  const [number, otherNumber] = [numberOf(one), numberOf(other)];
  if (number !== undefined && otherNumber !== undefined) return number === otherNumber;
  const text = textOf(one);
  return text !== undefined && text === textOf(other);
}

export function runSwitch(place: Place, { value, cases, otherwise }: SwitchStatement): Flow {
  const { state, source, run } = place;
  const wanted = valueOf(state, readied(place, value, readCondition));
  for (const { values, body } of cases) {
    const ready = readied(place, values, readValues);
    const given = ready.read.of.map((read) => valueOf(state, { read, source: ready.source }));
    if (given.some((each) => areEqual(each, wanted))) return run(state, body, source);
  }
  return otherwise === undefined ? "on" : run(state, otherwise, source);
}

/** One round of a loop: whether it goes on, or how it is left. */
function round(place: Place, loop: ForStatement | DoStatement): Flow {
  countStep(place.state, { source: place.source, span: loop.span });
  return place.run(place.state, loop.body, place.source);
}

/** An EXIT of this loop ends it alone. */
function left(flow: Flow, kind: "for" | "do"): Flow {
  return flow === kind ? "on" : flow;
}

interface Count {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** The bounds of a FOR; `undefined` when one of them is no number: then there is no round. */
function countOf(place: Place, statement: ForStatement, { read, source }: Ready<CountingClause>): Count | undefined {
  const number = (expression: Expression): number | undefined =>
    numberOf(valueOf(place.state, { read: expression, source }));
  const [from, to] = [number(read.from), number(read.to)];
  const step = read.step === undefined ? 1 : number(read.step);
  if (step === 0) {
    throw runError(place.source, statement.span, "STEP is 0: the loop would not end", "give STEP another number");
  }
  return from === undefined || to === undefined || step === undefined ? undefined : { from, to, step };
}

/** The counter may be changed within the loop; the bounds are those met first. */
function runCounting(place: Place, statement: ForStatement, clause: Ready<CountingClause>): Flow {
  const { state } = place;
  const name = clause.read.variable;
  const count = countOf(place, statement, clause);
  if (count === undefined) return "on";
  setVariable(state, name, count.from);
  for (;;) {
    const at = numberOf(variable(state, name) ?? null);
    if (at === undefined || (count.step > 0 ? at > count.to : at < count.to)) return "on";
    const flow = round(place, statement);
    if (flow !== "on") return left(flow, "for");
    const next = (numberOf(variable(state, name) ?? null) ?? Number.NaN) + count.step;
    setVariable(state, name, Number.isFinite(next) ? next : null);
  }
}

export function runFor(place: Place, statement: ForStatement): Flow {
  const { read, source } = readied(place, statement.over, readOver);
  if (read.kind === "counting") return runCounting(place, statement, { read, source });
  for (const item of read.items) {
    for (const value of listedValues(place.state, item, source)) {
      setVariable(place.state, read.variable, value);
      const flow = round(place, statement);
      if (flow !== "on") return left(flow, "for");
    }
  }
  return "on";
}

/** A test of DO or LOOP, read when it is first met and put anew each time. */
function tester(place: Place, test: LoopTest | undefined): () => boolean {
  if (test === undefined) return () => true;
  let ready: Ready<Expression> | undefined;
  return () => {
    ready ??= readied(place, test.condition, readCondition);
    return isTrue(valueOf(place.state, ready)) !== test.until;
  };
}

export function runDo(place: Place, statement: DoStatement): Flow {
  const before = tester(place, statement.before);
  const after = tester(place, statement.after);
  while (before()) {
    const flow = round(place, statement);
    if (flow !== "on") return left(flow, "do");
    if (!after()) return "on";
  }
  return "on";
}
