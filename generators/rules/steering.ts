/**
 * From the position in a campaign to the features of the atom made to order: first rows in which every pair of values
 * meets, then rows at random. The same for every seed, so a campaign of a given length covers the same whatever its seed.
 */
import { diceOf } from "../dice.ts";
import { space, type Domains, type Features } from "./factors.ts";

const rowSeed = 0x7ead;
/** Rows at random; after the last the first comes again, since drawing one costs as much as half a world. */
const different = 1024;

const drawn = new WeakMap<Domains, Map<number, Features>>();

function randomRow(at: number, domains: Domains): Features {
  const rows = drawn.get(domains) ?? new Map<number, Features>();
  drawn.set(domains, rows);
  const row = rows.get(at) ?? space.randomRow(domains, diceOf(rowSeed, at));
  if (row === undefined) throw new RangeError("no atom has the features asked for");
  rows.set(at, row);
  return row;
}

/** Throws when the domains admit no row; settings are checked before. */
export function featuresAt(index: number, domains: Domains): Features {
  return space.covering(domains)[index] ?? randomRow(index % different, domains);
}
