/** Who asks, to order: look-alike names, groups in the number wanted, e-mails where they count. */
import type { Principal } from "../../contract/types.ts";
import { fullName } from "../directory.ts";
import type { Plan } from "./draft.ts";
import { groups, people } from "./words.ts";

function principalOf(name: string, held: readonly string[], email: boolean): Principal {
  const at = name.indexOf("\\");
  const [directory, id] = [name.slice(0, at), name.slice(at + 1)];
  return { directory, id, groups: held, attributes: email ? { email: [emailOf(name)] } : {}, session: {} };
}

/** `ann@corp.trading.example`; blanks and letters of other alphabets as they are. */
export function emailOf(name: string): string {
  const at = name.indexOf("\\");
  return `${name.slice(at + 1)}@${name.slice(0, at)}.trading.example`.toLowerCase();
}

function groupCounts({ features, dice }: Plan, count: number): number[] {
  switch (features.groups) {
    case "none":
      return Array.from({ length: count }, () => 0);
    case "one":
      return Array.from({ length: count }, (_, at) => (at === 0 ? 1 : dice.below(2)));
    case "several":
      return Array.from({ length: count }, (_, at) => (at === 0 ? 2 : dice.below(4)));
    case "like a user":
      return Array.from({ length: count }, () => dice.below(3));
  }
}

/** Different people; the first two are look-alikes where such are wanted. */
export function makePeople(plan: Plan): Principal[] {
  const { features, settings, dice } = plan;
  const alike = features.people === "plain" || features.people === "case" ? 1 : 2;
  const least = Math.max(settings.leastPeople, alike);
  const wanted = least + dice.below(settings.mostPeople - least + 1);
  const [one, other, ...more] = people[features.people];
  const names = [one, other, ...dice.shuffled(more)].slice(0, wanted);
  const counts = groupCounts(plan, names.length);
  const made = names.map((name, at) =>
    principalOf(name, dice.some(groups, counts[at] ?? 0), features.identity === "user and email"),
  );
  return features.groups === "like a user" ? withLikeness(made) : made;
}

/** The last one is in a group that is named as the first is; whoever asks alone, in one named as himself. */
function withLikeness(made: readonly Principal[]): Principal[] {
  const [first] = made;
  const name = first === undefined ? "" : fullName(first);
  return made.map((who, at) => (at === made.length - 1 ? { ...who, groups: [...who.groups, name] } : who));
}
