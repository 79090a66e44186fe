/** Steps by which a world becomes smaller, largest first: person, group, table, row, field. */
import type { Principal } from "../contract/types.ts";
import type { AccessTable, AppTable, LoadedApp, LoadedTable } from "../reload/model.ts";

export interface SmallWorld {
  readonly loaded: LoadedApp;
  readonly principals: readonly Principal[];
}

function without<Item>(items: readonly Item[], at: number): Item[] {
  return items.filter((_, position) => position !== at);
}

function replaced<Item>(items: readonly Item[], at: number, item: Item): Item[] {
  return items.map((old, position) => (position === at ? item : old));
}

/** Each way to leave one item out, or to put a smaller one in its place. */
function* smallerLists<Item>(
  items: readonly Item[],
  smaller: (item: Item) => Iterable<Item>,
  least = 0,
): IterableIterator<Item[]> {
  if (items.length > least) for (const at of items.keys()) yield without(items, at);
  for (const [at, item] of items.entries()) {
    for (const other of smaller(item)) yield replaced(items, at, other);
  }
}

function* smallerPrincipals(who: Principal): IterableIterator<Principal> {
  for (const at of who.groups.keys()) yield { ...who, groups: without(who.groups, at) };
}

function withoutColumn<Table extends LoadedTable>(table: Table, column: number): Table {
  return { ...table, fields: without(table.fields, column), rows: table.rows.map((row) => without(row, column)) };
}

function* smallerData(table: AppTable): IterableIterator<AppTable> {
  if (table.loosened) yield { ...table, loosened: false };
  for (const at of table.rows.keys()) yield { ...table, rows: without(table.rows, at) };
  if (table.fields.length > 1) for (const column of table.fields.keys()) yield withoutColumn(table, column);
}

function* smallerSecurity(table: AccessTable): IterableIterator<AccessTable> {
  for (const at of table.rows.keys()) {
    yield { ...table, rows: without(table.rows, at), inline: without(table.inline, at) };
  }
  for (const [column, field] of table.fields.entries()) if (field !== "ACCESS") yield withoutColumn(table, column);
}

/** Every world one step smaller. None of them is larger, so repeated steps end. */
export function* smallerWorlds(loaded: LoadedApp, principals: readonly Principal[]): IterableIterator<SmallWorld> {
  for (const fewer of smallerLists(principals, smallerPrincipals, 1)) yield { loaded, principals: fewer };
  for (const access of smallerLists(loaded.access ?? [], smallerSecurity, 1))
    yield { loaded: { ...loaded, access }, principals };
  for (const app of smallerLists(loaded.app, smallerData, 1)) yield { loaded: { ...loaded, app }, principals };
}
