/** Small deterministic randomness: the same seed and index give the same throws for ever. */

export interface Dice {
  /** An integer from 0 up to, not including, `bound`. */
  below(bound: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** Some of the items, each at most once, in the order given. */
  some<Item>(items: readonly Item[], count: number): Item[];
  shuffled<Item>(items: readonly Item[]): Item[];
}

function scramble(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

/** Dice for one world of a campaign; SplitMix32 started from both numbers. */
export function diceOf(seed: number, index: number): Dice {
  let state = scramble(scramble(seed) ^ Math.imul(index + 1, 0x9e3779b9));
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    return scramble(state);
  };
  const below = (bound: number): number => Math.floor((next() / 0x1_0000_0000) * bound);
  const shuffled = <Item>(items: readonly Item[]): Item[] => {
    const order = items.map((item) => ({ item, rank: next() }));
    return order.sort((a, b) => a.rank - b.rank).map(({ item }) => item);
  };
  return {
    below,
    chance: (probability) => next() / 0x1_0000_0000 < probability,
    pick: (items) => items[below(items.length)] ?? items[0],
    some: (items, count) => {
      const chosen = new Set(shuffled([...items.keys()]).slice(0, count));
      return items.filter((_, at) => chosen.has(at));
    },
    shuffled,
  };
}
