/** Lists of numbers, each kept once: what a rule opens it mostly opens to many, and their lists would fill the memory. */
export class SharedLists<T> {
  readonly #byHash = new Map<number, { readonly numbers: readonly number[]; readonly made: readonly T[] }[]>();
  readonly #make: (number: number) => T;

  /** `make`: what a number stands for in the list that is given out. */
  constructor(make: (number: number) => T) {
    this.#make = make;
  }

  /** The same list for the same numbers. */
  of(numbers: readonly number[]): readonly T[] {
    let hash = 0x811c9dc5;
    for (const number of numbers) hash = Math.imul(hash ^ number, 0x01000193);
    const bucket = this.#byHash.get(hash) ?? [];
    this.#byHash.set(hash, bucket);
    const known = bucket.find((one) => isSame(one.numbers, numbers));
    if (known !== undefined) return known.made;
    const made = numbers.map(this.#make);
    bucket.push({ numbers, made });
    return made;
  }
}

function isSame(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((number, at) => number === right[at]);
}
