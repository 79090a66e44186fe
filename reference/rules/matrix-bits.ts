/**
 * Sets of resources as bits, 32 a word. Words are signed: the engine keeps those as plain integers from the first call on,
 * and unsigned ones above 2³¹ as objects until the code is optimised.
 */

/** Members, in rising order. */
export type Bits = readonly number[];

export function united(one: Bits, other: Bits): Bits {
  if (other.length === 0) return one;
  return one.length === 0 ? other : [...one, ...other].sort((a, b) => a - b);
}

/** Few members are kept as a list, many as words: what costs less to add to a row. */
export type Posting =
  | { readonly kind: "list"; readonly bits: Bits }
  | { readonly kind: "words"; readonly words: Int32Array; readonly from: number; readonly to: number };

export function setBit(words: Int32Array, bit: number): void {
  words[bit >>> 5] = (words[bit >>> 5] ?? 0) | (1 << (bit & 31));
}

export function hasBit(words: Int32Array, bit: number): boolean {
  return (((words[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 1;
}

/** A posting of members in rising order; `size` is the number of words of a whole row. */
export function postingOf(bits: Bits, size: number): Posting {
  const first = (bits[0] ?? 0) >>> 5;
  const last = (bits.at(-1) ?? -1) >>> 5;
  if (bits.length === 0 || bits.length < last - first + 1) return { kind: "list", bits };
  const words = new Int32Array(size);
  addBits(words, bits);
  return { kind: "words", words, from: first, to: last + 1 };
}

export function addBits(target: Int32Array, bits: Bits): void {
  for (let at = 0; at < bits.length; at++) setBit(target, bits[at] ?? 0);
}

/** Adds the words from `from` to `to` of another set. */
export function addWords(target: Int32Array, words: Int32Array, from: number, to: number): void {
  for (let at = from; at < to; at++) target[at] = (target[at] ?? 0) | (words[at] ?? 0);
}

export function addPosting(target: Int32Array, posting: Posting): void {
  if (posting.kind === "list") addBits(target, posting.bits);
  else addWords(target, posting.words, posting.from, posting.to);
}

/** How many members two sets have in common. */
export function bitsInBoth(left: Int32Array, right: Int32Array): number {
  let total = 0;
  for (let at = 0; at < right.length; at++) {
    let word = (left[at] ?? 0) & (right[at] ?? 0);
    // Most words are empty. The others are counted here, without a call: until it is optimised this is what costs.
    if (word === 0) continue;
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    total += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return total;
}
