/** The laws of security rules: what must hold between answers whatever the rules are, so that no oracle is needed. */
import { lawsOfConditions } from "./conditions.ts";
import { lawsOfDoors } from "./doors.ts";
import { lawsOfPeopleAndThings } from "./people-and-things.ts";
import type { RuleLaw } from "./posing.ts";
import { lawsOfRuleSets } from "./rule-sets.ts";

function numberOf({ id }: RuleLaw): number {
  return Number(/\d+/.exec(id)?.[0]);
}

/** In the order of their numbers. */
export const ruleLaws: readonly RuleLaw[] = [
  ...lawsOfRuleSets,
  ...lawsOfConditions,
  ...lawsOfPeopleAndThings,
  ...lawsOfDoors,
].toSorted((left, right) => numberOf(left) - numberOf(right));
