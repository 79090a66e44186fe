/** Principals of a small company: look-alike names, groups in any number. */
import type { Principal } from "../contract/types.ts";
import type { Dice } from "./dice.ts";
import { groups, people } from "./vocabulary.ts";

export function fullName(who: Principal): string {
  return `${who.directory}\\${who.id}`;
}

function principalOf(name: string, held: readonly string[]): Principal {
  const [directory = "", id = ""] = name.split("\\");
  return { directory, id, groups: held, attributes: {}, session: {} };
}

/** Between two and five different people. The first is CORP\ann in half of all companies, to meet her look-alikes often. */
export function randomPrincipals(dice: Dice): Principal[] {
  const count = 2 + dice.below(4);
  const names = dice.chance(0.5) ? [people[0], ...dice.some(people.slice(1), count - 1)] : dice.some(people, count);
  return names.map((name) => principalOf(name, dice.some(groups, dice.pick([0, 0, 1, 1, 1, 1, 2, 3]))));
}
