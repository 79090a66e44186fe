/** Every world of a small scope of section access, put to both evaluators, which must agree on all of them. */
import { createHash } from "node:crypto";
import { dialectOf } from "../catalogue/dialects.ts";
import type { Principal, Value } from "../contract/types.ts";
import { engineSeams, type EngineSeams } from "../mock/engine/seams.ts";
import type { LoadedApp } from "../reload/model.ts";
import { agreement, type Question, type Spread } from "../tests/differential/access-agreement.ts";
import {
  appOf,
  bags,
  columnsOf,
  principalsOf,
  renamedHeld,
  renamedRow,
  rightsOf,
  type Bag,
  type Renaming,
  type Rights,
  type Scope,
} from "./small-scopes.ts";

export const shards = 64;

/** Positions that the renamings of a scope turn each row of rights, each record and each membership into. */
interface Images {
  readonly rights: readonly Bag[];
  readonly records: readonly Bag[];
  readonly memberships: readonly Bag[];
}

function positions<T>(all: readonly T[], image: (one: T) => unknown): Bag {
  const known = new Map(all.map((one, at) => [JSON.stringify(one), at]));
  return all.map((one) => {
    const at = known.get(JSON.stringify(image(one)));
    if (at === undefined) throw new Error(`a renaming leads out of the scope: ${JSON.stringify(one)}`);
    return at;
  });
}

function imagesOf(scope: Scope, rights: readonly Rights[]): Images {
  const each = (images: (renaming: Renaming) => Bag): readonly Bag[] => scope.renamings.map(images);
  const names = scope.fields.map(({ name }) => name);
  return {
    rights: each((to) => positions(rights, (row) => renamedRow(row, columnsOf(scope), to))),
    records: each((to) => positions(scope.records, (row) => renamedRow(row, names, to))),
    memberships: each((to) => positions(scope.memberships, (held) => renamedHeld(held, to))),
  };
}

function imageOf(bag: Bag, to: Bag): Bag {
  return bag.map((at) => to[at] ?? at).sort((left, right) => left - right);
}

/** Below zero when `left` comes first in the order of their positions. */
function compare(left: Bag, right: Bag): number {
  for (let at = 0; at < left.length; at++) {
    const apart = (left[at] ?? 0) - (right[at] ?? 0);
    if (apart !== 0) return apart;
  }
  return 0;
}

/** The renamings that leave a bag as it is; undefined when one turns it into a bag that comes first. */
function keeping(bag: Bag, images: readonly Bag[], among: readonly number[]): readonly number[] | undefined {
  const kept: number[] = [];
  for (const renaming of among) {
    const apart = compare(imageOf(bag, images[renaming] ?? []), bag);
    if (apart < 0) return undefined;
    if (apart === 0) kept.push(renaming);
  }
  return kept;
}

/** An app, and the memberships it makes worlds with that are not isomorphic to one another. */
export interface SmallApp {
  readonly rights: Bag;
  readonly records: Bag;
  readonly memberships: readonly number[];
}

/**
 * One world of each class of isomorphic ones: rights that no renaming makes smaller; with them data that none of the
 * renamings that keep the rights makes smaller; with both memberships that none of the renamings that keep both does.
 */
export function* smallApps(scope: Scope): Generator<SmallApp> {
  const rows = rightsOf(scope);
  const images = imagesOf(scope, rows);
  const all = scope.renamings.map((_, at) => at);
  for (const rights of bags(rows.length, scope.mostRights)) {
    const keepRights = keeping(rights, images.rights, all);
    if (keepRights === undefined) continue;
    for (const records of scope.data) {
      const keepBoth = keeping(records, images.records, keepRights);
      if (keepBoth === undefined) continue;
      const memberships = [...scope.memberships.keys()].filter(
        (held) => keeping([held], images.memberships, keepBoth) !== undefined,
      );
      yield { rights, records, memberships };
    }
  }
}

/** How many worlds the scope has. */
export function worldsInScope(scope: Scope): number {
  let count = 0;
  for (const { memberships } of smallApps(scope)) count += memberships.length;
  return count;
}

/** How many worlds the scope has before isomorphic ones are counted once. */
export function labelledWorlds(scope: Scope): number {
  let count = 0;
  for (const _ of bags(rightsOf(scope).length, scope.mostRights)) count += 1;
  return count * scope.data.length * scope.memberships.length;
}

export interface ShardResult {
  readonly apps: number;
  readonly worlds: number;
  /** Pairs of an app and a user with his groups, each put to both evaluators once, however many worlds hold it. */
  readonly questions: number;
  readonly disagreements: number;
  readonly spread: Spread;
  /** Over the reference's two answers to each world, in order. */
  readonly hash: string;
}

interface Posed {
  readonly number: number;
  readonly app: LoadedApp;
  /** The two users of each world, by membership. */
  readonly worlds: readonly (readonly [membership: number, users: readonly [Principal, Principal]])[];
}

function pose(
  scope: Scope,
  rows: readonly Rights[],
  { rights, records, memberships }: SmallApp,
  number: number,
): Posed {
  const chosen = rights.flatMap((at) => [rows[at] ?? []]);
  const data = records.map((at): readonly Value[] => scope.records[at] ?? []);
  const worlds = memberships.flatMap((at) => {
    const held = scope.memberships[at];
    return held === undefined ? [] : [[at, principalsOf(held)] as const];
  });
  return { number, app: appOf(scope, chosen, data), worlds };
}

function keyOf(who: Principal): string {
  return `${who.id} ${who.groups.join()}`;
}

/** A question about each user with each of his memberships, once an app. */
function questionsOf({ number, app, worlds }: Posed): readonly Question[] {
  const people = new Map(worlds.flatMap(([, pair]) => pair.map((who) => [keyOf(who), who])));
  return [...people.values()].map((who) => ({ world: number, app, who }));
}

/** As many questions as the mock's evaluator lays out at once. */
const batch = 4_000;

/** Plays the apps whose number leaves this remainder, with all their memberships; of them at most `most`. */
export async function playShard(
  scope: Scope,
  shard: number,
  { most = Infinity, seams = engineSeams }: { readonly most?: number; readonly seams?: EngineSeams } = {},
): Promise<ShardResult> {
  const digest = createHash("sha256");
  const total = { apps: 0, worlds: 0, questions: 0, disagreements: 0 };
  const spread: Spread = { denied: 0, partial: 0, full: 0 };
  const rows = rightsOf(scope);
  let posed: Posed[] = [];
  let open = 0;
  const flush = async (): Promise<void> => {
    const answers = new Map<string, string>();
    const told = ({ world, who }: Question, answer: string): void => {
      answers.set(`${world} ${keyOf(who)}`, answer);
    };
    const found = await agreement(posed.flatMap(questionsOf), { dialect: dialectOf("documented"), seams, told });
    for (const { number, worlds } of posed) {
      for (const [membership, pair] of worlds) {
        const both = pair.map((who) => answers.get(`${number} ${keyOf(who)}`) ?? "not asked");
        digest.update(`${number} ${membership} ${both.join(" ")}\n`);
        total.worlds += 1;
      }
    }
    total.questions += found.asks;
    total.disagreements += found.disagreements;
    for (const name of ["denied", "partial", "full"] as const) spread[name] += found.spread[name];
    [posed, open] = [[], 0];
  };
  let number = 0;
  for (const app of smallApps(scope)) {
    if (number++ % shards !== shard) continue;
    if (total.apps === most) break;
    total.apps += 1;
    const one = pose(scope, rows, app, number - 1);
    posed.push(one);
    open += questionsOf(one).length;
    if (open >= batch) await flush();
  }
  if (open > 0) await flush();
  return { ...total, spread, hash: digest.digest("hex") };
}
