/** SET, LET and what `$( )` stands for (LS-LEX-08, LS-CTL-01). */
import type { Value } from "../contract/types.ts";
import { cursorOver, peek } from "../languages/load-script/cursor.ts";
import { checkLength, expandDollar } from "../languages/load-script/expand.ts";
import { parseExpression } from "../languages/load-script/expressions.ts";
import { derivedText, errorAt } from "../languages/load-script/script-text.ts";
import type { ScriptText } from "../languages/load-script/script-text.ts";
import { compile, noRow } from "./expressions.ts";
import type { Scope } from "./expressions.ts";
import { functionsOutsideLoad, recordFunctions } from "./record-functions.ts";
import { refuseOutside, resolvedPath } from "./script-files.ts";
import { settingsOf } from "./settings.ts";
import { limitError, runError, variable } from "./state.ts";
import type { State } from "./state.ts";
import { numberOf, textOf } from "./values.ts";

/** Outside LOAD names are variables (LS-LEX-05); one that was never set is NULL. */
export function variableScope(state: State, source: ScriptText): Scope {
  const special = recordFunctions(state, { fields: [], rows: [], watchers: [], asksPrevious: false });
  return {
    name: (name) => () => variable(state, name) ?? null,
    special: (name) => (functionsOutsideLoad.has(name) ? special(name) : undefined),
    settings: settingsOf(state.variables, state.now),
    fail: (span, message, remedy, code) =>
      errorAt(source, span?.start ?? 0, message, { code: code ?? "script-run", remedy }),
  };
}

/** A SET value: the text as written, its outer quotation marks taken off. */
export function setValue(text: string): string {
  const match = /^'((?:[^']|'')*)'$|^"((?:[^"]|"")*)"$/.exec(text);
  if (match === null) return text;
  return match[1] === undefined ? (match[2] ?? "").replaceAll('""', '"') : match[1].replaceAll("''", "'");
}

function evaluateText(state: State, text: string, source: ScriptText): Value {
  const cursor = cursorOver(source, 0, text.length);
  const expression = parseExpression(cursor);
  if (peek(cursor).kind !== "end") {
    throw errorAt(source, cursor.at, "the expression goes on where it should end", { expected: "an operator or )" });
  }
  return compile(expression, variableScope(state, source))(noRow);
}

const called = /^([^(]+)\(([\s\S]*)\)$/;

/** `$(f(a,b))`: `$1`, `$2` … are the arguments, `$0` their number. */
function withArguments(text: string, list: string, at: ScriptText): string {
  const args = list.split(",").map((argument) => argument.trim());
  let length = 0;
  return text.replaceAll(/\$(\d+)/g, (whole, digits: string) => {
    const position = Number(digits);
    const argument = position === 0 ? String(args.length) : (args[position - 1] ?? whole);
    length += argument.length;
    checkLength(at, length, 0);
    return argument;
  });
}

function variableText(state: State, name: string): string {
  return textOf(variable(state, name) ?? null) ?? "";
}

const include = /^(must_)?include\s*=([\s\S]*)$/i;

function isInclude(body: string): boolean {
  return include.test(body);
}

/** More files are not included, counting each time: a file may include itself. */
const maximalIncludes = 1000;

/**
 * The file of `include=path` or `must_include=path`, `$( )` in the path put in; only the latter minds that there is none.
 * Throws `script-run` for a path that leaves its connection, and for too many files (LS-LEX-08).
 */
export function includedFile(
  state: State,
  body: string,
  at: ScriptText,
): { readonly path: string; readonly text: string } | undefined {
  const [, must, named = ""] = include.exec(body.trim()) ?? [];
  const written = expand(
    state,
    derivedText(named, at, () => 0),
  ).text.trim();
  const path = resolvedPath(state, setValue(written.replace(/^\[([\s\S]*)\]$/, "$1")));
  state.includes += 1;
  if (state.includes > maximalIncludes) {
    const message = `more than ${maximalIncludes} files are included`;
    throw limitError({ source: at, span: undefined }, message, "look for a file that includes itself");
  }
  refuseOutside(path, { source: at, span: undefined });
  const text = state.files(path);
  if (text !== undefined) return { path, text };
  if (must === undefined) return undefined;
  const remedy = "hand the file in under the path the script uses";
  throw runError(at, undefined, `there is no file ${JSON.stringify(path)}`, remedy);
}

function evaluatedText(state: State, expression: string, at: ScriptText): string {
  const source = derivedText(expression, at, () => 0);
  return textOf(evaluateText(state, expression, source)) ?? "";
}

function resolve(state: State, body: string, at: ScriptText): string {
  const text = body.trim();
  if (text.startsWith("=")) return evaluatedText(state, text.slice(1), at);
  if (text.startsWith("#")) return String(numberOf(variable(state, text.slice(1).trim()) ?? null) ?? 0);
  if (isInclude(text)) return includedFile(state, text, at)?.text ?? "";
  const call = state.variables.has(text) ? null : called.exec(text);
  if (call === null) return variableText(state, text);
  return withArguments(variableText(state, (call[1] ?? "").trim()), call[2] ?? "", at);
}

/** The text with its `$( )` replaced. An unknown variable is an empty text. */
export function expand(state: State, source: ScriptText): ScriptText {
  return expandDollar(source, (body, offset) =>
    resolve(
      state,
      body,
      derivedText("", source, () => offset),
    ),
  );
}
