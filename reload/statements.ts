/** Runs the statements of a script one by one (load-script §5, §6). */
import type {
  CallStatement,
  DoStatement,
  ExitStatement,
  ForStatement,
  GuardedStatement,
  IfStatement,
  Statement,
  SubStatement,
  SwitchStatement,
  Unexpanded,
} from "../languages/load-script/ast.ts";
import { parseExpanded, parseRunnable } from "../languages/load-script/parse.ts";
import { scriptText } from "../languages/load-script/script-text.ts";
import type { ScriptText } from "../languages/load-script/script-text.ts";
import { runBinary } from "./binary.ts";
import { allows, runDo, runFor, runIf, runSwitch, waitingText } from "./flow.ts";
import type { Flow, Place } from "./flow.ts";
import { runMode } from "./modes.ts";
import { beginErrors, noteFailure, noteSuccess } from "./script-errors.ts";
import { countStep, limitError, runError } from "./state.ts";
import type { State } from "./state.ts";
import { runLoad } from "./store.ts";
import { runStore } from "./stores.ts";
import { defineSub, runCall } from "./subroutines.ts";
import { runOnTables } from "./table-statements.ts";
import type { TableStatement } from "./table-statements.ts";
import { expand, includedFile } from "./variables.ts";

const include = /^\$\(\s*((?:must_)?include\s*=[\s\S]*)\)$/i;

/** How deep blocks, calls and includes may be nested: each level needs room on the stack. */
const maximalDepth = 500;

/** A statement that is nothing but an include runs the file's statements. Only Must_Include minds a missing file. */
function runInclude(state: State, body: string, source: ScriptText): Flow {
  const included = includedFile(state, body, source);
  return included === undefined ? "on" : runText(state, included.text, included.path);
}

function runUnexpanded(state: State, source: ScriptText): Flow {
  const body = include.exec(source.text)?.[1];
  if (body !== undefined) return runInclude(state, body, source);
  const expanded = expand(state, source);
  return runBody(state, parseExpanded(expanded), expanded);
}

function refuseWaiting(state: State): void {
  const [first] = state.waiting;
  if (first === undefined) return;
  const remedy = "add a source (INLINE, FROM, RESIDENT, AUTOGENERATE), or the LOAD it reads from right after it";
  throw runError(first.source, first.load.span, "a LOAD without source has no LOAD after it", remedy);
}

function isOnTables(statement: Statement): statement is TableStatement {
  return ["drop-tables", "drop-fields", "rename", "loosen", "autonumber"].includes(statement.kind);
}

type Leaf = Exclude<Statement, BlockStatement | ExitStatement | GuardedStatement | Unexpanded>;

/** Runs a statement that is no control statement. */
function runLeaf(state: State, statement: Leaf, source: ScriptText): void {
  if (statement.kind === "load") {
    runLoad(state, { load: statement, source });
  } else {
    refuseWaiting(state);
    if (statement.kind === "binary") runBinary(state, statement, source);
    else if (statement.kind === "store") runStore(state, statement, source);
    else if (isOnTables(statement)) runOnTables(state, statement, source);
    else runMode(state, statement, source);
  }
  state.started = true;
  noteSuccess(state);
}

function runExit(place: Place, { what, guard, span }: ExitStatement): Flow {
  if (!allows(place, guard)) return "on";
  place.state.left = { source: place.source, span };
  return what;
}

type BlockStatement = IfStatement | ForStatement | DoStatement | SwitchStatement | SubStatement | CallStatement;

function runBlock(place: Place, statement: BlockStatement): Flow {
  switch (statement.kind) {
    case "if":
      return runIf(place, statement);
    case "for":
      return runFor(place, statement);
    case "do":
      return runDo(place, statement);
    case "switch":
      return runSwitch(place, statement);
    case "call-sub":
      return runCall(place, statement);
    case "sub":
      defineSub(place, statement);
      return "on";
  }
}

const blockKinds: readonly Statement["kind"][] = [
  "if",
  "for",
  "do",
  "switch",
  "sub",
  "call-sub",
] satisfies readonly BlockStatement["kind"][];

function isBlock(statement: Statement): statement is BlockStatement {
  return blockKinds.includes(statement.kind);
}

function runOne(place: Place, statement: Statement): Flow {
  const { state, source } = place;
  if (statement.kind === "unexpanded") return runUnexpanded(state, waitingText(statement, source));
  if (statement.kind === "guarded") return allows(place, statement.guard) ? runOne(place, statement.statement) : "on";
  if (statement.kind === "exit") return runExit(place, statement);
  if (isBlock(statement)) return runBlock(place, statement);
  runLeaf(state, statement, source);
  return "on";
}

function run(state: State, statement: Statement, source: ScriptText): Flow {
  countStep(state, { source, span: statement.span });
  const { depth } = state;
  try {
    return runOne({ state, source, run: runBody }, statement);
  } catch (error) {
    noteFailure(state, error);
    state.depth = depth;
    return "on";
  }
}

function runBody(state: State, statements: readonly Statement[], source: ScriptText): Flow {
  state.depth += 1;
  if (state.depth > maximalDepth) {
    const [first] = statements;
    const message = `blocks, calls and includes are nested more than ${maximalDepth} deep`;
    throw limitError({ source, span: first?.span }, message, "look for a subroutine or file that calls itself");
  }
  for (const statement of statements) {
    const flow = run(state, statement, source);
    if (flow === "on") continue;
    state.depth -= 1;
    return flow;
  }
  state.depth -= 1;
  return "on";
}

function runText(state: State, text: string, file: string | undefined): Flow {
  const source = scriptText(text, file);
  const flow = runBody(state, parseRunnable(source), source);
  if (flow === "on") refuseWaiting(state);
  return flow;
}

/** Runs a whole script. Throws ConformanceError with file, line and column. */
export function runScript(state: State, text: string, file: string | undefined): void {
  beginErrors(state);
  const flow = runText(state, text, file);
  if (flow === "on" || flow === "script") return;
  const { source, span } = state.left ?? { source: scriptText(text, file), span: undefined };
  const what = flow.toUpperCase();
  throw runError(source, span, `EXIT ${what} stands in no ${what}`, "EXIT SCRIPT ends the script");
}
