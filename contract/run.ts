/**
 * The run record: what a run writes to `run.json` (byte-identical for the same seed, target and selection: no clock,
 * host, port, duration or random id) and to `run.meta.json` (the rest). Reports render both.
 */
import type { Ask, Area, Case, Expected, Level, Outcome, RequirementId, Standing, Verdict } from "./types.ts";

export interface RequirementStanding {
  readonly id: RequirementId;
  readonly area: Area;
  readonly level: Level;
  readonly title: string;
  readonly standing: Standing;
  /** Number of asks that named it, by result. */
  readonly asks: { readonly [result in Verdict["result"]]?: number };
  /** Case and ask ids of the pair that proved it; absent unless proven. */
  readonly provenBy?: { readonly case: string; readonly ask: string; readonly contrast: string };
  /** Why it is not proven, one line; absent when it is. */
  readonly why?: string;
}

/** One failure, with all a reader needs to see it again. */
export interface Finding {
  /** Stable address: requirement, then a fingerprint of the difference's shape. */
  readonly key: string;
  readonly result: "fail" | "observed";
  readonly case: string;
  readonly ask: string;
  readonly title: string;
  readonly requirements: readonly RequirementId[];
  readonly probe: Ask["probe"];
  readonly expected: Expected;
  readonly observed: Outcome;
  readonly difference: string;
  /** The smallest case that still shows it, where one was found. */
  readonly minimal?: Case;
  /** Names and data are masked, so that the case file shows the shape but cannot be replayed. */
  readonly masked?: true;
  /** Path of the case file inside the output folder, for `replay`. */
  readonly file: string;
}

export interface CaseSummary {
  readonly case: string;
  readonly title: string;
  readonly group: string;
  readonly verdicts: readonly { readonly ask: string; readonly result: Verdict["result"]; readonly detail?: string }[];
}

/** Users × resources as decided in one case: expected against observed. */
export interface DecisionMatrix {
  readonly case: string;
  readonly title: string;
  readonly users: readonly string[];
  readonly rows: readonly {
    readonly resource: string;
    readonly context: string;
    readonly cells: readonly { readonly expected: string; readonly observed: string }[];
  }[];
}

/** One reduction as picture: the full tables, and what one user sees of them. */
export interface ReductionPicture {
  readonly case: string;
  readonly ask: string;
  readonly user: string;
  readonly app: string;
  readonly access: "granted" | "denied";
  readonly tables: readonly {
    readonly name: string;
    readonly fields: readonly { readonly name: string; readonly visible: boolean }[];
    readonly rows: readonly { readonly cells: readonly string[]; readonly visible: boolean }[];
  }[];
  readonly verdict: Verdict["result"];
}

/** Per campaign: how many, how they spread, and a hash over all cases and answers. */
export interface CampaignSummary {
  readonly campaign: string;
  readonly area: Area;
  readonly cases: number;
  readonly asks: number;
  /** Counts that show the agreement is not mostly denials. */
  readonly spread: { readonly [name: string]: number };
  readonly hash: string;
}

export interface AreaHeadline {
  readonly area: Area;
  readonly standings: { readonly [standing in Standing]: number };
  /** Whether the area's control passed before and after; without it nothing in the area is green. */
  readonly controls: "passed" | "failed" | "not-run";
}

export interface RunRecord {
  readonly format: 1;
  readonly product: string;
  readonly target: string;
  readonly dialect: string;
  /** Whether the target declared the dialect. */
  readonly dialectDeclared: boolean;
  readonly defect?: string;
  readonly suites: readonly Area[];
  readonly seed: number;
  readonly casesPerCampaign: number;
  readonly strict: boolean;
  readonly exitCode: 0 | 1 | 3 | 4;
  readonly conclusion: string;
  readonly totals: { readonly [result in Verdict["result"]]: number };
  readonly headline: readonly AreaHeadline[];
  readonly requirements: readonly RequirementStanding[];
  readonly findings: readonly Finding[];
  readonly campaigns: readonly CampaignSummary[];
  readonly matrices: readonly DecisionMatrix[];
  readonly pictures: readonly ReductionPicture[];
  readonly cases: readonly CaseSummary[];
}

/** What may differ between two equal runs. */
export interface RunMeta {
  readonly format: 1;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly host: string;
  readonly node: string;
  /** Milliseconds a group took, by group id. */
  readonly groups: { readonly [group: string]: number };
  readonly notes: readonly string[];
}
