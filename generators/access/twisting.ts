/** Changes of a world, of which twists are made. */
import type { Principal, Value } from "../../contract/types.ts";
import type { AccessTable, AppTable, LoadedApp } from "../../reload/model.ts";
import type { Dice } from "../dice.ts";
import { absentees } from "./words.ts";

export interface World {
  readonly loaded: LoadedApp;
  readonly principals: readonly Principal[];
}

export type Change = (world: World, dice: Dice) => World;

const systemFields: ReadonlySet<string> = new Set([
  "ACCESS",
  "USERID",
  "GROUP",
  "NTNAME",
  "USER.EMAIL",
  "SERIAL",
  "OMIT",
  "OMITGROUP",
  "PROFILE",
  "ROLE",
]);

export const naming: ReadonlySet<string> = new Set(["USERID", "GROUP", "NTNAME", "USER.EMAIL"]);

type Rows = readonly (readonly Value[])[];

export function withAccess(world: World, change: (table: AccessTable) => AccessTable): World {
  return { ...world, loaded: { ...world.loaded, access: (world.loaded.access ?? []).map(change) } };
}

export function withApp(world: World, change: (table: AppTable, at: number) => AppTable): World {
  return { ...world, loaded: { ...world.loaded, app: world.loaded.app.map(change) } };
}

export function withRows(table: AccessTable, rows: Rows): AccessTable {
  return { ...table, rows, inline: rows.map(() => table.inline[0] ?? true) };
}

/**
 * Rewrites one cell of one of the columns that `fits` names, in one row of each table that has such a column; not in a
 * table of one column, where a blank cell would be a blank line, whose effect is not documented (LS-INL-06).
 */
export function oneCell(fits: (field: string) => boolean, cell: (dice: Dice, world: World) => Value): Change {
  return (world, dice) =>
    withAccess(world, (table) => {
      const columns = table.fields.flatMap((field, column) => (fits(field) ? [column] : []));
      const column = columns[dice.below(columns.length)];
      const row = dice.below(table.rows.length);
      if (column === undefined || table.fields.length === 1) return table;
      const written = cell(dice, world);
      return { ...table, rows: table.rows.map((cells, at) => (at === row ? cells.with(column, written) : cells)) };
    });
}

export function isReducing(field: string): boolean {
  return !systemFields.has(field);
}

export function isField(name: string): (field: string) => boolean {
  return (field) => field === name;
}

/** As it stands in the load script: an inline table is raised by every reading, so this one is not inline. */
export function lowered(table: AccessTable): AccessTable {
  const rows = table.rows.map((row) => row.map((value) => (typeof value === "string" ? value.toLowerCase() : value)));
  return { ...table, rows, inline: rows.map(() => false) };
}

export function onlyStars(table: AccessTable): AccessTable {
  const rows = table.rows.map((row) =>
    row.map((value, column) => (isReducing(table.fields[column] ?? "") ? "*" : value)),
  );
  return { ...table, rows };
}

function appFields({ loaded }: World): string[] {
  return [...new Set(loaded.app.flatMap((table) => table.fields))];
}

export function anyField(world: World, dice: Dice): string {
  const names = appFields(world);
  return names[dice.below(names.length)] ?? "REGION";
}

export function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).toLowerCase();
}

/** One field of the app in mixed case, in every table that has it. */
export function respelt(world: World, dice: Dice): World {
  const name = anyField(world, dice);
  return withApp(world, (table) => ({
    ...table,
    fields: table.fields.map((field) => (field === name ? capitalised(field) : field)),
  }));
}

export function capitalisedValue(value: Value): Value {
  return typeof value === "string" ? capitalised(value) : value;
}

export function withUserIds(world: World, dice: Dice): World {
  return withApp(world, (table, at) => {
    if (at > 0) return table;
    const names = world.principals.map((who) => `${who.directory}\\${who.id}`.trim().toUpperCase());
    const rows = table.rows.map((row) => row.concat(names[dice.below(names.length)] ?? absentees[0]));
    return { ...table, fields: [...table.fields, "USERID"], rows };
  });
}

/** The last cells of a row are missing: NULL, not blank (LS-INL-04). */
export function shortened(world: World, dice: Dice): World {
  return withAccess(world, (table) => {
    const at = dice.below(table.rows.length);
    const kept = 1 + dice.below(table.fields.length);
    return {
      ...table,
      rows: table.rows.map((row, of) => (of === at ? row.map((value, column) => (column < kept ? value : null)) : row)),
    };
  });
}

/** A second table with a reducing column of the first, so that a star has two columns to list (SA-WLD-03). */
export function listedTwice(world: World, dice: Dice): World {
  const [first, ...more] = world.loaded.access ?? [];
  const field = first?.fields.find((name) => isReducing(name));
  const [one, two] = first === undefined || field === undefined ? [] : columnValues(first, field);
  if (first === undefined || field === undefined || one === undefined) return world;
  const column = first.fields.indexOf(field);
  const rows = dice.chance(0.5) || two === undefined ? [[one]] : [[one], [two]];
  const other = { name: "Listing", fields: [field], rows, inline: rows.map(() => first.inline[0] ?? true) };
  const starred = first.rows.map((row, at) => (at === 0 ? row.with(column, "*") : row));
  return { ...world, loaded: { ...world.loaded, access: [{ ...first, rows: starred }, ...more, other] } };
}

function columnValues(table: AccessTable, field: string): Value[] {
  const at = table.fields.indexOf(field);
  return [...new Set(table.rows.map((row) => row[at] ?? null))].filter((value) => value !== "*" && value !== "");
}

/** Two values of two fields that no record has together: each matches, both do not (SA-RED-10). */
export function disjoint(world: World, dice: Dice): World {
  return withAccess(world, (table) => {
    const columns = table.fields.flatMap((field, column) => (isReducing(field) ? [column] : []));
    const rows = table.rows.map((row) =>
      columns.reduce<readonly Value[]>((cells, column) => {
        const values = columnValues(table, table.fields[column] ?? "");
        return dice.chance(0.7) && values.length > 0
          ? cells.with(column, values[dice.below(values.length)] ?? "")
          : cells;
      }, row),
    );
    return { ...table, rows };
  });
}

export function inSession(world: World): World {
  return {
    ...world,
    principals: world.principals.map((who) => ({ ...who, groups: [], session: { ...who.session, group: who.groups } })),
  };
}

/** Closes a ring over three tables by two new fields. */
export function ring(world: World): World {
  const tables = ["Ring1", "Ring2", "Ring3"].map((name, at): AppTable => ({
    name,
    fields: [`LINK${at + 1}`, `LINK${((at + 1) % 3) + 1}`],
    rows: [["A", "B"]],
    loosened: false,
  }));
  return { ...world, loaded: { ...world.loaded, app: [...world.loaded.app, ...tables] } };
}

export function blankInData(world: World, dice: Dice): World {
  const reducing = appFields(world).filter((field) =>
    (world.loaded.access ?? []).some((table) => table.fields.includes(field)),
  );
  const name = reducing[dice.below(reducing.length)];
  return withApp(world, (table) => {
    const column = table.fields.indexOf(name ?? "");
    if (column < 0) return table;
    const at = dice.below(table.rows.length);
    return { ...table, rows: table.rows.map((row, of) => (of === at ? row.with(column, "") : row)) };
  });
}

export function withoutColumn(name: string): Change {
  return (world) =>
    withAccess(world, (table) => {
      const column = table.fields.indexOf(name);
      if (column < 0) return table;
      const without = <Item>(items: readonly Item[]): Item[] => items.filter((_, at) => at !== column);
      return { ...table, fields: without(table.fields), rows: table.rows.map(without) };
    });
}

export function renamed(from: string, to: string): Change {
  return (world) =>
    withAccess(world, (table) => ({
      ...table,
      fields: table.fields.map((field) => (field === from ? to : field)),
    }));
}

export function raisedLevels(world: World, dice: Dice): World {
  return oneCell(isField("ACCESS"), () => "ADMIN")(world, dice);
}
