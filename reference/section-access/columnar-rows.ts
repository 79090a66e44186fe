/** The rows of one view, or of all views as bitmaps: bit `row % 32` of word `row / 32`. */
import { bitCount, hasBit, type Factor } from "./columnar-masks.ts";
import type { Together, View } from "./columnar-opening.ts";
import { factorsOf } from "./columnar-propagation.ts";
import { blockFor, blockRows, maskRows, scatterBlock, transposeBlock } from "./columnar-words.ts";

function seenBy(factors: readonly Factor[], words: number, bit: number): (row: number) => boolean {
  return (row) => factors.every(({ codes, masks }) => hasBit(masks, (codes[row] ?? 0) * words, bit));
}

/** Tells of a row of a table whether the view shows it. */
export function viewSees({ together, bit }: View, table: number): (row: number) => boolean {
  return seenBy(factorsOf(together.spread, table), together.spread.words, bit);
}

/** Share of set bits from which turning whole blocks is cheaper than setting bits one by one. */
const dense = 1 / 10;

/** A bitmap of the table's rows for each view put through together. */
export function bitmapsTogether({ spread, size }: Together, table: number): readonly Uint32Array[] {
  const rows = spread.model[table]?.size ?? 0;
  const bitmaps = Array.from({ length: size }, () => new Uint32Array(Math.ceil(rows / 32)));
  const factors = factorsOf(spread, table);
  const block = blockFor(spread.words);
  for (let from = 0; from < rows; from += blockRows) {
    const length = Math.min(blockRows, rows - from);
    maskRows(block, factors, from, length);
    if (sampledShare(block.masks, length * spread.words) < dense) scatterBlock(bitmaps, block, from, length);
    else transposeBlock(bitmaps, block, from, length);
  }
  return bitmaps;
}

/** About which share of the bits is set; every 31st word is looked at. */
function sampledShare(masks: Uint32Array, length: number): number {
  let [bits, words] = [0, 0];
  for (let at = 0; at < length; at += 31) {
    bits += bitCount(masks[at] ?? 0);
    words += 32;
  }
  return bits / Math.max(1, words);
}
