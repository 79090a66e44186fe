/** How a row of the app associates with rows of other tables: equal values, none NULL, in every field the two share. */
import type { Value } from "../../contract/types.ts";
import { linkKey } from "../../reference/section-access/values.ts";
import type { AppTable } from "../../reload/model.ts";

/** A row on a path; tables and rows are positions, counted from 0. */
export interface Stop {
  readonly table: number;
  readonly row: number;
  /** Fields over which it associates with the stop before. */
  readonly via: readonly string[];
}

export type Path = readonly [Stop, ...Stop[]];

/** The rows that may be stepped on; absent: all. */
export type Allowed = readonly (readonly boolean[])[];

/** The fields two tables associate over; loosely coupled ones associate with nothing (SA-PRP-07). */
function sharedFields(one: AppTable | undefined, other: AppTable | undefined): readonly string[] {
  if (one === undefined || other === undefined || one.loosened || other.loosened) return [];
  return one.fields.filter((field) => other.fields.includes(field));
}

/** The shortest way over tables from one to a table holding the field; undefined where no association leads there. */
function tablesTo(app: readonly AppTable[], from: number, field: string): readonly number[] | undefined {
  const cameFrom = new Map<number, number>([[from, -1]]);
  const pending = [from];
  for (let at = pending.shift(); at !== undefined; at = pending.shift()) {
    if (app[at]?.fields.includes(field) === true) return backFrom(cameFrom, at);
    for (const next of app.keys()) {
      if (cameFrom.has(next) || sharedFields(app[at], app[next]).length === 0) continue;
      cameFrom.set(next, at);
      pending.push(next);
    }
  }
  return undefined;
}

function backFrom(cameFrom: ReadonlyMap<number, number>, end: number): readonly number[] {
  const way: number[] = [];
  for (let at = end; at >= 0; at = cameFrom.get(at) ?? -1) way.unshift(at);
  return way;
}

function keyOver(table: AppTable | undefined, row: number, fields: readonly string[]): string | undefined {
  const parts = fields.map((field) => linkKey(table?.rows[row]?.[table.fields.indexOf(field)] ?? null));
  return parts.includes(undefined) ? undefined : JSON.stringify(parts);
}

/** Every path one table further. */
function onwards(app: readonly AppTable[], paths: readonly Path[], to: number, allowed?: Allowed): Path[] {
  const from = paths[0]?.at(-1)?.table ?? -1;
  const via = sharedFields(app[from], app[to]);
  const byKey = new Map<string, number[]>();
  for (const row of app[to]?.rows.keys() ?? []) {
    const key = allowed?.[to]?.[row] === false ? undefined : keyOver(app[to], row, via);
    if (key === undefined) continue;
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, [row]);
    else known.push(row);
  }
  const reached = new Set<number>();
  return paths.flatMap((path) => {
    const key = keyOver(app[from], path.at(-1)?.row ?? -1, via);
    return (byKey.get(key ?? "") ?? []).flatMap((row): Path[] => {
      if (reached.has(row)) return [];
      reached.add(row);
      return [[...path, { table: to, row, via }]];
    });
  });
}

/** One path to each row holding the field that the row associates with; undefined where no association leads there. */
export function pathsTo(
  app: readonly AppTable[],
  start: Pick<Stop, "table" | "row">,
  field: string,
  allowed?: Allowed,
): readonly Path[] | undefined {
  const way = tablesTo(app, start.table, field);
  if (way === undefined) return undefined;
  const first: Path = [{ ...start, via: [] }];
  return way
    .slice(1)
    .reduce<Path[]>((paths, to) => (paths.length === 0 ? [] : onwards(app, paths, to, allowed)), [first]);
}

/** The value of the field where a path ends. */
export function valueAt(app: readonly AppTable[], path: Path, field: string): Value {
  const end = path.at(-1);
  const table = app[end?.table ?? -1];
  return table?.rows[end?.row ?? -1]?.[table.fields.indexOf(field)] ?? null;
}

/** The values of a field that a row reaches, each once, NULL apart. */
export function reachedValues(
  app: readonly AppTable[],
  start: Pick<Stop, "table" | "row">,
  field: string,
): readonly Value[] {
  const values = (pathsTo(app, start, field) ?? []).map((path) => valueAt(app, path, field));
  return [...new Map(values.map((value) => [linkKey(value), value])).values()].filter((value) => value !== null);
}
