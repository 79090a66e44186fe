/** What the people of a site gain and lose by other rules, thing by thing. */
import type { Principal, RequestContext, ResourceRef } from "../../contract/types.ts";
import type { ActionName } from "../../reference/rules/actions.ts";
import { deciderOf, type Decider } from "../../reference/rules/matrix-decide.ts";
import type { Policy } from "../../reference/rules/spec.ts";
import { creationTold } from "./creations.ts";
import type { Pool } from "./pool.ts";
import { SharedLists } from "./shared-lists.ts";

/** What one of the site's users gains or loses on resources of one type, where the same rules grant it. */
export interface PersonalChange {
  readonly user: Principal;
  readonly type: string;
  /** The same list where it is the same for another change. */
  readonly resources: readonly ResourceRef[];
  readonly action: ActionName;
  readonly context: RequestContext;
  readonly change: "gains" | "loses";
  /** The rules that grant it: now, or before. */
  readonly rules: readonly string[];
}

/** What is there is asked of every action but create, what could be there of create. */
export interface Axis {
  readonly pool: Pool;
  readonly actions: readonly ActionName[];
}

/** A rule opened to everybody changes as many cells as a site has: they are kept as numbers. */
export interface OwnChange {
  readonly user: number;
  readonly action: ActionName;
  readonly gains: boolean;
  readonly resources: readonly number[];
}

/** The changes on the site itself, with the rules that grant: now for what is gained, before for what is lost. */
export class PersonalChanges {
  readonly #axis: Axis;
  readonly #before: Policy;
  readonly #after: Policy;
  readonly #lists: SharedLists<ResourceRef>;

  constructor(axis: Axis, before: Policy, after: Policy) {
    this.#axis = axis;
    this.#before = before;
    this.#after = after;
    this.#lists = new SharedLists((resource) => creationTold(axis.pool.resources[resource] ?? { type: "", id: "" }));
  }

  of(own: readonly OwnChange[], context: RequestContext): readonly PersonalChange[] {
    const { pool, actions } = this.#axis;
    const axes = { resources: pool.resources, actions, context };
    const people = pool.users.slice(0, pool.ownUsers);
    const readers = new Map<boolean, Decider>();
    const reader = (gains: boolean): Decider => {
      const known = readers.get(gains) ?? deciderOf(gains ? this.#after : this.#before, axes, people);
      readers.set(gains, known);
      return known;
    };
    return own.flatMap((change) => this.#told(change, context, reader));
  }

  #told(
    { user, resources, action, gains }: OwnChange,
    context: RequestContext,
    reader: (gains: boolean) => Decider,
  ): readonly PersonalChange[] {
    const { pool } = this.#axis;
    const who = pool.users[user];
    if (who === undefined) return [];
    const change = gains ? ("gains" as const) : ("loses" as const);
    const granting = (resource: number): readonly string[] => reader(gains).granting(user, resource, action);
    return alike(pool, resources, granting).map(({ type, rules, numbers }) => {
      return { user: who, type, resources: this.#lists.of(numbers), action, context, change, rules };
    });
  }
}

interface Alike {
  readonly type: string;
  readonly rules: readonly string[];
  readonly numbers: number[];
}

/** Resources of one type that the same rules grant stand together. */
function alike(pool: Pool, resources: readonly number[], granting: (resource: number) => readonly string[]): Alike[] {
  const groups = new Map<string, Alike>();
  for (const resource of resources) {
    const type = pool.resources[resource]?.type ?? "";
    const rules = granting(resource);
    const key = `${type}\n${rules.join("\n")}`;
    const group = groups.get(key) ?? { type, rules, numbers: [] };
    groups.set(key, group);
    group.numbers.push(resource);
  }
  return [...groups.values()];
}
