/**
 * Rows by class: entries with equal masks are one class, so a row is a combination of a few small numbers. One scan
 * counts the rows of each combination and marks with which slots it occurs; users come in only afterwards, each with
 * the combinations he sees. Pays while those are few beside rows × words.
 */
import type { Codes } from "./columnar-encode.ts";
import { classesOf, type Factor } from "./columnar-masks.ts";
import { asLoaded, codesIn, orderBy, type Order } from "./columnar-order.ts";
import { blockRows, readCodes } from "./columnar-words.ts";

/** A factor with its masks as classes. */
export interface ClassedFactor {
  readonly factor: Factor;
  /** Class of each code. */
  readonly classOf: Uint32Array;
  readonly count: number;
  /** Classes each user sees. */
  readonly seenBy: readonly (readonly number[])[];
}

function withClasses(factor: Factor, words: number, users: number): ClassedFactor {
  const { classOf, count, masks } = classesOf(factor, words);
  const seenBy: number[][] = Array.from({ length: users }, () => []);
  for (let at = 0; at < masks.length; at++) {
    const first = (at % words) * 32;
    for (let left = masks[at] ?? 0; left !== 0; left &= left - 1) {
      seenBy[first + 31 - Math.clz32(left & -left)]?.push(Math.floor(at / words));
    }
  }
  return { factor, classOf, count, seenBy };
}

/** Most classes first: neighbours in the order of that factor have neighbouring combinations. */
export function classed(factors: readonly Factor[], words: number, users: number): readonly ClassedFactor[] {
  return factors.map((factor) => withClasses(factor, words, users)).toSorted((a, b) => b.count - a.count);
}

export function combinations(factors: readonly ClassedFactor[]): number {
  return factors.reduce((product, { count }) => product * count, 1);
}

/** How many combinations a user sees. */
export function seenCombinations(factors: readonly ClassedFactor[], user: number): number {
  return factors.reduce((product, { seenBy }) => product * (seenBy[user]?.length ?? 0), 1);
}

/** The combinations a user sees, by number. */
export function combinationsOf(factors: readonly ClassedFactor[], user: number): Uint32Array {
  let found = new Uint32Array(1);
  for (const { seenBy, count } of factors) {
    const classes = seenBy[user] ?? [];
    const longer = new Uint32Array(found.length * classes.length);
    let at = 0;
    for (const prefix of found) for (const one of classes) longer[at++] = prefix * count + one;
    found = longer;
  }
  return found;
}

/** Words for a set of slots. */
export function widthFor(size: number): number {
  return Math.ceil(size / 32);
}

/** Slots to be marked by combination of these factors. */
export interface Marking {
  readonly factors: readonly ClassedFactor[];
  readonly slots: Codes;
  readonly size: number;
}

/** Sets of slots, one a combination, as bits. */
export interface Marks {
  readonly bits: Uint32Array;
  /** Words a combination. */
  readonly width: number;
  /** Slots that any row links to. */
  readonly linked: Uint32Array;
}

/** Columns, classes and combinations of one block of rows, each made once. */
class ClassBlock {
  readonly #codes = new Map<Codes, Uint32Array>();
  readonly #classes = new Map<ClassedFactor, Uint32Array>();
  readonly #combined = new Map<readonly ClassedFactor[], Combined>();
  readonly #order: Order;
  #from = 0;
  rows = 0;

  constructor(order: Order = asLoaded) {
    this.#order = order;
  }

  moveTo(from: number, rows: number): void {
    this.#from = from;
    this.rows = rows;
    for (const [codes, into] of this.#codes) readCodes(into, this.#order(codes), from, rows);
    for (const [factor, into] of this.#classes) lookUp(into, this.codes(factor.factor.codes), factor.classOf, rows);
  }

  codes(codes: Codes): Uint32Array {
    const known = this.#codes.get(codes);
    if (known !== undefined) return known;
    const into = new Uint32Array(blockRows);
    readCodes(into, this.#order(codes), this.#from, this.rows);
    this.#codes.set(codes, into);
    return into;
  }

  classes(factor: ClassedFactor): Uint32Array {
    const known = this.#classes.get(factor);
    if (known !== undefined) return known;
    const into = new Uint32Array(blockRows);
    lookUp(into, this.codes(factor.factor.codes), factor.classOf, this.rows);
    this.#classes.set(factor, into);
    return into;
  }

  /** Number of each row's combination, made once a block for the same list of factors. */
  combination(factors: readonly ClassedFactor[]): Uint32Array {
    const [first, ...others] = factors;
    if (first === undefined) return zeros;
    if (others.length === 0) return this.classes(first);
    const known = this.#combined.get(factors) ?? { numbers: new Uint32Array(blockRows), from: -1 };
    this.#combined.set(factors, known);
    if (known.from === this.#from) return known.numbers;
    let prefix = this.classes(first);
    for (const factor of others) {
      append(known.numbers, prefix, factor.count, this.classes(factor));
      prefix = known.numbers;
    }
    known.from = this.#from;
    return known.numbers;
  }
}

interface Combined {
  readonly numbers: Uint32Array;
  /** First row of the block they are of. */
  from: number;
}

function lookUp(into: Uint32Array, codes: Uint32Array, table: Uint32Array, rows: number): void {
  for (let row = 0; row < rows; row++) into[row] = table[codes[row] ?? 0] ?? 0;
}

function append(into: Uint32Array, prefix: Uint32Array, count: number, classes: Uint32Array): void {
  for (let row = 0; row < into.length; row++) into[row] = (prefix[row] ?? 0) * count + (classes[row] ?? 0);
}

const zeros = new Uint32Array(blockRows);

function addUp(counts: Uint32Array, numbers: Uint32Array, rows: number): void {
  for (let row = 0; row < rows; row++) {
    const at = numbers[row] ?? 0;
    counts[at] = (counts[at] ?? 0) + 1;
  }
}

function mark({ bits, width }: Marks, slots: Uint32Array, numbers: Uint32Array, rows: number): void {
  for (let row = 0; row < rows; row++) {
    const slot = slots[row] ?? 0;
    const at = (numbers[row] ?? 0) * width + (slot >>> 5);
    bits[at] = (bits[at] ?? 0) | (1 << (slot & 31));
  }
}

export interface ClassScan {
  readonly rows: number;
  /** Factors whose combinations are counted; absent: none are. */
  readonly counting?: readonly ClassedFactor[] | undefined;
  readonly markings: readonly Marking[];
}

/** How often each combination occurs, and which occur with which slot. */
export interface ClassScanned {
  readonly counts: Uint32Array;
  readonly marks: readonly Marks[];
}

/** Numbers that stay in the cache wherever they are written. */
const near = 2 ** 16;

/** By the factor of most classes where more is written than stays in the cache. */
function orderFor(written: number, factors: readonly ClassedFactor[]): Order {
  const lead = factors.toSorted((a, b) => b.count - a.count)[0];
  return written <= near || lead === undefined ? asLoaded : orderBy(lead.factor.codes);
}

/** One pass over the rows, in blocks. */
export function scanClasses({ rows, counting, markings }: ClassScan): ClassScanned {
  const counts = new Uint32Array(counting === undefined ? 0 : combinations(counting));
  const marks = markings.map(({ factors, size, slots }) => {
    const width = widthFor(size);
    return { bits: new Uint32Array(combinations(factors) * width), width, linked: codesIn(slots, size), factors };
  });
  const written = marks.reduce((sum, { bits }) => sum + bits.length, counts.length);
  const block = new ClassBlock(orderFor(written, [counting ?? [], ...marks.map(({ factors }) => factors)].flat()));
  for (let from = 0; from < rows; from += blockRows) {
    block.moveTo(from, Math.min(blockRows, rows - from));
    if (counting !== undefined) addUp(counts, block.combination(counting), block.rows);
    for (const [at, one] of marks.entries()) {
      mark(one, block.codes(markings[at]?.slots ?? zeros), block.combination(one.factors), block.rows);
    }
  }
  return { counts, marks };
}

/** Rows a user sees: his combinations, each as often as it occurs. */
export function countSeen(counts: Uint32Array, seen: Uint32Array): number {
  let rows = 0;
  for (let at = 0; at < seen.length; at++) rows += counts[seen[at] ?? 0] ?? 0;
  return rows;
}

/** Combinations looked at between two looks whether a user has all slots already. */
const between = 64;

function covers(found: Uint32Array, linked: Uint32Array): boolean {
  for (let word = 0; word < found.length; word++) if (found[word] !== linked[word]) return false;
  return true;
}

/** Adds the slots marked for any of the combinations. */
export function addSlots(into: Uint32Array, { bits, width, linked }: Marks, seen: Uint32Array): void {
  for (let at = 0; at < seen.length; at++) {
    if (at % between === between - 1 && covers(into, linked)) return;
    const from = (seen[at] ?? 0) * width;
    for (let word = 0; word < width; word++) into[word] = (into[word] ?? 0) | (bits[from + word] ?? 0);
  }
}

/** Rows in the order of their combinations: those of combination `n` stand from `starts[n]` up to `starts[n + 1]`. */
export interface RowsByCombination {
  readonly starts: Uint32Array;
  readonly rows: Uint32Array;
}

export function rowsByCombination(rows: number, factors: readonly ClassedFactor[]): RowsByCombination {
  const numbers = new Uint32Array(rows);
  const starts = new Uint32Array(combinations(factors) + 1);
  const block = new ClassBlock();
  for (let from = 0; from < rows; from += blockRows) {
    block.moveTo(from, Math.min(blockRows, rows - from));
    const found = block.combination(factors).subarray(0, block.rows);
    numbers.set(found, from);
    addUp(starts, found, block.rows);
  }
  let before = 0;
  for (let at = 0; at < starts.length; at++) {
    const own = starts[at] ?? 0;
    starts[at] = before;
    before += own;
  }
  return { starts, rows: placed(numbers, starts.slice()) };
}

function placed(numbers: Uint32Array, next: Uint32Array): Uint32Array {
  const rows = new Uint32Array(numbers.length);
  for (let row = 0; row < numbers.length; row++) {
    const number = numbers[row] ?? 0;
    const at = next[number] ?? 0;
    rows[at] = row;
    next[number] = at + 1;
  }
  return rows;
}

/** Sets the bit of each row that has one of the combinations. */
export function setRows(bitmap: Uint32Array, { starts, rows }: RowsByCombination, seen: Uint32Array): void {
  for (const number of seen) {
    const end = starts[number + 1] ?? 0;
    for (let at = starts[number] ?? 0; at < end; at++) {
      const row = rows[at] ?? 0;
      bitmap[row >>> 5] = (bitmap[row >>> 5] ?? 0) | (1 << (row & 31));
    }
  }
}
