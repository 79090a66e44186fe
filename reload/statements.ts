/** Runs the statements of a script one by one (load-script §5, §6). */
import { isKnownError } from "../contract/errors.ts";
import type {
  FieldListStatement,
  LetStatement,
  Load,
  SectionStatement,
  SetStatement,
  StarStatement,
  Statement,
  Unexpanded,
} from "../languages/load-script/ast.ts";
import { parseExpanded, parseLoadScript } from "../languages/load-script/parse.ts";
import { derivedText, scriptText } from "../languages/load-script/script-text.ts";
import type { ScriptText } from "../languages/load-script/script-text.ts";
import { compile, noRow } from "./expressions.ts";
import { runError, setVariable } from "./state.ts";
import type { State } from "./state.ts";
import { runLoad } from "./store.ts";
import { runOnTables } from "./table-statements.ts";
import type { TableStatement } from "./table-statements.ts";
import { expand, setValue, variableScope } from "./variables.ts";

const maximalIncludes = 100;

const include = /^\$\(\s*(must_)?include\s*=([\s\S]*)\)$/i;

/** A statement that is nothing but an include runs the file's statements. Only Must_Include minds a missing file. */
function runInclude(state: State, [, must, named = ""]: RegExpExecArray, source: ScriptText): void {
  const inner = derivedText(named, source, () => 0);
  const path = setValue(
    expand(state, inner)
      .text.trim()
      .replace(/^\[(.*)\]$/, "$1"),
  );
  const text = state.files(path);
  state.includes += 1;
  if (state.includes > maximalIncludes) {
    throw runError(
      source,
      undefined,
      `more than ${maximalIncludes} files are included`,
      "look for a file that includes itself",
    );
  }
  if (text !== undefined) runScript(state, text, path);
  else if (must !== undefined) {
    const remedy = "hand the file in under the path the script uses";
    throw runError(source, undefined, `there is no file ${JSON.stringify(path)}`, remedy);
  }
}

function runUnexpanded(state: State, text: string, source: ScriptText): void {
  const match = include.exec(text);
  if (match !== null) {
    runInclude(state, match, source);
    return;
  }
  const expanded = expand(state, source);
  for (const statement of parseExpanded(expanded)) run(state, statement, expanded);
}

/** A LET that asks for a function there is not fails only where its variable is used: many scripts set more than they need. */
function runLet(state: State, statement: LetStatement, source: ScriptText): void {
  const { name, value } = statement;
  try {
    setVariable(state, name, value && compile(value, variableScope(state, source))(noRow));
  } catch (error) {
    if (!isKnownError(error) || error.code !== "not-supported") throw error;
    state.unusable.set(name, error);
  }
}

/** `SET v=;` takes the variable away, as `SET NullInterpret=;` asks for the default (LS-INL-04). */
function runSet(state: State, name: string, text: string): void {
  setVariable(state, name, text === "" ? undefined : setValue(text));
}

type SwitchStatement = SectionStatement | StarStatement | SetStatement | LetStatement | FieldListStatement;

function runSwitch(state: State, statement: SwitchStatement, source: ScriptText): void {
  switch (statement.kind) {
    case "section":
      state.section = statement.section;
      state.hasAccess ||= statement.section === "access";
      return;
    case "star":
      state.star = statement.symbol;
      return;
    case "set":
      runSet(state, statement.name, statement.value);
      return;
    case "let":
      runLet(state, statement, source);
      return;
    case "qualify":
    case "unqualify":
    case "nullasvalue":
    case "nullasnull": {
      const on = statement.kind === "qualify" || statement.kind === "nullasvalue";
      const toggles = statement.kind.startsWith("null") ? state.nullAsValue : state.qualified;
      toggles.push(...statement.fields.map((pattern) => ({ pattern, on })));
    }
  }
}

function refuseWaiting(state: State): void {
  const [first] = state.waiting;
  if (first === undefined) return;
  const remedy = "add a source (INLINE, FROM, RESIDENT, AUTOGENERATE), or the LOAD it reads from right after it";
  throw runError(first.source, first.load.span, "a LOAD without source has no LOAD after it", remedy);
}

function isOnTables(statement: Statement): statement is TableStatement {
  const { kind } = statement;
  return kind === "drop-tables" || kind === "drop-fields" || kind === "rename" || kind === "loosen";
}

function runSettled(state: State, statement: Exclude<Statement, Load | Unexpanded>, source: ScriptText): void {
  refuseWaiting(state);
  if (statement.kind === "exit") state.exited = true;
  else if (isOnTables(statement)) runOnTables(state, statement, source);
  else if (statement.kind !== "trace") runSwitch(state, statement, source);
}

function run(state: State, statement: Statement, source: ScriptText): void {
  if (state.exited) return;
  if (statement.kind === "load") {
    runLoad(state, { load: statement, source });
  } else if (statement.kind === "unexpanded") {
    const start = statement.span?.start ?? 0;
    const text = derivedText(statement.text, source, (offset) => start + offset);
    runUnexpanded(state, statement.text, text);
  } else {
    runSettled(state, statement, source);
  }
}

/** Runs a whole script. Throws ConformanceError with file, line and column. */
export function runScript(state: State, text: string, file: string | undefined): void {
  const source = scriptText(text, file);
  const { statements } = parseLoadScript(text, file === undefined ? {} : { file });
  for (const statement of statements) run(state, statement, source);
  refuseWaiting(state);
}
