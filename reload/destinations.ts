/** Where the rows of a LOAD go: a new table, one there is, a join (LS-LOAD-07, LS-MOD-01 … LS-MOD-03). */
import type { Value } from "../contract/types.ts";
import type { JoinSide } from "../languages/load-script/ast.ts";
import type { Domain, Table } from "./state.ts";
import { keyOf } from "./values.ts";

/** Rows a LOAD made. */
export interface Loaded {
  readonly fields: readonly string[];
  readonly rows: Value[][];
  readonly inline: boolean;
}

/** A name no table of the domain has: the wanted one, or with `-1`, `-2` … behind it (LS-LOAD-07). */
export function freeName(domain: Domain, wanted: string): string {
  const taken = new Set(domain.tables.map((table) => table.name));
  let name = wanted;
  for (let number = 1; taken.has(name); number += 1) name = `${wanted}-${number}`;
  return name;
}

/** The table with the identical set of field names, if any (LS-MOD-01). */
export function sameFields(domain: Domain, fields: readonly string[]): Table | undefined {
  const wanted = new Set(fields);
  return domain.tables.find(
    (table) => table.fields.length === fields.length && table.fields.every((field) => wanted.has(field)),
  );
}

export function create(domain: Domain, name: string, loaded: Loaded): void {
  domain.tables.push({
    name,
    fields: [...loaded.fields],
    rows: loaded.rows,
    inline: loaded.rows.map(() => loaded.inline),
    loosened: false,
  });
}

/** Union without removal of duplicates; fields one side lacks are NULL (LS-MOD-02). */
export function append(table: Table, loaded: Loaded): void {
  const added = loaded.fields.filter((field) => !table.fields.includes(field));
  table.fields.push(...added);
  if (added.length > 0) for (const row of table.rows) row.push(...added.map(() => null));
  const columns = table.fields.map((field) => loaded.fields.indexOf(field));
  for (const row of loaded.rows) {
    table.rows.push(columns.map((column) => row[column] ?? null));
    table.inline.push(loaded.inline);
  }
}

interface Common {
  readonly key: (row: readonly Value[], side: "left" | "right") => string | undefined;
}

/** Key over the fields both have; `undefined` with a NULL among them, which links to nothing (LS-VAL-05). */
function commonKey(left: readonly string[], right: readonly string[]): Common["key"] {
  const shared = left.filter((field) => right.includes(field));
  const columns = {
    left: shared.map((field) => left.indexOf(field)),
    right: shared.map((field) => right.indexOf(field)),
  };
  return (row, side) => {
    const values = columns[side].map((column) => row[column] ?? null);
    return values.includes(null) ? undefined : JSON.stringify(values.map(keyOf));
  };
}

/** Numbers of the loaded rows by their key. */
function rowsByKey(rows: readonly (readonly Value[])[], key: Common["key"]): ReadonlyMap<string, number[]> {
  const byKey = new Map<string, number[]>();
  for (const [index, row] of rows.entries()) {
    const found = key(row, "right");
    if (found === undefined) continue;
    const known = byKey.get(found);
    if (known === undefined) byKey.set(found, [index]);
    else known.push(index);
  }
  return byKey;
}

/**
 * Natural join over the common field names, the Cartesian product without any (LS-MOD-03). Rows of the table come first,
 * in their order, then those of the loaded rows that found no partner. `count` is told of every row made.
 */
export function join(table: Table, loaded: Loaded, side: JoinSide, count: (rows: number) => void): void {
  const key = commonKey(table.fields, loaded.fields);
  const byKey = rowsByKey(loaded.rows, key);
  const added = loaded.fields.filter((field) => !table.fields.includes(field));
  const addedColumns = added.map((field) => loaded.fields.indexOf(field));
  const rows: Value[][] = [];
  const inline: boolean[] = [];
  const matched = new Set<number>();
  for (const [index, row] of table.rows.entries()) {
    const found = key(row, "left");
    const partners = (found === undefined ? undefined : byKey.get(found)) ?? [];
    count(partners.length);
    for (const partner of partners) {
      matched.add(partner);
      rows.push([...row, ...addedColumns.map((column) => loaded.rows[partner]?.[column] ?? null)]);
      inline.push(table.inline[index] ?? false);
    }
    if (partners.length > 0 || side === "inner" || side === "right") continue;
    rows.push([...row, ...added.map(() => null)]);
    inline.push(table.inline[index] ?? false);
  }
  table.fields.push(...added);
  table.rows = rows;
  table.inline = inline;
  if (side === "inner" || side === "left") return;
  append(table, { ...loaded, rows: loaded.rows.filter((_, index) => !matched.has(index)) });
}

function meets(found: string | undefined, others: ReadonlySet<string | undefined>): boolean {
  return found !== undefined && others.has(found);
}

/** Reduces one table or both to what a join would combine, and keeps both (LS-MOD-03). Gives the loaded rows kept. */
export function keep(table: Table, loaded: Loaded, side: Exclude<JoinSide, "outer">): Loaded {
  const key = commonKey(table.fields, loaded.fields);
  const ofTable = new Set(table.rows.map((row) => key(row, "left")));
  const ofLoaded = new Set(loaded.rows.map((row) => key(row, "right")));
  if (side !== "left") {
    const kept = table.rows.map((row) => meets(key(row, "left"), ofLoaded));
    table.rows = table.rows.filter((_, index) => kept[index]);
    table.inline = table.inline.filter((_, index) => kept[index]);
  }
  if (side === "right") return loaded;
  return { ...loaded, rows: loaded.rows.filter((row) => meets(key(row, "right"), ofTable)) };
}
