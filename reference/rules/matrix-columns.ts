/** What a path of `resource` stands for on every resource of a matrix, as sets by value. What nobody asks is not made. */
import { isResource, type Fitter } from "./comparison.ts";
import { postingOf, setBit, type Bits, type Posting } from "./matrix-bits.ts";
import { Sameness } from "./matrix-same.ts";
import { Texts } from "./matrix-texts.ts";
import type { Universe } from "./matrix-universe.ts";
import { Lookup } from "./matrix-values.ts";
import type { Found, Item } from "./paths.ts";
import { resourceKey, type Resource, type ResourceIndex } from "./resources.ts";

/** Resources on which the path has the same values. */
export interface ValueClass {
  readonly found: Found;
  readonly members: Posting;
}

function signatureOf(item: Item): string {
  if (typeof item === "string") return `t${item}`;
  if (!isResource(item)) return "s";
  const { type, id, fields } = item;
  return id === "" ? `f${JSON.stringify([type, fields])}` : `r${resourceKey(type, id)}`;
}

/** By bit; nothing where a bit has no resource. */
function valuesOf({ resources }: Universe, lookup: Lookup): readonly (readonly Item[])[] {
  const values: (readonly Item[])[] = [];
  for (let bit = 0; bit < resources.length; bit++) {
    const resource = resources[bit];
    values.push(resource === undefined ? [] : lookup.of(resource));
  }
  return values;
}

export class Column {
  readonly #universe: Universe;
  readonly #index: ResourceIndex;
  readonly #values: readonly (readonly Item[])[];
  readonly #postings = new Map<Bits, Posting>();
  #texts: Texts | undefined;
  #objects: ReadonlyMap<Resource, Bits> | undefined;
  #same: Sameness | undefined;
  #classes: readonly ValueClass[] | undefined;

  constructor(index: ResourceIndex, universe: Universe, segments: readonly string[]) {
    this.#universe = universe;
    this.#index = index;
    this.#values = valuesOf(universe, new Lookup(index, segments));
  }

  get texts(): Texts {
    return (this.#texts ??= new Texts(this.#values));
  }

  /** Bits of the resources by what the path leads to. */
  get objects(): ReadonlyMap<Resource, Bits> {
    if (this.#objects !== undefined) return this.#objects;
    const objects = new Map<Resource, number[]>();
    for (const [bit, items] of this.#values.entries()) {
      for (const item of items) if (isResource(item)) push(objects, item, bit);
    }
    this.#objects = objects;
    return objects;
  }

  #posting(bits: Bits): Posting {
    const known = this.#postings.get(bits);
    if (known !== undefined) return known;
    const posting = postingOf(bits, this.#universe.size);
    this.#postings.set(bits, posting);
    return posting;
  }

  /** Resources one of whose values is this text, letter case apart or not. */
  equalTo(text: string, strict: boolean): Posting | undefined {
    const bits = strict ? this.texts.exactly(text) : this.texts.inAnyCase(text);
    return bits === undefined ? undefined : this.#posting(bits);
  }

  /** Resources one of whose values is this resource (SR-333). */
  sameAs(resource: Resource): Bits {
    return (this.#same ??= new Sameness(this.objects, this.#index)).of(resource);
  }

  /** Resources one of whose texts fits. */
  where(fitter: Fitter): Int32Array {
    const words = new Int32Array(this.#universe.size);
    this.texts.addFitting(words, fitter);
    return words;
  }

  /** Resources on which there is nothing. */
  empty(): Int32Array {
    const words = new Int32Array(this.#universe.size);
    for (const [bit, items] of this.#values.entries()) {
      if (items.length === 0 && this.#universe.resources[bit] !== undefined) setBit(words, bit);
    }
    return words;
  }

  get classes(): readonly ValueClass[] {
    return (this.#classes ??= this.#classified());
  }

  #classified(): readonly ValueClass[] {
    const drafts = new Map<string, { readonly found: Found; readonly bits: number[] }>();
    for (const [bit, items] of this.#values.entries()) {
      if (this.#universe.resources[bit] === undefined) continue;
      const signature = items.map(signatureOf).join("\u0000");
      const draft = drafts.get(signature);
      if (draft === undefined) drafts.set(signature, { found: { items }, bits: [bit] });
      else draft.bits.push(bit);
    }
    return [...drafts.values()].map(({ found, bits }) => ({ found, members: postingOf(bits, this.#universe.size) }));
  }
}

function push(index: Map<Resource, number[]>, key: Resource, bit: number): void {
  const bits = index.get(key);
  if (bits === undefined) index.set(key, [bit]);
  else if (bits[bits.length - 1] !== bit) bits.push(bit);
}
