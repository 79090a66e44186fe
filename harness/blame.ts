/**
 * Which requirements failed generated asks speak against. An expectation rests on many at once, most of them kept elsewhere
 * in the same campaign; blaming all would call sound behaviour broken. The blame goes first to those whose asks failed most
 * often among all that named them; what they explain no longer counts against the others. Equals share it.
 */
import type { RequirementId } from "../contract/types.ts";
import type { Counts } from "./groups.ts";

type Named = readonly RequirementId[];

function timesNamed(failures: readonly Named[]): ReadonlyMap<RequirementId, number> {
  const times = new Map<RequirementId, number>();
  for (const id of failures.flat()) times.set(id, (times.get(id) ?? 0) + 1);
  return times;
}

function worstOf(failures: readonly Named[], kept: (id: RequirementId) => number): ReadonlySet<RequirementId> {
  const rates = [...timesNamed(failures)].map(([id, failed]) => [id, failed / (failed + kept(id))] as const);
  const worst = Math.max(...rates.map(([, rate]) => rate));
  return new Set(rates.filter(([, rate]) => rate === worst).map(([id]) => id));
}

/**
 * Per failed ask, those to blame of the requirements it names; never none, unless it names none. `tallies` count all asks
 * that named a requirement, by result.
 */
export function blamed(failures: readonly Named[], tallies: ReadonlyMap<RequirementId, Counts>): readonly Named[] {
  const kept = (id: RequirementId): number => (tallies.get(id)?.pass ?? 0) + (tallies.get(id)?.acceptable ?? 0);
  const assigned = failures.map((): Named => []);
  let open = failures.map((named, at) => ({ named, at })).filter(({ named }) => named.length > 0);
  while (open.length > 0) {
    const worst = worstOf(
      open.map(({ named }) => named),
      kept,
    );
    for (const { named, at } of open) assigned[at] = named.filter((id) => worst.has(id));
    open = open.filter(({ at }) => assigned[at]?.length === 0);
  }
  return assigned;
}
