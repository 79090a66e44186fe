/** Layouts of generic objects: a hypercube, a list object, a list of fields, or the properties alone. */
import type { Value } from "../../contract/types.ts";
import { isRecord, recordsOf, type Fields } from "../fields.ts";
import { elementCell } from "./answers.ts";
import { definedField, evaluateCube, listValues, type Cube } from "./cube.ts";
import { invalidParams } from "./errors.ts";
import { cut, pagesOf, type Page } from "./pages.ts";
import type { GenericObject } from "./session.ts";
import { fieldRecord } from "./tables.ts";
import { column, fieldNames, fieldValues, hasField, tablesWith, rowKey, type View } from "./view.ts";

/** What is said of a dimension whose field is not there. */
export type ColumnError = (field: string) => Fields;

export function objectLayout(view: View, object: GenericObject, columnError: ColumnError): Fields {
  const { qHyperCubeDef, qListObjectDef, qFieldListDef, ...rest } = object.properties;
  return {
    ...rest,
    qMeta: {},
    qSelectionInfo: {},
    ...(isRecord(qHyperCubeDef) ? { qHyperCube: cubeLayout(view, qHyperCubeDef, columnError) } : {}),
    ...(isRecord(qListObjectDef)
      ? { qListObject: listLayout(view, { definition: qListObjectDef, search: object.search }, columnError) }
      : {}),
    ...(isRecord(qFieldListDef)
      ? { qFieldList: { qItems: fieldNames(view).map((field) => fieldRecord(view, field)) } }
      : {}),
  };
}

export function cubePages(view: View, object: GenericObject, pages: readonly Page[]): readonly Fields[] {
  const definition = object.properties["qHyperCubeDef"];
  if (!isRecord(definition)) throw invalidParams("the object has no hypercube");
  const matrix = cubeMatrix(view, evaluateCube(view, definition));
  return pages.map((page) => cut(matrix, page));
}

export function listPages(view: View, object: GenericObject, pages: readonly Page[]): readonly Fields[] {
  const definition = object.properties["qListObjectDef"];
  if (!isRecord(definition)) throw invalidParams("the object has no list");
  const matrix = listMatrix(view, definedField(definition), object.search);
  return pages.map((page) => cut(matrix, page));
}

function cubeLayout(view: View, definition: Fields, columnError: ColumnError): Fields {
  const cube = evaluateCube(view, definition);
  const matrix = cubeMatrix(view, cube);
  return {
    qSize: { qcx: cube.dimensions.length + cube.measures.length, qcy: cube.rows.length },
    qDimensionInfo: cube.dimensions.map((field) => dimensionInfo(view, field, columnError)),
    qMeasureInfo: cube.measures.map((measure) => ({ qFallbackTitle: measure })),
    qMode: "S",
    qDataPages: pagesOf(recordsOf(definition["qInitialDataFetch"])).map((page) => cut(matrix, page)),
  };
}

/** An unknown field, omitted or never there, is an error of its column (EN-042, EN-045). */
function dimensionInfo(view: View, field: string, columnError: ColumnError): Fields {
  const info = { qFallbackTitle: field, qGroupFieldDefs: [field], qCardinal: fieldValues(view, field).length };
  return hasField(view, field) ? info : { ...info, qError: columnError(field) };
}

function cubeMatrix(view: View, { dimensions, rows }: Cube): readonly (readonly Fields[])[] {
  const elements = dimensions.map((field) => elementNumbers(view, field));
  return rows.map((row) => row.map((value, index) => elementCell(value, elements[index]?.get(rowKey([value])) ?? 0)));
}

function elementNumbers(view: View, field: string): ReadonlyMap<string, number> {
  return new Map(fieldValues(view, field).map((value, index) => [rowKey([value]), index]));
}

interface ListAsked {
  readonly definition: Fields;
  readonly search: string | undefined;
}

function listLayout(view: View, { definition, search }: ListAsked, columnError: ColumnError): Fields {
  const field = definedField(definition);
  const matrix = listMatrix(view, field, search);
  return {
    qSize: { qcx: 1, qcy: matrix.length },
    qDimensionInfo: { ...dimensionInfo(view, field, columnError), qStateCounts: { qOption: matrix.length } },
    qExpressions: [],
    qDataPages: pagesOf(recordsOf(definition["qInitialDataFetch"])).map((page) => cut(matrix, page)),
  };
}

function listMatrix(view: View, field: string, search: string | undefined): readonly (readonly Fields[])[] {
  const elements = elementNumbers(view, field);
  const counts = frequencies(view, field);
  return listValues(view, field, search).map((value) => {
    const key = rowKey([value]);
    return [{ ...elementCell(value, elements.get(key) ?? 0), qFrequency: String(counts.get(key) ?? 0) }];
  });
}

function frequencies(view: View, field: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const values: readonly Value[] = tablesWith(view, [field]).flatMap((table) => column(table, field));
  for (const value of values) counts.set(rowKey([value]), (counts.get(rowKey([value])) ?? 0) + 1);
  return counts;
}
