/** Statements that set variables, or what holds for the statements that follow (LS-CTL-01, LS-MOD-05, LS-MOD-09). */
import { isKnownError } from "../contract/errors.ts";
import type {
  AliasStatement,
  ConnectStatement,
  DirectoryStatement,
  FieldListStatement,
  ForceStatement,
  LetStatement,
  MapStatement,
  PassedStatement,
  SectionStatement,
  SetStatement,
  StarStatement,
  TraceStatement,
} from "../languages/load-script/ast.ts";
import type { ScriptText } from "../languages/load-script/script-text.ts";
import { compile, noRow } from "./expressions.ts";
import { setVariable } from "./state.ts";
import type { State } from "./state.ts";
import { setValue, variableScope } from "./variables.ts";

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

export type ModeStatement =
  | SectionStatement
  | StarStatement
  | SetStatement
  | LetStatement
  | FieldListStatement
  | ForceStatement
  | AliasStatement
  | MapStatement
  | ConnectStatement
  | DirectoryStatement
  | TraceStatement
  | PassedStatement;

function toggle(state: State, { kind, fields }: FieldListStatement): void {
  const on = kind === "qualify" || kind === "nullasvalue";
  const toggles = kind.startsWith("null") ? state.nullAsValue : state.qualified;
  toggles.push(...fields.map((pattern) => ({ pattern, on })));
}

type LoadMode = Exclude<
  ModeStatement,
  SectionStatement | StarStatement | SetStatement | LetStatement | TraceStatement | PassedStatement
>;

/** What holds for the loads that follow. */
function runLoadMode(state: State, statement: LoadMode): void {
  switch (statement.kind) {
    case "force":
      state.force = statement.letters;
      return;
    case "alias":
      for (const { from, to } of statement.pairs) state.aliases.set(from, to);
      return;
    case "map":
      state.mapped.push(...statement.fields.map((pattern) => ({ pattern, map: statement.map })));
      return;
    case "connect":
      state.connection = statement.connection;
      return;
    case "directory":
      state.directory = statement.path;
      return;
    case "qualify":
    case "unqualify":
    case "nullasvalue":
    case "nullasnull":
      toggle(state, statement);
  }
}

const others: ReadonlySet<string> = new Set(["section", "star", "set", "let", "trace", "passed"]);

function isLoadMode(statement: ModeStatement): statement is LoadMode {
  return !others.has(statement.kind);
}

export function runMode(state: State, statement: ModeStatement, source: ScriptText): void {
  if (isLoadMode(statement)) {
    runLoadMode(state, statement);
    return;
  }
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
    case "trace":
      state.options.trace?.(statement.text);
      return;
    case "passed":
  }
}
