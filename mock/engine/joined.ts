/** Rows over the fields of several tables: the tables between them, joined where they associate. */
import type { Value, ViewTable } from "../../contract/types.ts";
import { symbolOf } from "./reduction/symbol.ts";
import { tablesWith, type View } from "./view.ts";

/** A table that holds all the fields: one of the view, or a join along their associations; undefined where there is none. */
export function tableOver(view: View, fields: readonly string[]): ViewTable | undefined {
  const [whole] = tablesWith(view, fields);
  if (whole !== undefined) return whole;
  let [result] = tablesWith(view, fields.slice(0, 1));
  for (const field of fields.slice(1)) {
    if (result === undefined) return undefined;
    if (!result.fields.includes(field)) result = extended(view, result, field);
  }
  return result;
}

function extended(view: View, start: ViewTable, field: string): ViewTable | undefined {
  return pathTo(view, start, field)?.reduce(join, start);
}

/** Fewest tables that lead from one to a field, by shared fields. */
function pathTo(view: View, start: ViewTable, field: string): readonly ViewTable[] | undefined {
  const paths: (readonly ViewTable[])[] = [[]];
  const seen = new Set<ViewTable>();
  for (const path of paths) {
    const last = path.at(-1) ?? start;
    if (last.fields.includes(field)) return path;
    for (const next of view.filter(
      (table) => !seen.has(table) && table.fields.some((name) => last.fields.includes(name)),
    )) {
      seen.add(next);
      paths.push([...path, next]);
    }
  }
  return undefined;
}

function join(left: ViewTable, right: ViewTable): ViewTable {
  const shared = right.fields.filter((field) => left.fields.includes(field));
  const added = right.fields.flatMap((field, index) => (left.fields.includes(field) ? [] : [index]));
  const byKey = new Map<string, (readonly Value[])[]>();
  for (const row of right.rows) {
    const key = keyOf(right, row, shared);
    if (key !== undefined) byKey.set(key, [...(byKey.get(key) ?? []), row]);
  }
  const rows = left.rows.flatMap((row) =>
    (byKey.get(keyOf(left, row, shared) ?? "") ?? []).map((match) =>
      row.concat(added.map((index) => match[index] ?? null)),
    ),
  );
  return { name: left.name, fields: [...left.fields, ...added.map((index) => right.fields[index] ?? "")], rows };
}

/** NULL never links. */
function keyOf(table: ViewTable, row: readonly Value[], fields: readonly string[]): string | undefined {
  const symbols = fields.map((field) => symbolOf(row[table.fields.indexOf(field)] ?? null));
  return symbols.includes(null) ? undefined : JSON.stringify(symbols);
}
