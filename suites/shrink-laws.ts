/** Failures of laws made small: the world the case was made of shrinks, and the law is put anew, so that it stays a law. */
import type { Case } from "../contract/types.ts";
import { fullName } from "../generators/directory.ts";
import { loadedOf, settingOf } from "../generators/laws/setting.ts";
import { smallerWorlds } from "../generators/smaller-worlds.ts";
import { chunks } from "../harness/shrink.ts";
import { lawCase, lawOf, type Found } from "./laws.ts";

export interface LawShrinking {
  readonly stillFails: (of: Case) => Promise<boolean>;
  /** Cases tried at most. */
  readonly budget: number;
  /** Cases asked about at once. */
  readonly atOnce: number;
}

interface Candidate extends Found {
  readonly case: Case;
}

/** Greedy, as for other cases; undefined for a case no generated law made, or that does not shrink. */
export async function shrunkLaw(of: Case, { stillFails, budget, atOnce }: LawShrinking): Promise<Case | undefined> {
  const begun = lawOf(of);
  if (begun === undefined) return undefined;
  const place = { id: `${of.id}/shrunk`, dialect: of.dialect, origin: { kind: "shrunk", from: of.id } } as const;
  const candidates = function* (from: Found): Generator<Candidate> {
    for (const { setting, who } of smallerOf(from)) {
      const smaller = lawCase(begun.law, setting, who, place);
      if (smaller !== undefined) yield { setting, who, case: smaller };
    }
  };
  let left = budget;
  const next = async (from: Found): Promise<Candidate | undefined> => {
    for (const some of chunks(candidates(from), 0, atOnce)) {
      if (left < some.length) return undefined;
      left -= some.length;
      const fails = await Promise.all(some.map((one) => stillFails(one.case)));
      const first = some[fails.indexOf(true)];
      if (first !== undefined) return first;
    }
    return undefined;
  };
  let smallest: Candidate | undefined;
  for (let found = await next(begun); found !== undefined; found = await next(found)) smallest = found;
  return smallest?.case;
}

/** Worlds one step smaller in which the person still is. */
export function* smallerOf({ setting, who }: Found): Generator<Found> {
  for (const { loaded, principals } of smallerWorlds(loadedOf(setting), setting.principals)) {
    const smaller = settingOf(loaded, principals);
    const same = principals.find((one) => fullName(one) === fullName(who));
    if (smaller !== undefined && same !== undefined) yield { setting: smaller, who: same };
  }
}
