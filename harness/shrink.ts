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
  for (const candidate of smallerCases(of, options.steps)) {
    at += 1;
    if (at < skip) continue;
    if (tried >= budget) break;
    tried += 1;
    const expected = options.reexpect(candidate);
    if (expected !== undefined && (await options.stillFails(expected))) return { case: expected, at, tried };
  }
  return { at, tried };
}

function shrunkOf(from: Case, smallest: Case, steps: number): Case {
  if (steps === 0) return from;
  return { ...smallest, id: `${from.id}/shrunk`, origin: { kind: "shrunk", from: from.id } };
}
