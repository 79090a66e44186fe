/** Lays apps and their access tables out in the universal layout. */
import type { Dialect } from "../../../catalogue/dialects.ts";
import type { Value } from "../../../contract/types.ts";
import type { AccessTable, LoadedApp } from "../../../reload/model.ts";
import type { EngineSeams } from "../seams.ts";
import { associate, type Association } from "./association.ts";
import { place, type Counters, type PlacedNode, type Source } from "./placement.ts";
import { emptySheets, type Sheets, type SheetValue } from "./sheets.ts";
import { everything, isUpperCased, symbolOf, textOf } from "./symbol.ts";
import { capitals } from "./letters.ts";

/** Where an app's rows and fields stand in the layout. */
export interface Placement {
  /** Number of the first row of each table; rows count on from there in load order. */
  readonly firstLines: readonly number[];
  readonly fieldNames: ReadonlyMap<number, string>;
}

export interface Layout {
  readonly sheets: Sheets;
  readonly placements: readonly Placement[];
  /** Steps an exclusion needs at most, over all models laid out. */
  readonly rounds: { readonly access: number; readonly app: number };
}

/** An app to lay out, and the fields that are to link none of its tables (SA-OMT-09). */
export interface LaidApp {
  readonly app: LoadedApp;
  readonly cut: ReadonlySet<string>;
}

/** Lays the apps out; the sheets `pair` and `identity` stay empty. Throws `not-supported` for a circular model. */
export function layOut(apps: readonly LaidApp[], dialect: Dialect, seams: EngineSeams): Layout {
  const sheets = emptySheets();
  const counters: Counters = { node: 0, line: 0, field: 0, edge: 0 };
  const rounds = { access: 0, app: 0 };
  const placements = apps.map(({ app, cut }, number) => {
    const access = layAccess({ app, cut, number, sheets, counters, dialect, seams });
    const data = layData({ app, cut, number, sheets, counters, dialect, seams });
    rounds.access = Math.max(rounds.access, access);
    rounds.app = Math.max(rounds.app, data.rounds);
    return data.placement;
  });
  return { sheets, placements, rounds };
}

interface Subject extends LaidApp {
  /** Number of the app in the layout. */
  readonly number: number;
  readonly sheets: Sheets;
  readonly counters: Counters;
  readonly dialect: Dialect;
  readonly seams: EngineSeams;
}

/** Field names of an access table, upper-cased like its values (SA-CASE-01): the load that made it named them. */
function accessFields(table: AccessTable, dialect: Dialect): readonly string[] {
  return isUpperCased(table.inline[0] ?? true, dialect) ? table.fields.map(capitals) : table.fields;
}

/** An access table as compared: its values upper-cased, its star cells marked. */
function accessSource(
  table: AccessTable,
  stars: ReadonlySet<string>,
  { dialect, seams }: Pick<Subject, "dialect" | "seams">,
): Source {
  const compared = (value: Value, row: number): Value => {
    const inline = table.inline[row] ?? true;
    if (typeof value !== "string") return value;
    if (stars.has(value) && (inline || dialect.starSource === "any")) return everything;
    return isUpperCased(inline, dialect) ? seams.upperCased(value) : value;
  };
  return {
    fields: accessFields(table, dialect),
    rows: table.rows.map((row, index) => row.map((value) => compared(value, index))),
  };
}

function layAccess({ app, number, sheets, counters, dialect, seams }: Subject): number {
  const tables = app.access ?? [];
  const stars = new Set(seams.starSymbols(app.star, dialect));
  const sources = tables.map((table) => accessSource(table, stars, { dialect, seams }));
  const parts = sources.map(({ fields }, index) => ({ name: tables[index]?.name ?? "", fields, loosened: false }));
  const model = associate(parts, seams.syntheticKeyFields);
  const nodes = place(model, sources, new Set(), counters);
  sources.forEach((source, index) => layAccessTable(source, nodes[index], { number, sheets, dialect, seams }));
  for (const node of nodes) addAll(sheets.access_line, linesOf(number, node));
  const sink = { app: number, counters, edges: sheets.access_edge, keys: sheets.access_key };
  layEdges(model, nodes, sink, (edge, beyond) => sheets.access_beyond.push(...beyond.map((field) => [edge, field])));
  return model.rounds;
}

type AccessSink = Pick<Subject, "number" | "sheets" | "dialect" | "seams">;

function layAccessTable(
  source: Source,
  placed: PlacedNode | undefined,
  { number, sheets, dialect, seams }: AccessSink,
): void {
  if (placed === undefined) return;
  const { node, firstLine } = placed;
  source.fields.forEach((field, column) => {
    if (source.fields.indexOf(field) !== column) return;
    sheets.access_column.push([number, node, field]);
    source.rows.forEach((row, index) => {
      const value = row[column] ?? null;
      const symbol = symbolOf(value);
      const border = symbol === null ? null : seams.borderSymbol(symbol, "access", dialect);
      const marks = [value === null || value === "", value === "", value === everything];
      sheets.access_cell.push([number, node, firstLine + index, field, textOf(value), border, ...marks]);
    });
  });
}

function layData(subject: Subject): { readonly placement: Placement; readonly rounds: number } {
  const { app, number, sheets, counters, dialect, seams } = subject;
  const parts = app.app.map(({ name, fields, loosened }) => ({ name, fields, loosened, linksNot: subject.cut }));
  const model = associate(parts, seams.syntheticKeyFields);
  const fieldIds = new Map<string, number>();
  for (const field of app.app.flatMap((table) => table.fields)) {
    if (!fieldIds.has(field)) fieldIds.set(field, (counters.field += 1));
  }
  for (const [name, field] of fieldIds) sheets.app_field.push([number, field, name, capitals(name)]);
  const reducible = reducibleFields(app, fieldIds, dialect);
  const sources: readonly Source[] =
    app.access === undefined ? app.app.map(({ fields }) => ({ fields, rows: [] })) : app.app;
  const nodes = place(model, sources, new Set(reducible.keys()), counters);
  nodes.forEach((node, index) => layNode(subject, node, { holds: model.holds[index] ?? [], reducible, model, index }));
  layEdges(model, nodes, { app: number, counters, edges: sheets.app_edge, keys: sheets.app_key }, (edge, beyond) =>
    sheets.app_beyond.push(...idsOf(beyond, reducible).map((field) => [edge, field])),
  );
  laySymbols({ sheets, dialect, seams }, nodes.slice(0, app.app.length), reducible);
  const fieldNames = new Map([...fieldIds].map(([name, field]) => [field, name]));
  return { placement: { firstLines: nodes.map((node) => node.firstLine), fieldNames }, rounds: model.rounds };
}

/** App fields that some access column may reduce, in whatever letter case the dialect compares. */
function reducibleFields(
  app: LoadedApp,
  ids: ReadonlyMap<string, number>,
  dialect: Dialect,
): ReadonlyMap<string, number> {
  const names = new Set((app.access ?? []).flatMap((table) => accessFields(table, dialect).map(capitals)));
  return new Map([...ids].filter(([name]) => names.has(capitals(name))));
}

function idsOf(fields: readonly string[], ids: ReadonlyMap<string, number>): readonly number[] {
  return fields.flatMap((field) => ids.get(field) ?? []);
}

interface NodeSubject {
  readonly holds: readonly string[];
  readonly reducible: ReadonlyMap<string, number>;
  readonly model: Association;
  readonly index: number;
}

function layNode(
  { number, sheets }: Subject,
  placed: PlacedNode,
  { holds, reducible, model, index }: NodeSubject,
): void {
  const { node, firstLine } = placed;
  sheets.app_node.push([number, node, !model.edges.some((edge) => edge.source === index)]);
  addAll(sheets.app_line, linesOf(number, placed));
  for (const name of holds) {
    const field = reducible.get(name);
    if (field === undefined) continue;
    sheets.app_holds.push([node, field]);
    placed.columns.get(name)?.forEach((symbol, row) => {
      if (symbol !== null) sheets.app_cell.push([firstLine + row, field, symbol]);
    });
  }
}

function laySymbols(
  { sheets, dialect, seams }: Pick<Subject, "sheets" | "dialect" | "seams">,
  nodes: readonly PlacedNode[],
  reducible: ReadonlyMap<string, number>,
): void {
  for (const [name, field] of reducible) {
    for (const symbol of new Set(nodes.flatMap((node) => node.columns.get(name) ?? []))) {
      if (symbol !== null) sheets.app_symbol.push([field, symbol, seams.borderSymbol(symbol, "data", dialect)]);
    }
  }
}

interface EdgeSheets {
  readonly app: number;
  readonly counters: Counters;
  readonly edges: SheetValue[][];
  readonly keys: SheetValue[][];
}

function layEdges(
  model: Association,
  nodes: readonly PlacedNode[],
  { app, counters, edges, keys }: EdgeSheets,
  layBeyond: (edge: number, beyond: readonly string[]) => void,
): void {
  const keyed = new Map<number, Set<string>>();
  for (const { source, target, link, beyond } of model.edges) {
    const from = nodes[source];
    const to = nodes[target];
    if (from === undefined || to === undefined) continue;
    const edge = (counters.edge += 1);
    edges.push([app, edge, from.node, to.node, link]);
    layBeyond(edge, beyond);
    keyed.set(source, (keyed.get(source) ?? new Set()).add(link));
  }
  for (const [index, links] of keyed) {
    for (const link of links) addAll(keys, keysOf(nodes[index], link));
  }
}

function keysOf(placed: PlacedNode | undefined, link: string): SheetValue[][] {
  const symbols = placed?.columns.get(link) ?? [];
  return symbols.flatMap((symbol, row) => (symbol === null ? [] : [[(placed?.firstLine ?? 0) + row, link, symbol]]));
}

function linesOf(app: number, { node, firstLine, size }: PlacedNode): SheetValue[][] {
  return Array.from({ length: size }, (_, row) => [app, node, firstLine + row]);
}

/** One by one: a call takes no hundred thousand arguments. */
function addAll(sheet: SheetValue[][], rows: readonly SheetValue[][]): void {
  for (const row of rows) sheet.push(row);
}
