/** Which resources of a matrix a filter covers. Rules of the same filter share the answer. */
import type { FilterItem, ResourceFilter } from "../../languages/resource-filter/ast.ts";
import { coveringItem } from "./filter.ts";
import { setBit } from "./matrix-bits.ts";
import type { TypeRange, Universe } from "./matrix-universe.ts";
import type { Policy } from "./policy.ts";
import { heldAt, transientType } from "./resources.ts";

export interface Reach {
  /** By bit of the matrix; nothing is set outside the words `from` to `to`. */
  readonly covered: Int32Array;
  readonly from: number;
  readonly to: number;
}

export class Coverage {
  readonly #policy: Policy;
  readonly #universe: Universe;
  readonly #known = new Map<string, Reach>();
  /** Bits that hold a resource. */
  readonly #filled: Int32Array;

  constructor(policy: Policy, universe: Universe) {
    this.#policy = policy;
    this.#universe = universe;
    this.#filled = new Int32Array(universe.size);
    for (const [bit, resource] of universe.resources.entries()) if (resource !== undefined) setBit(this.#filled, bit);
  }

  of(filter: ResourceFilter): Reach {
    const key = JSON.stringify(filter.items);
    const known = this.#known.get(key) ?? this.#reach(filter);
    this.#known.set(key, known);
    return known;
  }

  #reach(filter: ResourceFilter): Reach {
    const covered = new Int32Array(this.#universe.size);
    const wide = filter.items.filter(({ kind }) => kind !== "resource" && kind !== "section");
    for (const range of this.#universe.types) this.#coverType(covered, filter, { range, wide });
    for (const item of filter.items) {
      const resource = item.kind === "resource" ? heldAt(this.#policy.index, item.type, item.id) : undefined;
      const bit = resource === undefined ? undefined : this.#universe.bitOf(resource);
      if (bit !== undefined) this.#coverBit(covered, filter, bit);
    }
    // Items may also name what the site does not hold.
    for (const bit of this.#universe.loose) this.#coverBit(covered, filter, bit);
    return trimmed(covered);
  }

  /** Wide items look at the type alone, so one resource answers for all of it; sections answer to their names (SR-207). */
  #coverType(covered: Int32Array, filter: ResourceFilter, { range, wide }: Typed): void {
    const { from, to, type } = range;
    if (type.toLowerCase() === transientType.toLowerCase()) {
      for (let bit = from * 32; bit < to * 32; bit++) this.#coverBit(covered, filter, bit);
      return;
    }
    const first = this.#universe.resources[from * 32];
    if (first === undefined || coveringItem({ items: wide }, first, this.#policy.dialect) === undefined) return;
    for (let at = from; at < to; at++) covered[at] = this.#filled[at] ?? 0;
  }

  #coverBit(covered: Int32Array, filter: ResourceFilter, bit: number): void {
    const resource = this.#universe.resources[bit];
    if (resource === undefined) return;
    if (coveringItem(filter, resource, this.#policy.dialect) !== undefined) setBit(covered, bit);
  }
}

interface Typed {
  readonly range: TypeRange;
  readonly wide: readonly FilterItem[];
}

/** Where the set begins and ends; `to` is 0 for the empty one. */
export function trimmed(covered: Int32Array): Reach {
  let from = 0;
  let to = covered.length;
  while (to > 0 && covered[to - 1] === 0) to -= 1;
  while (from < to && covered[from] === 0) from += 1;
  return { covered, from, to };
}
