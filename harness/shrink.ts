/** Makes a failing case as small as domain steps allow: afterwards no single step leaves it failing (1-minimal). */
import type { Case } from "../contract/types.ts";
import { smallerCases, type TextSteps } from "./shrink-steps.ts";

export interface ShrinkOptions {
  /** Whether the case still shows the failure. */
  readonly stillFails: (of: Case) => Promise<boolean>;
  /** Computes the expectations of a changed case anew; undefined where the case is no longer a valid one. */
  readonly reexpect: (of: Case) => Case | undefined;
  readonly steps?: TextSteps;
  /** Candidates tried at most; default 2,000. */
  readonly budget?: number;
  /** Candidates asked about at once, where that costs less than one after the other; default 1. What is found is the same. */
  readonly atOnce?: number;
}

export interface Shrunk {
  readonly case: Case;
  /** Steps that were kept. */
  readonly steps: number;
  /** Candidates that were tried. */
  readonly tried: number;
  /** Whether a whole round found no smaller failing case; false when the budget ended first. */
  readonly minimal: boolean;
}

const defaultBudget = 2000;

/** Greedy: takes the first smaller case that still fails and starts anew. The case given must fail itself. */
export async function shrink(of: Case, options: ShrinkOptions): Promise<Shrunk> {
  const budget = options.budget ?? defaultBudget;
  let current = of;
  let steps = 0;
  let tried = 0;
  let skip = 0;
  for (;;) {
    const step = await nextSmaller(current, options, { skip, budget: budget - tried });
    tried += step.tried;
    if (step.case === undefined && skip > 0 && tried < budget) {
      // Steps before the last success were tried on a larger case; the closing round tries every one.
      skip = 0;
      continue;
    }
    if (step.case === undefined) return { case: shrunkOf(of, current, steps), steps, tried, minimal: tried < budget };
    current = step.case;
    skip = step.at;
    steps += 1;
  }
}

interface Step {
  readonly case?: Case;
  /** Position of the candidate that was taken. */
  readonly at: number;
  readonly tried: number;
}

/** The first candidate from `skip` on that still fails. */
async function nextSmaller(
  of: Case,
  options: ShrinkOptions,
  { skip, budget }: { readonly skip: number; readonly budget: number },
): Promise<Step> {
  let at = -1;
  let tried = 0;
  for (const some of chunks(smallerCases(of, options.steps), skip, options.atOnce ?? 1)) {
    const expected = some.slice(0, budget - tried).map((candidate) => options.reexpect(candidate));
    const fails = await Promise.all(expected.map(async (one) => one !== undefined && (await options.stillFails(one))));
    const first = fails.indexOf(true);
    at = some.length === 0 ? at : skip + tried + Math.max(first, 0);
    if (first >= 0) return foundAt(expected[first], at, tried + first + 1);
    tried += expected.length;
    if (tried >= budget) break;
  }
  return { at, tried };
}

function foundAt(found: Case | undefined, at: number, tried: number): Step {
  return found === undefined ? { at, tried } : { case: found, at, tried };
}

/** The items from `skip` on, so many together. */
export function* chunks<T>(items: Iterable<T>, skip: number, size: number): Generator<readonly T[]> {
  let some: T[] = [];
  let at = 0;
  for (const item of items) {
    if (at++ < skip) continue;
    some.push(item);
    if (some.length < size) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

function shrunkOf(from: Case, smallest: Case, steps: number): Case {
  if (steps === 0) return from;
  return { ...smallest, id: `${from.id}/shrunk`, origin: { kind: "shrunk", from: from.id } };
}
