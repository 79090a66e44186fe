/** Reads what one user sees of an opened app, door by door. */
import type { Outcome, Surface, Value, ViewTable } from "../../contract/types.ts";
import { TargetFault } from "../faults.ts";
import type { Doc, FieldValue, NxCell, TableRecord } from "./engine.ts";

/** The engine answers at most 10,000 cells a call. */
const cellsPerPage = 10_000;

function valueOf(text: string | undefined, number: number | "NaN" | undefined, isNull: boolean): Value {
  if (isNull || text === undefined) return null;
  if (typeof number !== "number" || Number.isNaN(number)) return text;
  return String(number) === text ? number : { n: number, t: text };
}

function tableValue(cell: FieldValue): Value {
  return valueOf(cell.qText, cell.qIsNumeric === true ? cell.qNumber : "NaN", cell.qIsNull === true);
}

function cubeValue(cell: NxCell): Value {
  return valueOf(cell.qText, cell.qNum, cell.qIsNull === true);
}

/** The answers are typed as the engine promises them; a target that breaks the promise must not look like a reduction. */
function demand(holds: boolean, what: string): void {
  if (!holds) throw new TargetFault("malformed", what);
}

function assertTable(table: TableRecord): void {
  demand(typeof table.qName === "string" && Array.isArray(table.qFields), "a table has no name or no fields");
  demand(Number.isInteger(table.qNoOfRows) && table.qNoOfRows >= 0, `${table.qName} has no number of rows`);
}

async function tablesOf(doc: Doc): Promise<readonly TableRecord[]> {
  const { qtr } = await doc.getTablesAndKeys({ qcx: 1000, qcy: 1000 }, { qcx: 0, qcy: 0 }, 30, true, false);
  demand(Array.isArray(qtr), "the data model has no tables");
  for (const table of qtr) assertTable(table);
  return qtr.filter((table) => !table.qName.startsWith("$Syn"));
}

function assertWidth(cells: readonly unknown[], fields: readonly string[], table: TableRecord): void {
  if (!Array.isArray(cells) || cells.length !== fields.length) {
    throw new TargetFault("truncated", `a row of ${table.qName} does not have ${fields.length} cells`);
  }
}

/** The engine would answer an app opened without data with no tables at all; that is no empty view (EN-030). */
async function assertData(doc: Doc): Promise<void> {
  const layout = await doc.getAppLayout();
  if (layout.qIsOpenedWithoutData === true) throw new TargetFault("malformed", "the app was opened without data");
}

function fieldsOf(tables: readonly TableRecord[]): readonly string[] {
  return [...new Set(tables.flatMap((table) => table.qFields.map((field) => field.qName)))].sort();
}

async function readTable(doc: Doc, table: TableRecord): Promise<ViewTable> {
  const fields = table.qFields.map((field) => field.qName);
  const perPage = Math.max(1, Math.floor(cellsPerPage / Math.max(1, fields.length)));
  const rows: Value[][] = [];
  for (;;) {
    const page = await doc.getTableData(rows.length, perPage, true, table.qName);
    demand(Array.isArray(page), `${table.qName} gave no rows`);
    for (const row of page) {
      assertWidth(row.qValue, fields, table);
      rows.push(row.qValue.map(tableValue));
    }
    if (page.length < perPage || rows.length > table.qNoOfRows) break;
  }
  if (rows.length !== table.qNoOfRows) {
    throw new TargetFault("truncated", `${table.qName} counts ${table.qNoOfRows} rows but gave ${rows.length}`);
  }
  return { name: table.qName, fields, rows };
}

async function readCube(doc: Doc, table: TableRecord): Promise<ViewTable> {
  const fields = table.qFields.map((field) => field.qName);
  const cube = await doc.createSessionObject({
    qInfo: { qType: "table" },
    qHyperCubeDef: {
      qDimensions: fields.map((field) => ({ qDef: { qFieldDefs: [`[${field}]`] }, qNullSuppression: false })),
      qMeasures: [],
      qMode: "S",
      qSuppressMissing: false,
      qInitialDataFetch: [],
    },
  });
  const { qHyperCube } = await cube.getLayout();
  if (qHyperCube === undefined) throw new TargetFault("malformed", "a hypercube has no layout");
  demand(qHyperCube.qError === undefined, `a hypercube over ${table.qName} could not be made`);
  demand(Number.isInteger(qHyperCube.qSize?.qcy), "a hypercube has no size");
  const height = Math.max(1, Math.floor(cellsPerPage / Math.max(1, fields.length)));
  const rows: Value[][] = [];
  while (rows.length < qHyperCube.qSize.qcy) {
    const page = { qTop: rows.length, qLeft: 0, qWidth: fields.length, qHeight: height };
    const matrix = (await cube.getHyperCubeData("/qHyperCubeDef", [page])).flatMap((part) => part.qMatrix);
    if (matrix.length === 0) throw new TargetFault("truncated", `${table.qName} stopped at row ${rows.length}`);
    for (const row of matrix) {
      assertWidth(row, fields, table);
      rows.push(row.map(cubeValue));
    }
  }
  demand(rows.length === qHyperCube.qSize.qcy, `${table.qName} gave more rows than it counts`);
  return { name: table.qName, fields, rows };
}

async function readCounts(doc: Doc, tables: readonly TableRecord[]): Promise<Outcome> {
  const counts: [string, Value][] = tables.map((table) => [`rows(${table.qName})`, table.qNoOfRows]);
  for (const field of fieldsOf(tables)) {
    const { qText, qNumber, qIsNumeric } = await doc.evaluateEx(`Count(DISTINCT [${field.replaceAll("]", "]]")}])`);
    demand(typeof qText === "string", `the values of ${field} cannot be counted`);
    counts.push([`distinct(${field})`, valueOf(qText, qIsNumeric === true ? qNumber : "NaN", false)]);
  }
  return { kind: "measure", values: Object.fromEntries(counts.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

async function each(
  doc: Doc,
  tables: readonly TableRecord[],
  read: (doc: Doc, table: TableRecord) => Promise<ViewTable>,
): Promise<Outcome> {
  const views: ViewTable[] = [];
  for (const table of tables) views.push(await read(doc, table));
  return { kind: "view", fields: fieldsOf(tables), tables: views };
}

/** The values of a field as a list box shows them; searched for, those that fit anything at all. */
async function readList(doc: Doc, field: string, surface: "list" | "search"): Promise<ViewTable> {
  const list = await doc.createSessionObject({
    qInfo: { qType: "list" },
    qListObjectDef: { qDef: { qFieldDefs: [`[${field.replaceAll("]", "]]")}]`] }, qInitialDataFetch: [] },
  });
  if (surface === "search")
    demand(await list.searchListObjectFor("/qListObjectDef", "*"), `${field} cannot be searched`);
  const { qListObject } = await list.getLayout();
  demand(qListObject?.qDimensionInfo?.qError === undefined, `the values of ${field} cannot be listed`);
  const height = qListObject?.qSize.qcy;
  if (height === undefined || !Number.isInteger(height)) throw new TargetFault("malformed", "a list has no size");
  const rows: Value[][] = [];
  while (rows.length < height) {
    const page = { qTop: rows.length, qLeft: 0, qWidth: 1, qHeight: cellsPerPage };
    const matrix = (await list.getListObjectData("/qListObjectDef", [page])).flatMap((part) => part.qMatrix);
    if (matrix.length === 0) throw new TargetFault("truncated", `${field} stopped at value ${rows.length}`);
    for (const row of matrix) rows.push(row.slice(0, 1).map(cubeValue));
  }
  demand(rows.length === height, `${field} gave more values than it counts`);
  return { name: field, fields: [field], rows };
}

async function readLists(doc: Doc, fields: readonly string[], surface: "list" | "search"): Promise<Outcome> {
  const tables: ViewTable[] = [];
  for (const field of fields) tables.push(await readList(doc, field, surface));
  return { kind: "view", fields, tables };
}

export const surfaces: readonly Surface[] = ["tables", "hypercube", "fields", "counts", "list", "search"];

/** Everything the user of this document sees through one door. */
export async function readThrough(doc: Doc, surface: Surface): Promise<Outcome> {
  await assertData(doc);
  const tables = await tablesOf(doc);
  switch (surface) {
    case "tables":
      return each(doc, tables, readTable);
    case "hypercube":
      return each(doc, tables, readCube);
    case "fields":
      return { kind: "view", fields: fieldsOf(tables), tables: [] };
    case "counts":
      return readCounts(doc, tables);
    case "list":
    case "search":
      return readLists(doc, fieldsOf(tables), surface);
    case "export":
      throw new TargetFault("malformed", `this target does not read through "${surface}" yet`);
  }
}
