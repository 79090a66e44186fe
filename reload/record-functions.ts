/** Functions that look at the record, at rows made before, at other tables (LS-LEX-06, LS-LOAD-03, LS-LOAD-05, LS-MOD-07). */
import type { Value } from "../contract/types.ts";
import { checkCount, compile, conditional } from "./expressions.ts";
import type { Call, Evaluate, Scope, SpecialFunction } from "./expressions.ts";
import { fileFunctions } from "./file-functions.ts";
import { findTable, lookupOrder, newState } from "./state.ts";
import type { State } from "./state.ts";
import { tableFunctions } from "./table-functions.ts";
import { keyOf, numberOf, textOf } from "./values.ts";

/** The table a LOAD is making. */
export interface Output {
  readonly fields: readonly string[];
  readonly rows: readonly (readonly Value[])[];
  /** For EXISTS: sets that learn the values of a column with every row made. */
  readonly watchers: { readonly column: number; readonly values: Set<string> }[];
  /** Whether an expression looks at the record before: only then is it kept. */
  asksPrevious: boolean;
}

/** The text of an out-of-context reference: a text literal or a bare name (LS-LEX-06). */
function literal({ arguments: args }: Call, position: number): string | undefined {
  const argument = args[position];
  if (argument?.kind === "text") return argument.value;
  return argument?.kind === "name" ? argument.name : undefined;
}

function requireLiteral(call: Call, position: number, scope: Scope): string {
  const text = literal(call, position);
  if (text !== undefined) return text;
  throw scope.fail(call.span, `argument ${position + 1} is no name`, "write the name in single quotes");
}

function checkedArguments({ arguments: args, span }: Call, most: number, scope: Scope): void {
  if (args.length <= most) return;
  throw scope.fail(span, `there are more than ${most} arguments`, "leave the others out", "not-supported");
}

function valuesLoaded(state: State, field: string): Set<string> {
  const values = new Set<string>();
  for (const { fields, rows } of lookupOrder(state)[0].tables) {
    const column = fields.indexOf(field);
    if (column !== -1) for (const row of rows) values.add(keyOf(row[column] ?? null));
  }
  return values;
}

/** EXISTS sees the values loaded so far, those of earlier rows of the same load too (LS-LOAD-05). */
function exists(state: State, output: Output): SpecialFunction {
  return (call, scope) => {
    checkedArguments(call, 2, scope);
    const field = requireLiteral(call, 0, scope);
    const sought = compile(
      call.arguments[1] ?? { kind: "name", name: field, ...(call.span && { span: call.span }) },
      scope,
    );
    const values = valuesLoaded(state, field);
    const column = output.fields.indexOf(field);
    if (column !== -1) output.watchers.push({ column, values });
    return (row) => (values.has(keyOf(sought(row))) ? -1 : 0);
  };
}

/** PEEK: a value of the rows made so far, the last one unless told; `-2` counts from the end, `0` is the first. */
function peek(state: State, output: Output): SpecialFunction {
  return (call, scope) => {
    checkedArguments(call, 3, scope);
    const [, at, table] = call.arguments;
    const field = requireLiteral(call, 0, scope);
    const position = at === undefined ? undefined : compile(at, scope);
    const name = table === undefined ? undefined : requireLiteral(call, 2, scope);
    return (row) => {
      const { fields, rows } = name === undefined ? output : (findTable(state, name)?.table ?? output);
      const index = position === undefined ? -1 : Math.trunc(numberOf(position(row)) ?? Number.NaN);
      return rows.at(index)?.[fields.indexOf(field)] ?? null;
    };
  };
}

/** LOOKUP: a field's value in the first row in which another field has the value sought. */
function lookup(state: State, output: Output): SpecialFunction {
  return (call, scope) => {
    checkCount(call, { least: 3, most: 4 }, scope);
    const [, , wanted, table] = call.arguments;
    const [field, matched] = [requireLiteral(call, 0, scope), requireLiteral(call, 1, scope)];
    const name = table === undefined ? undefined : requireLiteral(call, 3, scope);
    const { fields, rows } = name === undefined ? output : (findTable(state, name)?.table ?? output);
    const [column, key] = [fields.indexOf(field), fields.indexOf(matched)];
    const sought = wanted === undefined ? (): Value => null : compile(wanted, scope);
    const byKey = new Map<string, number>();
    let indexed = 0;
    return (row) => {
      for (; indexed < rows.length; indexed += 1) {
        const known = keyOf(rows[indexed]?.[key] ?? null);
        if (!byKey.has(known)) byKey.set(known, indexed);
      }
      const at = byKey.get(keyOf(sought(row)));
      return at === undefined ? null : (rows[at]?.[column] ?? null);
    };
  };
}

function requireMapping(state: State, call: Call, scope: Scope): ReadonlyMap<string, Value> {
  const name = requireLiteral(call, 0, scope);
  const mapping = state.mappings.get(name);
  if (mapping !== undefined) return mapping;
  throw scope.fail(call.span, `there is no mapping table ${JSON.stringify(name)}`, "load it before with MAPPING LOAD");
}

/** APPLYMAP gives the default, else the value itself, for what the map has not (LS-MOD-07). */
function applyMap(state: State): SpecialFunction {
  return (call, scope) => {
    checkedArguments(call, 3, scope);
    const mapping = requireMapping(state, call, scope);
    const [, sought, fallback] = call.arguments;
    if (sought === undefined)
      throw scope.fail(call.span, "ApplyMap takes 2 or 3 arguments", "add the value to be mapped");
    const key = compile(sought, scope);
    const otherwise = fallback === undefined ? key : compile(fallback, scope);
    return (row) => {
      const mapped = mapping.get(mappingKey(key(row)));
      return mapped === undefined ? otherwise(row) : mapped;
    };
  };
}

/** MAPSUBSTRING replaces the parts of a text the map has, from left to right, the longest first. */
function mapSubstring(state: State): SpecialFunction {
  return (call, scope) => {
    checkCount(call, { least: 2, most: 2 }, scope);
    const mapping = requireMapping(state, call, scope);
    const parts = [...mapping]
      .map(([key, value]) => [key.slice(1), textOf(value) ?? ""] as const)
      .filter(([part]) => part !== "")
      .toSorted(([left], [right]) => right.length - left.length);
    const [, argument] = call.arguments;
    const subject = argument === undefined ? (): Value => null : compile(argument, scope);
    return (row) => {
      const text = textOf(subject(row));
      return text === undefined ? null : substituted(text, parts);
    };
  };
}

function substituted(text: string, parts: readonly (readonly [string, string])[]): string {
  let made = "";
  let at = 0;
  while (at < text.length) {
    const found = parts.find(([part]) => text.startsWith(part, at));
    made += found?.[1] ?? text.charAt(at);
    at += found?.[0].length ?? 1;
  }
  return made;
}

/** Keys of mapping tables: a text that reads as a number is that number. */
export function mappingKey(value: Value): string {
  return keyOf(numberOf(value) ?? value);
}

function counting(read: (row: Parameters<Evaluate>[0]) => number): SpecialFunction {
  return (call, scope) => {
    checkedArguments(call, 0, scope);
    return read;
  };
}

function previous(output: Output): SpecialFunction {
  return (call, scope) => {
    checkedArguments(call, 1, scope);
    const [argument] = call.arguments;
    if (argument === undefined) throw scope.fail(call.span, "Previous takes 1 argument", "add the expression");
    output.asksPrevious = true;
    const evaluate = compile(argument, scope);
    return (row) => (row.previous === undefined ? null : evaluate(row.previous));
  };
}

/** The whole number of a key, counted by its first appearance in the script. */
function numberOfKey(state: State, counter: string, key: string): number {
  let numbers = state.autonumbers.get(counter);
  if (numbers === undefined) {
    numbers = new Map();
    state.autonumbers.set(counter, numbers);
  }
  const known = numbers.get(key) ?? numbers.size + 1;
  numbers.set(key, known);
  return known;
}

/** AUTONUMBER: the second argument names a counter of its own. */
function autoNumber(state: State): SpecialFunction {
  return (call, scope) => {
    checkCount(call, { least: 1, most: 2 }, scope);
    const [key, counterName] = call.arguments.map((argument) => compile(argument, scope));
    return (row) => {
      const value = key?.(row) ?? null;
      if (value === null) return null;
      return numberOfKey(state, `n${textOf(counterName?.(row) ?? null) ?? ""}`, keyOf(value));
    };
  };
}

/** AUTONUMBERHASH128 and 256: one number for each combination of values. */
function autoNumberHash(state: State, name: string): SpecialFunction {
  return (call, scope) => {
    const values = call.arguments.map((argument) => compile(argument, scope));
    return (row) => numberOfKey(state, name, JSON.stringify(values.map((value) => keyOf(value(row)))));
  };
}

function functionsOf(state: State, output: Output, path: string | undefined): ReadonlyMap<string, SpecialFunction> {
  return new Map([
    ["if", conditional],
    ["recno", counting((row) => row.recNo)],
    ["rowno", counting((row) => row.rowNo)],
    ["iterno", counting((row) => row.iterNo)],
    ["previous", previous(output)],
    ["peek", peek(state, output)],
    ["lookup", lookup(state, output)],
    ["exists", exists(state, output)],
    ["applymap", applyMap(state)],
    ["mapsubstring", mapSubstring(state)],
    ["autonumber", autoNumber(state)],
    ["autonumberhash128", autoNumberHash(state, "128")],
    ["autonumberhash256", autoNumberHash(state, "256")],
    ...tableFunctions(state),
    ...fileFunctions(state, path),
  ]);
}

/** The functions of a LOAD that reads records, of a file if one is named, and makes the given table. */
export function recordFunctions(
  state: State,
  output: Output,
  path?: string,
): (name: string) => SpecialFunction | undefined {
  const functions = functionsOf(state, output, path);
  return (name) => functions.get(name);
}

const insideLoad: ReadonlySet<string> = new Set(["recno", "rowno", "iterno", "previous", "exists"]);

/** Names of these functions, in lower case. */
export const recordFunctionNames: readonly string[] = [
  ...functionsOf(newState({}), { fields: [], rows: [], watchers: [], asksPrevious: false }, undefined).keys(),
];

/** Those that make sense where no record is. */
export const functionsOutsideLoad: ReadonlySet<string> = new Set(
  recordFunctionNames.filter((name) => !insideLoad.has(name)),
);
