/** What create is asked about: things like those there are, but new, and owned by who asks (SR-501, SR-502). */
import type { Entity, ResourceRef, Site } from "../../contract/types.ts";
import { printCondition } from "../../languages/rule-condition/print.ts";
import type { Policy, Rule } from "../../reference/rules/policy.ts";
import { entitiesOf, resourceKey, transientType } from "../../reference/rules/resources.ts";
import { grantsOn } from "./demands.ts";
import type { Pool } from "./pool.ts";

/** Where rules look at the owner, each user's creation is another resource, which costs: then no more of a type are asked about. */
export const mostWhenOwned = 60;

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

function looksAtOwner({ condition, uses }: Rule): boolean {
  if (!("tree" in condition)) return false;
  return (
    /\bowner\b|\bisowned\b/i.test(printCondition(condition.tree)) ||
    uses.some(({ atom }) => atom.on.segments.length === 0)
  );
}

/** Whether a rule that lets things of this type be created looks at who owns them. */
function isJudgedByOwner(type: string, policies: readonly Policy[]): boolean {
  return policies.some(({ rules }) => rules.some((rule) => grantsOn(rule, type, "create") && looksAtOwner(rule)));
}

/** Types of which a site holds more things than creations are asked about. */
export function partlyCreated(site: Site, policies: readonly Policy[]): readonly string[] {
  return Object.entries(site.entities).flatMap(([type, entities]) =>
    entities.length > mostWhenOwned && isJudgedByOwner(type, policies) ? [type] : [],
  );
}

/** At most so many of each type that is judged by owner, the first ones. */
function fewOfEach(refs: readonly (ResourceRef | undefined)[], owned: ReadonlySet<string>): readonly ResourceRef[] {
  const counts = new Map<string, number>();
  return refs.flatMap((ref) => {
    if (ref === undefined) return [];
    const count = (counts.get(ref.type) ?? 0) + 1;
    counts.set(ref.type, count);
    return owned.has(ref.type) && count > mostWhenOwned ? [] : [ref];
  });
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
  const types = [...new Set(pool.resources.map(({ type }) => type))];
  const byKey = new Map(
    types.flatMap((type) =>
      entitiesOf(pool.site, type).map((entity) => [resourceKey(type, entity.id), entity] as const),
    ),
  );
  const owned = new Set(types.filter((type) => isJudgedByOwner(type, policies)));
  const refs = pool.resources.map((ref, at): ResourceRef | undefined => {
    const entity = "id" in ref && ref.type !== transientType ? byKey.get(resourceKey(ref.type, ref.id)) : undefined;
    if (entity === undefined) return undefined;
    const fresh = asNew(entity, `new-${at + 1}`);
    return { type: ref.type, wouldBe: owned.has(ref.type) ? fresh : { ...fresh, owner: anyOwner } };
  });
  const own = fewOfEach(refs.slice(0, pool.ownResources), owned);
  const made = fewOfEach(refs.slice(pool.ownResources), owned);
  return { ...pool, resources: [...own, ...made], ownResources: own.length };
}
