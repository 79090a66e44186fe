/** Which of the things a path leads to are the same as one that is compared with them (SR-333). */
import type { Bits } from "./matrix-bits.ts";
import { userName, type Resource, type ResourceIndex } from "./resources.ts";

function gathered<Key>(
  objects: ReadonlyMap<Resource, Bits>,
  keyOf: (object: Resource) => Key | undefined,
): Map<Key, Bits> {
  const found = new Map<Key, Bits>();
  for (const [object, bits] of objects) {
    const key = keyOf(object);
    if (key === undefined) continue;
    const known = found.get(key);
    found.set(key, known === undefined ? bits : [...known, ...bits].sort((a, b) => a - b));
  }
  return found;
}

function byId({ type, id }: Resource): string | undefined {
  return id === "" ? undefined : `${type}\u0000${id}`.toLowerCase();
}

function byName(resource: Resource): string | undefined {
  const name = userName(resource);
  return name === undefined ? undefined : `${resource.type.toLowerCase()}\u0000${name}`;
}

/** By id, and by name where one of the two has none. */
export class Sameness {
  readonly #objects: ReadonlyMap<Resource, Bits>;
  readonly #held: ReadonlySet<Resource>;
  /** Whether each object is one of the site, so that the same ones are one. */
  readonly #plain: boolean;
  #ids: ReadonlyMap<string, Bits> | undefined;
  #names: ReadonlyMap<string, Bits> | undefined;
  #namesOfNameless: ReadonlyMap<string, Bits> | undefined;

  constructor(objects: ReadonlyMap<Resource, Bits>, { held }: ResourceIndex) {
    this.#objects = objects;
    this.#held = held;
    this.#plain = [...objects.keys()].every((object) => object.id !== "" && held.has(object));
  }

  bitsOf(resource: Resource): readonly Bits[] {
    if (this.#plain && resource.id !== "" && this.#held.has(resource)) return listed(this.#objects.get(resource));
    const name = byName(resource);
    if (resource.id === "") {
      this.#names ??= gathered(this.#objects, byName);
      return name === undefined ? [] : listed(this.#names.get(name));
    }
    this.#ids ??= gathered(this.#objects, byId);
    this.#namesOfNameless ??= gathered(this.#objects, (object) => (object.id === "" ? byName(object) : undefined));
    const nameless = name === undefined ? undefined : this.#namesOfNameless.get(name);
    return [...listed(this.#ids.get(byId(resource) ?? "")), ...listed(nameless)];
  }
}

function listed(bits: Bits | undefined): readonly Bits[] {
  return bits === undefined ? [] : [bits];
}
