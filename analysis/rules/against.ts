/**
 * Two rule sets on one site: where one gives more than the other. Exact on the users and resources the site has; beyond
 * them made ones are searched, so that "wider" always has a witness and "equal" says how many questions were asked.
 */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Entity, Principal, RequestContext, ResourceRef, Site } from "../../contract/types.ts";
import type { ActionName } from "../../reference/rules/actions.ts";
import { indexResources } from "../../reference/rules/resources.ts";
import { decide, policyOf, type Policy } from "../../reference/rules/spec.ts";
import { deciderOf, type Decider } from "../../reference/rules/matrix-decide.ts";
import { matrixOf, type UserRow } from "../../reference/rules/matrix.ts";
import { creationTold, creationsIn } from "./creations.ts";
import { grantsOn } from "./demands.ts";
import { allActions, poolOf, type Pool } from "./pool.ts";
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

/** What one of the site's users gains or loses on the site's resources. */
export interface PersonalChange {
  readonly user: Principal;
  readonly resource: ResourceRef;
  readonly action: ActionName;
  readonly context: RequestContext;
  readonly change: "gains" | "loses";
  /** The rules that grant it: now, or before. */
  readonly rules: readonly string[];
}

export interface Comparison {
  readonly differences: readonly Difference[];
  readonly people: readonly PersonalChange[];
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

/** What is there is asked of every action but create, what could be there of create. */
interface Axis {
  readonly pool: Pool;
  readonly actions: readonly ActionName[];
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
  readonly own: readonly {
    readonly user: number;
    readonly resource: number;
    readonly action: ActionName;
    readonly gains: boolean;
  }[];
}

/** The resources on which two rows differ, and whether the second one allows. */
function changes(
  was: UserRow,
  is: UserRow,
  action: ActionName,
): readonly (readonly [resource: number, gains: boolean])[] {
  const [before, after] = [new Set(was.allowed(action)), new Set(is.allowed(action))];
  return [
    ...[...after].filter((at) => !before.has(at)).map((at) => [at, true] as const),
    ...[...before].filter((at) => !after.has(at)).map((at) => [at, false] as const),
  ];
}

function scan({ before, after }: Sides, { pool, actions }: Axis, context: RequestContext): Scan {
  const axes = { resources: pool.resources, actions, context };
  const [left, right] = [matrixOf(before, axes), matrixOf(after, axes)];
  const found = new Map<string, Found>();
  const own: Scan["own"][number][] = [];
  const note = (user: number, resource: number, action: ActionName, gains: boolean): void => {
    const key = cellKey(pool.resources[resource]?.type ?? "", action);
    const cell = found.get(key) ?? {};
    found.set(key, cell);
    if (gains) cell.gained ??= [user, resource];
    else cell.lost ??= [user, resource];
    if (user < pool.ownUsers && resource < pool.ownResources) own.push({ user, resource, action, gains });
  };
  for (const [user, who] of pool.users.entries()) {
    const [was, is] = [left.rowOf(who), right.rowOf(who)];
    for (const action of actions) {
      for (const [resource, gains] of changes(was, is, action)) note(user, resource, action, gains);
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
  const texts = (asks ? policy.rules : speaking).map(
    ({ filter, condition, actions, contexts: where, disabled, category }) =>
      JSON.stringify([filter, condition, actions, where, disabled, category], (key, value: unknown) =>
        key === "span" ? undefined : value,
      ),
  );
  return texts.sort().join("\n");
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
      both.flatMap(({ axis, own }) => personalChanges(sides, axis, context, own)),
    ),
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

/** The changes on the site itself, with the rules that grant: now for what is gained, before for what is lost. */
function personalChanges(
  { before, after }: Sides,
  { pool, actions }: Axis,
  context: RequestContext,
  own: Scan["own"],
): readonly PersonalChange[] {
  const axes = { resources: pool.resources, actions, context };
  const people = pool.users.slice(0, pool.ownUsers);
  const readers = new Map<boolean, Decider>();
  const reader = (gains: boolean): Decider => {
    const known = readers.get(gains) ?? deciderOf(gains ? after : before, axes, people);
    readers.set(gains, known);
    return known;
  };
  return own.flatMap(({ user, resource, action, gains }): readonly PersonalChange[] => {
    const [who, ref] = [pool.users[user], pool.resources[resource]];
    if (who === undefined || ref === undefined) return [];
    const rules = reader(gains).granting(user, resource, action);
    return [{ user: who, resource: creationTold(ref), action, context, change: gains ? "gains" : "loses", rules }];
  });
}
