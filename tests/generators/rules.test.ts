import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { dialectNames, dialectOf } from "../../catalogue/dialects.ts";
import type { Entity } from "../../contract/types.ts";
import { randomRuleWorld, ruleWorld, type RuleWorld } from "../../generators/rules.ts";
import type { Condition } from "../../languages/rule-condition/ast.ts";
import { parseFilter } from "../../languages/resource-filter/parse.ts";
import { parseCondition } from "../../languages/rule-condition/parse.ts";
import { decide, policyOf } from "../../reference/rules/spec.ts";

const dialect = dialectOf("documented");
const count = 2000;
const started = process.cpuUsage();
const worlds: readonly RuleWorld[] = Array.from({ length: count }, (_, index) => randomRuleWorld(1, index));
const worldsPerSecond = count / (process.cpuUsage(started).user / 1_000_000);

function conditionsOf(world: RuleWorld): readonly string[] {
  return (world.site.entities["SystemRule"] ?? []).map((rule) => textIn(rule, "rule"));
}

function featuresIn(tree: Condition): readonly string[] {
  switch (tree.kind) {
    case "or":
    case "and":
      return [tree.kind, ...tree.terms.flatMap(featuresIn)];
    case "not":
    case "group":
      return [tree.kind, ...featuresIn(tree.term)];
    case "blank":
      return [tree.kind];
    case "comparison":
      return [tree.operator];
    case "call":
      return [tree.function];
  }
}

function features(text: string): readonly string[] {
  try {
    return featuresIn(parseCondition(text));
  } catch {
    return ["broken"];
  }
}

function textIn(rule: Entity, field: string): string {
  const value = rule[field];
  return typeof value === "object" ? "" : String(value);
}

function tally(names: Iterable<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function hash(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);
}

/** Every decision of every world, with what made it. */
const decisions = worlds.flatMap((world) => {
  const policy = policyOf(world.site, dialect);
  return world.questions.map((question) => ({ question, decision: decide(policy, question) }));
});

describe("random rule worlds", () => {
  it("are the same for the same seed and index, and stay as they are from release to release", () => {
    assert.deepEqual(randomRuleWorld(7, 11), randomRuleWorld(7, 11));
    assert.notDeepEqual(randomRuleWorld(7, 11), randomRuleWorld(7, 12));
    assert.notDeepEqual(randomRuleWorld(7, 11), randomRuleWorld(8, 11));
    assert.equal(hash(worlds.slice(0, 200)), "fcd01d384e306bff");
  });

  it("differ from each other", () => {
    assert.ok(new Set(worlds.map(hash)).size > count * 0.99);
  });

  it("hold every operator, function and form of condition", (test) => {
    const seen = tally(worlds.flatMap((world) => conditionsOf(world).flatMap(features)));
    test.diagnostic(JSON.stringify(Object.fromEntries(seen)));
    const forms = ["or", "and", "not", "group", "blank", "broken", "=", "==", "!=", "!==", "like", "matches"];
    for (const form of [...forms, "HasPrivilege", "IsAnonymous", "Empty", "IsOwned"]) {
      assert.ok((seen.get(form) ?? 0) >= 50, `${form}: ${seen.get(form) ?? 0}`);
    }
  });

  it("hold every form of filter, every context, disabled rules and rules of other categories", () => {
    const rules = worlds.flatMap((world) => world.site.entities["SystemRule"] ?? []);
    const items = rules.flatMap((rule) => parseFilter(textIn(rule, "resourceFilter")).items.map(({ kind }) => kind));
    const traits = rules.flatMap((rule) => [
      `context ${textIn(rule, "ruleContext")}`,
      `disabled ${textIn(rule, "disabled")}`,
      textIn(rule, "category"),
    ]);
    const seen = tally([...items, ...traits]);
    const wanted = ["everything", "typePrefix", "type", "resource", "section", "context 0", "context 1", "context 2"];
    for (const form of [...wanted, "disabled true", "disabled false", "Security", "License"]) {
      assert.ok((seen.get(form) ?? 0) >= 100, `${form}: ${seen.get(form) ?? 0}`);
    }
  });

  it("grant between 5 and 60 of a hundred decisions, overall and for each kind of question", (test) => {
    const kinds = new Map<string, { asked: number; granted: number }>();
    for (const { question, decision } of decisions) {
      const form = "wouldBe" in question.resource ? "would-be" : "existing";
      const who = question.as.directory === "NONE" ? "anonymous" : "signed in";
      const often = ["create", "read", "update", "delete", "publish", "exportdata", "changeowner"];
      const action = often.find((name) => name === question.action.toLowerCase()) ?? "a rarer action";
      const names = ["all", `${form} ${question.resource.type}`, action, question.context, who];
      for (const name of names) {
        const kind = kinds.get(name) ?? { asked: 0, granted: 0 };
        kinds.set(name, { asked: kind.asked + 1, granted: kind.granted + (decision.allowed ? 1 : 0) });
      }
    }
    for (const [name, { asked, granted }] of kinds) {
      test.diagnostic(`${name}: ${granted} of ${asked}`);
      assert.ok(asked >= 100 && granted / asked >= 0.05 && granted / asked <= 0.6, `${name}: ${granted} of ${asked}`);
    }
  });

  it("make decisions rest on every statement that has an operator, a function or a list", (test) => {
    const granted = decisions.filter(({ decision }) => decision.allowed);
    const seen = tally(granted.flatMap(({ decision }) => decision.because.map(({ requirement }) => requirement)));
    test.diagnostic(JSON.stringify(Object.fromEntries(seen)));
    const wanted = ["SR-109", "SR-304", "SR-321", "SR-322", "SR-325", "SR-328", "SR-331", "SR-333", "SR-341", "SR-342"];
    for (const id of [...wanted, "SR-404", "SR-408", "SR-421", "SR-471", "SR-477", "SR-478", "SR-479"]) {
      assert.ok((seen.get(id) ?? 0) >= 5, `${id}: ${seen.get(id) ?? 0}`);
    }
  });

  it("keep away from what the sources dispute, so that every dialect decides alike", () => {
    for (const switched of dialectNames) {
      // Other dialects read precedence and letter case of `matches` differently; the first is told apart by and beside or.
      const other = { ...dialectOf(switched), precedence: dialect.precedence };
      for (const world of worlds.slice(0, 300)) {
        const policy = policyOf(world.site, other);
        for (const question of world.questions) {
          assert.equal(decide(policy, question).allowed, decide(policyOf(world.site, dialect), question).allowed);
        }
      }
    }
  });

  it("keep away from disputed readings of != also one by one", () => {
    const readings = [
      { notEqualOnLists: "noneEqual" },
      { notEqualOnMissing: false },
      { matchesCase: "sensitive" },
    ] as const;
    for (const reading of readings) {
      for (const world of worlds.slice(0, 300)) {
        const [usual, other] = [policyOf(world.site, dialect), policyOf(world.site, { ...dialect, ...reading })];
        for (const question of world.questions) {
          assert.equal(decide(other, question).allowed, decide(usual, question).allowed, JSON.stringify(reading));
        }
      }
    }
  });

  it("seek the disputed readings when asked to", () => {
    let differing = 0;
    fc.assert(
      fc.property(ruleWorld({ disputed: true }), (world) => {
        const usual = policyOf(world.site, dialect);
        const other = policyOf(world.site, { ...dialect, notEqualOnLists: "noneEqual", notEqualOnMissing: false });
        differing += world.questions.filter(
          (question) => decide(usual, question).allowed !== decide(other, question).allowed,
        ).length;
      }),
      { numRuns: 500, seed: 1 },
    );
    assert.ok(differing > 5, `${differing}`);
  });

  it("leave out negation and HasPrivilege when asked to", () => {
    fc.assert(
      fc.property(ruleWorld({ negation: false, privileges: false }), (world) => {
        const seen = new Set(conditionsOf(world).flatMap(features));
        assert.ok(!["not", "!=", "!==", "Empty", "HasPrivilege"].some((form) => seen.has(form)));
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it("never ask, through HasPrivilege, for what depends on its own answer", () => {
    const circles = decisions.flatMap(({ decision }) =>
      decision.because.filter(({ requirement }) => requirement === "SR-473"),
    );
    assert.deepEqual(circles, []);
  });

  it("come at 500 a second of a processor or more", (test) => {
    test.diagnostic(`${Math.round(worldsPerSecond)} worlds a second of a processor`);
    assert.ok(worldsPerSecond > 500, `${worldsPerSecond}`);
  });
});
