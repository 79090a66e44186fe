/** The texts of a path of `resource`, each once, with the resources that have it. */
import { addBits, united, type Bits } from "./matrix-bits.ts";
import type { Fitter } from "./comparison.ts";
import type { Item } from "./paths.ts";

export class Texts {
  readonly #places: ReadonlyMap<string, Bits>;
  /** Place by place, in the order they are met. */
  readonly #texts: readonly string[];
  readonly #bits: readonly Bits[];
  #lower: readonly string[] | undefined;
  #byLower: ReadonlyMap<string, Bits> | undefined;

  /** From the values on each resource, by bit. */
  constructor(values: readonly (readonly Item[])[]) {
    const places = new Map<string, number[]>();
    const texts: string[] = [];
    const bits: number[][] = [];
    for (let bit = 0; bit < values.length; bit++) {
      const items = values[bit] ?? [];
      for (let at = 0; at < items.length; at++) {
        const text = items[at];
        if (typeof text !== "string") continue;
        const known = places.get(text);
        if (known === undefined) {
          const first = [bit];
          places.set(text, first);
          texts.push(text);
          bits.push(first);
        } else if (known[known.length - 1] !== bit) known.push(bit);
      }
    }
    this.#places = places;
    this.#texts = texts;
    this.#bits = bits;
  }

  #lowered(): readonly string[] {
    return (this.#lower ??= this.#texts.map((text) => text.toLowerCase()));
  }

  /** Resources that have a text, written like it. */
  exactly(text: string): Bits | undefined {
    return this.#places.get(text);
  }

  /** Resources that have a text, letter case apart. */
  inAnyCase(text: string): Bits | undefined {
    return (this.#byLower ??= this.#folded()).get(text.toLowerCase());
  }

  #folded(): ReadonlyMap<string, Bits> {
    const found = new Map<string, Bits>();
    const lower = this.#lowered();
    for (let at = 0; at < lower.length; at++) {
      const [text = "", bits = []] = [lower[at], this.#bits[at]];
      const known = found.get(text);
      found.set(text, known === undefined ? bits : united(known, bits));
    }
    return found;
  }

  /** Adds the resources that have a text that fits. */
  addFitting(words: Int32Array, { fits, lower }: Fitter): void {
    const texts = lower ? this.#lowered() : this.#texts;
    const bits = this.#bits;
    for (let at = 0; at < texts.length; at++) if (fits(texts[at] ?? "")) addBits(words, bits[at] ?? []);
  }
}
