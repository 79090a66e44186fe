/**
 * Row by row, 32 users a word: the masks of a block of rows are the AND of what the rows' codes allow. Costs rows × words
 * whatever the data are like.
 */
import type { Codes } from "./columnar-encode.ts";
import type { Factor } from "./columnar-masks.ts";

export const blockRows = 1024;

/** Buffers of one scan, used again for each block. */
export interface Block {
  readonly words: number;
  readonly codes: Uint32Array;
  readonly masks: Uint32Array;
}

const blocks = new Map<number, Block>();

/** The one block for masks of so many words: nothing of it outlives the scan of a table. */
export function blockFor(words: number): Block {
  const known = blocks.get(words);
  if (known !== undefined) return known;
  const made = { words, codes: new Uint32Array(blockRows), masks: new Uint32Array(blockRows * words) };
  blocks.set(words, made);
  return made;
}

/** Codes as 32-bit numbers, so that loops over them meet one type of array. */
export function readCodes(into: Uint32Array, codes: Codes, from: number, rows: number): void {
  into.set(codes.subarray(from, from + rows));
}

function copyMasks({ masks, codes, words }: Block, table: Uint32Array, rows: number): void {
  let at = 0;
  for (let row = 0; row < rows; row++) {
    const from = (codes[row] ?? 0) * words;
    for (let word = 0; word < words; word++) masks[at++] = table[from + word] ?? 0;
  }
}

function narrowMasks({ masks, codes, words }: Block, table: Uint32Array, rows: number): void {
  let at = 0;
  for (let row = 0; row < rows; row++) {
    const from = (codes[row] ?? 0) * words;
    for (let word = 0; word < words; word++, at++) masks[at] = (masks[at] ?? 0) & (table[from + word] ?? 0);
  }
}

/** Masks of the rows from `from` on; all users where nothing restricts. */
export function maskRows(block: Block, factors: readonly Factor[], from: number, rows: number): void {
  if (factors.length === 0) block.masks.fill(0xffff_ffff, 0, rows * block.words);
  for (const [at, { codes, masks }] of factors.entries()) {
    readCodes(block.codes, codes, from, rows);
    (at === 0 ? copyMasks : narrowMasks)(block, masks, rows);
  }
}

/** Adds the masks of a block to those of the slots its rows link to. */
export function gatherBySlot({ codes, masks, words }: Block, into: Uint32Array, slots: Codes): void {
  codes.set(slots);
  let at = 0;
  for (let row = 0; row < slots.length; row++) {
    const to = (codes[row] ?? 0) * words;
    for (let word = 0; word < words; word++, at++) into[to + word] = (into[to + word] ?? 0) | (masks[at] ?? 0);
  }
}

/** Tells every (row of the block, user) that is set. */
export function eachBit({ masks, words }: Block, rows: number, tell: (row: number, user: number) => void): void {
  let at = 0;
  for (let row = 0; row < rows; row++) {
    for (let word = 0; word < words; word++) {
      for (let left = masks[at++] ?? 0; left !== 0; left &= left - 1)
        tell(row, word * 32 + 31 - Math.clz32(left & -left));
    }
  }
}

/** Adds `weight` to the count of every user of one word. */
export function addBits(counts: Float64Array, word: number, bits: number, weight: number): void {
  const first = word * 32;
  for (let left = bits; left !== 0; left &= left - 1) {
    const user = first + 31 - Math.clz32(left & -left);
    counts[user] = (counts[user] ?? 0) + weight;
  }
}

const planes = new Uint32Array(32);

/** Adds one bit of value `2 ** level` a user. */
function ripple(bits: number, level: number): void {
  let carry = bits;
  for (let at = level; carry !== 0; at++) {
    const held = planes[at] ?? 0;
    planes[at] = held ^ carry;
    carry &= held;
  }
}

/** Counts the users of one word over a block: eight rows at a time in carry-save adders, the carries in bit planes. */
function countWord(counts: Float64Array, block: Block, word: number, rows: number): void {
  const { masks, words } = block;
  let [ones, twos, fours] = [0, 0, 0];
  planes.fill(0);
  const whole = rows - (rows % 8);
  for (let row = 0; row < whole; row += 8) {
    let at = row * words + word;
    let twosA = 0;
    let twosB = 0;
    let foursA = 0;
    let foursB = 0;
    for (let pair = 0; pair < 4; pair++, at += 2 * words) {
      const left = masks[at] ?? 0;
      const right = masks[at + words] ?? 0;
      const either = ones ^ left;
      const carry = (ones & left) | (either & right);
      ones = either ^ right;
      if ((pair & 1) === 0) {
        twosA = carry;
        continue;
      }
      twosB = carry;
      const both = twos ^ twosA;
      const carried = (twos & twosA) | (both & twosB);
      twos = both ^ twosB;
      if (pair === 1) foursA = carried;
      else foursB = carried;
    }
    const sum = fours ^ foursA;
    ripple((fours & foursA) | (sum & foursB), 3);
    fours = sum ^ foursB;
  }
  for (let row = whole; row < rows; row++) addBits(counts, word, masks[row * words + word] ?? 0, 1);
  addBits(counts, word, ones, 1);
  addBits(counts, word, twos, 2);
  addBits(counts, word, fours, 4);
  for (let level = 3; level < 32; level++) addBits(counts, word, planes[level] ?? 0, 2 ** level);
}

/** Adds to each user's count the rows of the block he sees. */
export function countBlock(counts: Float64Array, block: Block, rows: number): void {
  for (let word = 0; word < block.words; word++) countWord(counts, block, word, rows);
}

/** Turns 32 words of 32 users into 32 words of 32 rows, in place. */
function transpose(square: Uint32Array): void {
  let mask = 0x0000_ffff;
  for (let width = 16; width !== 0; width >>>= 1, mask ^= mask << width) {
    for (let at = 0; at < 32; at = (at + width + 1) & ~width) {
      const swapped = (((square[at] ?? 0) >>> width) ^ (square[at + width] ?? 0)) & mask;
      square[at + width] = (square[at + width] ?? 0) ^ swapped;
      square[at] = (square[at] ?? 0) ^ (swapped << width);
    }
  }
}

const square = new Uint32Array(32);

/** Bits by user, one set of slots each, into masks by slot; `word` is that of these 32 users. */
export function turnWords(
  masks: Uint32Array,
  { words, word }: { readonly words: number; readonly word: number },
  slotsOf: readonly Uint32Array[],
): void {
  const size = masks.length / words;
  for (let first = 0; first < size; first += 32) {
    for (const [user, slots] of slotsOf.entries()) square[user] = slots[first >>> 5] ?? 0;
    transpose(square);
    const last = Math.min(size, first + 32);
    for (let slot = first; slot < last; slot++) masks[slot * words + word] = square[slot - first] ?? 0;
  }
}

/** Turns 32 rows of one word of users; missing rows are empty. */
function turn({ masks, words }: Block, first: number, length: number, word: number): void {
  square.fill(0);
  for (let row = 0; row < length; row++) square[row] = masks[(first + row) * words + word] ?? 0;
  transpose(square);
}

/** Writes a block into one bitmap of rows a user, 32 rows at a time; `from` is a multiple of 32. */
export function transposeBlock(bitmaps: readonly Uint32Array[], block: Block, from: number, rows: number): void {
  for (let first = 0; first < rows; first += 32) {
    const into = (from + first) >>> 5;
    for (const [user, bitmap] of bitmaps.entries()) {
      if (user % 32 === 0) turn(block, first, Math.min(32, rows - first), user >>> 5);
      bitmap[into] = square[user % 32] ?? 0;
    }
  }
}
