/** Every single change there is, told apart from the search under test: cells, rows, memberships, spellings. */
import type { Dialect } from "../../../catalogue/dialects.ts";
import type { Principal, Value } from "../../../contract/types.ts";
import type { AccessTable, AppTable, LoadedApp } from "../../../reload/model.ts";

export interface SmallWorld {
  readonly loaded: LoadedApp;
  readonly who: Principal;
}

export interface Step {
  readonly size: number;
  /** What is touched; two steps that touch the same cannot be taken together. */
  readonly touches: string;
  readonly take: (world: SmallWorld) => SmallWorld;
}

const identity: ReadonlySet<string> = new Set(["USERID", "GROUP", "NTNAME", "USER.EMAIL"]);

function withAccess(world: SmallWorld, at: number, change: (table: AccessTable) => AccessTable): SmallWorld {
  const access = (world.loaded.access ?? []).map((table, index) => (index === at ? change(table) : table));
  return { ...world, loaded: { ...world.loaded, access } };
}

/** A row that is to go is marked first, so that positions stay what they were until the end. */
const gone: Value = { n: Number.NaN, t: "gone" };

export function settled(world: SmallWorld): SmallWorld {
  const access = (world.loaded.access ?? []).map((table) => {
    const kept = [...table.rows.keys()].filter((row) => table.rows[row]?.[0] !== gone);
    return {
      ...table,
      rows: kept.map((row) => table.rows[row] ?? []),
      inline: kept.map((row) => table.inline[row] ?? true),
    };
  });
  return { ...world, loaded: { ...world.loaded, access } };
}

function setCell(at: number, row: number, column: number, to: Value): Step["take"] {
  return (world) =>
    withAccess(world, at, (table) => ({
      ...table,
      rows: table.rows.map((cells, index) => (index === row ? cells.with(column, to) : cells)),
    }));
}

function addRow(at: number, cells: readonly Value[]): Step["take"] {
  return (world) =>
    withAccess(world, at, (table) => ({ ...table, rows: [...table.rows, cells], inline: [...table.inline, true] }));
}

function cellsOf(tables: readonly (AccessTable | AppTable)[], field: string): Value[] {
  return tables.flatMap((table) => {
    const column = table.fields.indexOf(field);
    return column < 0 ? [] : table.rows.map((row) => row[column] ?? null);
  });
}

function raised(values: readonly Value[]): Value[] {
  return [...new Set(values.map((value) => (typeof value === "string" ? value.toUpperCase() : value)))];
}

function ownNames(who: Principal, field: string): string[] {
  const name = `${who.directory}\\${who.id}`.toUpperCase();
  const groups = who.groups.map((group) => group.toUpperCase());
  if (field === "USERID") return [name];
  return field === "GROUP" ? groups : field === "NTNAME" ? [name, ...groups] : [];
}

/** Every value that may be written in a column: what occurs there or in the data, the star, the blank. */
function universe({ loaded, who }: SmallWorld, field: string): Value[] {
  const access = loaded.access ?? [];
  if (field === "ACCESS") return ["USER", "ADMIN"];
  if (identity.has(field)) return [...ownNames(who, field), "*"];
  const names = field === "OMIT" ? loaded.app.flatMap((table) => table.fields) : [];
  return raised([...cellsOf(access, field), ...cellsOf(loaded.app, field), ...names, "*", ""]).filter(
    (value) => value !== null,
  );
}

function cellSteps(world: SmallWorld): Step[] {
  return (world.loaded.access ?? []).flatMap((table, at) =>
    table.fields.flatMap((field, column) =>
      identity.has(field)
        ? []
        : [...table.rows.keys()].flatMap((row) =>
            universe(world, field).map((to) => ({
              size: 1,
              touches: `${at} ${row}`,
              take: setCell(at, row, column, to),
            })),
          ),
    ),
  );
}

function rowSteps(world: SmallWorld): Step[] {
  return (world.loaded.access ?? []).flatMap((table, at) => [
    ...[...table.rows.keys()].map((row) => ({ size: 1, touches: `${at} ${row}`, take: setCell(at, row, 0, gone) })),
    ...table.fields
      .reduce<Value[][]>(
        (rows, field) => rows.flatMap((row) => universe(world, field).map((value) => [...row, value])),
        [[]],
      )
      .map((cells) => ({ size: 2, touches: JSON.stringify([at, cells]), take: addRow(at, cells) })),
  ]);
}

function ofGroups(groups: readonly string[]): Step["take"] {
  return (world) => ({ ...world, who: { ...world.who, groups } });
}

function groupSteps({ loaded, who }: SmallWorld): Step[] {
  const listed = raised(cellsOf(loaded.access ?? [], "GROUP")).filter((name) => typeof name === "string");
  const held = new Set(who.groups.map((group) => group.toUpperCase()));
  return listed
    .filter((group) => group !== "*" && group !== "")
    .map((group) => ({
      size: 1,
      touches: "groups",
      take: ofGroups(
        held.has(group) ? who.groups.filter((name) => name.toUpperCase() !== group) : [...who.groups, group],
      ),
    }));
}

function caseSteps({ loaded }: SmallWorld, dialect: Dialect): Step[] {
  if (dialect.valueMatch !== "exactUpper") return [];
  const fields = [...new Set(loaded.app.flatMap((table) => table.fields))];
  return fields.flatMap((field) =>
    [...new Set(cellsOf(loaded.app, field))].flatMap((value): Step[] => {
      if (typeof value !== "string" || value === value.toUpperCase()) return [];
      const take: Step["take"] = (world) => ({
        ...world,
        loaded: {
          ...world.loaded,
          app: world.loaded.app.map((table) => ({
            ...table,
            rows: table.rows.map((row) =>
              row.map((cell, column) =>
                table.fields[column] === field && cell === value ? value.toUpperCase() : cell,
              ),
            ),
          })),
        },
      });
      return [{ size: 1, touches: `${field} ${value}`, take }];
    }),
  );
}

/** Every single change of the documented kinds, identity cells of other people's rows apart. */
export function everyStep(world: SmallWorld, dialect: Dialect): readonly Step[] {
  return [...cellSteps(world), ...rowSteps(world), ...groupSteps(world), ...caseSteps(world, dialect)];
}
