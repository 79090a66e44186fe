/** A trading company's sales, 1 M rows unless told, three tables they hang on, and who may see which regions and departments. */
import type { Principal, Value } from "../contract/types.ts";
import type { AccessTable } from "../reload/model.ts";

export interface Size {
  readonly rows: number;
  readonly users: number;
  /** Values of REGION, and the most of them one user may see. */
  readonly regions: number;
  readonly most: number;
}

export const customerCount = 10_000;
export const itemCount = 1_000;
export const dayCount = 100;
export const deptCount = 40;

export interface World extends Size {
  readonly customer: Uint16Array;
  readonly item: Uint16Array;
  readonly day: Uint8Array;
  readonly amount: Uint16Array;
  /** Region of each customer, department of each item. */
  readonly region: Uint16Array;
  readonly dept: Uint8Array;
  /** By user: what his rows list; `*` is every value anybody lists. */
  readonly mayRegion: readonly (readonly number[] | "*")[];
  readonly mayDept: readonly (readonly number[] | "*")[];
}

function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
}

function listed(next: (below: number) => number, most: number, values: number): readonly number[] | "*" {
  if (next(20) === 0) return "*";
  return [...new Set(Array.from({ length: 1 + next(most) }, () => next(values)))];
}

/** The same for the same size. 2 % of the customers and one day have no sale. */
export function worldOf(size: Size): World {
  const next = dice(99);
  const [customer, item] = [new Uint16Array(size.rows), new Uint16Array(size.rows)];
  const [day, amount] = [new Uint8Array(size.rows), new Uint16Array(size.rows)];
  for (let row = 0; row < size.rows; row++) {
    customer[row] = next(customerCount * 0.98);
    item[row] = next(itemCount);
    day[row] = next(dayCount - 1);
    amount[row] = next(1_000);
  }
  const users = Array.from({ length: size.users }, () => ({
    region: listed(next, size.most, size.regions),
    dept: listed(next, 8, deptCount),
  }));
  return {
    ...size,
    customer,
    item,
    day,
    amount,
    region: Uint16Array.from({ length: customerCount }, (_, at) => (at * 7_919) % size.regions),
    dept: Uint8Array.from({ length: itemCount }, (_, at) => (at * 7) % deptCount),
    mayRegion: users.map(({ region }) => region),
    mayDept: users.map(({ dept }) => dept),
  };
}

/** Everything the rows of one field list, in the place of a star. */
export function withoutStars(lists: World["mayRegion"]): readonly (readonly number[])[] {
  const all = [...new Set(lists.flatMap((list) => (list === "*" ? [] : list)))];
  return lists.map((list) => (list === "*" ? all : list));
}

export function regionName(region: number): string {
  return `REGION ${region}`;
}

export function deptName(dept: number): string {
  return `DEPT ${dept}`;
}

export function principals({ users }: Size): readonly Principal[] {
  return Array.from({ length: users }, (_, user) => ({
    directory: "CORP",
    id: `user${user}`,
    groups: [],
    attributes: {},
    session: {},
  }));
}

function cellOf(list: readonly number[] | "*" | undefined, at: number, name: (value: number) => string): Value {
  if (list === "*") return at === 0 ? "*" : "";
  const value = list?.[at];
  return value === undefined ? "" : name(value);
}

/** One row for each value of the longer list of a user. */
export function accessOf({ mayRegion, mayDept }: World): AccessTable {
  const rows = mayRegion.flatMap((regions, user) => {
    const length = Math.max(regions === "*" ? 1 : regions.length, mayDept[user]?.length ?? 0);
    return Array.from({ length }, (_, at) => [
      "USER",
      `CORP\\USER${user}`,
      cellOf(regions, at, regionName),
      cellOf(mayDept[user], at, deptName),
    ]);
  });
  return { name: "Access", fields: ["ACCESS", "USERID", "REGION", "DEPT"], rows, inline: rows.map(() => true) };
}

/** A number that is the same for the same counts or bitmaps. */
export function hashOf(numbers: Iterable<number>): number {
  let hash = 0x811c_9dc5;
  for (const one of numbers) hash = Math.imul(hash ^ one, 0x0100_0193) >>> 0;
  return hash;
}
