/** What create is asked about: things like those there are, but new, and owned by who asks (SR-501, SR-502). */
import type { Entity, ResourceRef } from "../../contract/types.ts";
import { printCondition } from "../../languages/rule-condition/print.ts";
import { actionBits } from "../../reference/rules/actions.ts";
import type { Policy, Rule } from "../../reference/rules/policy.ts";
import { entitiesOf, resourceKey, transientType } from "../../reference/rules/resources.ts";
import type { Pool } from "./pool.ts";

/** Where rules look at the owner, each user's creation is another resource, which costs: then no more are asked about. */
const mostWhenOwned = 60;

/** What a site gives a thing when it is made. */
const given: ReadonlySet<string> = new Set([
  "id",
  "owner",
  "createdDate",
  "modifiedDate",
  "modifiedByUserName",
  "privileges",
  "schemaPath",
]);

function asNew(entity: Entity, id: string): Entity {
  const kept = Object.entries(entity).filter(([field]) => !given.has(field));
  return { ...Object.fromEntries(kept), id };
}

function looksAtOwner({ condition, uses, actions, disabled }: Rule): boolean {
  if (disabled || (actions & actionBits.create) === 0 || !("tree" in condition)) return false;
  return (
    /\bowner\b|\bisowned\b/i.test(printCondition(condition.tree)) ||
    uses.some(({ atom }) => atom.on.segments.length === 0)
  );
}

/** Owned by nobody in particular: it stands for whoever asks where no rule looks at the owner. */
const anyOwner = { id: "whoever asks" };

/** The creation as it is told: owned by who asks. */
export function creationTold(ref: ResourceRef): ResourceRef {
  if (!("wouldBe" in ref)) return ref;
  const { owner, ...rest } = ref.wouldBe as Entity & { readonly owner?: unknown };
  return owner === anyOwner ? { type: ref.type, wouldBe: { ...rest, id: ref.wouldBe.id } } : ref;
}

/** The pool with things to be created in place of those there are: the site's own first. */
export function creationsIn(pool: Pool, policies: readonly Policy[]): Pool {
  const byKey = new Map(
    [...new Set(pool.resources.map(({ type }) => type))].flatMap((type) =>
      entitiesOf(pool.site, type).map((entity) => [resourceKey(type, entity.id), entity] as const),
    ),
  );
  const owned = policies.some(({ rules }) => rules.some(looksAtOwner));
  const refs = pool.resources.map((ref, at): ResourceRef | undefined => {
    const entity = "id" in ref && ref.type !== transientType ? byKey.get(resourceKey(ref.type, ref.id)) : undefined;
    if (entity === undefined) return undefined;
    const fresh = asNew(entity, `new-${at + 1}`);
    return { type: ref.type, wouldBe: owned ? fresh : { ...fresh, owner: anyOwner } };
  });
  const limit = owned ? mostWhenOwned : refs.length;
  const own = refs
    .slice(0, pool.ownResources)
    .flatMap((ref) => ref ?? [])
    .slice(0, limit);
  const made = refs
    .slice(pool.ownResources)
    .flatMap((ref) => ref ?? [])
    .slice(0, limit);
  return { ...pool, resources: [...own, ...made], ownResources: own.length };
}
