/**
 * The resources of a matrix as bits. Each type begins a word of its own, so that a filter on a type is a range of words.
 * Beside the resources asked about it holds those their rules may ask HasPrivilege of.
 */
import { privilegeTargets } from "./condition.ts";
import type { Scene } from "./paths.ts";
import type { Policy, Rule } from "./policy.ts";
import { reaches } from "./privileges.ts";
import { resourceKey, type Resource } from "./resources.ts";
import type { Subject } from "./subject.ts";

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

const nobody: Subject = {
  principal: { directory: "", id: "", groups: [], attributes: {}, session: {} },
  row: { type: "User", id: "", fields: {} },
  context: "hub",
};

/** Where what depends on the resource alone is evaluated: nothing there looks at who asks. */
export function sceneWithout(policy: Policy, resource: Resource): Scene {
  const { index, dialect, patterns } = policy;
  return { index, dialect, patterns, subject: nobody, resource };
}

/** What the site does not hold has no id of its own: a reference stands for itself, with what it says of itself. */
function identityOf(policy: Policy, resource: Resource): string {
  const key = resourceKey(resource.type, resource.id);
  return policy.index.byKey.get(key) === resource ? key : `${key}\u0000${JSON.stringify(resource.fields)}`;
}

function targetsOf(policy: Policy, asking: readonly Rule[], resource: Resource): readonly Resource[] {
  return asking
    .filter((rule) => reaches(rule, policy, resource))
    .flatMap((rule) => rule.uses.flatMap(({ atom }) => privilegeTargets(atom, sceneWithout(policy, resource))));
}

function closure(policy: Policy, wanted: readonly Resource[]): ReadonlyMap<string, Resource> {
  const asking = policy.rules.filter((rule) => rule.uses.length > 0);
  const found = new Map<string, Resource>();
  const open = [...wanted].reverse();
  for (let resource = open.pop(); resource !== undefined; resource = open.pop()) {
    const key = identityOf(policy, resource);
    if (found.has(key)) continue;
    found.set(key, resource);
    if (asking.length > 0) open.push(...targetsOf(policy, asking, resource));
  }
  return found;
}

export function universeOf(policy: Policy, wanted: readonly Resource[]): Universe {
  const byType = new Map<string, [string, Resource][]>();
  for (const entry of closure(policy, wanted)) {
    const { type } = entry[1];
    const list = byType.get(type);
    if (list === undefined) byType.set(type, [entry]);
    else list.push(entry);
  }
  const resources: (Resource | undefined)[] = [];
  const bits = new Map<string, number>();
  const types = [...byType].map(([type, entries]): TypeRange => {
    const from = resources.length >>> 5;
    for (const [key, resource] of entries) {
      bits.set(key, resources.length);
      resources.push(resource);
    }
    while ((resources.length & 31) !== 0) resources.push(undefined);
    return { type, from, to: resources.length >>> 5 };
  });
  return {
    size: resources.length >>> 5,
    resources,
    types,
    bitOf: (resource) => bits.get(identityOf(policy, resource)),
    loose: resources.flatMap((resource, bit) =>
      resource !== undefined && policy.index.byKey.get(resourceKey(resource.type, resource.id)) !== resource
        ? [bit]
        : [],
    ),
  };
}
