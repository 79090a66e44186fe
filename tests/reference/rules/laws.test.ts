/** Laws that need no answer (SR-901 to SR-907, R1 to R21), each with its guard, over generated worlds. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { dialectOf } from "../../../catalogue/dialects.ts";
import type { Site } from "../../../contract/types.ts";
import { ruleWorld, type RuleWorld, type RuleWorldOptions } from "../../../generators/rules.ts";
import { decide, policyOf } from "../../../reference/rules/spec.ts";
import {
  forEverything,
  mapRules,
  narrow,
  renamed,
  rewritings,
  rulesOf,
  splitActions,
  splitContext,
  splitFilter,
  splitOr,
  twice,
  widen,
  withFewerValues,
  without,
  withOthers,
  withRules,
  withStrangers,
  withUnusedAttributes,
} from "./rewriting.ts";
import { at, decision, entity, reference, rule, siteOf, user } from "./trading-company.ts";

const dialect = dialectOf("documented");

function answers(world: RuleWorld): readonly boolean[] {
  const policy = policyOf(world.site, dialect);
  return world.questions.map((question) => decide(policy, question).allowed);
}

type Relation = (before: boolean, after: boolean) => boolean;
const same: Relation = (before, after) => before === after;
const neverLess: Relation = (before, after) => !before || after;
const neverMore: Relation = (before, after) => !after || before;

interface Law {
  readonly options?: RuleWorldOptions;
  /** Takes out of a world what the law does not speak of. */
  readonly guard?: (world: RuleWorld) => RuleWorld;
  readonly change: (world: RuleWorld, other: RuleWorld) => RuleWorld;
  readonly relation: Relation;
  readonly runs?: number;
}

/** Checks the law on many worlds, and that it was not idle: worlds really changed, decisions were granted. */
function assertLaw({ options = {}, guard = (world) => world, change, relation, runs = 200 }: Law): void {
  let [changed, granted] = [0, 0];
  fc.assert(
    fc.property(ruleWorld(options), ruleWorld({ ...options, rules: 2 }), (made, other) => {
      const world = guard(made);
      const rewritten = change(world, other);
      const [before, after] = [answers(world), answers(rewritten)];
      if (JSON.stringify(rewritten) !== JSON.stringify(world)) changed += 1;
      granted += before.filter((allowed) => allowed).length;
      before.forEach((allowed, index) => {
        assert.ok(relation(allowed, after[index] === true), `question ${index}: ${allowed} became ${after[index]}`);
      });
    }),
    { numRuns: runs, seed: 20_260_101 },
  );
  assert.ok(changed > runs / 10 && granted > runs / 4, `${changed} worlds changed, ${granted} decisions granted`);
}

const positive: RuleWorldOptions = { negatedPrivileges: false };

function salesNamed(text: string): Site {
  return siteOf([rule("r", "Stream_* | R | B", `resource.name=="${text}"`)], { Stream: [entity("Sales")] });
}

describe("laws of rule sets", () => {
  it("SR-901, R1: another rule never takes a right away, unless one denies by HasPrivilege", () => {
    assertLaw({
      options: positive,
      change: (world, other) => withRules(world, withOthers(world, other)),
      relation: neverLess,
    });
  });

  it("R1: another rule does take a right away where one denies by HasPrivilege", () => {
    const denying = rule("denying", "App_* | R | B", '!resource.stream.HasPrivilege("read")');
    const opening = rule("opening", "Stream_* | R | B", "");
    const things = { Stream: [entity("Sales")], App: [entity("Margin", { stream: reference("Sales") })] };
    const read = ["read", at("App", "Margin")] as const;
    assert.equal(decision(siteOf([denying], things), user("ann"), read).allowed, true);
    assert.equal(decision(siteOf([denying, opening], things), user("ann"), read).allowed, false);
  });

  it("SR-902, R2: the order of the rules does not matter", () => {
    assertLaw({ change: (world) => withRules(world, rulesOf(world).toReversed()), relation: same });
  });

  it("SR-902, R2: a duplicate does not matter", () => {
    assertLaw({ change: (world) => mapRules(world, twice), relation: same });
  });

  it("SR-902, R3: a disabled rule is as good as deleted", () => {
    assertLaw({
      change: (world) =>
        withRules(
          world,
          rulesOf(world).filter((one) => one["disabled"] !== true),
        ),
      relation: same,
    });
    assertLaw({
      change: (world, other) => withRules(world, withOthers(world, other, { disabled: true })),
      relation: same,
    });
  });

  it("SR-903, R5: a rule for two actions is two rules", () => {
    assertLaw({ change: (world) => mapRules(world, splitActions), relation: same });
  });

  it("SR-903, R6: a filter of two items is two rules, and so is a condition with or", () => {
    assertLaw({ change: (world) => mapRules(world, splitFilter), relation: same });
    assertLaw({ change: (world) => mapRules(world, splitOr), relation: same });
  });

  it("SR-903, R14: a rule for both contexts is a hub rule and a QMC rule", () => {
    assertLaw({ change: (world) => mapRules(world, splitContext), relation: same });
  });

  it("SR-905, R8: a narrower filter never adds, and a wider one never takes away", () => {
    assertLaw({ options: positive, change: (world) => mapRules(world, narrow), relation: neverMore });
    assertLaw({ options: positive, change: (world) => mapRules(world, widen), relation: neverLess });
    assertLaw({ options: positive, change: (world) => mapRules(world, forEverything), relation: neverLess });
  });

  it("R4: a rule set grants what one of its rules grants alone, where none asks HasPrivilege", () => {
    let granted = 0;
    fc.assert(
      fc.property(ruleWorld({ privileges: false }), (world) => {
        const alone = rulesOf(world).map((one) => answers(withRules(world, [one])));
        answers(world).forEach((allowed, index) => {
          assert.equal(
            allowed,
            alone.some((single) => single[index] === true),
          );
          if (allowed) granted += 1;
        });
      }),
      { numRuns: 200, seed: 1 },
    );
    assert.ok(granted > 50);
  });

  it("R13: a rule without a condition is for everybody and everything in its filter", () => {
    const open = rule("open", "Stream_*, App* | R | B", "");
    let asked = 0;
    fc.assert(
      fc.property(ruleWorld(), (world) => {
        const policy = policyOf(withRules(world, [...rulesOf(world), open]).site, dialect);
        for (const question of world.questions) {
          if (!/^(?:Stream|App)/.test(question.resource.type)) continue;
          asked += 1;
          assert.equal(decide(policy, { ...question, action: "read" }).allowed, true);
        }
      }),
      { numRuns: 100, seed: 1 },
    );
    assert.ok(asked > 100);
  });

  it("R17: without rules there is no access", () => {
    assertLaw({ change: (world) => withRules(world, []), relation: (_before, after) => !after });
  });
});

describe("laws of conditions", () => {
  for (const [title, change] of Object.entries(rewritings)) {
    it(`SR-904, R9, R12: ${title} changes nothing`, () => {
      assertLaw({ change: (world) => mapRules(world, change), relation: same });
    });
  }

  it("R12: changing the letter case of a text under == does change something", () => {
    const read = ["read", at("Stream", "Sales")] as const;
    assert.notEqual(
      decision(salesNamed("Sales"), user("ann"), read).allowed,
      decision(salesNamed("SALES"), user("ann"), read).allowed,
    );
  });
});

describe("laws of sites", () => {
  it("SR-906, R7: a value taken from users and things never adds a right, where nothing is negated", () => {
    assertLaw({ options: { negation: false }, change: withFewerValues, relation: neverMore });
  });

  it("SR-907, R19: other users and resources do not matter", () => {
    assertLaw({ change: withStrangers, relation: same });
  });

  it("R10: attributes that no rule mentions do not matter", () => {
    assertLaw({ change: withUnusedAttributes, relation: same });
  });

  it("R11: another name for a custom property or a group, used everywhere, changes nothing", () => {
    assertLaw({ change: (world) => renamed(world, /\bRegion\b/g, "Territory"), relation: same });
    assertLaw({
      guard: (world) => without(world, /like|matches/),
      change: (world) => renamed(world, /\bFinance\b/g, "Treasury"),
      relation: same,
    });
  });

  it("R21: a user moved to another directory keeps his rights, where no rule names the directory", () => {
    assertLaw({
      guard: (world) => without(world, /userDirectory/i),
      change: (world) => renamed(world, /\bLAB\b/g, "ANNEX"),
      relation: same,
    });
  });
});
