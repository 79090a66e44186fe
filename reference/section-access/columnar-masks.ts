/**
 * Sets of users as bits: `words` numbers of 32 users each, one such mask an entry, all masks of a table in one array.
 */
import type { Codes } from "./columnar-encode.ts";

/** A mask for each code (or slot) of a column: `masks[code * words + word]`. */
export interface Factor {
  readonly codes: Codes;
  readonly masks: Uint32Array;
  /** How many masks there are. */
  readonly size: number;
}

/** Masks told apart by content: which entries share one, and each once. */
export interface MaskClasses {
  readonly classOf: Uint32Array;
  readonly count: number;
  readonly masks: Uint32Array;
}

export function wordsFor(users: number): number {
  return Math.max(1, Math.ceil(users / 32));
}

export function hasBit(masks: Uint32Array, offset: number, user: number): boolean {
  return (((masks[offset + (user >>> 5)] ?? 0) >>> (user & 31)) & 1) === 1;
}

export function setBit(masks: Uint32Array, offset: number, user: number): void {
  const at = offset + (user >>> 5);
  masks[at] = (masks[at] ?? 0) | (1 << (user & 31));
}

export function isEmptyMask(mask: Uint32Array): boolean {
  return mask.every((word) => word === 0);
}

/** Adds the bits of one mask to another: `into |= mask`. */
export function unite(into: Uint32Array, mask: Uint32Array): void {
  for (let word = 0; word < into.length; word++) into[word] = (into[word] ?? 0) | (mask[word] ?? 0);
}

function hashOf(masks: Uint32Array, from: number, words: number): number {
  let hash = 0x811c_9dc5;
  for (let at = from; at < from + words; at++) {
    hash = Math.imul(hash ^ (masks[at] ?? 0), 0x0100_0193);
    hash ^= hash >>> 15;
  }
  return Math.imul(hash, 0x2c1b_3c6d) >>> 0;
}

function sameMask(one: Uint32Array, others: Uint32Array, from: number): boolean {
  for (let word = 0; word < one.length; word++) if (one[word] !== others[from + word]) return false;
  return true;
}
/** Interns masks: open addressing over the classes found so far. */
export function classesOf({ masks, size }: Factor, words: number): MaskClasses {
  const room = 2 ** Math.ceil(Math.log2(Math.max(2, size * 2)));
  const table = new Int32Array(room).fill(-1);
  const classOf = new Uint32Array(size);
  const kept = new Uint32Array(size * words);
  let count = 0;
  for (let entry = 0; entry < size; entry++) {
    const from = entry * words;
    let place = hashOf(masks, from, words) & (room - 1);
    let held = table[place] ?? -1;
    const own = masks.subarray(from, from + words);
    while (held >= 0 && !sameMask(own, kept, held * words)) {
      place = (place + 1) & (room - 1);
      held = table[place] ?? -1;
    }
    if (held < 0) {
      held = count++;
      table[place] = held;
      kept.set(own, held * words);
    }
    classOf[entry] = held;
  }
  return { classOf, count, masks: kept.slice(0, count * words) };
}
