/** Every reading of every switch about rules: specification, matrix, single decisions and naive walk give one answer. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Dialect, DialectSwitch } from "../../catalogue/dialects.ts";
import { dialectWith, readings, type Reading } from "../../catalogue/readings.ts";
import type { Principal, ResourceRef, Site } from "../../contract/types.ts";
import { evaluateRules } from "../../mock/rules/evaluate.ts";
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

function worldOf(condition: string): { readonly site: Site; readonly resources: readonly ResourceRef[] } {
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
  const resources = (["App", "Stream"] as const).flatMap((type) => entities[type].map(({ id }) => ({ type, id })));
  return {
    site: siteOf([rule("The rule", `${condition === "" ? "app" : "App"}* | R`, condition)], entities),
    resources,
  };
}

/** What each evaluator says of every user and resource, as one text each. */
function answers(condition: string, dialect: Dialect): { readonly [evaluator: string]: string } {
  const { site, resources } = worldOf(condition);
  const policy = policyOf(site, dialect);
  const axes = { resources, actions: ["read"], context: "hub" } as const;
  const [matrix, decider] = [matrixOf(policy, axes), deciderOf(policy, axes, people)];
  const cells = people.flatMap((as, who) => {
    const row = matrix.rowOf(as);
    return resources.map((resource, what) => ({
      spec: decide(policy, { as, resource, action: "read", context: "hub" }).allowed,
      matrix: row.allows(what, "read"),
      decider: decider.granting(who, what, "read").length > 0,
      walk: evaluateRules(site, [{ as, resource, action: "read", context: "hub" }], dialect)[0]?.allowed === true,
    }));
  });
  const text = (name: "spec" | "matrix" | "decider" | "walk"): string => cells.map((cell) => +cell[name]).join("");
  return { spec: text("spec"), matrix: text("matrix"), decider: text("decider"), walk: text("walk") };
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

function assertOneAnswer(dialect: Dialect, name: string): void {
  for (const condition of conditions) {
    const { spec, ...others } = answers(condition, dialect);
    for (const [evaluator, said] of Object.entries(others))
      assert.equal(said, spec, `${evaluator}: ${condition}, ${name}`);
  }
}

describe("the evaluators of rules", () => {
  it("give one answer under the documented readings", () => {
    assertOneAnswer(dialectWith({}), "documented");
  });

  for (const [at, name] of ruleSwitches.entries()) {
    it(`give one answer where ${name} is ${String(other(name))}, and another than the documented one`, () => {
      const dialect = recordOf(1 << at);
      assertOneAnswer(dialect, name);
      const turned = conditions.filter(
        (one) => answers(one, dialect)["spec"] !== answers(one, dialectWith({}))["spec"],
      );
      assert.ok(turned.length > 0, "no condition tells its readings apart");
    });
  }

  it("give one answer where several switches take their other reading at once", () => {
    const full = (1 << ruleSwitches.length) - 1;
    for (let mask = full; mask > 0; mask -= 97) assertOneAnswer(recordOf(mask), `switches ${mask.toString(2)}`);
  });
});
