/** Relations over switches: which readings go together. Exact: nothing is guessed, and switches need not be independent. */
import type { DialectSwitch } from "../../catalogue/dialects.ts";
import { readings, type Reading } from "../../catalogue/readings.ts";
import type { Setting } from "./types.ts";

/** The combinations of readings of the switches in `scope` that are allowed. */
export interface Relation {
  readonly scope: readonly DialectSwitch[];
  readonly allowed: readonly Setting[];
}

export type Domains = ReadonlyMap<DialectSwitch, readonly Reading[]>;

export function wholeDomains(names: readonly DialectSwitch[]): Domains {
  return new Map(names.map((name) => [name, readings[name]]));
}

function fits(setting: Setting, domains: Domains): boolean {
  return Object.entries(setting).every(([name, reading]) => {
    const domain = domains.get(name as DialectSwitch);
    return domain === undefined || domain.includes(reading);
  });
}

function readingsIn(allowed: readonly Setting[], name: DialectSwitch): readonly Reading[] {
  return [...new Set(allowed.flatMap((setting) => setting[name] ?? []))];
}

function keyOf(setting: Setting, scope: readonly DialectSwitch[]): string {
  return JSON.stringify(scope.map((name) => setting[name]));
}

/** What a relation says of some of its switches. */
export function projected({ allowed }: Relation, scope: readonly DialectSwitch[]): Relation {
  const parts = new Map<string, Setting>();
  for (const setting of allowed) {
    const part: Setting = Object.fromEntries(scope.map((name) => [name, setting[name]]));
    parts.set(keyOf(part, scope), part);
  }
  return { scope, allowed: [...parts.values()] };
}

/** The same relation without the switches it says nothing about. */
export function narrowed(relation: Relation, domains: Domains): Relation {
  let { scope, allowed } = relation;
  for (const name of relation.scope) {
    const rest = scope.filter((other) => other !== name);
    const free = projected({ scope, allowed }, rest);
    if (free.allowed.length * (domains.get(name)?.length ?? 1) === allowed.length) ({ scope, allowed } = free);
  }
  return { scope, allowed };
}

/** Both at once. */
export function joined(left: Relation, right: Relation): Relation {
  const common = left.scope.filter((name) => right.scope.includes(name));
  const byKey = new Map<string, Setting[]>();
  for (const setting of right.allowed) {
    const key = keyOf(setting, common);
    byKey.set(key, [...(byKey.get(key) ?? []), setting]);
  }
  return {
    scope: [...new Set([...left.scope, ...right.scope])],
    allowed: left.allowed.flatMap((setting) =>
      (byKey.get(keyOf(setting, common)) ?? []).map((other): Setting => ({ ...setting, ...other })),
    ),
  };
}

export interface Propagated {
  readonly domains: Domains;
  /** What is left to say beside the domains. */
  readonly relations: readonly Relation[];
}

/** Takes readings away that some relation excludes, until nothing changes; undefined when nothing is left. */
export function propagated(given: readonly Relation[], names: readonly DialectSwitch[]): Propagated | undefined {
  let domains = wholeDomains(names);
  let relations = given;
  for (let before = -1, now = weight(domains); now !== before; before = now, now = weight(domains)) {
    relations = relations.map(({ scope, allowed }) => ({
      scope,
      allowed: allowed.filter((one) => fits(one, domains)),
    }));
    if (relations.some(({ allowed }) => allowed.length === 0)) return undefined;
    domains = tightened(domains, relations);
  }
  const left = relations.map((relation) => narrowed(relation, domains)).filter(({ scope }) => scope.length > 0);
  return { domains, relations: left };
}

function weight(domains: Domains): number {
  return [...domains.values()].reduce((sum, domain) => sum + domain.length, 0);
}

function tightened(domains: Domains, relations: readonly Relation[]): Domains {
  const tight = new Map(domains);
  for (const { scope, allowed } of relations) {
    for (const name of scope) {
      const found = readingsIn(allowed, name);
      tight.set(
        name,
        (tight.get(name) ?? []).filter((reading) => found.includes(reading)),
      );
    }
  }
  return tight;
}

/** Relations that share switches, together. */
export function components(relations: readonly Relation[]): readonly (readonly Relation[])[] {
  const groups: { scope: Set<DialectSwitch>; members: Relation[] }[] = [];
  for (const relation of relations) {
    const touching = groups.filter(({ scope }) => relation.scope.some((name) => scope.has(name)));
    const merged = {
      scope: new Set([...relation.scope, ...touching.flatMap(({ scope }) => [...scope])]),
      members: [...touching.flatMap(({ members }) => members), relation],
    };
    groups.splice(0, groups.length, ...groups.filter((group) => !touching.includes(group)), merged);
  }
  return groups.map(({ members }) => members);
}

/** All of a component at once; undefined when there are more combinations than `most`. */
export function solved(members: readonly Relation[], most: number): Relation | undefined {
  let whole: Relation = { scope: [], allowed: [{}] };
  for (const member of members.toSorted((a, b) => a.allowed.length - b.allowed.length)) {
    whole = joined(whole, member);
    if (whole.allowed.length > most) return undefined;
  }
  return whole;
}

/** Beyond so many switches a relation is left whole: there are too many ways to part it. */
const mostSplit = 13;

/** A relation as the product of the smallest relations it is the product of. */
export function factors(relation: Relation): readonly Relation[] {
  const [first, ...rest] = relation.scope;
  if (first === undefined) return [];
  if (rest.length > mostSplit) return [relation];
  for (const part of subsets(rest)) {
    const left = projected(relation, [first, ...part]);
    const others = rest.filter((name) => !part.includes(name));
    if (others.length === 0) break;
    const right = projected(relation, others);
    if (left.allowed.length * right.allowed.length === relation.allowed.length) return [left, ...factors(right)];
  }
  return [relation];
}

/** All subsets, smaller ones first. */
function subsets<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const all = Array.from({ length: 2 ** items.length }, (_, mask) => items.filter((__, at) => (mask >> at) % 2 === 1));
  return all.toSorted((a, b) => a.length - b.length);
}

/** Readings by switch, each of them with each of the others. */
export type Box = ReadonlyMap<DialectSwitch, readonly Reading[]>;

function differing(left: Box, right: Box): readonly DialectSwitch[] {
  return [...left.keys()].filter((name) => JSON.stringify(left.get(name)) !== JSON.stringify(right.get(name)));
}

/** The combinations in as few boxes as putting two together that differ in one switch gives. */
export function boxes({ scope, allowed }: Relation): readonly Box[] {
  const made: Box[] = allowed.map((one) => new Map(scope.map((name) => [name, [one[name] ?? ""]])));
  for (let at = 0; at < made.length; at++) {
    for (let other = at + 1; other < made.length; other++) {
      const [left, right] = [made[at], made[other]];
      const [name, second] = left === undefined || right === undefined ? [] : differing(left, right);
      if (left === undefined || right === undefined || name === undefined || second !== undefined) continue;
      const readingsOf = readings[name].filter((one) => [left, right].some((box) => box.get(name)?.includes(one)));
      made[at] = new Map([...left, [name, readingsOf]]);
      made.splice(other, 1);
      at = -1;
      break;
    }
  }
  return made;
}
