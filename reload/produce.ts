/** Makes rows of records: filters, repeats, splits, groups and removes duplicates (LS-LOAD-03, LS-LOAD-05, LS-LOAD-06). */
import type { Value } from "../contract/types.ts";
import type { Evaluate, Row } from "./expressions.ts";
import { isTrue } from "./functions.ts";
import type { Output } from "./record-functions.ts";
import { keyOf } from "./values.ts";

/** One LOAD with its expressions compiled, and where its rows go. */
export interface Stage {
  readonly evaluators: readonly Evaluate[];
  readonly where: Evaluate | undefined;
  readonly while: Evaluate | undefined;
  /** Parts of which each makes a record of its own; several make every combination. */
  readonly explosions: readonly ((row: Row) => readonly Value[])[];
  /** What GROUP BY compares; undefined when every record makes a row. */
  readonly groupBy: readonly Evaluate[] | undefined;
  readonly distinct: boolean;
  readonly store: (value: Value, column: number) => Value;
  readonly rowsBefore: number;
  readonly output: Output;
  readonly rows: Value[][];
  /** Rows it may make, duplicates counted; throws when it makes more. */
  readonly most: number;
  readonly overflow: () => void;
}

const none: readonly never[] = [];

/** Remembers rows; tells whether one is new (LS-LOAD-06). */
function newRowTest(distinct: boolean): (row: readonly Value[]) => boolean {
  if (!distinct) return () => true;
  const seen = new Set<string>();
  return (row) => {
    const { size } = seen;
    const [only = null] = row;
    return seen.add(row.length === 1 ? keyOf(only) : JSON.stringify(row.map(keyOf))).size > size;
  };
}

/** Takes the rows made, one after the other. */
function rowMaker(stage: Stage): (row: Row) => void {
  const { evaluators, store, output, rows } = stage;
  const isNew = newRowTest(stage.distinct);
  let made = 0;
  return (row) => {
    made += 1;
    if (made > stage.most) stage.overflow();
    const values = evaluators.map((evaluate, column) => store(evaluate(row), column));
    if (!isNew(values)) return;
    rows.push(values);
    for (const { column, values: seen } of output.watchers) seen.add(keyOf(values[column] ?? null));
  };
}

/** Every combination of parts; later ones may depend on the parts chosen before them. */
function explode(stage: Stage, row: Row, pieces: readonly Value[], make: (row: Row) => void): void {
  const parts = stage.explosions[pieces.length];
  if (parts === undefined) {
    make({ ...row, pieces, rowNo: stage.rowsBefore + stage.rows.length + 1 });
    return;
  }
  for (const part of parts({ ...row, pieces })) explode(stage, row, [...pieces, part], make);
}

interface Read {
  readonly values: readonly Value[];
  readonly recNo: number;
  readonly previous: Row | undefined;
}

function rowAt(stage: Stage, { values, recNo, previous }: Read, iterNo: number): Row {
  const rowNo = stage.rowsBefore + stage.rows.length + 1;
  return { values, previous, recNo, rowNo, iterNo, pieces: none, members: none };
}

/** Hands on a record that WHERE lets through, or as often as WHILE is true. Gives the last row made of it. */
function readRecord(stage: Stage, read: Read, take: (row: Row) => void): Row | undefined {
  if (stage.while === undefined) {
    const row = rowAt(stage, read, 1);
    if (stage.where !== undefined && !isTrue(stage.where(row))) return undefined;
    take(row);
    return row;
  }
  let last: Row | undefined;
  for (let iterNo = 1; ; iterNo += 1) {
    const row = rowAt(stage, read, iterNo);
    if (!isTrue(stage.while(row))) return last;
    if (iterNo > stage.most) stage.overflow();
    take(row);
    last = row;
  }
}

function readAll(stage: Stage, records: readonly (readonly Value[])[], take: (row: Row) => void): void {
  let previous: Row | undefined;
  for (let index = 0; index < records.length; index += 1) {
    const row = readRecord(stage, { values: records[index] ?? none, recNo: index + 1, previous }, take);
    if (row !== undefined && stage.output.asksPrevious) previous = row;
  }
}

/** One row of each group, in the order the groups were met; without keys all records are one. */
function produceGroups(stage: Stage, keys: readonly Evaluate[], records: readonly (readonly Value[])[]): void {
  const groups = new Map<string, Row[]>();
  if (keys.length === 0) groups.set("[]", []);
  let taken = 0;
  readAll(stage, records, (row) => {
    taken += 1;
    if (taken > stage.most) stage.overflow();
    const key = JSON.stringify(keys.map((evaluate) => keyOf(evaluate(row))));
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [row]);
    else known.push(row);
  });
  const make = rowMaker(stage);
  for (const members of groups.values()) {
    const [first] = members;
    make({
      ...rowAt(stage, { values: first?.values ?? none, recNo: first?.recNo ?? 0, previous: undefined }, 1),
      members,
    });
  }
}

/** Makes the rows of a stage. */
export function produce(stage: Stage, records: readonly (readonly Value[])[]): void {
  if (stage.groupBy !== undefined) {
    produceGroups(stage, stage.groupBy, records);
    return;
  }
  const make = rowMaker(stage);
  const { explosions } = stage;
  readAll(stage, records, explosions.length === 0 ? make : (row) => explode(stage, row, none, make));
}
