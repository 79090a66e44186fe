/** What a path of `resource` stands for on many resources. */
import type { Path } from "../../languages/rule-condition/ast.ts";
import { stepFrom, type Item, type Scene, type Step } from "./paths.ts";
import type { Policy } from "./policy.ts";
import type { Resource, ResourceIndex } from "./resources.ts";
import type { Subject } from "./subject.ts";

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

type Items = readonly Item[];

const nothing: Items = [];

export function pathKey({ root, segments }: Path): string {
  return [root, ...segments].join(".").toLowerCase();
}

/** Looks a path of resources up, so that what lies behind a stream is looked up once and not for each of its apps. */
export class Lookup {
  readonly #index: ResourceIndex;
  readonly #name: string | undefined;
  readonly #behind: Lookup | undefined;
  /** What lies behind, by where the first step leads. */
  readonly #found = new Map<Resource, Items>();
  #type: string | undefined;
  /** From resources of that type. */
  #step: Step = { kind: "none" };

  constructor(index: ResourceIndex, segments: readonly string[]) {
    this.#index = index;
    this.#name = segments[0];
    this.#behind = segments.length > 1 ? new Lookup(index, segments.slice(1)) : undefined;
  }

  of(resource: Resource): Items {
    const name = this.#name;
    if (name === undefined) return [resource];
    if (resource.type !== this.#type) {
      this.#type = resource.type;
      this.#step = stepFrom(resource.type, name);
    }
    const step = this.#step;
    if (step.kind === "none") return nothing;
    if (this.#behind === undefined) return step.read(this.#index, resource);
    return step.kind === "texts" ? nothing : this.#through(step.read(this.#index, resource), this.#behind);
  }

  #through(targets: readonly Resource[], behind: Lookup): Items {
    const only = targets[0];
    if (targets.length !== 1 || only === undefined) return targets.flatMap((target) => behind.of(target));
    const known = this.#found.get(only);
    if (known !== undefined) return known;
    const items = behind.of(only);
    this.#found.set(only, items);
    return items;
  }
}
