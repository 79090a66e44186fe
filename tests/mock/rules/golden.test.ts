/** The golden rule cases, decided by the mock's walk alone. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { dialectOf } from "../../../catalogue/dialects.ts";
import type { Ask, Case, Outcome } from "../../../contract/types.ts";
import { evaluateRules } from "../../../mock/rules/evaluate.ts";

const folder = new URL("../../../suites/rules/cases/", import.meta.url);
const cases = readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Case);

function decisionOf(world: Case, ask: Ask): Outcome | undefined {
  const site = world.sites[ask.at ?? "main"];
  if (ask.probe.kind !== "decide" || site === undefined) return undefined;
  const { allowed, broken } = evaluateRules(site, [ask.probe], dialectOf(world.dialect))[0] ?? {};
  return { kind: "decision", allowed: allowed === true, broken: broken ?? [] };
}

function acceptable(ask: Ask): readonly Outcome[] {
  return ask.expected.kind === "known" ? [ask.expected.outcome, ...(ask.expected.alsoAcceptable ?? [])] : [];
}

describe("the golden rule cases", () => {
  it("are there", () => {
    assert.ok(cases.length > 50, `${cases.length} cases`);
  });

  for (const world of cases) {
    it(`decides ${world.id} as it was written`, () => {
      const judged = world.asks.flatMap((ask) => {
        const [outcome, outcomes] = [decisionOf(world, ask), acceptable(ask)];
        return outcome === undefined || outcomes.length === 0 ? [] : [{ ask: ask.id, outcome, outcomes }];
      });
      for (const { ask, outcome, outcomes } of judged) {
        const fits = outcomes.some((one) => JSON.stringify(one) === JSON.stringify(outcome));
        assert.ok(fits, `${ask}: ${JSON.stringify(outcome)} is none of ${JSON.stringify(outcomes)}`);
      }
    });
  }
});
