/**
 * What documentation leaves open, worked into a world: each twist is about one dialect switch or open statement. Worlds
 * have none of these unless asked for.
 */
import type { Principal, RequirementId, Value } from "../contract/types.ts";
import type { AccessTable, AppTable, LoadedApp } from "../reload/model.ts";
import type { Dice } from "./dice.ts";
import type { SmallWorld } from "./smaller-worlds.ts";
import { groups, people } from "./vocabulary.ts";

type Twist = (world: SmallWorld, dice: Dice) => SmallWorld;

const systemFields = new Set(["ACCESS", "USERID", "GROUP", "NTNAME", "SERIAL", "OMIT", "OMITGROUP", "PROFILE"]);

function withAccess({ loaded, principals }: SmallWorld, change: (table: AccessTable) => AccessTable): SmallWorld {
  return { loaded: { ...loaded, access: (loaded.access ?? []).map(change) }, principals };
}

function withApp({ loaded, principals }: SmallWorld, change: (table: AppTable, at: number) => AppTable): SmallWorld {
  return { loaded: { ...loaded, app: loaded.app.map(change) }, principals };
}

type Rows = readonly (readonly Value[])[];

/** Rewrites one cell of one of the columns that `fits` names, in one row of each table that has such a column. */
function oneCell(table: AccessTable, fits: (field: string) => boolean, dice: Dice, cell: Value): AccessTable {
  const columns = [...table.fields.keys()].filter((column) => fits(table.fields[column] ?? ""));
  const column = columns[dice.below(columns.length)];
  const row = dice.below(table.rows.length);
  if (column === undefined) return table;
  const rows: Rows = table.rows.map((cells, at) => (at === row ? cells.with(column, cell) : cells));
  return { ...table, rows };
}

function isReducing(field: string): boolean {
  return !systemFields.has(field);
}

function isIdentity(field: string): boolean {
  return field === "USERID" || field === "GROUP" || field === "NTNAME";
}

function lowered(table: AccessTable): AccessTable {
  const rows = table.rows.map((row) => row.map((value) => (typeof value === "string" ? value.toLowerCase() : value)));
  return { ...table, rows, inline: rows.map(() => false) };
}

function onlyStars(table: AccessTable): AccessTable {
  const rows = table.rows.map((row) =>
    row.map((value, column) => (isReducing(table.fields[column] ?? "") ? "*" : value)),
  );
  return { ...table, rows };
}

function fieldNames(loaded: LoadedApp): string[] {
  return [...new Set(loaded.app.flatMap((table) => table.fields))];
}

function respelt(table: AppTable, field: string): AppTable {
  const name = field.charAt(0) + field.slice(1).toLowerCase();
  return { ...table, fields: table.fields.map((held) => (held === field ? name : held)) };
}

function withUserIds(table: AppTable, dice: Dice): AppTable {
  const rows = table.rows.map((row) => row.concat(dice.pick(people).toUpperCase()));
  return { ...table, fields: [...table.fields, "USERID"], rows };
}

function fromSession(who: Principal): Principal {
  return { ...who, groups: [], session: { ...who.session, group: who.groups } };
}

const twists: readonly (readonly [RequirementId, Twist])[] = [
  ["SA-STR-03", (world, dice) => withAccess(world, (table) => oneCell(table, isReducing, dice, ""))],
  ["SA-STR-10", (world, dice) => withAccess(world, (table) => oneCell(table, isReducing, dice, ""))],
  [
    "SA-ROW-01",
    (world, dice) =>
      withAccess(world, (table) => oneCell(table, (field) => field === "GROUP", dice, dice.pick(groups))),
  ],
  ["SA-ROW-03", (world, dice) => withAccess(world, (table) => oneCell(table, isIdentity, dice, ""))],
  [
    "SA-ACC-05",
    (world, dice) => withAccess(world, (table) => oneCell(table, (field) => field === "ACCESS", dice, "ADMIN")),
  ],
  [
    "SA-ACC-02",
    (world, dice) =>
      withAccess(world, (table) => oneCell(table, (field) => field === "ACCESS", dice, dice.pick(["*", "NONE", ""]))),
  ],
  ["SA-CASE-02", (world) => withAccess(world, lowered)],
  ["SA-WLD-05", (world) => withAccess(world, onlyStars)],
  [
    "SA-OMT-04",
    (world, dice) =>
      withAccess(world, (table) =>
        oneCell(table, (field) => field === "OMIT", dice, dice.pick(["S*", "*E", "?ATE", "*"])),
      ),
  ],
  [
    "SA-OMT-09",
    (world, dice) => {
      const names = fieldNames(world.loaded);
      const name = names[dice.below(names.length)] ?? "REGION";
      return withAccess(world, (table) => oneCell(table, (field) => field === "OMIT", dice, name));
    },
  ],
  [
    "SA-OMT-06",
    (world, dice) => {
      const names = fieldNames(world.loaded);
      const name = names[dice.below(names.length)] ?? "REGION";
      return withApp(world, (table) => respelt(table, name));
    },
  ],
  ["SA-SCR-08", (world, dice) => withApp(world, (table, at) => (at === 0 ? withUserIds(table, dice) : table))],
  ["IM-047", ({ loaded, principals }) => ({ loaded, principals: principals.map(fromSession) })],
];

/** The same world with one or two disputed constructs in it. */
export function disputed(world: SmallWorld, dice: Dice): SmallWorld {
  return dice.some(twists, 1 + dice.below(2)).reduce((twisted, [, twist]) => twist(twisted, dice), world);
}
