/** Functions about tables and fields loaded before (the table functions, and those of the values of a field). */
import type { Value } from "../contract/types.ts";
import { checkCount, compile } from "./expressions.ts";
import type { Call, Evaluate, Scope, SpecialFunction } from "./expressions.ts";
import { distinctValues } from "./functions/statistics.ts";
import { findTable, lookupOrder } from "./state.ts";
import type { State, Table } from "./state.ts";
import { keyOf, numberOf, textOf } from "./values.ts";

/** The text of an argument: an expression's, or the name itself where it stands for nothing (LS-LEX-06). */
function nameIn({ arguments: args }: Call, position: number, scope: Scope): (row: Parameters<Evaluate>[0]) => string {
  const argument = args[position];
  if (argument === undefined) return () => "";
  const named = argument.kind === "name" ? (scope.name(argument.name, argument.span) ?? (() => null)) : undefined;
  const evaluate = named ?? compile(argument, scope);
  const otherwise = argument.kind === "name" ? argument.name : "";
  return (row) => textOf(evaluate(row)) ?? otherwise;
}

function numberIn({ arguments: args }: Call, position: number, scope: Scope): (row: Parameters<Evaluate>[0]) => number {
  const argument = args[position];
  const evaluate = argument === undefined ? (): Value => null : compile(argument, scope);
  return (row) => Math.trunc(numberOf(evaluate(row)) ?? Number.NaN);
}

function tablesOf(state: State): readonly Table[] {
  return lookupOrder(state)[0].tables;
}

function aboutTable(state: State, read: (table: Table) => Value): SpecialFunction {
  return (call, scope) => {
    checkCount(call, { least: 1, most: 1 }, scope);
    const name = nameIn(call, 0, scope);
    return (row) => {
      const found = findTable(state, name(row));
      return found === undefined ? null : read(found.table);
    };
  };
}

/** Different values of a field in the order they were loaded, NULL apart; looked up once for a LOAD. */
function valuesOf(state: State, field: string): readonly Value[] {
  const [own, other] = lookupOrder(state);
  const { tables } = [own, other].find((domain) => domain.tables.some(({ fields }) => fields.includes(field))) ?? own;
  const values = tables.flatMap(({ fields, rows }) => {
    const column = fields.indexOf(field);
    return column === -1 ? [] : rows.map((row) => row[column] ?? null);
  });
  return distinctValues(values.filter((value) => value !== null));
}

function aboutField(
  state: State,
  count: number,
  read: (values: readonly Value[], argument: Value) => Value,
): SpecialFunction {
  return (call, scope) => {
    checkCount(call, { least: count, most: count }, scope);
    const name = nameIn(call, 0, scope);
    const argument = call.arguments[1] === undefined ? undefined : compile(call.arguments[1], scope);
    const known = new Map<string, readonly Value[]>();
    return (row) => {
      const field = name(row);
      const values = known.get(field) ?? valuesOf(state, field);
      known.set(field, values);
      return read(values, argument?.(row) ?? null);
    };
  };
}

function tableName(state: State): SpecialFunction {
  return (call, scope) => {
    checkCount(call, { least: 1, most: 1 }, scope);
    const number = numberIn(call, 0, scope);
    return (row) => tablesOf(state)[number(row)]?.name ?? null;
  };
}

function fieldName(state: State): SpecialFunction {
  return (call, scope) => {
    checkCount(call, { least: 2, most: 2 }, scope);
    const [number, table] = [numberIn(call, 0, scope), nameIn(call, 1, scope)];
    return (row) => findTable(state, table(row))?.table.fields[number(row) - 1] ?? null;
  };
}

function fieldNumber(state: State): SpecialFunction {
  return (call, scope) => {
    checkCount(call, { least: 2, most: 2 }, scope);
    const [field, table] = [nameIn(call, 0, scope), nameIn(call, 1, scope)];
    return (row) => (findTable(state, table(row))?.table.fields.indexOf(field(row)) ?? -1) + 1;
  };
}

export function tableFunctions(state: State): readonly (readonly [string, SpecialFunction])[] {
  return [
    ["nooftables", () => () => tablesOf(state).length],
    ["noofrows", aboutTable(state, ({ rows }) => rows.length)],
    ["nooffields", aboutTable(state, ({ fields }) => fields.length)],
    ["tablenumber", aboutTable(state, (table) => tablesOf(state).indexOf(table))],
    ["tablename", tableName(state)],
    ["fieldname", fieldName(state)],
    ["fieldnumber", fieldNumber(state)],
    ["fieldvaluecount", aboutField(state, 1, (values) => values.length)],
    ["fieldvalue", aboutField(state, 2, (values, at) => values[Math.trunc(numberOf(at) ?? 0) - 1] ?? null)],
    ["fieldindex", aboutField(state, 2, (values, value) => positionOf(values, value))],
  ];
}

function positionOf(values: readonly Value[], value: Value): number {
  const key = keyOf(value);
  return values.findIndex((each) => keyOf(each) === key) + 1;
}
