/** Each wrong of the rules turns a golden case of every requirement it names. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { dialectOf } from "../../../catalogue/dialects.ts";
import type { Ask, Case, RequirementId } from "../../../contract/types.ts";
import { defects } from "../../../mock/defects/index.ts";
import { plainSeams } from "../../../mock/plain-seams.ts";
import { evaluateRules } from "../../../mock/rules/evaluate.ts";
import type { RuleSeams } from "../../../mock/rules/seams.ts";

const folder = new URL("../../../suites/rules/cases/", import.meta.url);
const cases = readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Case);

function differs(world: Case, ask: Ask, seams: RuleSeams): boolean {
  const site = world.sites[ask.at ?? "main"];
  if (ask.probe.kind !== "decide" || ask.expected.kind !== "known" || site === undefined) return false;
  const [found] = evaluateRules(site, [ask.probe], dialectOf(world.dialect), seams);
  const outcomes = [ask.expected.outcome, ...(ask.expected.alsoAcceptable ?? [])];
  return !outcomes.some((one) => one.kind === "decision" && one.allowed === found?.allowed);
}

/** Whether some ask that proves the requirement is answered otherwise than written. */
function turns(requirement: RequirementId, seams: RuleSeams): boolean {
  return cases.some((world) =>
    world.asks.some((ask) => ask.proves.includes(requirement) && differs(world, ask, seams)),
  );
}

/** Wrongs of the repository's answers are seen at the wire alone. */
const ours = defects.filter(
  (defect) => defect.area === "rules" && defect.replace(plainSeams).rules !== plainSeams.rules,
);

describe("a wrong of the rules", () => {
  it("is one of at least twelve", () => {
    assert.ok(ours.length >= 60);
  });

  for (const defect of ours) {
    it(`is seen: ${defect.name}`, () => {
      const { rules } = defect.replace(plainSeams);
      for (const requirement of defect.breaks) {
        assert.equal(turns(requirement, plainSeams.rules), false, `${requirement} holds without it`);
        assert.equal(turns(requirement, rules), true, `${requirement} is broken by it`);
      }
    });
  }
});
