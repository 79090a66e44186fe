/** Where each requirement stands after a run. Only `proven` is green, and only by the three conditions of docs/decisions/002-proof-pairs.md. */
import type { RequirementStanding } from "../contract/run.ts";
import type { Area, Requirement, Standing, Verdict } from "../contract/types.ts";
import { controlsOf, type ControlState } from "./controls.ts";
import type { Counts, GroupResult } from "./groups.ts";
import type { ProofPair } from "./pairs.ts";
import { byText } from "./values.ts";

/** All that a run says of one requirement. */
interface Evidence {
  readonly asks: Counts;
  readonly pair?: ProofPair;
  /** Whether some ask with a contrast named it. */
  readonly paired: boolean;
  /** First reason why something stayed undetermined. */
  readonly doubt?: string;
  readonly controls: ControlState;
}

type Judged = { readonly standing: Standing; readonly why?: string };

function total(asks: Counts, ...results: readonly Verdict["result"][]): number {
  return results.reduce((sum, result) => sum + (asks[result] ?? 0), 0);
}

function asksText(count: number): string {
  return count === 1 ? "1 ask" : `${count} asks`;
}

/** In this order: a failure breaks, a differing disputed reading is told, doubt comes before any proof. */
function standingOf(row: Requirement, evidence: Evidence): Judged {
  const { asks } = evidence;
  const all = Object.values(asks).reduce((sum, count) => sum + count, 0);
  const failed = total(asks, "fail");
  const observed = total(asks, "observed");
  const open = total(asks, "inconclusive", "harness-error");
  if (row.excluded !== undefined) return { standing: "excluded", why: row.excluded };
  if (failed > 0) return { standing: "broken", why: `${asksText(failed)} of ${all} failed` };
  if (observed > 0)
    return {
      standing: "observed",
      why: `${asksText(observed)} of ${all} differed on a reading that does not bind this target`,
    };
  if (open > 0)
    return {
      standing: "inconclusive",
      why: `${asksText(open)} of ${all} stayed undetermined (${evidence.doubt ?? "no reason given"})`,
    };
  if (all > 0 && total(asks, "inapplicable") === all)
    return { standing: "inapplicable", why: "the target cannot be asked" };
  return proof(evidence, all);
}

function proof(evidence: Evidence, all: number): Judged {
  if (all === 0) return { standing: "unproven", why: "no ask named it" };
  if (evidence.pair === undefined) {
    return {
      standing: "unproven",
      why: evidence.paired ? "its proof pair was not kept on both sides" : "no proof pair names it",
    };
  }
  switch (evidence.controls) {
    case "passed":
      return { standing: "proven" };
    case "failed":
      return { standing: "unproven", why: "the control of its area failed" };
    case "not-run":
      return { standing: "unproven", why: "the control of its area did not run before and after" };
  }
}

function mergedCounts(parts: readonly Counts[]): Counts {
  const sum: { [result in Verdict["result"]]?: number } = {};
  for (const part of parts)
    for (const result of resultNames) if (part[result] !== undefined) sum[result] = (sum[result] ?? 0) + part[result];
  return sum;
}

const resultNames: readonly Verdict["result"][] = [
  "pass",
  "acceptable",
  "fail",
  "observed",
  "inapplicable",
  "inconclusive",
  "harness-error",
];

function firstPair(pairs: readonly ProofPair[]): ProofPair | undefined {
  return pairs.toSorted((left, right) => byText(JSON.stringify(left), JSON.stringify(right)))[0];
}

function evidenceOf(row: Requirement, groups: readonly GroupResult[], controls: ControlState): Evidence {
  const pair = firstPair(groups.flatMap((group) => group.pairs.filter(({ requirement }) => requirement === row.id)));
  const doubt = groups.map((group) => group.doubts[row.id]).find((text) => text !== undefined);
  return {
    asks: mergedCounts(groups.flatMap((group) => group.named[row.id] ?? [])),
    paired: groups.some((group) => group.paired.includes(row.id)),
    controls,
    ...(pair === undefined ? {} : { pair }),
    ...(doubt === undefined ? {} : { doubt }),
  };
}

function standingRow(row: Requirement, evidence: Evidence): RequirementStanding {
  const { standing, why } = standingOf(row, evidence);
  const { pair } = evidence;
  const provenBy =
    standing === "proven" && pair !== undefined
      ? { case: pair.case, ask: pair.ask, contrast: pair.contrast }
      : undefined;
  return {
    id: row.id,
    area: row.area,
    level: row.level,
    title: row.title,
    standing,
    asks: evidence.asks,
    ...(provenBy === undefined ? {} : { provenBy }),
    ...(why === undefined ? {} : { why }),
  };
}

/** The standing of every requirement of the areas played, sorted by id. Groups are taken in the order of their ids. */
export function standings(
  requirements: readonly Requirement[],
  results: readonly GroupResult[],
  areas: readonly Area[],
): readonly RequirementStanding[] {
  const groups = results.toSorted((left, right) => byText(left.group, right.group));
  const controls = new Map(areas.map((area) => [area, controlsOf(area, groups)]));
  return requirements
    .filter(({ area }) => areas.includes(area))
    .map((row) => standingRow(row, evidenceOf(row, groups, controls.get(row.area) ?? "not-run")))
    .toSorted((left, right) => byText(left.id, right.id));
}
