/** The same questions in SQL on DuckDB: one query a user, one for all, and one by hand on distinct key × value pairs. */
import { DuckDBConnection, DuckDBDataChunk, DuckDBInstance, INTEGER, type DuckDBType } from "@duckdb/node-api";
import { customerCount, dayCount, itemCount, withoutStars, type World } from "./section-access-world.ts";

const chunkRows = 2048;

async function append(
  connection: DuckDBConnection,
  table: string,
  columns: readonly ArrayLike<number>[],
): Promise<void> {
  const types: DuckDBType[] = columns.map(() => INTEGER);
  const appender = await connection.createAppender(table);
  const length = columns[0]?.length ?? 0;
  for (let from = 0; from < length; from += chunkRows) {
    const rows = Math.min(chunkRows, length - from);
    const chunk = DuckDBDataChunk.create(types, rows);
    for (const [at, column] of columns.entries()) {
      chunk.setColumnValues(
        at,
        Array.from({ length: rows }, (_, row) => column[from + row] ?? 0),
      );
    }
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

function pairs(lists: readonly (readonly number[])[]): readonly [number[], number[]] {
  const [users, values]: [number[], number[]] = [[], []];
  for (const [user, list] of lists.entries()) {
    for (const value of list) {
      users.push(user);
      values.push(value);
    }
  }
  return [users, values];
}

function numbers(length: number): readonly number[] {
  return Array.from({ length }, (_, at) => at);
}

/** The tables, and who may see what with every star written out. */
export async function load(world: World, threads: number): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(":memory:", { threads: String(threads) });
  const connection = await instance.connect();
  await connection.run(`
    create table sales(id integer, customer integer, item integer, day integer, amount integer);
    create table customers(customer integer, region integer);
    create table items(item integer, dept integer);
    create table days(day integer);
    create table may_region(who integer, region integer);
    create table may_dept(who integer, dept integer)`);
  await append(connection, "sales", [numbers(world.rows), world.customer, world.item, world.day, world.amount]);
  await append(connection, "customers", [numbers(customerCount), world.region]);
  await append(connection, "items", [numbers(itemCount), world.dept]);
  await append(connection, "days", [numbers(dayCount)]);
  await append(connection, "may_region", pairs(withoutStars(world.mayRegion)));
  await append(connection, "may_dept", pairs(withoutStars(world.mayDept)));
  return connection;
}

const oneUser = `
  select count(*), count(distinct customer), count(distinct item), count(distinct day) from sales
  where customer in (select customer from customers where region in (select region from may_region where who = $1))
    and item in (select item from items where dept in (select dept from may_dept where who = $1))`;

const allUsers = `
  select r.who, count(*), count(distinct sales.customer), count(distinct sales.item), count(distinct sales.day)
  from sales join customers using (customer) join items using (item)
  join may_region r using (region) join may_dept d on d.who = r.who and d.dept = items.dept
  group by r.who`;

/** Users meet only the distinct pairs of key and value; every visible row of the small tables is named by a sale. */
const byClasses = `
  with flat as materialized (
    select customer, item, day, region, dept from sales join customers using (customer) join items using (item)),
  by_customer as (select customer, region, dept, count(*) n from flat group by all),
  by_item as (select distinct item, dept, region from flat),
  by_day as (select distinct day, region, dept from flat),
  c as (select r.who, sum(n)::integer n, count(distinct customer) customers from by_customer
        join may_region r using (region) join may_dept d on d.who = r.who and d.dept = by_customer.dept group by r.who),
  i as (select r.who, count(distinct item) items from by_item
        join may_region r using (region) join may_dept d on d.who = r.who and d.dept = by_item.dept group by r.who),
  y as (select r.who, count(distinct day) day_count from by_day
        join may_region r using (region) join may_dept d on d.who = r.who and d.dept = by_day.dept group by r.who)
  select who, n, customers, items, day_count from c join i using (who) join y using (who)`;

function spread(rows: readonly (readonly unknown[])[], users: number): readonly number[] {
  const counts: number[] = Array.from({ length: users * 4 }, () => 0);
  for (const [who, ...own] of rows) own.forEach((value, at) => (counts[Number(who) * 4 + at] = Number(value)));
  return counts;
}

export type Form = "query per user" | "one query" | "class SQL";

/** Visible rows of the four tables, user by user. */
export async function count(connection: DuckDBConnection, world: World, form: Form): Promise<readonly number[]> {
  if (form !== "query per user") {
    const { rows } = await read(connection, form === "one query" ? allUsers : byClasses);
    return spread(rows, world.users);
  }
  const prepared = await connection.prepare(oneUser);
  const found: unknown[][] = [];
  for (let user = 0; user < world.users; user++) {
    prepared.bindInteger(1, user);
    const reader = await prepared.runAndReadAll();
    found.push([user, ...(reader.getRows()[0] ?? [])]);
  }
  return spread(found, world.users);
}

async function read(connection: DuckDBConnection, sql: string): Promise<{ readonly rows: readonly unknown[][] }> {
  const reader = await connection.runAndReadAll(sql);
  return { rows: reader.getRows() };
}

function setBits(bitmap: Uint32Array, ids: readonly unknown[]): void {
  for (const id of ids) {
    const row = Number(id);
    bitmap[row >>> 5] = (bitmap[row >>> 5] ?? 0) | (1 << (row & 31));
  }
}

const oneUserRows = oneUser.replace(/count\(\*\).*(?= from)/, "id");

/** A bitmap of the sales of every user, chunk by chunk. */
export async function bitmaps(connection: DuckDBConnection, world: World): Promise<readonly Uint32Array[]> {
  const prepared = await connection.prepare(oneUserRows);
  const found: Uint32Array[] = [];
  for (let user = 0; user < world.users; user++) {
    const bitmap = new Uint32Array(Math.ceil(world.rows / 32));
    prepared.bindInteger(1, user);
    const result = await prepared.run();
    for (
      let chunk = await result.fetchChunk();
      chunk !== null && chunk.rowCount > 0;
      chunk = await result.fetchChunk()
    ) {
      setBits(bitmap, chunk.getColumnValues(0));
    }
    found.push(bitmap);
  }
  return found;
}
