/**
 * Plays the golden cases that name a defect's requirements against a mock started with it, and against a sound one: its
 * evaluators in this process where the defect shows there, else the mock behind its wire.
 */
import { requirement, requirements } from "../../catalogue/index.ts";
import type { Case, RequirementId, Standing } from "../../contract/types.ts";
import type { GroupResult } from "../../harness/groups.ts";
import { headOf } from "../../harness/judge.ts";
import { playGroup } from "../../harness/play.ts";
import { standings } from "../../harness/standings.ts";
import type { Defect } from "../../mock/seams.ts";
import { goldenCases } from "../../suites/golden.ts";
import { areas } from "../../suites/selection.ts";
import { evaluatorTarget } from "../../targets/evaluator.ts";
import { mockTarget } from "../../targets/mock.ts";
import { inProcessCapabilities } from "../../targets/reference.ts";

/** Golden cases some ask of which names one of the ids: those filed under it first, other dialects last. */
export function casesNaming(ids: readonly RequirementId[]): readonly Case[] {
  const files = ids.map((id) => id.toLowerCase());
  const weight = (of: Case): number =>
    (of.dialect === "documented" ? 0 : 2e9) +
    (files.some((name) => of.id.endsWith(name)) ? 0 : 1e9) +
    JSON.stringify(of).length;
  return areas
    .flatMap((area) => [...goldenCases(area)])
    .filter((of) => !of.id.endsWith("/controls") && namedIn(of).some((id) => ids.includes(id)))
    .toSorted((left, right) => weight(left) - weight(right));
}

export function namedIn(of: Case): readonly RequirementId[] {
  return of.asks.flatMap((ask) => [...headOf(of, ask).requirements]);
}

/** Where cases are played. */
export type Stand = "evaluator" | "mock";

interface Play {
  readonly stand: Stand;
  readonly dialect: string;
  readonly defect?: Defect;
  /** Whether a case still has something to show. */
  readonly wanted: (of: Case) => boolean;
  readonly take: (of: Case, result: GroupResult) => void;
}

/** Whether the evaluators can be asked the whole case: they have neither proxies nor a wire. */
function fitsEvaluator(of: Case): boolean {
  const known = of.asks.every(({ probe }) => probe.kind === "open" || probe.kind === "decide");
  return known && of.needs.every((need) => inProcessCapabilities.includes(need));
}

/** Plays cases of one dialect, one after the other, on a fresh target. */
async function playOn(cases: readonly Case[], { stand, dialect, defect, wanted, take }: Play): Promise<void> {
  const target = stand === "mock" ? await mockTarget(dialect, defect) : evaluatorTarget(dialect, defect);
  try {
    for (const of of cases.filter(wanted)) {
      if (!wanted(of)) continue;
      const group = { id: of.id, area: "rules", kind: "cases", title: of.title, cases: () => [of] } as const;
      const selection = { seed: 1, count: 0, dialect };
      take(of, await playGroup(group, target, { strict: false, requirement, selection }));
    }
  } finally {
    await target.close?.();
  }
}

function byDialect(cases: readonly Case[]): readonly (readonly [dialect: string, cases: readonly Case[]])[] {
  const names = [...new Set(cases.map(({ dialect }) => dialect))];
  return names.map((name) => [name, cases.filter(({ dialect }) => dialect === name)]);
}

export type Standings = ReadonlyMap<RequirementId, Standing>;

function standingsOf(results: readonly GroupResult[]): Standings {
  return new Map(standings(requirements, results, areas).map(({ id, standing }) => [id, standing]));
}

export interface Outcome {
  readonly stand: Stand;
  readonly standings: Standings;
  readonly cases: readonly Case[];
}

/** A case is played only while a requirement it names is not yet seen broken: nothing played later mends it. */
export async function playDefect(defect: Defect): Promise<Outcome> {
  const inProcess = await playDefectOn("evaluator", defect, casesNaming(defect.breaks).filter(fitsEvaluator));
  const seen = defect.breaks.every((id) => inProcess.standings.get(id) === "broken");
  return seen ? inProcess : playDefectOn("mock", defect, casesNaming(defect.breaks));
}

async function playDefectOn(stand: Stand, defect: Defect, given: readonly Case[]): Promise<Outcome> {
  const results: GroupResult[] = [];
  const played: Case[] = [];
  let known: Standings = new Map();
  const wanted = (of: Case): boolean =>
    namedIn(of).some((id) => defect.breaks.includes(id) && known.get(id) !== "broken");
  const take = (of: Case, result: GroupResult): void => {
    played.push(of);
    results.push(result);
    known = standingsOf(results);
  };
  for (const [dialect, cases] of byDialect(given)) {
    if (cases.some(wanted)) await playOn(cases, { stand, dialect, defect, wanted, take });
  }
  return { stand, standings: known, cases: played };
}

/** What a sound mock gives on the same cases. */
export async function playSound(stand: Stand, cases: readonly Case[]): Promise<readonly GroupResult[]> {
  const results: GroupResult[] = [];
  for (const [dialect, some] of byDialect([...new Set(cases)])) {
    await playOn(some, { stand, dialect, wanted: () => true, take: (_of, result) => results.push(result) });
  }
  return results;
}
