/**
 * Intents: what rules are meant to do, held against what they do. An intent speaks of the users, resources and actions it
 * fits; it is broken by one of them, on the site or made up to break it, and vacuous where nothing could fit.
 */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Principal, RequestContext, ResourceRef, Site } from "../../contract/types.ts";
import type { ActionName } from "../../reference/rules/actions.ts";
import { matrixOf } from "../../reference/rules/matrix.ts";
import { indexResources } from "../../reference/rules/resources.ts";
import { decide } from "../../reference/rules/spec.ts";
import { clausesOf } from "./clauses.ts";
import { creationTold, creationsIn } from "./creations.ts";
import { grantsOn, speaksOf } from "./demands.ts";
import { askedOf, type Asked, type Intent } from "./intent-asked.ts";
import type { Made } from "./making.ts";
import { clauseMakes, poolOf, typesOf, type Pool } from "./pool.ts";
import { minimal, type Witness } from "./witness.ts";

export interface Hit {
  readonly user: Principal;
  /** For create a resource to be. */
  readonly resource: ResourceRef;
  readonly action: ActionName;
  readonly context: RequestContext;
  readonly rules: readonly string[];
}

export type Finding = { readonly title: string } & (
  | { readonly kind: "holds"; readonly asked: number }
  | {
      readonly kind: "broken";
      readonly witness: Witness;
      readonly rules: readonly string[];
      readonly how: "allowed" | "denied";
    }
  | { readonly kind: "vacuous"; readonly why: string }
  | { readonly kind: "listed"; readonly hits: readonly Hit[] }
);

/** Users and resources made to fit the intent, alone and together with each clause of each rule that could matter. */
function madeFor({ intent, actions, policy, fits }: Asked, site: Site): readonly Made[] {
  const [meant] = fits.rules;
  if (meant === undefined || !("tree" in meant.condition) || !("tree" in meant.filter)) return [];
  const { items } = meant.filter.tree;
  const types = typesOf(site, [...policy.rules, meant]).filter((type) => items.some((item) => speaksOf(item, type)));
  const own = clausesOf(meant.condition.tree).clauses;
  const rules = intent.kind === "never" ? policy.rules : [];
  return types.flatMap((type) => {
    const speaking = rules.filter((rule) => actions.some((action) => grantsOn(rule, type, action)));
    const theirs = speaking.flatMap(({ condition }) => ("tree" in condition ? clausesOf(condition.tree).clauses : []));
    return own.flatMap((clause) =>
      [[], ...theirs].flatMap((other) => clauseMakes(policy, [...clause, ...other], type)),
    );
  });
}

/** Scripts that cannot run here count too: an app is taken for protected when its script says so anywhere. */
function hasSectionAccess(site: Site, id: string): boolean {
  return /\bsection\s+access\b/i.test(site.apps[id]?.script ?? "");
}

/** Whether a resource is one the intent means by `sectionAccess`. */
function isMeant({ sectionAccess }: Intent, site: Site, id: string): boolean {
  return sectionAccess === undefined || hasSectionAccess(site, id) === sectionAccess;
}

interface Pair {
  /** Where its numbers stand: the pool, or what could be created like it. */
  readonly pool: Pool;
  readonly user: number;
  readonly resource: number;
  readonly action: ActionName;
  readonly context: RequestContext;
  readonly allowed: boolean;
}

interface Fitting {
  readonly user: number;
  readonly resource: number;
  readonly context: RequestContext;
}

/** Numbers of the resources the intent may mean. */
function meantBy(intent: Intent, pool: Pool): ReadonlySet<number> {
  return new Set(
    pool.resources.flatMap((ref, at) => (isMeant(intent, pool.site, "id" in ref ? ref.id : "") ? [at] : [])),
  );
}

/** The pairs the intent speaks of. Where the site has resources that fit, made-up ones would only speak of another site. */
function fitting(asked: Asked, pool: Pool): readonly Fitting[] {
  const meant = meantBy(asked.intent, pool);
  const index = indexResources(pool.site);
  const all = asked.contexts.flatMap((context) => {
    const matrix = matrixOf({ ...asked.fits, index }, { resources: pool.resources, actions: ["read"], context });
    return pool.users.flatMap((who, user) =>
      matrix
        .rowOf(who)
        .allowed("read")
        .filter((resource) => meant.has(resource))
        .map((resource) => ({ user, resource, context })),
    );
  });
  const own = all.filter(({ resource }) => resource < pool.ownResources);
  return own.length > 0 && asked.intent.beyond !== true ? own : all;
}

/** What there is under every action but create; of create, what could be there (SR-501). */
function* pairs(asked: Asked, pool: Pool): Generator<Pair> {
  const others = asked.actions.filter((action) => action !== "create");
  if (others.length > 0) yield* pairsIn({ ...asked, actions: others }, pool);
  if (others.length === asked.actions.length) return;
  yield* pairsIn({ ...asked, actions: ["create"] }, creationsIn(pool, [asked.policy, asked.fits]));
}

/** The pairs with what the rules say of them. */
function* pairsIn(asked: Asked, pool: Pool): Generator<Pair> {
  const { actions } = asked;
  const index = indexResources(pool.site);
  const found = new Map<string, Fitting[]>();
  for (const one of fitting(asked, pool)) {
    const key = `${one.context} ${one.user}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, [one]);
    else known.push(one);
  }
  for (const context of asked.contexts) {
    const granting = matrixOf({ ...asked.policy, index }, { resources: pool.resources, actions, context });
    for (const [user, who] of pool.users.entries()) {
      const mine = found.get(`${context} ${user}`) ?? [];
      if (mine.length === 0) continue;
      const row = granting.rowOf(who);
      yield* mine.flatMap(({ resource }) =>
        actions.map((action) => ({ pool, user, resource, action, context, allowed: row.allows(resource, action) })),
      );
    }
  }
}

function rulesFor(asked: Asked, { user, resource, action, context, site }: Witness): readonly string[] {
  return decide({ ...asked.policy, index: indexResources(site) }, { as: user, resource, action, context }).rules;
}

function breakage(asked: Asked, pair: Pair): Finding {
  const { pool } = pair;
  const [user, ref] = [pool.users[pair.user], pool.resources[pair.resource]];
  if (user === undefined || ref === undefined) throw new RangeError("a pair without user or resource");
  const resource = creationTold(ref);
  const existing = pair.user < pool.ownUsers && pair.resource < pool.ownResources;
  const { action, context } = pair;
  const wanted = asked.intent.kind === "never";
  const witness = minimal({ user, resource, action, context, site: pool.site, existing }, (smaller) => {
    const index = indexResources(smaller.site);
    const question = { as: smaller.user, resource: smaller.resource, context };
    return (
      decide({ ...asked.fits, index }, { ...question, action: "read" }).allowed &&
      decide({ ...asked.policy, index }, { ...question, action }).allowed === wanted
    );
  });
  const how = wanted ? "allowed" : "denied";
  return { title: asked.intent.title, kind: "broken", witness, how, rules: wanted ? rulesFor(asked, witness) : [] };
}

function check(asked: Asked, pool: Pool): Finding {
  const { title, kind } = asked.intent;
  let count = 0;
  for (const pair of pairs(asked, pool)) {
    if (pair.allowed === (kind === "never")) return breakage(asked, pair);
    count += 1;
  }
  if (count > 0) return { title, kind: "holds", asked: count };
  return {
    title,
    kind: "vacuous",
    why: "no user and resource fit it, neither on the site nor made up: nothing could break it",
  };
}

function list(asked: Asked, pool: Pool): Finding {
  const hits: Hit[] = [];
  for (const { pool: asks, user, resource, action, context, allowed } of pairs(asked, pool)) {
    const [who, ref] = [asks.users[user], asks.resources[resource]];
    if (!allowed || user >= asks.ownUsers || resource >= asks.ownResources) continue;
    if (who === undefined || ref === undefined) continue;
    const told = creationTold(ref);
    const { rules } = decide(asked.policy, { as: who, resource: told, action, context });
    hits.push({ user: who, resource: told, action, context, rules });
  }
  return { title: asked.intent.title, kind: "listed", hits };
}

/** Holds one intent against the rules of a site. Throws `input` at the place of what cannot be read. */
export function judgeIntent(intent: Intent, site: Site, people: readonly Principal[], dialect: Dialect): Finding {
  const asked = askedOf(intent, site, dialect);
  const pool = poolOf(site, [asked.policy, asked.fits], people, { further: madeFor(asked, site) });
  return intent.kind === "list" ? list(asked, pool) : check(asked, pool);
}
