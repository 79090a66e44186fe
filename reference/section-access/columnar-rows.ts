/** The rows of one view, or of all views as bitmaps: bit `row % 32` of word `row / 32`. */
import {
  classed,
  combinations,
  combinationsOf,
  rowsByCombination,
  seenCombinations,
  setRows,
  type ClassedFactor,
} from "./columnar-classes.ts";
import { hasBit, unite, type Factor } from "./columnar-masks.ts";
import type { Together, View } from "./columnar-opening.ts";
import { factorsOf, seenCodes } from "./columnar-propagation.ts";
import { blockFor, blockRows, countBlock, maskRows, transposeBlock } from "./columnar-words.ts";

function seenBy(factors: readonly Factor[], words: number, bit: number): (row: number) => boolean {
  return (row) => factors.every(({ codes, masks }) => hasBit(masks, (codes[row] ?? 0) * words, bit));
}

/** Tells of a row of a table whether the view shows it. */
export function viewSees({ together, bit }: View, table: number): (row: number) => boolean {
  return seenBy(factorsOf(together.spread, table), together.spread.words, bit);
}

/** Share of set bits from which turning whole blocks is cheaper than setting bits one by one. */
const dense = 1 / 8;

/** Most combinations for which rows are sorted by them. */
const mostCombinations = 2 ** 22;

/** A bitmap of the table's rows for each view put through together. */
export function bitmapsTogether({ spread, size }: Together, table: number): readonly Uint32Array[] {
  const rows = spread.model[table]?.size ?? 0;
  const length = Math.ceil(rows / 32);
  const all = new Uint32Array(length * size);
  const bitmaps = Array.from({ length: size }, (_, user) => all.subarray(user * length, (user + 1) * length));
  const factors = factorsOf(spread, table);
  const classes = classed(factors, spread.words, size);
  const sparse =
    spread.reading === "by classes" || (spread.reading === undefined && expectedShare(classes, size) < dense);
  if (combinations(classes) <= mostCombinations && sparse) {
    const sorted = rowsByCombination(rows, classes);
    bitmaps.forEach((bitmap, user) => setRows(bitmap, sorted, combinationsOf(classes, user)));
  } else {
    const block = blockFor(spread.words);
    for (let from = 0; from < rows; from += blockRows) {
      const some = Math.min(blockRows, rows - from);
      maskRows(block, factors, from, some);
      transposeBlock(bitmaps, block, from, some);
    }
  }
  return bitmaps;
}

/** Share of the combinations that users see, on an average. */
function expectedShare(classes: readonly ClassedFactor[], users: number): number {
  let seen = 0;
  for (let user = 0; user < users; user++) seen += seenCombinations(classes, user);
  return seen / (users * combinations(classes));
}

/** How many distinct values of a field each view shows, NULL not counted; all zero where the views lack the field. */
export function distinctTogether({ spread, tables }: Together, field: string): Float64Array {
  const { words } = spread;
  const encoded = tables.field(field);
  const seen = new Uint32Array(encoded.values.length * words);
  for (const at of tables.tables.keys())
    if (encoded.columns[at] !== undefined) unite(seen, seenCodes(spread, at, encoded));
  const counts = new Float64Array(words * 32);
  for (let from = 1; from < encoded.values.length; from += blockRows) {
    const rows = Math.min(blockRows, encoded.values.length - from);
    countBlock(counts, { ...blockFor(words), masks: seen.subarray(from * words) }, rows);
  }
  return counts;
}
