/**
 * What is known of columns of an app whoever asks: made when first needed, kept as long as the column. Rows are bags, so
 * a scan may read them in any order: in that of one column, what it writes for a code stays in the cache.
 */
import { narrowed, type Codes } from "./columnar-encode.ts";
import { blockRows, readCodes } from "./columnar-words.ts";

function largestOf(codes: Codes): number {
  let largest = 0;
  for (let row = 0; row < codes.length; row++) largest = Math.max(largest, codes[row] ?? 0);
  return largest;
}

/** Tells each block of rows as 32-bit numbers. */
function eachBlock(length: number, tell: (from: number, rows: number) => void): void {
  for (let from = 0; from < length; from += blockRows) tell(from, Math.min(blockRows, length - from));
}

/** Position of the first row of each code, were the rows sorted by them. */
function startsOf(codes: Codes): Uint32Array {
  const starts = new Uint32Array(largestOf(codes) + 2);
  const block = new Uint32Array(blockRows);
  eachBlock(codes.length, (from, rows) => {
    readCodes(block, codes, from, rows);
    for (let row = 0; row < rows; row++) {
      const after = (block[row] ?? 0) + 1;
      starts[after] = (starts[after] ?? 0) + 1;
    }
  });
  for (let at = 1; at < starts.length; at++) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0);
  return starts;
}

function sortedBy(lead: Codes, next: Uint32Array, codes: Codes): Codes {
  const sorted = new Uint32Array(codes.length);
  const [keys, values] = [new Uint32Array(blockRows), new Uint32Array(blockRows)];
  eachBlock(codes.length, (from, rows) => {
    readCodes(keys, lead, from, rows);
    readCodes(values, codes, from, rows);
    for (let row = 0; row < rows; row++) {
      const key = keys[row] ?? 0;
      const at = next[key] ?? 0;
      sorted[at] = values[row] ?? 0;
      next[key] = at + 1;
    }
  });
  return narrowed(sorted, largestOf(codes));
}

/** Other columns of the same table in another order of its rows. */
export type Order = (codes: Codes) => Codes;

export function asLoaded(codes: Codes): Codes {
  return codes;
}

const orders = new WeakMap<Codes, Order>();

/** The order of the rows by one column. */
export function orderBy(lead: Codes): Order {
  const known = orders.get(lead);
  if (known !== undefined) return known;
  const starts = startsOf(lead);
  const columns = new WeakMap<Codes, Codes>();
  const order: Order = (codes) => {
    const sorted = columns.get(codes) ?? sortedBy(lead, starts.slice(), codes);
    columns.set(codes, sorted);
    return sorted;
  };
  orders.set(lead, order);
  return order;
}

const occurring = new WeakMap<Codes, Uint32Array>();

/** Which codes the column holds, as bits. */
export function codesIn(codes: Codes, size: number): Uint32Array {
  const known = occurring.get(codes);
  if (known !== undefined) return known;
  const bits = new Uint32Array(Math.ceil(size / 32));
  const block = new Uint32Array(blockRows);
  eachBlock(codes.length, (from, rows) => {
    readCodes(block, codes, from, rows);
    for (let row = 0; row < rows; row++) {
      const code = block[row] ?? 0;
      bits[code >>> 5] = (bits[code >>> 5] ?? 0) | (1 << (code & 31));
    }
  });
  occurring.set(codes, bits);
  return bits;
}
