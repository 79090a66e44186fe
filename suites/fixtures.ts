/** One target a worker, and one test a group. */
import { expect, test as base } from "@playwright/test";
import type { Area, Target } from "../contract/types.ts";
import type { GroupResult, SuiteGroup } from "../harness/groups.ts";
import { playGroup, type PlayOptions } from "../harness/play.ts";
import { openTarget } from "../targets/open.ts";
import { groupsOf } from "./groups.ts";
import { loadModule } from "./load-module.ts";
import { playOptions } from "./replayed.ts";
import { attachmentName, targetAttachment } from "./attachments.ts";
import { chosenFrom } from "./selection.ts";

interface Stage {
  readonly target: Target;
  readonly options: PlayOptions;
}

const chosen = chosenFrom(process.env);

const test = base.extend<object, { stage: Stage }>({
  stage: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameter's shape
    async ({}, use) => {
      const target = await openTarget(chosen, loadModule);
      try {
        await use({ target, options: await playOptions(chosen, target) });
      } finally {
        await target.close?.();
      }
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

function troubles(result: GroupResult): readonly string[] {
  const open = (["inconclusive", "harness-error"] as const).filter((name) => (result.counts[name] ?? 0) > 0);
  return [
    ...result.failures
      .filter((failure) => failure.result === "fail")
      .map((failure) => `${failure.case.id} ${failure.ask}: ${failure.difference}`),
    ...open.map((name) => `${result.counts[name]} ${name}: ${Object.values(result.doubts)[0] ?? ""}`),
  ];
}

function define(group: SuiteGroup): void {
  test(group.title, async ({ stage }, info) => {
    const result = await playGroup(group, stage.target, stage.options);
    await info.attach(attachmentName, { body: JSON.stringify(result), contentType: "application/json" });
    await info.attach(targetAttachment, {
      body: JSON.stringify({ dialect: stage.target.dialect }),
      contentType: "application/json",
    });
    if (chosen.toldBy !== "record") expect(troubles(result)).toEqual([]);
  });
}

/** Declares the tests of one area, in the order the area is played. */
export function defineArea(area: Area): void {
  if (!chosen.suites.includes(area)) return;
  test.describe.configure({ mode: "default" });
  for (const group of groupsOf({ ...chosen, suites: [area] })) define(group);
}
