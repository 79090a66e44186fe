/** The one list that Playwright and in-process runs both play, and what playing gives. */
import type { CampaignSummary, CaseSummary, DecisionMatrix, ReductionPicture } from "../contract/run.ts";
import type { Area, Case, Expected, Outcome, Probe, RequirementId, Verdict } from "../contract/types.ts";
import type { DifferenceCode } from "./compare-views.ts";
import type { ProofPair } from "./pairs.ts";

export interface Selection {
  readonly seed: number;
  /** Cases per campaign. */
  readonly count: number;
  readonly dialect: string;
}

export type GroupKind = "control-before" | "cases" | "campaign" | "control-after";

/** One Playwright test: the cases of a requirement, a campaign, or a control. */
export interface SuiteGroup {
  /** Address, unique in the run: `section-access/SA-WLD-02`. */
  readonly id: string;
  readonly area: Area;
  readonly kind: GroupKind;
  readonly title: string;
  readonly requirement?: RequirementId;
  cases(selection: Selection): Iterable<Case> | AsyncIterable<Case>;
}

export type Counts = { readonly [result in Verdict["result"]]?: number };

/** A mismatch with the case that shows it. */
export interface Failure {
  readonly key: string;
  readonly result: "fail" | "observed";
  readonly case: Case;
  readonly ask: string;
  readonly requirements: readonly RequirementId[];
  readonly probe: Probe;
  readonly expected: Expected;
  readonly observed: Outcome;
  readonly difference: string;
  readonly codes: readonly DifferenceCode[];
  readonly minimal?: Case;
  readonly masked?: true;
}

/** What playing a group gives: plain JSON, with nothing in it that differs between equal runs. */
export interface GroupResult {
  readonly group: string;
  readonly area: Area;
  readonly kind: GroupKind;
  readonly title: string;
  readonly cases: number;
  readonly asks: number;
  readonly counts: Counts;
  /** Asks that named a requirement, by result. */
  readonly named: { readonly [requirement: string]: Counts };
  readonly pairs: readonly ProofPair[];
  /** Requirements some ask with a contrast named, whether or not the pair was kept. */
  readonly paired: readonly RequirementId[];
  /** First reason of each kind of doubt about a requirement, one line. */
  readonly doubts: { readonly [requirement: string]: string };
  /** One a key, the smallest first found; how often stands in `counts`. */
  readonly failures: readonly Failure[];
  /** All cases, or only those with a verdict other than pass where a group is large. */
  readonly summaries: readonly CaseSummary[];
  readonly matrices: readonly DecisionMatrix[];
  readonly pictures: readonly ReductionPicture[];
  /** Over all cases, answers and verdicts, in order. */
  readonly hash: string;
  readonly campaign?: CampaignSummary;
}
