/** Functions that look at the record, at rows made before, at other tables (LS-LEX-06, LS-LOAD-03, LS-LOAD-05, LS-MOD-07). */
import type { Value } from "../contract/types.ts";
import type { Expression, Span } from "../languages/load-script/ast.ts";
import { compile, conditional } from "./expressions.ts";
import type { Evaluate, Scope, SpecialFunction } from "./expressions.ts";
import { findTable, lookupOrder } from "./state.ts";
import type { State } from "./state.ts";
import { keyOf, numberOf } from "./values.ts";

/** The table a LOAD is making. */
export interface Output {
  readonly fields: readonly string[];
  readonly rows: readonly (readonly Value[])[];
  /** For EXISTS: sets that learn the values of a column with every row made. */
  readonly watchers: { readonly column: number; readonly values: Set<string> }[];
}

/** The text of an out-of-context reference: a text literal or a bare name (LS-LEX-06). */
function literal(args: readonly Expression[], position: number): string | undefined {
  const argument = args[position];
  if (argument?.kind === "text") return argument.value;
  return argument?.kind === "name" ? argument.name : undefined;
}

function requireLiteral(args: readonly Expression[], position: number, span: Span | undefined, scope: Scope): string {
  const text = literal(args, position);
  if (text !== undefined) return text;
  throw scope.fail(span, `argument ${position + 1} is no name`, "write the name in single quotes");
}

function checkedArguments(args: readonly Expression[], most: number, span: Span | undefined, scope: Scope): void {
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
  return (args, span, scope) => {
    checkedArguments(args, 2, span, scope);
    const field = requireLiteral(args, 0, span, scope);
    const sought = compile(args[1] ?? { kind: "name", name: field, ...(span && { span }) }, scope);
    const values = valuesLoaded(state, field);
    const column = output.fields.indexOf(field);
    if (column !== -1) output.watchers.push({ column, values });
    return (row) => (values.has(keyOf(sought(row))) ? -1 : 0);
  };
}

/** PEEK: a value of the rows made so far, the last one unless told; `-2` counts from the end, `0` is the first. */
function peek(state: State, output: Output): SpecialFunction {
  return (args, span, scope) => {
    checkedArguments(args, 3, span, scope);
    const field = requireLiteral(args, 0, span, scope);
    const position = args[1] === undefined ? undefined : compile(args[1], scope);
    const name = args[2] === undefined ? undefined : requireLiteral(args, 2, span, scope);
    return (row) => {
      const { fields, rows } = name === undefined ? output : (findTable(state, name)?.table ?? output);
      const index = position === undefined ? -1 : Math.trunc(numberOf(position(row)) ?? Number.NaN);
      return rows.at(index)?.[fields.indexOf(field)] ?? null;
    };
  };
}

/** APPLYMAP gives the default, else the value itself, for what the map has not (LS-MOD-07). */
function applyMap(state: State): SpecialFunction {
  return (args, span, scope) => {
    checkedArguments(args, 3, span, scope);
    const name = requireLiteral(args, 0, span, scope);
    const mapping = state.mappings.get(name);
    if (mapping === undefined) {
      throw scope.fail(span, `there is no mapping table ${JSON.stringify(name)}`, "load it before with MAPPING LOAD");
    }
    const [, sought, fallback] = args;
    if (sought === undefined) throw scope.fail(span, "ApplyMap takes 2 or 3 arguments", "add the value to be mapped");
    const key = compile(sought, scope);
    const otherwise = fallback === undefined ? key : compile(fallback, scope);
    return (row) => {
      const mapped = mapping.get(mappingKey(key(row)));
      return mapped === undefined ? otherwise(row) : mapped;
    };
  };
}

/** Keys of mapping tables: a text that reads as a number is that number. */
export function mappingKey(value: Value): string {
  return keyOf(numberOf(value) ?? value);
}

function counter(read: (row: Parameters<Evaluate>[0]) => number): SpecialFunction {
  return (args, span, scope) => {
    checkedArguments(args, 0, span, scope);
    return read;
  };
}

const previous: SpecialFunction = (args, span, scope) => {
  checkedArguments(args, 1, span, scope);
  const [argument] = args;
  if (argument === undefined) throw scope.fail(span, "Previous takes 1 argument", "add the expression");
  const evaluate = compile(argument, scope);
  return (row) => (row.previous === undefined ? null : evaluate(row.previous));
};

/** The functions of a LOAD that reads records and makes the given table. */
export function recordFunctions(state: State, output: Output): (name: string) => SpecialFunction | undefined {
  const functions: ReadonlyMap<string, SpecialFunction> = new Map([
    ["if", conditional],
    ["recno", counter((row) => row.recNo)],
    ["rowno", counter((row) => row.rowNo)],
    ["previous", previous],
    ["peek", peek(state, output)],
    ["exists", exists(state, output)],
    ["applymap", applyMap(state)],
  ]);
  return (name) => functions.get(name);
}
