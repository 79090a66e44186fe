/**
 * How small failures of rules become: for each defect of rules that the campaign shows, its first failure is made small on
 * a target of which nothing is known but its answers. Printed as the table of bench/README.md.
 */
import type { Case } from "../contract/types.ts";
import { atomsOf, conditionOf, rulesOf } from "../generators/rule-laws/rewriting.ts";
import { defects } from "../mock/defects/index.ts";
import type { Defect } from "../mock/seams.ts";
import { rulesCase } from "../suites/campaigns.ts";
import { mostDecisions, shrunkFor } from "../suites/shrinking.ts";
import { evaluatorTarget } from "../targets/evaluator.ts";
import { base, counted, failingAsk, median, spareParts, type PartKind } from "./shrunk.ts";

const seed = 1;
const worlds = 400;
const dialect = "documented";

export interface RuleSize {
  readonly rules: number;
  readonly atoms: number;
  /** Groups of who asks. */
  readonly groups: number;
  /** Entities beside the rules. */
  readonly entities: number;
}

export interface ShrunkRules {
  readonly defect: string;
  /** Number of the first world that shows it. */
  readonly world: number;
  readonly questions: number;
  readonly before: RuleSize;
  readonly after: RuleSize;
  /** Kinds of parts of which one more could go, asked of the target without a limit. */
  readonly spare: readonly PartKind[];
}

function sizeOf(of: Case, ask: string): RuleSize {
  const site = of.sites.main;
  const probe = of.asks.find(({ id }) => id === ask)?.probe;
  const trees = rulesOf(site).flatMap((rule) => conditionOf(rule) ?? []);
  const all = Object.values(site.entities).reduce((sum, entities) => sum + entities.length, 0);
  return {
    rules: rulesOf(site).length,
    atoms: trees.flatMap(atomsOf).length,
    groups: probe?.kind === "decide" ? probe.as.groups.length : 0,
    entities: all - rulesOf(site).length,
  };
}

/** Makes the first failure of a defect small; undefined where no world shows it. */
export async function shrunkRules(
  defect: Defect,
  cases: readonly (Case | undefined)[],
): Promise<ShrunkRules | undefined> {
  const target = evaluatorTarget(dialect, defect);
  for (const [world, of] of cases.entries()) {
    const ask = of === undefined ? undefined : await failingAsk(of, target);
    if (of === undefined || ask === undefined) continue;
    const watched = counted(target);
    const small = (await shrunkFor(of, { target: watched.target, base, ask })) ?? of;
    const [before, after] = [sizeOf(of, ask), sizeOf(small, ask)];
    const spare = await spareParts(small, target);
    return { defect: defect.name, world, questions: watched.asked(), before, after, spare };
  }
  return undefined;
}

export function ruleCases(count: number): readonly (Case | undefined)[] {
  return Array.from({ length: count }, (_, index) => rulesCase(seed, index, dialect));
}

const sizes = ["rules", "atoms", "groups", "entities"] as const;

/** `yes`, or of what one more could go. */
function minimality({ spare }: ShrunkRules): string {
  return spare.length === 0 ? "yes" : `not of ${spare.join(", ")}`;
}

async function main(): Promise<void> {
  const cases = ruleCases(worlds);
  const all: ShrunkRules[] = [];
  console.log(
    `| defect | first world | questions to the target | ${sizes.map((name) => `${name} before → after`).join(" | ")} | 1-minimal |`,
  );
  console.log("| --- | --- | --- | --- | --- | --- | --- | --- |");
  for (const defect of defects.filter(({ area }) => area === "rules")) {
    const one = await shrunkRules(defect, cases);
    if (one === undefined) continue;
    all.push(one);
    const cells = sizes.map((name) => `${one.before[name]} → ${one.after[name]}`);
    console.log(`| ${one.defect} | ${one.world} | ${one.questions} | ${cells.join(" | ")} | ${minimality(one)} |`);
  }
  const minimal = all.filter(({ spare }) => spare.length === 0).length;
  const of = (size: (one: ShrunkRules) => number): number => median(all.map(size));
  const cells = sizes.map((name) => `${of(({ before }) => before[name])} → ${of(({ after }) => after[name])}`);
  console.log(
    `| median of ${all.length} | | ${of(({ questions }) => questions)} | ${cells.join(" | ")} | ${minimal} of ${all.length} |`,
  );
  if (all.some(({ questions }) => questions > mostDecisions)) process.exitCode = 1;
}

if (process.argv[1]?.endsWith("shrinking-rules.ts") === true) await main();
