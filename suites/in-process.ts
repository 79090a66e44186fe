/** Plays a run in this process, without Playwright: the same groups, the same record. */
import type { GroupResult } from "../harness/groups.ts";
import { playGroup } from "../harness/play.ts";
import { openTarget } from "../targets/open.ts";
import { finishRun, type Finished } from "./finish.ts";
import { groupsOf } from "./groups.ts";
import { loadModule } from "./load-module.ts";
import { Progress } from "./progress.ts";
import { playOptions } from "./replayed.ts";
import type { Chosen } from "./selection.ts";

export interface Played {
  readonly results: readonly GroupResult[];
  readonly times: { readonly [group: string]: number };
  readonly declared: string | undefined;
}

/** Plays the groups in order; the target is closed whatever happens. */
export async function playAll(chosen: Chosen, progress?: Progress): Promise<Played> {
  const target = await openTarget(chosen, loadModule);
  try {
    const options = await playOptions(chosen, target);
    const results: GroupResult[] = [];
    const times: { [group: string]: number } = {};
    for (const group of groupsOf(chosen)) {
      const startedAt = performance.now();
      results.push(await playGroup(group, target, options));
      times[group.id] = Math.round(performance.now() - startedAt);
      progress?.step(group.title);
    }
    return { results, times, declared: target.dialect };
  } finally {
    await target.close?.();
  }
}

/** Plays and writes the reports. */
export async function runInProcess(chosen: Chosen): Promise<Finished> {
  const startedAt = new Date();
  const progress = new Progress(groupsOf(chosen).length);
  const played = await playAll(chosen, progress);
  progress.clear();
  return finishRun({ chosen, ...played, startedAt, notes: [] });
}
