/** What a report says of a case that is not a failure. */
import type { CaseSummary } from "../contract/run.ts";
import type { Expected, Outcome, Verdict } from "../contract/types.ts";
import type { CaseResult } from "./play-case.ts";

function detailOf(verdict: Verdict, observed: Outcome | undefined, expected: Expected): string | undefined {
  switch (verdict.result) {
    case "fail":
    case "observed":
      return verdict.difference;
    case "inapplicable":
      return `missing: ${verdict.missing}`;
    case "inconclusive":
      return `${verdict.code}: ${verdict.detail}`;
    case "harness-error":
      return verdict.detail;
    case "pass":
    case "acceptable":
      return otherCode(observed, expected);
  }
}

/** EN-021 knows several codes for a denial; which one came is recorded where it was not the preferred one. */
function otherCode(observed: Outcome | undefined, expected: Expected): string | undefined {
  if (observed?.kind !== "refused" || expected.kind !== "known") return undefined;
  const same = expected.outcome.kind === "refused" && expected.outcome.code === observed.code;
  return same ? undefined : `refused with code ${observed.code}`;
}

/** One case in a line a verdict, for the list of cases. */
export function summaryOf(group: string, result: CaseResult): CaseSummary {
  const verdicts = result.verdicts.map((verdict, index) => {
    const ask = result.case.asks[index];
    const detail = ask === undefined ? undefined : detailOf(verdict, result.outcomes.get(ask.id), ask.expected);
    return { ask: verdict.ask, result: verdict.result, ...(detail === undefined ? {} : { detail }) };
  });
  return { case: result.case.id, title: result.case.title, group, verdicts };
}
