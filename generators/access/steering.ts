/**
 * From the position in a campaign to the features of its world: first rows in which every pair of values meets, then
 * rows at random. The same for every seed, so a campaign of a given length covers the same whatever its seed.
 */
import { diceOf } from "../dice.ts";
import {
  factorNames,
  isFeasible,
  randomFeatures,
  type Domains,
  type Draft,
  type Factor,
  type Features,
} from "./factors.ts";

const pairSeed = 0x5a1e;
const rowSeed = 0x7ead;
/** Candidates a row of the array is picked from. */
const width = 12;

function pairsOf(row: Features): string[] {
  return factorNames.flatMap((one, at) =>
    factorNames.slice(at + 1).map((other) => `${one}=${row[one]},${other}=${row[other]}`),
  );
}

/** Every pair of values of two factors. */
function pairsBetween(one: Factor, other: Factor, domains: Domains): [string, Draft][] {
  const [values, besides]: readonly (readonly string[])[] = [domains[one], domains[other]];
  return (values ?? []).flatMap((value) =>
    (besides ?? []).map((beside): [string, Draft] => [
      `${one}=${value},${other}=${beside}`,
      { [one]: value, [other]: beside },
    ]),
  );
}

/** Every pair of values that some world has, as the beginning of a row. */
function feasiblePairs(domains: Domains): Map<string, Draft> {
  const all = factorNames.flatMap((one, at) =>
    factorNames.slice(at + 1).flatMap((other) => pairsBetween(one, other, domains)),
  );
  return new Map(all.filter(([, draft]) => isFeasible(draft, domains)));
}

/** Rows in which every feasible pair meets: each starts from a pair still open and is the best of several. */
function coveringArray(domains: Domains): Features[] {
  const open = feasiblePairs(domains);
  const rows: Features[] = [];
  for (let [first] = open.values(); first !== undefined; [first] = open.values()) {
    const start = first;
    const candidates = Array.from({ length: width }, (_, at) =>
      randomFeatures(domains, diceOf(pairSeed, rows.length * width + at), start),
    ).filter((row) => row !== undefined);
    const scored = candidates.map((row) => ({ row, gain: pairsOf(row).filter((pair) => open.has(pair)).length }));
    const best = scored.reduce<(typeof scored)[number] | undefined>(
      (most, one) => (most === undefined || one.gain > most.gain ? one : most),
      undefined,
    );
    if (best === undefined) throw new Error("a feasible pair is in no row");
    rows.push(best.row);
    for (const pair of pairsOf(best.row)) open.delete(pair);
  }
  return rows;
}

const arrays = new Map<string, readonly Features[]>();

function arrayFor(domains: Domains): readonly Features[] {
  const key = JSON.stringify(factorNames.map((factor) => domains[factor]));
  const known = arrays.get(key);
  if (known !== undefined) return known;
  const made = coveringArray(domains);
  arrays.set(key, made);
  return made;
}

/** The features of the world at a position. Throws when the domains admit no world; settings are checked before. */
export function featuresAt(index: number, domains: Domains): Features {
  const row = arrayFor(domains)[index] ?? randomFeatures(domains, diceOf(rowSeed, index));
  if (row === undefined) throw new RangeError("no world has the features asked for");
  return row;
}
