/** Aggregations over one field, as far as a data check needs them; anything else evaluates to NULL. */
import type { Value } from "../../contract/types.ts";
import { column, displayed, distinctValues, numberOf, tablesWith, type View } from "./view.ts";

type Aggregate = "count" | "sum" | "min" | "max" | "avg" | "concat";

interface Aggregation {
  readonly aggregate: Aggregate;
  readonly distinct: boolean;
  readonly field: string;
  readonly separator: string;
}

/** `{1}` and TOTAL are read and change nothing: a reduction cannot be cleared (SA-RED-13). */
const shape =
  /^\s*=?\s*(?<aggregate>count|sum|min|max|avg|concat)\s*\(\s*(?:\{\s*[1$]?\s*\}\s*)?(?<scope>(?:(?:distinct|total)\s+)*)(?<field>\[(?:[^\]]|\]\])+\]|"(?:[^"]|"")+"|[^\s,'"()[\]]+)\s*(?:,\s*'(?<separator>[^']*)'\s*)?\)\s*$/i;

function parse(expression: string): Aggregation | undefined {
  const groups = shape.exec(expression)?.groups;
  const aggregate = groups?.["aggregate"]?.toLowerCase();
  if (groups === undefined || !isAggregate(aggregate)) return undefined;
  return {
    aggregate,
    distinct: /distinct/i.test(groups["scope"] ?? ""),
    field: unquoted(groups["field"] ?? ""),
    separator: groups["separator"] ?? "",
  };
}

function isAggregate(name: string | undefined): name is Aggregate {
  return name !== undefined && ["count", "sum", "min", "max", "avg", "concat"].includes(name);
}

function unquoted(field: string): string {
  if (field.startsWith("[")) return field.slice(1, -1).replaceAll("]]", "]");
  if (field.startsWith('"')) return field.slice(1, -1).replaceAll('""', '"');
  return field;
}

/** The value of an expression over the whole view; NULL where it is not understood or names an unknown field (EN-042). */
export function evaluateExpression(view: View, expression: string): Value {
  const literal = Number(expression);
  if (expression.trim() !== "" && Number.isFinite(literal)) return literal;
  const aggregation = parse(expression);
  if (aggregation === undefined) return null;
  const tables = tablesWith(view, [aggregation.field]);
  const [first] = tables;
  if (first === undefined) return null;
  // A field in several tables is one field: its distinct values are those of all, its rows those of the first.
  const values = (aggregation.distinct ? tables : [first]).flatMap((table) => column(table, aggregation.field));
  return aggregated(aggregation, values);
}

/** The value of an expression over some rows of a table. */
export function evaluateOver(expression: string, field: (name: string) => readonly Value[] | undefined): Value {
  const aggregation = parse(expression);
  const values = aggregation === undefined ? undefined : field(aggregation.field);
  return aggregation === undefined || values === undefined ? null : aggregated(aggregation, values);
}

/** The field an expression aggregates; undefined where it is not understood. */
export function aggregatedField(expression: string): string | undefined {
  return parse(expression)?.field;
}

function aggregated({ aggregate, distinct, separator }: Aggregation, all: readonly Value[]): Value {
  const values = distinct ? distinctValues(all) : all.filter((value) => value !== null);
  const numbers = values.flatMap((value) => numberOf(value) ?? []);
  const sum = numbers.reduce((total, number) => total + number, 0);
  switch (aggregate) {
    case "count":
      return values.length;
    case "sum":
      return sum;
    case "avg":
      return numbers.length === 0 ? null : sum / numbers.length;
    case "min":
      return numbers.length === 0 ? null : numbers.reduce((least, number) => Math.min(least, number));
    case "max":
      return numbers.length === 0 ? null : numbers.reduce((most, number) => Math.max(most, number));
    case "concat":
      return values.map(displayed).sort().join(separator);
  }
}
