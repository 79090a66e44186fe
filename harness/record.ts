/** From what the groups gave to the run record: sorted, without anything that differs between equal runs. */
import type { AreaHeadline, CaseSummary, Finding, RequirementStanding, RunRecord } from "../contract/run.ts";
import type { Area, Requirement, Standing, Verdict } from "../contract/types.ts";
import { controlsOf } from "./controls.ts";
import type { Failure, GroupResult } from "./groups.ts";
import { standings } from "./standings.ts";
import { byText } from "./values.ts";

/** What the user chose. */
export interface RunSelection {
  /** Name and version of this product. */
  readonly product: string;
  readonly target: string;
  readonly dialect: string;
  readonly dialectDeclared: boolean;
  readonly defect?: string;
  readonly suites: readonly Area[];
  readonly seed: number;
  readonly casesPerCampaign: number;
  readonly strict: boolean;
}

export type Totals = RunRecord["totals"];

const mostPictures = 60;
const standingNames = [
  "proven",
  "broken",
  "unproven",
  "observed",
  "inapplicable",
  "inconclusive",
  "excluded",
] as const satisfies readonly Standing[];

function totalsOf(results: readonly GroupResult[]): Totals {
  const sum = (result: Verdict["result"]): number =>
    results.reduce((all, { counts }) => all + (counts[result] ?? 0), 0);
  return {
    pass: sum("pass"),
    acceptable: sum("acceptable"),
    fail: sum("fail"),
    observed: sum("observed"),
    inapplicable: sum("inapplicable"),
    inconclusive: sum("inconclusive"),
    "harness-error": sum("harness-error"),
  };
}

/** Precedence: a broken tool 4, a failure 1, doubt 3, else 0; where nothing was judged, 3. */
export function exitCodeOf(totals: Totals): RunRecord["exitCode"] {
  if (totals["harness-error"] > 0) return 4;
  if (totals.fail > 0) return 1;
  if (totals.inconclusive > 0) return 3;
  return totals.pass + totals.acceptable + totals.observed > 0 ? 0 : 3;
}

function conclude(totals: Totals, rows: readonly RequirementStanding[]): string {
  const judged = totals.pass + totals.acceptable + totals.fail + totals.observed;
  const proven = rows.filter(({ standing }) => standing === "proven").length;
  const broken = rows.filter(({ standing }) => standing === "broken").length;
  const tail = `${proven} of ${rows.length} requirements proven, ${broken} broken`;
  switch (exitCodeOf(totals)) {
    case 4:
      return `the tool met an error of its own in ${totals["harness-error"]} asks; ${tail}`;
    case 1:
      return `not conformant: ${totals.fail} of ${judged} judged asks failed; ${tail}`;
    case 3:
      return judged === 0
        ? `could not be determined: nothing was judged`
        : `could not be determined: ${totals.inconclusive} asks stayed open; ${tail}`;
    case 0:
      return `conformant as far as asked: ${judged} asks judged, none failed; ${tail}`;
  }
}

function headlineOf(area: Area, rows: readonly RequirementStanding[], results: readonly GroupResult[]): AreaHeadline {
  const counted = (standing: Standing): number =>
    rows.filter((row) => row.area === area && row.standing === standing).length;
  const [proven, broken, unproven, observed, inapplicable, inconclusive, excluded] = standingNames.map(counted);
  return {
    area,
    standings: {
      proven: proven ?? 0,
      broken: broken ?? 0,
      unproven: unproven ?? 0,
      observed: observed ?? 0,
      inapplicable: inapplicable ?? 0,
      inconclusive: inconclusive ?? 0,
      excluded: excluded ?? 0,
    },
    controls: controlsOf(area, results),
  };
}

function findingOf(failure: Failure): Finding {
  const { key, result, ask, requirements, probe, expected, observed, difference, minimal } = failure;
  return {
    key,
    result,
    case: failure.case.id,
    ask,
    title: failure.case.title,
    requirements,
    probe,
    expected,
    observed,
    difference,
    minimal: minimal ?? failure.case,
    ...(failure.masked === true ? { masked: true } : {}),
    file: `failures/${key}.json`,
  };
}

/** One finding a key over all groups: failures before deviations, then the first group by id that shows it. */
function findingsOf(results: readonly GroupResult[]): readonly Finding[] {
  const byKey = new Map<string, Failure>();
  for (const failure of results.flatMap(({ failures }) => failures)) {
    const known = byKey.get(failure.key);
    if (known === undefined || (known.result === "observed" && failure.result === "fail"))
      byKey.set(failure.key, failure);
  }
  return [...byKey.values()]
    .toSorted((left, right) => byText(left.result, right.result) || byText(left.key, right.key))
    .map(findingOf);
}

function byCase(left: { readonly case: string }, right: { readonly case: string }): number {
  return byText(left.case, right.case);
}

function sortedSummary(summary: CaseSummary): CaseSummary {
  return { ...summary, verdicts: summary.verdicts.toSorted((left, right) => byText(left.ask, right.ask)) };
}

function sortedPictures(results: readonly GroupResult[]): RunRecord["pictures"] {
  return results
    .flatMap(({ pictures }) => pictures)
    .toSorted(
      (left, right) =>
        Number(right.verdict === "fail") - Number(left.verdict === "fail") ||
        byCase(left, right) ||
        byText(left.ask, right.ask),
    )
    .slice(0, mostPictures);
}

/** The record of a run. Equal results and selection give equal bytes, in whatever order the groups finished. */
export function assemble(
  finished: readonly GroupResult[],
  selection: RunSelection,
  requirements: readonly Requirement[],
): RunRecord {
  const results = finished.toSorted((left, right) => byText(left.group, right.group));
  const suites = selection.suites.toSorted(byText);
  const rows = standings(requirements, results, suites);
  const totals = totalsOf(results);
  const { defect, ...chosen } = selection;
  const record: RunRecord = {
    format: 1,
    ...chosen,
    ...(defect === undefined ? {} : { defect }),
    suites,
    exitCode: exitCodeOf(totals),
    conclusion: conclude(totals, rows),
    totals,
    headline: suites.map((area) => headlineOf(area, rows, results)),
    requirements: rows,
    findings: findingsOf(results),
    campaigns: results.flatMap(({ campaign }) => campaign ?? []),
    matrices: results.flatMap(({ matrices }) => matrices).toSorted(byCase),
    pictures: sortedPictures(results),
    cases: results
      .flatMap(({ summaries }) => summaries)
      .map(sortedSummary)
      .toSorted(byCase),
  };
  return record;
}
