/** What one user sees of one table before and after: rows gained, lost, changed. Rows are bags, compared by value. */
import type { Value, ViewTable } from "../../contract/types.ts";
import { linkKey } from "../../reference/section-access/values.ts";

type Row = readonly Value[];

/** A row that is recognised by its key and differs in fields that neither reduce nor link. */
export interface ChangedRow {
  readonly before: Row;
  readonly after: Row;
}

export interface TableDifference {
  readonly table: string;
  /** Fields shown on both sides, over which rows are compared; of a table shown on one side alone, all its fields. */
  readonly fields: readonly string[];
  /** The field that tells the records of the table apart on both sides, if there is one. */
  readonly key?: string;
  readonly gained: readonly Row[];
  readonly lost: readonly Row[];
  readonly changed: readonly ChangedRow[];
}

/** What is known of a table apart from the user. */
export interface TableKnowledge {
  /** Fields whose values are all different and none NULL, in all data of both sides. */
  readonly unique: readonly string[];
  /** Its fields that reduce or link: a row that differs in one of them is another row. */
  readonly binding: readonly string[];
}

/** The key of a row: equal keys, equal rows; texts and numbers stay apart. */
export function rowKey(row: Row): string {
  return JSON.stringify(row.map((value) => linkKey(value) ?? null));
}

function aligned(table: ViewTable, fields: readonly string[]): Row[] {
  const columns = fields.map((field) => table.fields.indexOf(field));
  return table.rows.map((row) => columns.map((column) => row[column] ?? null));
}

/** Rows of one side that the other has too few of, each as often as it is short. */
function surplus(rows: readonly Row[], others: readonly Row[]): Row[] {
  const left = new Map<string, number>();
  for (const row of others) left.set(rowKey(row), (left.get(rowKey(row)) ?? 0) + 1);
  return rows.filter((row) => {
    const key = rowKey(row);
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
}

interface Sorted {
  readonly gained: Row[];
  readonly lost: Row[];
  readonly changed: ChangedRow[];
}

/** Pairs a lost row with a gained one of the same key, where nothing that binds differs. */
function paired(sorted: Sorted, column: number, bound: readonly number[]): Sorted {
  const keyOf = (row: Row): string => rowKey([row[column] ?? null]);
  const lost = new Map(sorted.lost.map((row) => [keyOf(row), row]));
  const changed = sorted.gained.flatMap((after): ChangedRow[] => {
    const before = lost.get(keyOf(after));
    const same =
      before !== undefined && bound.every((at) => linkKey(before[at] ?? null) === linkKey(after[at] ?? null));
    return same ? [{ before, after }] : [];
  });
  const [before, after] = [new Set(changed.map((pair) => pair.before)), new Set(changed.map((pair) => pair.after))];
  return {
    gained: sorted.gained.filter((row) => !after.has(row)),
    lost: sorted.lost.filter((row) => !before.has(row)),
    changed,
  };
}

/** Undefined for a table whose rows are the same. */
export function compareTables(
  before: ViewTable | undefined,
  after: ViewTable | undefined,
  { unique, binding }: TableKnowledge,
): TableDifference | undefined {
  const either = after ?? before;
  if (either === undefined) return undefined;
  const fields =
    before === undefined || after === undefined
      ? either.fields
      : after.fields.filter((field) => before.fields.includes(field));
  const [old, now] = [before, after].map((table) => (table === undefined ? [] : aligned(table, fields)));
  const sorted: Sorted = { gained: surplus(now ?? [], old ?? []), lost: surplus(old ?? [], now ?? []), changed: [] };
  if (sorted.gained.length + sorted.lost.length === 0) return undefined;
  // With a field hidden that binds, a number taken over by another record could not be told from a changed row.
  const known = binding.every((field) => fields.includes(field));
  const key = known ? fields.find((field) => unique.includes(field)) : undefined;
  if (key === undefined) return { table: either.name, fields, ...sorted };
  const bound = [...fields.keys()].filter((column) => binding.includes(fields[column] ?? ""));
  return { table: either.name, fields, key, ...paired(sorted, fields.indexOf(key), bound) };
}
