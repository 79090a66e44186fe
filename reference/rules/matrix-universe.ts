/**
 * The resources of a matrix as bits. Each type begins a word of its own, so that a filter on a type is a range of words.
 * Beside the resources asked about it holds those their rules may ask HasPrivilege of.
 */
import { isResource } from "./comparison.ts";
import { Lookup, pathKey } from "./matrix-values.ts";
import type { Policy, Rule } from "./policy.ts";
import { reaches } from "./privileges.ts";
import { resourceKey, type Resource } from "./resources.ts";

export interface TypeRange {
  readonly type: string;
  /** Words, the end not included. */
  readonly from: number;
  readonly to: number;
}

export interface Universe {
  /** Words of a whole row. */
  readonly size: number;
  /** By bit; the bits that fill a type's last word have none. */
  readonly resources: readonly (Resource | undefined)[];
  readonly types: readonly TypeRange[];
  readonly bitOf: (resource: Resource) => number | undefined;
  /** Bits of what the site does not hold under that id: would-be resources, references that lead nowhere. */
  readonly loose: readonly number[];
}

/** What the site does not hold has no id of its own: a reference stands for itself, with what it says of itself. */
class Identities {
  readonly #held: ReadonlySet<Resource>;
  readonly #loose = new Map<string, Resource>();

  constructor(policy: Policy) {
    this.#held = policy.index.held;
  }

  /** The one that stands for all that are the same. */
  of(resource: Resource): Resource {
    if (this.#held.has(resource)) return resource;
    const key = `${resourceKey(resource.type, resource.id)}\u0000${JSON.stringify(resource.fields)}`;
    const known = this.#loose.get(key);
    if (known !== undefined) return known;
    this.#loose.set(key, resource);
    return resource;
  }

  isLoose(resource: Resource): boolean {
    return !this.#held.has(resource);
  }
}

interface Inquiry {
  readonly lookup: Lookup;
  readonly rules: Rule[];
}

/** What rules ask HasPrivilege of, path by path. */
function inquiriesOf(policy: Policy): readonly Inquiry[] {
  const found = new Map<string, Inquiry>();
  for (const rule of policy.rules) {
    for (const { atom } of rule.uses) {
      const key = pathKey(atom.on);
      const known = found.get(key) ?? { lookup: new Lookup(policy.index, atom.on.segments), rules: [] };
      found.set(key, known);
      known.rules.push(rule);
    }
  }
  return [...found.values()];
}

function closure(policy: Policy, wanted: readonly Resource[], identities: Identities): ReadonlySet<Resource> {
  const inquiries = inquiriesOf(policy);
  const found = new Set<Resource>();
  const open = [...wanted].reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const resource = identities.of(next);
    if (found.has(resource)) continue;
    found.add(resource);
    for (const { lookup, rules } of inquiries) {
      const targets = lookup.of(resource).filter(isResource);
      if (targets.length > 0 && rules.some((rule) => reaches(rule, policy, resource))) open.push(...targets);
    }
  }
  return found;
}

function byType(found: ReadonlySet<Resource>): ReadonlyMap<string, readonly Resource[]> {
  const types = new Map<string, Resource[]>();
  for (const resource of found) {
    const list = types.get(resource.type);
    if (list === undefined) types.set(resource.type, [resource]);
    else list.push(resource);
  }
  return types;
}

export function universeOf(policy: Policy, wanted: readonly Resource[]): Universe {
  const identities = new Identities(policy);
  const resources: (Resource | undefined)[] = [];
  const bits = new Map<Resource, number>();
  const loose: number[] = [];
  const types: TypeRange[] = [];
  for (const [type, list] of byType(closure(policy, wanted, identities))) {
    const from = resources.length >>> 5;
    for (const resource of list) {
      if (identities.isLoose(resource)) loose.push(resources.length);
      bits.set(resource, resources.length);
      resources.push(resource);
    }
    while ((resources.length & 31) !== 0) resources.push(undefined);
    types.push({ type, from, to: resources.length >>> 5 });
  }
  const bitOf = (resource: Resource): number | undefined => bits.get(resource) ?? bits.get(identities.of(resource));
  return { size: resources.length >>> 5, resources, types, bitOf, loose };
}
