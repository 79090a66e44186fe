/** Hypercubes: distinct combinations of dimension values, with measures over their rows. */
import type { Value, ViewTable } from "../../contract/types.ts";
import { isRecord, recordsOf, textAt, type Fields } from "../fields.ts";
import { isList } from "./parameters.ts";
import { aggregatedField, evaluateExpression, evaluateOver } from "./expression.ts";
import { tableOver } from "./joined.ts";
import { distinctValues, fieldValues, hasField, rowKey, tablesWith, type View } from "./view.ts";

export interface Cube {
  readonly dimensions: readonly string[];
  readonly measures: readonly string[];
  /** Dimension values, then measure values. */
  readonly rows: readonly (readonly Value[])[];
}

/** The field of a dimension or list definition: `F`, `=F` or `[F]`. */
export function definedField(definition: Fields): string {
  const inner = isRecord(definition["qDef"]) ? definition["qDef"] : {};
  const fields = inner["qFieldDefs"];
  const [first] = isList(fields) ? fields : [];
  const text = typeof first === "string" ? first.replace(/^\s*=?\s*/, "").trimEnd() : "";
  return /^\[.*\]$/.test(text) ? text.slice(1, -1).replaceAll("]]", "]") : text;
}

/** Evaluates a `qHyperCubeDef`. An unknown field in a dimension leaves no rows (EN-042). */
export function evaluateCube(view: View, definition: Fields): Cube {
  const dimensions = recordsOf(definition["qDimensions"]).map(definedField);
  const measures = recordsOf(definition["qMeasures"]).map((measure) =>
    textAt(isRecord(measure["qDef"]) ? measure["qDef"] : undefined, "qDef"),
  );
  if (!dimensions.every((field) => hasField(view, field))) return { dimensions, measures, rows: [] };
  if (dimensions.length === 0) {
    const total = measures.map((measure) => evaluateExpression(view, measure));
    return { dimensions, measures, rows: total.length === 0 ? [] : [total] };
  }
  return { dimensions, measures, rows: cubeRows(view, dimensions, measures) };
}

function cubeRows(
  view: View,
  dimensions: readonly string[],
  measures: readonly string[],
): readonly (readonly Value[])[] {
  const [only] = dimensions;
  if (only !== undefined && dimensions.length === 1 && measures.length === 0 && tablesWith(view, [only]).length > 1) {
    return fieldValues(view, only).map((value) => [value]);
  }
  const aggregated = measures
    .flatMap((measure) => aggregatedField(measure) ?? [])
    .filter((field) => hasField(view, field));
  const table = tableOver(view, [...dimensions, ...aggregated]);
  if (table === undefined) return [];
  return [...grouped(table, dimensions).values()].map(({ values, rows }) =>
    values.concat(measures.map((measure) => evaluateOver(measure, (field) => valuesOf(table, rows, field)))),
  );
}

interface Group {
  readonly values: readonly Value[];
  readonly rows: (readonly Value[])[];
}

function grouped(table: ViewTable, dimensions: readonly string[]): ReadonlyMap<string, Group> {
  const indexes = dimensions.map((field) => table.fields.indexOf(field));
  const groups = new Map<string, Group>();
  for (const row of table.rows) {
    const values = indexes.map((index) => row[index] ?? null);
    const key = rowKey(values);
    const group = groups.get(key) ?? { values, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  return groups;
}

function valuesOf(table: ViewTable, rows: readonly (readonly Value[])[], field: string): readonly Value[] | undefined {
  const index = table.fields.indexOf(field);
  return index === -1 ? undefined : rows.map((row) => row[index] ?? null);
}

/** Values of a list object, narrowed by a search. */
export function listValues(view: View, field: string, search: string | undefined): readonly Value[] {
  const values = distinctValues(fieldValues(view, field));
  return search === undefined ? values : values.filter((value) => fitsSearch(value, search));
}

/** A pattern with `*` or `?` describes the whole text, other words any part of it. */
function fitsSearch(value: Value, search: string): boolean {
  const text = (typeof value === "object" ? (value?.t ?? "") : String(value)).toUpperCase();
  const wanted = search.toUpperCase();
  return /[*?]/.test(wanted) ? globFits(text, wanted) : text.includes(wanted);
}

/** `*` any run, `?` one character: the places in the text reachable sign by sign. */
function globFits(text: string, pattern: string): boolean {
  let reached: readonly number[] = [0];
  for (const sign of pattern) {
    reached =
      sign === "*"
        ? placesFrom(Math.min(...reached), text.length)
        : reached.filter((place) => fitsSign(text[place], sign)).map((place) => place + 1);
  }
  return reached.includes(text.length);
}

function placesFrom(first: number, last: number): readonly number[] {
  return Array.from({ length: Number.isFinite(first) ? last - first + 1 : 0 }, (_, step) => first + step);
}

function fitsSign(character: string | undefined, sign: string): boolean {
  return character !== undefined && (sign === "?" || character === sign);
}
