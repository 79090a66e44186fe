/**
 * Two rule sets on one site: where one gives more than the other. Exact on the users and resources the site has; beyond
 * them made ones are searched, so that "wider" always has a witness and "equal" says how many questions were asked.
 */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Entity, Principal, RequestContext, Site } from "../../contract/types.ts";
import type { ActionName } from "../../reference/rules/actions.ts";
import { indexResources } from "../../reference/rules/resources.ts";
import type { Rule } from "../../reference/rules/policy.ts";
import { decide, policyOf, type Policy } from "../../reference/rules/spec.ts";
import { matrixOf, type UserRow } from "../../reference/rules/matrix.ts";
import { creationTold, creationsIn } from "./creations.ts";
import { grantsOn } from "./demands.ts";
import { allActions, poolOf, type Pool } from "./pool.ts";
import { PersonalChanges, type Axis, type OwnChange, type PersonalChange } from "./personal-changes.ts";
import { minimal, type Witness } from "./witness.ts";

export type Relation = "equal" | "wider" | "narrower" | "incomparable";

/** One type of resource under one action in one context; the second rule set seen from the first. */
export interface Difference {
  readonly type: string;
  readonly action: ActionName;
  readonly context: RequestContext;
  readonly relation: Relation;
  /** The rules that speak of it are the same in both, so it is equal for everybody and everything. */
  readonly sameRules: boolean;
  /** Somebody and something the second rule set allows and the first does not, and the other way round. */
  readonly gained?: Witness;
  readonly lost?: Witness;
}

export interface Comparison {
  readonly differences: readonly Difference[];
  readonly people: readonly PersonalChange[];
  /** Licence and load-balancing rules that differ: they give nobody a right, and what they do give is not compared. */
  readonly uncompared: readonly string[];
  /** Users and resources asked about: the site's own, and made. */
  readonly asked: {
    readonly users: number;
    readonly made: number;
    readonly resources: number;
    readonly madeResources: number;
  };
}

const contexts: readonly RequestContext[] = ["hub", "qmc"];

function withRules(site: Site, rules: readonly Entity[]): Site {
  return { ...site, entities: { ...site.entities, SystemRule: rules } };
}

interface Sides {
  readonly there: Axis;
  readonly new: Axis;
  readonly before: Policy;
  readonly after: Policy;
}

/** The first pairs found, the site's own first: they are found first since they stand first. */
interface Found {
  gained?: readonly [user: number, resource: number];
  lost?: readonly [user: number, resource: number];
}

function cellKey(type: string, action: ActionName): string {
  return `${type} ${action}`;
}

interface Scan {
  readonly found: ReadonlyMap<string, Found>;
  readonly own: readonly OwnChange[];
}

interface RowChange {
  readonly gained: readonly number[];
  readonly lost: readonly number[];
}

/** The resources on which two rows differ, by whether the second one allows. */
function changesBetween(was: UserRow, is: UserRow, action: ActionName, resources: number): RowChange {
  const [gained, lost]: [number[], number[]] = [[], []];
  for (let at = 0; at < resources; at++) {
    const now = is.allows(at, action);
    if (now !== was.allows(at, action)) (now ? gained : lost).push(at);
  }
  return { gained, lost };
}

function scan({ before, after }: Sides, { pool, actions }: Axis, context: RequestContext): Scan {
  const axes = { resources: pool.resources, actions, context };
  const [left, right] = [matrixOf(before, axes), matrixOf(after, axes)];
  const found = new Map<string, Found>();
  const own: OwnChange[] = [];
  const note = (user: number, resources: readonly number[], action: ActionName, gains: boolean): void => {
    for (const resource of resources) {
      const key = cellKey(pool.resources[resource]?.type ?? "", action);
      const cell = found.get(key) ?? {};
      found.set(key, cell);
      if (gains) cell.gained ??= [user, resource];
      else cell.lost ??= [user, resource];
    }
    const there = user < pool.ownUsers ? resources.filter((resource) => resource < pool.ownResources) : [];
    if (there.length > 0) own.push({ user, action, gains, resources: there });
  };
  for (const [user, who] of pool.users.entries()) {
    const [was, is] = [left.rowOf(who), right.rowOf(who)];
    for (const action of actions) {
      const { gained, lost } = changesBetween(was, is, action, pool.resources.length);
      note(user, gained, action, true);
      note(user, lost, action, false);
    }
  }
  return { found, own };
}

function relationOf({ gained, lost }: Found): Relation {
  if (gained !== undefined) return lost === undefined ? "wider" : "incomparable";
  return lost === undefined ? "equal" : "narrower";
}

function rulesOn(policy: Policy, type: string, action: ActionName): string {
  const speaking = policy.rules.filter((rule) => grantsOn(rule, type, action));
  // A rule may ask for rights on other types: then all rules matter.
  const asks = speaking.some(({ uses }) => uses.length > 0);
  return (asks ? policy.rules : speaking).map(meaningOf).sort().join("\n");
}

/** What a rule says, whatever its name and however it is laid out. */
function meaningOf({ filter, condition, actions, contexts: where, disabled, category }: Rule): string {
  return JSON.stringify([filter, condition, actions, where, disabled, category], (key, value: unknown) =>
    key === "span" ? undefined : value,
  );
}

function ofOtherCategories({ rules }: Policy): readonly Rule[] {
  return rules.filter(({ category, disabled }) => category !== "Security" && !disabled);
}

function namesLackingIn(all: readonly Rule[], some: readonly Rule[]): readonly string[] {
  const known = new Set(all.map(meaningOf));
  return some.filter((rule) => !known.has(meaningOf(rule))).map(({ name }) => name);
}

/** Enabled licence and load-balancing rules that one rule set has and the other has not, by name. */
function uncomparedIn(before: Policy, after: Policy): readonly string[] {
  const [was, is] = [ofOtherCategories(before), ofOtherCategories(after)];
  return [...new Set([...namesLackingIn(is, was), ...namesLackingIn(was, is)])].sort();
}

/** Compares the rules of a site with other rules, over the site's users and resources and made ones. */
export function against(
  site: Site,
  other: readonly Entity[],
  people: readonly Principal[],
  dialect: Dialect,
): Comparison {
  const bare = withRules(site, site.entities["SystemRule"] ?? []);
  const pool = poolOf(bare, [policyOf(bare, dialect), policyOf(withRules(site, other), dialect)], people);
  const [before, after] = [policyOf(pool.site, dialect), policyOf(withRules(pool.site, other), dialect)];
  const there = { ...pool, ...questionsOf(pool) };
  const sides: Sides = {
    there: { pool: there, actions: allActions.filter((action) => action !== "create") },
    new: { pool: creationsIn(there, [before, after]), actions: ["create"] },
    before,
    after,
  };
  const onThere = new PersonalChanges(sides.there, before, after);
  const onNew = new PersonalChanges(sides.new, before, after);
  const types = [...new Set(there.resources.map(({ type }) => type))];
  const scans = contexts.map((context) => {
    const both = [sides.there, sides.new].map((axis) => ({ axis, ...scan(sides, axis, context) }));
    return { context, both, found: new Map(both.flatMap(({ found }) => [...found])) };
  });
  const differences = scans.flatMap(({ context, found }) =>
    types.flatMap((type) =>
      allActions.flatMap((action) =>
        differenceOf(sides, { type, action, context, found: found.get(cellKey(type, action)) ?? {} }),
      ),
    ),
  );
  return {
    differences,
    people: scans.flatMap(({ context, both }) =>
      both.flatMap(({ axis, own }) => (axis === sides.new ? onNew : onThere).of(own, context)),
    ),
    uncompared: uncomparedIn(before, after),
    asked: {
      users: pool.ownUsers,
      made: pool.users.length - pool.ownUsers,
      resources: there.ownResources,
      madeResources: there.resources.length - there.ownResources,
    },
  };
}

/** The rules themselves are what is compared, so they are not asked about. */
function questionsOf(pool: Pool): Pick<Pool, "resources" | "ownResources"> {
  const resources = pool.resources.filter(({ type }) => type !== "SystemRule");
  const own = pool.resources.slice(0, pool.ownResources).filter(({ type }) => type !== "SystemRule");
  return { resources, ownResources: own.length };
}

interface Cell {
  readonly type: string;
  readonly action: ActionName;
  readonly context: RequestContext;
  readonly found: Found;
}

/** Nothing is told of what neither rule set speaks of. */
function differenceOf(sides: Sides, cell: Cell): readonly Difference[] {
  const { type, action, context, found } = cell;
  const [was, is] = [rulesOn(sides.before, type, action), rulesOn(sides.after, type, action)];
  if (was === "" && is === "" && relationOf(found) === "equal") return [];
  const gained = found.gained === undefined ? undefined : witnessOf(sides, cell, found.gained, true);
  const lost = found.lost === undefined ? undefined : witnessOf(sides, cell, found.lost, false);
  return [
    {
      type,
      action,
      context,
      relation: relationOf(found),
      sameRules: was === is,
      ...(gained === undefined ? {} : { gained }),
      ...(lost === undefined ? {} : { lost }),
    },
  ];
}

function witnessOf(
  sides: Sides,
  cell: Cell,
  [user, resource]: readonly [number, number],
  gains: boolean,
): Witness | undefined {
  const { action, context } = cell;
  const { pool } = action === "create" ? sides.new : sides.there;
  const [who, cellRef] = [pool.users[user], pool.resources[resource]];
  if (who === undefined || cellRef === undefined) return undefined;
  const ref = creationTold(cellRef);
  const existing = user < pool.ownUsers && resource < pool.ownResources;
  return minimal({ user: who, resource: ref, action, context, site: pool.site, existing }, (smaller) => {
    const question = { as: smaller.user, resource: smaller.resource, action, context };
    const index = indexResources(smaller.site);
    const before = decide({ ...sides.before, index }, question).allowed;
    const after = decide({ ...sides.after, index }, question).allowed;
    return before !== after && after === gains;
  });
}
