/**
 * How small failures become: for each defect of section access that the campaign shows, its first failure is made small on
 * a target of which nothing is known but its answers. Printed as the table of bench/README.md.
 */
import type { Case, Target } from "../contract/types.ts";
import { defects } from "../mock/defects/index.ts";
import type { Defect } from "../mock/seams.ts";
import { siteLoader } from "../reload/site-apps.ts";
import { reload } from "../reload/index.ts";
import { accessCase, appId } from "../suites/campaigns.ts";
import { mostQuestions, shrunkFor } from "../suites/shrinking.ts";
import { evaluatorTarget } from "../targets/evaluator.ts";
import { base, counted, failingAsk, median } from "./shrunk.ts";

const seed = 1;
const worlds = 150;
const atOnce = 60;
const dialect = "documented";

export interface ShrunkFailure {
  readonly defect: string;
  /** Number of the first world that shows it. */
  readonly world: number;
  readonly questions: number;
  readonly before: Size;
  readonly after: Size;
}

interface Size {
  readonly rights: number;
  readonly records: number;
}

function rowsIn(tables: readonly { readonly rows: readonly unknown[] }[]): number {
  return tables.reduce((sum, { rows }) => sum + rows.length, 0);
}

function sizeOf(of: Case): Size {
  const { access = [], app } = siteLoader(of.sites.main, reload)(appId);
  return { rights: rowsIn(access), records: rowsIn(app) };
}

interface Failing {
  readonly world: number;
  readonly case: Case;
  readonly ask: string;
}

/** The first world of the campaign on which the target fails. */
export async function firstFailure(target: Target, cases: readonly (Case | undefined)[]): Promise<Failing | undefined> {
  for (let from = 0; from < cases.length; from += atOnce) {
    const some = cases.slice(from, from + atOnce);
    const asks = await Promise.all(some.map(async (of) => (of === undefined ? undefined : failingAsk(of, target))));
    const at = asks.findIndex((ask) => ask !== undefined);
    const [of, ask] = [some[at], asks[at]];
    if (of !== undefined && ask !== undefined) return { world: from + at, case: of, ask };
  }
  return undefined;
}

/** Makes the first failure of a defect small; undefined where no world shows it. */
export async function shrunkFailure(
  defect: Defect,
  cases: readonly (Case | undefined)[],
): Promise<ShrunkFailure | undefined> {
  const target = evaluatorTarget(dialect, defect);
  const found = await firstFailure(target, cases);
  if (found === undefined) return undefined;
  const watched = counted(target);
  const small = (await shrunkFor(found.case, { target: watched.target, base, ask: found.ask })) ?? found.case;
  return {
    defect: defect.name,
    world: found.world,
    questions: watched.asked(),
    before: sizeOf(found.case),
    after: sizeOf(small),
  };
}

export function campaignCases(count: number): readonly (Case | undefined)[] {
  return Array.from({ length: count }, (_, index) => accessCase(seed, index, dialect));
}

async function main(): Promise<void> {
  const cases = campaignCases(worlds);
  const all: ShrunkFailure[] = [];
  console.log("| defect | first world | questions to the target | rights before → after | records before → after |");
  console.log("| --- | --- | --- | --- | --- |");
  for (const defect of defects.filter(({ area }) => area === "section-access")) {
    const one = await shrunkFailure(defect, cases);
    if (one === undefined) continue;
    all.push(one);
    const [rights, records] = [
      `${one.before.rights} → ${one.after.rights}`,
      `${one.before.records} → ${one.after.records}`,
    ];
    console.log(`| ${one.defect} | ${one.world} | ${one.questions} | ${rights} | ${records} |`);
  }
  const of = (size: (one: ShrunkFailure) => number): number => median(all.map(size));
  const most = Math.max(...all.map(({ questions }) => questions));
  console.log(
    `| median of ${all.length} | | ${of((one) => one.questions)} | ${of((one) => one.before.rights)} → ${of((one) => one.after.rights)} | ${of((one) => one.before.records)} → ${of((one) => one.after.records)} |`,
  );
  if (most > mostQuestions) process.exitCode = 1;
}

if (process.argv[1]?.endsWith("shrinking.ts") === true) await main();
