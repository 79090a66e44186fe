/** Which of the things a path leads to are the same as one that is compared with them (SR-333). */
import { united, type Bits } from "./matrix-bits.ts";
import { userName, type Resource, type ResourceIndex } from "./resources.ts";

const none: Bits = [];

function gathered<Key>(
  objects: ReadonlyMap<Resource, Bits>,
  keyOf: (object: Resource) => Key | undefined,
): Map<Key, Bits> {
  const found = new Map<Key, Bits>();
  for (const [object, bits] of objects) {
    const key = keyOf(object);
    if (key === undefined) continue;
    const known = found.get(key);
    found.set(key, known === undefined ? bits : united(known, bits));
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

interface Known {
  readonly ids: ReadonlyMap<string, Bits>;
  readonly names: ReadonlyMap<string, Bits>;
  /** Names of the objects that have no id. */
  readonly nameless: ReadonlyMap<string, Bits>;
}

/** By id, and by name where one of the two has none. */
export class Sameness {
  readonly #objects: ReadonlyMap<Resource, Bits>;
  readonly #held: ReadonlySet<Resource>;
  /** Whether each object is one of the site, so that the same ones are one. */
  readonly #plain: boolean;
  #known: Known | undefined;

  constructor(objects: ReadonlyMap<Resource, Bits>, { held }: ResourceIndex) {
    this.#objects = objects;
    this.#held = held;
    this.#plain = [...objects.keys()].every((object) => object.id !== "" && held.has(object));
  }

  /** Bits of the objects that are the same as this one. */
  of(resource: Resource): Bits {
    if (this.#plain && resource.id !== "" && this.#held.has(resource)) return this.#objects.get(resource) ?? none;
    const { ids, names, nameless } = (this.#known ??= {
      ids: gathered(this.#objects, byId),
      names: gathered(this.#objects, byName),
      nameless: gathered(this.#objects, (object) => (object.id === "" ? byName(object) : undefined)),
    });
    const name = byName(resource) ?? "";
    if (resource.id === "") return names.get(name) ?? none;
    return united(ids.get(byId(resource) ?? "") ?? none, nameless.get(name) ?? none);
  }
}
