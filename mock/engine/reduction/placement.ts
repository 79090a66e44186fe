/** Gives every table and synthetic table of a model its numbers, and its columns as symbols. */
import type { Value } from "../../../contract/types.ts";
import type { Association, SyntheticKey } from "./association.ts";
import { symbolOf } from "./symbol.ts";

/** Next free number of each kind, over all apps laid out. */
export interface Counters {
  node: number;
  line: number;
  field: number;
  edge: number;
}

export interface Source {
  readonly fields: readonly string[];
  readonly rows: readonly (readonly Value[])[];
}

export type Symbols = readonly (string | null)[];

export interface PlacedNode {
  readonly node: number;
  readonly firstLine: number;
  readonly size: number;
  /** Symbols by field or synthetic key, one a row. */
  readonly columns: Map<string, Symbols>;
}

/** Places the tables, then the synthetic tables with the combinations that occur in their members. */
export function place(
  model: Association,
  sources: readonly Source[],
  needed: ReadonlySet<string>,
  counters: Counters,
): readonly PlacedNode[] {
  const keys = new Set([...needed, ...model.edges.map((edge) => edge.link), ...combinedFields(model)]);
  const nodes = sources.map((source) => placed(counters, source.rows.length, symbolColumns(source, keys)));
  for (const key of model.synthetic) nodes.push(placeSynthetic(key, model.holds[key.node] ?? [], nodes, counters));
  return nodes;
}

function combinedFields(model: Association): readonly string[] {
  return model.synthetic.flatMap((key) => model.holds[key.node] ?? []);
}

function placed(counters: Counters, size: number, columns: Map<string, Symbols>): PlacedNode {
  const firstLine = counters.line;
  counters.line += size;
  counters.node += 1;
  return { node: counters.node, firstLine, size, columns };
}

function symbolColumns(source: Source, keys: ReadonlySet<string>): Map<string, Symbols> {
  const columns = new Map<string, Symbols>();
  source.fields.forEach((field, index) => {
    if (keys.has(field) && !columns.has(field)) {
      columns.set(
        field,
        source.rows.map((row) => symbolOf(row[index] ?? null)),
      );
    }
  });
  return columns;
}

function placeSynthetic(
  key: SyntheticKey,
  fields: readonly string[],
  nodes: readonly PlacedNode[],
  counters: Counters,
): PlacedNode {
  const copied = [...new Set([...fields, ...key.combines])];
  const columns = new Map<string, (string | null)[]>([...copied, key.key].map((name) => [name, []]));
  const seen = new Set<string>();
  for (const member of key.members.flatMap((index) => nodes[index] ?? [])) {
    const combined = Array.from({ length: member.size }, (_, row) => combination(member, key.combines, row));
    member.columns.set(key.key, combined);
    combined.forEach((symbol, row) => {
      if (seen.has(symbol)) return;
      seen.add(symbol);
      for (const name of copied) columns.get(name)?.push(member.columns.get(name)?.[row] ?? null);
      columns.get(key.key)?.push(symbol);
    });
  }
  return placed(counters, seen.size, columns);
}

/** NULL never links (LS-VAL-05): a combination with a NULL belongs to its own table alone. */
function combination(member: PlacedNode, combines: readonly string[], row: number): string {
  const symbols = combines.map((name) => member.columns.get(name)?.[row] ?? null);
  return symbols.map((symbol) => symbol ?? `NULL of ${member.node}`).join("\u0001");
}
