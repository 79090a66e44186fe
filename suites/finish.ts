/** The end of a run, the same for Playwright and in-process runs: the record, the reports, the words. */
import { hostname } from "node:os";
import { join } from "node:path";
import { requirements } from "../catalogue/index.ts";
import type { RunMeta, RunRecord } from "../contract/run.ts";
import type { GroupResult } from "../harness/groups.ts";
import { assemble } from "../harness/record.ts";
import { renderReports } from "../reports/render.ts";
import { writeReports } from "../reports/write.ts";
import { product } from "./product.ts";
import type { Chosen } from "./selection.ts";

export interface Ending {
  readonly chosen: Chosen;
  readonly results: readonly GroupResult[];
  /** Dialect the target declared. */
  readonly declared: string | undefined;
  readonly startedAt: Date;
  /** Milliseconds by group. */
  readonly times: { readonly [group: string]: number };
  readonly notes: readonly string[];
}

export interface Finished {
  readonly record: RunRecord;
  readonly summary: string;
}

/** Name of a target as the record shows it: a module's path would differ between machines. */
function targetName(target: string): string {
  return /[/\\]/.test(target) ? (target.split(/[/\\]/).at(-1) ?? target) : target;
}

function recordOf({ chosen, results, declared, notes }: Ending): RunRecord {
  const record = assemble(
    results,
    {
      product: product(),
      target: targetName(chosen.target),
      dialect: chosen.dialect,
      dialectDeclared: declared !== undefined,
      ...(chosen.defect === undefined ? {} : { defect: chosen.defect }),
      suites: chosen.suites,
      seed: chosen.seed,
      casesPerCampaign: chosen.cases,
      strict: chosen.strict,
    },
    requirements,
  );
  if (notes.length === 0) return record;
  return { ...record, exitCode: 4, conclusion: `the tool met an error of its own: ${notes[0]}` };
}

function metaOf({ startedAt, times, notes }: Ending): RunMeta {
  return {
    format: 1,
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    host: hostname(),
    node: process.versions.node,
    groups: Object.fromEntries(Object.entries(times).sort(([left], [right]) => (left < right ? -1 : 1))),
    notes,
  };
}

const shown = ["proven", "unproven", "broken", "observed", "inconclusive", "inapplicable", "excluded"] as const;

function summaryOf(record: RunRecord, out: string): string {
  const areas = record.headline.map(({ area, standings, controls }) => {
    const counts = shown
      .filter((name) => name === "proven" || standings[name] > 0)
      .map((name) => `${standings[name]} ${name}`);
    return `  ${area.padEnd(15)}${counts.join(", ")} (controls ${controls})`;
  });
  const broken = record.requirements
    .filter(({ standing }) => standing === "broken")
    .map(({ id, title }) => `  broken: ${id} ${title}`);
  return [
    `${record.product} against ${record.target}, dialect ${record.dialect}, seed ${record.seed}`,
    ...areas,
    ...broken,
    record.conclusion,
    `Report: ${join(out, "report.html")}`,
    "",
  ].join("\n");
}

/** Writes `run.json`, `run.meta.json` and every report to the chosen folder. */
export async function finishRun(ending: Ending): Promise<Finished> {
  const record = recordOf(ending);
  await writeReports(ending.chosen.out, renderReports(record, metaOf(ending)));
  return { record, summary: summaryOf(record, ending.chosen.out) };
}
