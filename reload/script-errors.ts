/** Errors of statements, as a script sees them: ErrorMode, ScriptError, ScriptErrorCount, ScriptErrorList (LS-CTL-04). */
import { formatError, isKnownError } from "../contract/errors.ts";
import type { ConformanceError } from "../contract/errors.ts";
import type { Value } from "../contract/types.ts";
import { isLimit, setVariable } from "./state.ts";
import type { State } from "./state.ts";
import { numberOf } from "./values.ts";

const texts = {
  0: "No error",
  1: "General error",
  2: "Syntax error",
  8: "File not found",
  10: "Table not found",
  11: "Field not found",
} as const;

type Code = keyof typeof texts;

function scriptError(code: Code): Value {
  return { n: code, t: texts[code] };
}

/** What is not there is told in these words throughout `reload/`. */
const missing: readonly (readonly [begins: string, code: Code])[] = [
  ["there is no file", 8],
  ["there is no table", 10],
  ["there is no mapping table", 10],
  ["there is no field", 11],
];

function codeOf(error: ConformanceError): Code {
  if (error.code === "script-syntax") return 2;
  return missing.find(([begins]) => error.message.startsWith(begins))?.[1] ?? 1;
}

function tell(state: State, code: Code): void {
  setVariable(state, "ScriptError", scriptError(code));
  setVariable(state, "ScriptErrorCount", state.errors.count);
  setVariable(state, "ScriptErrorList", state.errors.list);
}

/** Sets the variables as they are before anything went wrong. */
export function beginErrors(state: State): void {
  tell(state, 0);
}

/** Characters of ScriptErrorList after which no more messages are added. */
const maximalList = 100_000;

/** A statement ran: the code of the one before is forgotten. */
export function noteSuccess(state: State): void {
  if (numberOf(state.variables.get("ScriptError") ?? null) !== 0) tell(state, 0);
}

/** Passes over what went wrong when `SET ErrorMode=0` says so; else throws it again. */
export function noteFailure(state: State, error: unknown): void {
  if (!isKnownError(error) || isLimit(error)) throw error;
  if (numberOf(state.variables.get("ErrorMode") ?? null) !== 0) throw error;
  state.waiting = [];
  const { errors } = state;
  errors.count += 1;
  if (errors.list.length < maximalList) errors.list += `${errors.list === "" ? "" : "\n"}${formatError(error)}`;
  tell(state, codeOf(error));
}
