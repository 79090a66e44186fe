/** Aggregations of a LOAD with GROUP BY: figures over the records of a group. */
import type { Value } from "../contract/types.ts";
import type { Expression, Load } from "../languages/load-script/ast.ts";
import { checkCount, compile } from "./expressions.ts";
import type { Evaluate, Row, Scope, SpecialFunction } from "./expressions.ts";
import {
  averageOf,
  countOf,
  deviationOf,
  distinctValues,
  extremeText,
  fractileOf,
  modeOf,
  onlyOf,
  rankedOf,
  sumOf,
} from "./functions/statistics.ts";
import { compareValues, keyOf, numberOf, textOf } from "./values.ts";

/** What an aggregation is given: a row of values for each record, the arguments in their order. */
type Tuples = readonly (readonly Value[])[];

interface Aggregation {
  readonly most: number;
  readonly of: (tuples: Tuples) => Value;
}

function first(tuples: Tuples): readonly Value[] {
  return tuples.map(([value = null]) => value);
}

function simple(compute: (values: readonly Value[]) => Value): Aggregation {
  return { most: 1, of: (tuples) => compute(first(tuples)) };
}

function ranked(highest: boolean): Aggregation {
  return { most: 2, of: (tuples) => rankedOf(first(tuples), numberOf(tuples[0]?.[1] ?? 1) ?? Number.NaN, highest) };
}

/** In the order of the weights, then of the texts themselves, as the documented examples stand. */
function concat(tuples: Tuples): Value {
  const [delimiter] = tuples.map(([, mark = null]) => textOf(mark) ?? "");
  const sorted = tuples
    .filter(([value = null]) => value !== null)
    .toSorted(([left = null, , leftWeight = null], [right = null, , rightWeight = null]) => {
      return compareValues(leftWeight, rightWeight) || compareValues(left, right);
    });
  return sorted.map(([value = null]) => textOf(value)).join(delimiter);
}

/** The value with the n-th lowest weight; NULL when several share the weight. */
function firstSorted(tuples: Tuples): Value {
  const weighed = tuples.filter(([, weight = null]) => numberOf(weight) !== undefined);
  const weights = [...new Set(weighed.map(([, weight = null]) => numberOf(weight) ?? 0))];
  const rank = numberOf(tuples[0]?.[2] ?? 1) ?? Number.NaN;
  const wanted = weights.toSorted((left, right) => left - right)[Math.trunc(rank) - 1];
  const found = weighed.filter(([, weight = null]) => numberOf(weight) === wanted);
  return found.length === 1 ? (found[0]?.[0] ?? null) : null;
}

const aggregations: { readonly [name: string]: Aggregation } = {
  sum: simple(sumOf),
  count: simple((values) => countOf(values, "all")),
  numericcount: simple((values) => countOf(values, "numbers")),
  textcount: simple((values) => countOf(values, "texts")),
  nullcount: simple((values) => countOf(values, "nulls")),
  missingcount: simple((values) => countOf(values, "missing")),
  min: ranked(false),
  max: ranked(true),
  avg: simple(averageOf),
  only: simple(onlyOf),
  mode: simple(modeOf),
  median: simple((values) => fractileOf(values, 0.5)),
  fractile: { most: 2, of: (tuples) => fractileOf(first(tuples), numberOf(tuples[0]?.[1] ?? null) ?? Number.NaN) },
  stdev: simple(deviationOf),
  minstring: simple((values) => extremeText(values, false)),
  maxstring: simple((values) => extremeText(values, true)),
  firstvalue: simple((values) => values[0] ?? null),
  lastvalue: simple((values) => values.at(-1) ?? null),
  concat: { most: 3, of: concat },
  firstsortedvalue: { most: 3, of: firstSorted },
};

/** Names of the aggregations, in lower case. */
export const aggregationNames: readonly string[] = Object.keys(aggregations);

function aggregationOf(name: string): Aggregation | undefined {
  return Object.hasOwn(aggregations, name) ? aggregations[name] : undefined;
}

function aggregates(expression: Expression): boolean {
  switch (expression.kind) {
    case "call":
      return aggregationOf(expression.function.toLowerCase()) !== undefined || expression.arguments.some(aggregates);
    case "unary":
      return aggregates(expression.operand);
    case "binary":
      return aggregates(expression.left) || aggregates(expression.right);
    case "text":
    case "number":
    case "name":
      return false;
  }
}

/** Whether a LOAD makes one row of each group of records, all of them one group without GROUP BY. */
export function isAggregating({ fields, groupBy }: Load): boolean {
  return groupBy !== undefined || fields.some((item) => item.kind === "field" && aggregates(item.value));
}

/** DISTINCT counts each value once; with a weight or rank, each combination. */
function distinctTuples(tuples: Tuples, distinct: boolean): Tuples {
  if (!distinct) return tuples;
  if (tuples.every(({ length }) => length === 1)) return distinctValues(first(tuples)).map((value) => [value]);
  const byKey = new Map(tuples.toReversed().map((tuple) => [JSON.stringify(tuple.map(keyOf)), tuple]));
  return [...byKey.values()].toReversed();
}

function aggregating(aggregation: Aggregation, inner: Scope): SpecialFunction {
  return (call, scope) => {
    checkCount(call, { least: 1, most: aggregation.most }, scope);
    const evaluators = call.arguments.map((argument) => compile(argument, inner));
    const tupleOf = (row: Row): readonly Value[] => evaluators.map((evaluate) => evaluate(row));
    return ({ members }) => aggregation.of(distinctTuples(members.map(tupleOf), call.distinct === true));
  };
}

/** Scope of the fields of an aggregating LOAD: outside aggregations only the fields of GROUP BY have one value. */
export function groupScope(inner: Scope, groupBy: readonly string[], isField: (name: string) => boolean): Scope {
  const withoutExplosion: Scope = { ...inner, explode: noExplosion(inner) };
  return {
    ...withoutExplosion,
    name: (name, span): Evaluate | undefined => {
      if (!isField(name) || groupBy.includes(name)) return inner.name(name, span);
      const remedy = "name it in GROUP BY, or put an aggregation such as Only() around it";
      throw inner.fail(span, `field ${JSON.stringify(name)} has many values in a group`, remedy);
    },
    special: (name) => {
      const aggregation = aggregationOf(name);
      return aggregation === undefined ? inner.special(name) : aggregating(aggregation, withoutExplosion);
    },
  };
}

function noExplosion(scope: Scope): NonNullable<Scope["explode"]> {
  return (_, span) => {
    const remedy = "split the text in a LOAD of its own, and aggregate its rows";
    throw scope.fail(span, "SubField makes no records in an aggregating LOAD", remedy);
  };
}

/** For conditions, which are tested before there are groups. */
export const misplacedAggregation: SpecialFunction = (call, scope) => {
  const remedy = "aggregate in the fields of a LOAD, and filter its rows in a preceding one";
  throw scope.fail(call.span, `${call.function} stands where no group of records is`, remedy);
};

export function isAggregation(name: string): boolean {
  return aggregationOf(name) !== undefined;
}
