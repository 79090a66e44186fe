/** Failures of laws made small: the world the case was made of shrinks, and the law is put anew, so that it stays a law. */
import type { Case } from "../contract/types.ts";
import { fullName } from "../generators/directory.ts";
import { loadedOf, settingOf } from "../generators/laws/setting.ts";
import { smallerWorlds } from "../generators/smaller-worlds.ts";
import { lawCase, lawOf, type Found } from "./laws.ts";

export interface LawShrinking {
  readonly stillFails: (of: Case) => Promise<boolean>;
  /** Cases tried at most. */
  readonly budget: number;
}

/** Greedy, as for other cases; undefined for a case no generated law made, or that does not shrink. */
export async function shrunkLaw(of: Case, { stillFails, budget }: LawShrinking): Promise<Case | undefined> {
  const begun = lawOf(of);
  if (begun === undefined) return undefined;
  const { law } = begun;
  const place = { id: `${of.id}/shrunk`, dialect: of.dialect, origin: { kind: "shrunk", from: of.id } } as const;
  let [current, smallest, tried]: [Found, Case | undefined, number] = [begun, undefined, 0];
  for (;;) {
    let next: Found | undefined;
    for (const smaller of smallerOf(current)) {
      const candidate = lawCase(law, smaller.setting, smaller.who, place);
      if (candidate === undefined) continue;
      if (tried++ === budget) return smallest;
      if (!(await stillFails(candidate))) continue;
      [next, smallest] = [smaller, candidate];
      break;
    }
    if (next === undefined) return smallest;
    current = next;
  }
}

/** Worlds one step smaller in which the person still is. */
export function* smallerOf({ setting, who }: Found): Generator<Found> {
  for (const { loaded, principals } of smallerWorlds(loadedOf(setting), setting.principals)) {
    const smaller = settingOf(loaded, principals);
    const same = principals.find((one) => fullName(one) === fullName(who));
    if (smaller !== undefined && same !== undefined) yield { setting: smaller, who: same };
  }
}
