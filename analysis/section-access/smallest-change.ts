/** The smallest change that turns an answer round: single changes first, then pairs, each tried on the changed world. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Reduce } from "../../reference/section-access/types.ts";
import { candidates } from "./candidates.ts";
import { conflict, edited, sizeOf, type Edit, type World } from "./edits.ts";
import { situationOf } from "./situation.ts";
import { holds, tagged, type Target } from "./targets.ts";

export interface Search {
  /** Changes that were seen to turn the answer round, the smallest first, each of another kind. */
  readonly found: readonly (readonly Edit[])[];
  /** Changed worlds that were reduced. */
  readonly tried: number;
  /** Whether the search ended before everything within its scope was tried. */
  readonly cut: boolean;
}

export interface SearchOptions {
  readonly reduce: Reduce;
  readonly dialect: Dialect;
  /** Most changed worlds to reduce; never more than the size of the data allows within some seconds. */
  readonly tries?: number;
}

/** Alternatives shown beside the smallest one. */
const mostFound = 3;

function defaultTries({ loaded }: World): number {
  const rows = [...loaded.app, ...(loaded.access ?? [])].reduce((sum, table) => sum + table.rows.length, 0);
  return Math.max(60, Math.min(5000, Math.floor(3_000_000 / (rows + 1))));
}

function kindOf(edits: readonly Edit[]): string {
  return edits.map((edit) => (edit.kind === "cell" ? `${edit.kind} ${edit.field}` : edit.kind)).join();
}

function* pairsOfSize(edits: readonly Edit[], size: number): Generator<readonly [Edit, Edit]> {
  for (const [at, one] of edits.entries()) {
    const fitting = edits.slice(at + 1).filter((other) => sizeOf([one, other]) === size && !conflict(one, other));
    for (const other of fitting) yield [one, other];
  }
}

/** Pairs in order of their size; within one size in the order of their parts. */
function* pairs(edits: readonly Edit[]): Generator<readonly [Edit, Edit]> {
  for (const size of [2, 3, 4]) yield* pairsOfSize(edits, size);
}

/** Tries changes until it knows the smallest that flips the target, and some of other kinds. */
export function smallestChange(world: World, target: Target, options: SearchOptions): Search {
  const situation = situationOf(world, options.dialect);
  if (situation === undefined) return { found: [], tried: 0, cut: false };
  const start: World = { ...world, loaded: tagged(world.loaded) };
  const before = holds(target, start, options);
  const flips = (edits: readonly Edit[]): boolean => holds(target, edited(start, edits), options) !== before;
  const singles = candidates(situation, target);
  const limit = Math.min(options.tries ?? Number.POSITIVE_INFINITY, defaultTries(world));
  const found: (readonly Edit[])[] = [];
  let tried = 0;
  const next = (edits: readonly Edit[]): boolean => {
    if (found.some((known) => kindOf(known) === kindOf(edits))) return true;
    if (tried >= limit) return false;
    tried += 1;
    if (flips(edits)) found.push(edits);
    return true;
  };
  for (const edit of singles) if (!next([edit]) || found.length === mostFound) break;
  if (found.length > 0) return { found, tried, cut: false };
  for (const pair of pairs(singles)) {
    if (!next(pair)) return { found, tried, cut: true };
    if (found.length > 0) return { found, tried, cut: false };
  }
  return { found, tried, cut: tried >= limit };
}
