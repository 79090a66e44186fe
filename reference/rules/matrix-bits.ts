/** Sets of resources as bits, 32 a word. */

/** Few members are kept as a list, many as words: what costs less to add to a row. */
export type Posting =
  | { readonly kind: "list"; readonly bits: Int32Array }
  | { readonly kind: "words"; readonly words: Uint32Array; readonly from: number; readonly to: number };

export function setBit(words: Uint32Array, bit: number): void {
  words[bit >>> 5] = (words[bit >>> 5] ?? 0) | (1 << (bit & 31));
}

export function hasBit(words: Uint32Array, bit: number): boolean {
  return (((words[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 1;
}

/** A posting of members in rising order; `size` is the number of words of a whole row. */
export function postingOf(bits: readonly number[], size: number): Posting {
  const first = (bits[0] ?? 0) >>> 5;
  const last = (bits.at(-1) ?? -1) >>> 5;
  if (bits.length === 0 || bits.length < last - first + 1) return { kind: "list", bits: Int32Array.from(bits) };
  const words = new Uint32Array(size);
  for (const bit of bits) setBit(words, bit);
  return { kind: "words", words, from: first, to: last + 1 };
}

export function addPosting(target: Uint32Array, posting: Posting): void {
  if (posting.kind === "list") {
    for (const bit of posting.bits) setBit(target, bit);
    return;
  }
  const { words, from, to } = posting;
  for (let at = from; at < to; at++) target[at] = (target[at] ?? 0) | (words[at] ?? 0);
}

/** How many bits of a word are set. */
export function bitsIn(word: number): number {
  let left = word - ((word >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
