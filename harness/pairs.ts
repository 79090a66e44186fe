/** Proof pairs: two asks of one case whose expectations exclude each other, both kept by the target. */
import type { Ask, Case, Expected, RequirementId, Verdict } from "../contract/types.ts";
import { accepts } from "./judge.ts";

export interface ProofPair {
  readonly requirement: RequirementId;
  readonly case: string;
  readonly ask: string;
  readonly contrast: string;
}

/** Whether an ask was answered as expected on its side of the pair. */
function kept(verdict: Verdict | undefined): boolean {
  return verdict?.result === "pass" || verdict?.result === "acceptable";
}

function acceptable(expected: Expected): readonly Extract<Expected, { kind: "known" }>["outcome"][] {
  return expected.kind === "known" ? [expected.outcome, ...(expected.alsoAcceptable ?? [])] : [];
}

function rejects(expected: Expected, other: Expected): boolean {
  return acceptable(other).every((outcome) => accepts(expected, outcome) === undefined);
}

/** Whether the judge rejects every outcome acceptable for one ask when it is given for the other, both ways. */
export function exclude(left: Expected, right: Expected): boolean {
  if (left.kind === "relation" || right.kind === "relation") return false;
  return rejects(left, right) && rejects(right, left);
}

/** The contrast of an ask, where the two make a pair: same kind of probe, expectations that exclude each other. */
export function contrastOf(of: Case, ask: Ask): Ask | undefined {
  const contrast = of.asks.find(({ id }) => id === ask.contrast && id !== ask.id);
  if (contrast === undefined || contrast.probe.kind !== ask.probe.kind) return undefined;
  return exclude(ask.expected, contrast.expected) ? contrast : undefined;
}

/** Only cases written by hand, or derived from the user's own site, prove anything. */
export function mayProve(of: Case): boolean {
  return of.origin.kind === "golden" || of.origin.kind === "site";
}

/** The pairs of a case that were kept on both sides. */
export function proofPairs(of: Case, verdicts: ReadonlyMap<string, Verdict>): readonly ProofPair[] {
  if (!mayProve(of)) return [];
  return of.asks.flatMap((ask) => {
    const contrast = contrastOf(of, ask);
    if (contrast === undefined || !kept(verdicts.get(ask.id)) || !kept(verdicts.get(contrast.id))) return [];
    return ask.proves.map((requirement) => ({ requirement, case: of.id, ask: ask.id, contrast: contrast.id }));
  });
}
