/** Every reading of every switch about rules: specification, matrix, single decisions and naive walk give one answer. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Dialect, DialectSwitch } from "../../catalogue/dialects.ts";
import { dialectWith, readings, type Reading } from "../../catalogue/readings.ts";
import type { Principal, ResourceRef, Site } from "../../contract/types.ts";
import { evaluateRules } from "../../mock/rules/evaluate.ts";
import { actionBits, actionNamed, type ActionName } from "../../reference/rules/actions.ts";
import { deciderOf } from "../../reference/rules/matrix-decide.ts";
import { matrixOf } from "../../reference/rules/matrix.ts";
import { decide, policyOf } from "../../reference/rules/spec.ts";
import {
  anonymous,
  custom,
  entity,
  ownedBy,
  reference,
  rule,
  siteOf,
  user,
  userRow,
} from "../reference/rules/trading-company.ts";

const ann = user("ann", { groups: ["Sales", "Night"], session: { group: ["Day"] } });
const ben = user("ben", { attributes: { office: ["Rome", "Oslo"] } });
const people: readonly Principal[] = [ann, ben, user("ann", { directory: "LAB" }), anonymous];

/** Each is the condition of a rule of its own, so that no answer hides another; the blank one has a filter in small letters. */
const conditions: readonly string[] = [
  "",
  'resource.name == "ORDERS"',
  'resource.name !== "ORDERS"',
  '"orders" == resource.name and user.userId == "ANN"',
  "resource.name == user.@Desk",
  'resource.name matches "ord.*"',
  'resource.name like "?rders"',
  'resource.name like "O*d?rs" or user.name like "b?n"',
  'resource.owner like "a?n"',
  String.raw`resource.name = "North\\South"`,
  String.raw`resource.name like "North\\*"`,
  String.raw`resource.name matches "North\\\\South"`,
  String.raw`resource.@Region = "quo\"te" or resource.@Region = "\"quote\""`,
  'resource.owner = "ann"',
  'resource.owner != "ann"',
  "resource.owner = user.userId",
  "user.userId = resource.owner",
  "resource.owner = user",
  "resource.name = user",
  'user = "ann"',
  'user != "ann"',
  'user like "a*"',
  'user.environment = "Day" or user.environment != "Day"',
  "user.environment.Empty()",
  "user.environment = user.environment",
  'resource.stream = "finance"',
  'resource.stream == "finance"',
  "resource.stream = resource.@Region",
  "resource.stream != resource.@Region",
  'user.group != "Sales"',
  'user.office != "Rome"',
  'user.group = "Day"',
  "resource.@Region != user.group",
  'user.name = "ben" or user.name = "ann" and resource.name = "Ledger"',
];

const actions: readonly ActionName[] = Object.keys(actionBits).flatMap((name) => actionNamed(name) ?? []);

interface World {
  readonly site: Site;
  readonly resources: readonly ResourceRef[];
}

/** As many conditions as there are actions, each in a rule of its own action. */
function worldOf(some: readonly string[]): World {
  const finance = reference("Finance");
  const entities = {
    User: [
      userRow(ann, { customProperties: custom({ Desk: ["orders"] }) }),
      userRow(ben),
      userRow(user("ann", { directory: "LAB" })),
    ],
    Stream: [entity("Finance", { owner: ownedBy(ben) })],
    App: [
      entity("Orders", { owner: ownedBy(ann), stream: finance, customProperties: custom({ Region: ["Finance"] }) }),
      entity("Ledger", { owner: ownedBy(ben), customProperties: custom({ Region: ['quo"te', "Sales"] }) }),
      entity(String.raw`North\South`, { customProperties: custom({ Region: ['quo\\"te'] }) }),
      entity(String.raw`North\\South`, { owner: ownedBy(ann), customProperties: custom({ Region: ["night"] }) }),
    ],
  };
  const rules = some.map((condition, at) =>
    rule(condition, `${condition === "" ? "app" : "App"}* | R`, condition, { actions: 1 << at }),
  );
  return { site: siteOf(rules, entities), resources: entities.App.map(({ id }) => ({ type: "App", id })) };
}

const worlds: readonly (readonly [conditions: readonly string[], world: World])[] = Array.from(
  { length: Math.ceil(conditions.length / actions.length) },
  (_, at) => {
    const some = conditions.slice(at * actions.length, (at + 1) * actions.length);
    return [some, worldOf(some)];
  },
);

interface Answers {
  readonly spec: string;
  readonly matrix: string;
  readonly decider: string;
  readonly walk: string;
}

function text(says: readonly boolean[]): string {
  return says.map(Number).join("");
}

/** What each evaluator says of every user and resource under one action, as one text each. */
function answersIn({ site, resources }: World, dialect: Dialect): (action: ActionName) => Answers {
  const policy = policyOf(site, dialect);
  const axes = { resources, actions, context: "hub" } as const;
  const [matrix, decider] = [matrixOf(policy, axes), deciderOf(policy, axes, people)];
  const bits = people.map((as) => {
    const row = matrix.rowOf(as);
    return new Map(actions.map((action) => [action, resources.map((_, what) => row.allows(what, action))]));
  });
  return (action) => {
    const questions = people.flatMap((as) =>
      resources.map((resource) => ({ as, resource, action, context: "hub" }) as const),
    );
    return {
      spec: text(questions.map((question) => decide(policy, question).allowed)),
      matrix: text(bits.flatMap((row) => row.get(action) ?? [])),
      decider: text(
        people.flatMap((_, who) => resources.map((__, what) => decider.granting(who, what, action).length > 0)),
      ),
      walk: text(evaluateRules(site, questions, dialect).map(({ allowed }) => allowed)),
    };
  };
}

/** By condition, what each evaluator says. */
function answers(dialect: Dialect): ReadonlyMap<string, Answers> {
  return new Map(
    worlds.flatMap(([some, world]) => {
      const of = answersIn(world, dialect);
      return some.map((condition, at) => [condition, of(actions[at] ?? "read")] as const);
    }),
  );
}

const ruleSwitches: readonly DialectSwitch[] = [
  "matchesCase",
  "notEqualOnLists",
  "notEqualOnMissing",
  "filterCase",
  "literalEscapes",
  "strictCase",
  "objectAsText",
  "likeQuestionMark",
  "precedence",
  "sessionAttributesPersist",
];

function other(name: DialectSwitch): Reading {
  const [, second] = readings[name];
  assert.ok(second !== undefined);
  return second;
}

/** The switches whose bits are set in a number take their other reading. */
function recordOf(mask: number): Dialect {
  const chosen = ruleSwitches.filter((_, at) => ((mask >> at) & 1) === 1);
  return dialectWith(Object.fromEntries(chosen.map((name) => [name, other(name)])));
}

function assertOneAnswer(found: ReadonlyMap<string, Answers>, name: string): void {
  assert.equal(found.size, conditions.length);
  for (const [condition, { spec, ...others }] of found) {
    for (const [evaluator, said] of Object.entries(others))
      assert.equal(said, spec, `${evaluator}: ${condition}, ${name}`);
  }
}

const documented = answers(dialectWith({}));

describe("the evaluators of rules", () => {
  it("give one answer under the documented readings", () => {
    assertOneAnswer(documented, "documented");
  });

  for (const [at, name] of ruleSwitches.entries()) {
    it(`give one answer where ${name} is ${String(other(name))}, and another than the documented one`, () => {
      const found = answers(recordOf(1 << at));
      assertOneAnswer(found, name);
      const turned = conditions.filter((one) => found.get(one)?.spec !== documented.get(one)?.spec);
      assert.ok(turned.length > 0, "no condition tells its readings apart");
    });
  }

  it("give one answer where several switches take their other reading at once", () => {
    const full = (1 << ruleSwitches.length) - 1;
    for (let mask = full; mask > 0; mask -= 97) {
      assertOneAnswer(answers(recordOf(mask)), `switches ${mask.toString(2)}`);
    }
  });
});
