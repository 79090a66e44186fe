/** What the generated worlds leave out: both evaluators on the edges of the rule language, and what each is to say. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { dialectOf } from "../../catalogue/dialects.ts";
import type { Entity, Principal, ResourceRef, Site } from "../../contract/types.ts";
import { diceOf, type Dice } from "../../generators/dice.ts";
import { evaluateRules } from "../../mock/rules/evaluate.ts";
import { decide, policyOf } from "../../reference/rules/spec.ts";
import type { Decision, RuleQuestion } from "../../reference/rules/types.ts";

const documented = dialectOf("documented");
const ann: Principal = { directory: "CORP", id: "ann", groups: ["Sales"], attributes: {}, session: {} };

interface RuleOf {
  readonly name: string;
  readonly filter: string;
  readonly actions: number;
  readonly condition: string;
}

const sales: Entity = { id: "stream-sales", name: "Sales" };
const orders: Entity = { id: "app-orders", name: "Orders", stream: { id: sales.id } };
/** A name that a backtracking pattern would never be done with. */
const stock: Entity = { id: "app-stock", name: `${"a".repeat(5_000)}!`, stream: null };

function siteOf(rules: readonly RuleOf[]): Site {
  const stored = rules.map(({ name, filter, actions, condition }) => ({
    id: `rule-${name}`,
    name,
    category: "Security",
    resourceFilter: filter,
    actions,
    rule: condition,
    ruleContext: 0,
    disabled: false,
  }));
  return { entities: { Stream: [sales], App: [orders, stock], SystemRule: stored }, apps: {} };
}

function ask(resource: ResourceRef, action: string): RuleQuestion {
  return { as: ann, resource, action, context: "qmc" };
}

function words({ allowed, broken }: Pick<Decision, "allowed" | "broken">): string {
  return [allowed ? "granted" : "refused", ...broken.toSorted()].join(", ");
}

/** `granted` or `refused`, then the broken rules; both evaluators must say it. */
function both(rules: readonly RuleOf[], question: RuleQuestion): string {
  const site = siteOf(rules);
  const specified = decide(policyOf(site, documented), question);
  const [evaluated] = evaluateRules(site, [question], documented);
  assert.ok(evaluated !== undefined);
  assert.equal(words(evaluated), words(specified), JSON.stringify({ rules, question }));
  return words(specified);
}

/** What one rule over everything says. */
function alone(condition: string, question: RuleQuestion = ask({ type: "Stream", id: sales.id }, "read")): string {
  return both([{ name: "R", filter: "*", actions: 2, condition }], question);
}

test("a rule that asks a function of what it is not for is broken, under ! as well (SR-110)", () => {
  const sound = ["user.IsAnonymous()", "resource.stream.IsOwned()", 'resource.HasPrivilege("Update")'];
  const misused = [
    'user.HasPrivilege("read")',
    'resource.HasPrivilege("reed")',
    'resource.HasPrivilege("")',
    "resource.IsAnonymous()",
    "user.name.IsAnonymous()",
    "user.IsOwned()",
  ];
  for (const condition of misused) {
    assert.equal(alone(condition), "refused, R", condition);
    assert.equal(alone(`!${condition}`), "refused, R", condition);
    assert.equal(alone(`user.group="Sales" or ${condition}`), "refused, R", condition);
  }
  for (const condition of sound) assert.equal(alone(`!${condition}`), "granted", condition);
});

test("a rule that cannot be evaluated leaves those alone that would otherwise ask it (SR-110)", () => {
  const denies: RuleOf = {
    name: "Denies",
    filter: "App_*",
    actions: 2,
    condition: '!resource.HasPrivilege("update")',
  };
  const readOrders = ask({ type: "App", id: orders.id }, "read");
  const back = 'resource.HasPrivilege("read")';
  const misused = { name: "Misused", filter: "App_*", actions: 4, condition: `${back} or user.IsOwned()` };
  const misfiled = { name: "Misfiled", filter: "App", actions: 4, condition: back };
  assert.equal(both([denies, misused, misfiled], readOrders), "granted");
  assert.equal(both([denies, { ...misfiled, filter: "App_*" }], readOrders), "refused, Denies");
});

test("a pattern that is not regular, or none at all, breaks its rule (SR-110, SR-328)", () => {
  for (const pattern of ["(?=Sa).*", "(?!x).*", "(?<=S)ales", "(S)ales\\1", "(Sales", "[", "*"]) {
    for (const not of ["", "!"]) {
      const condition = `${not}(resource.name matches "${pattern}")`;
      assert.equal(alone(condition), "refused, R", condition);
    }
  }
});

test("a pattern takes linear time on both sides (SR-328)", () => {
  const question = ask({ type: "App", id: stock.id }, "read");
  const patterns = ["(a+)+b", "(a|a)*!", "(a*)*c?!"];
  assert.deepEqual(
    patterns.map((pattern) => alone(`resource.name matches "${pattern}"`, question)),
    ["refused", "granted", "granted"],
  );
});

test("a filter item is a pattern over the name of a section (SR-207, SR-210)", () => {
  const covered: readonly (readonly [filter: string, section: string, covers: boolean])[] = [
    ["QmcSection_App", "QmcSection_App", true],
    ["QmcSection_App", "QmcSection_App.Object", false],
    ["QmcSection_App*", "QmcSection_App", true],
    ["QmcSection_App*", "QmcSection_App.Object", true],
    ["QmcSection_App*", "QmcSection_Stream", false],
    ["qmcsection_app*", "QmcSection_App.Object", true],
    ["QmcSection_*", "QmcSection_Stream", true],
    ["QmcSection*", "QmcSection_Stream", true],
    ["*", "QmcSection_Stream", true],
    ["TransientObject_*", "QmcSection_Stream", false],
    ["App_*", "QmcSection_App", false],
  ];
  for (const [filter, id, covers] of covered) {
    const told = both([{ name: "R", filter, actions: 2, condition: "" }], ask({ type: "TransientObject", id }, "read"));
    assert.equal(told, covers ? "granted" : "refused", `${filter} ${id}`);
  }
});

test("a negated privilege that comes back to its own question breaks its rule there and nowhere else (SR-473, SR-903)", () => {
  const circle: RuleOf = { name: "C", filter: "App_*", actions: 10, condition: '!resource.HasPrivilege("delete")' };
  const app: ResourceRef = { type: "App", id: orders.id };
  assert.equal(both([circle], ask(app, "delete")), "refused, C");
  assert.equal(both([circle], ask(app, "read")), "granted");
  const twice: RuleOf = { ...circle, condition: '!(!resource.HasPrivilege("delete"))' };
  assert.equal(both([twice], ask(app, "delete")), "refused");
});

const targets: readonly [string, ...string[]] = ["resource", "resource.stream"];
const filters: readonly [string, ...string[]] = ["App_*", `App_${orders.id}`, "Stream_*", "App_*, Stream_*"];
const asked: readonly [string, ...string[]] = ["read", "update", "delete"];

function randomPrivilege(dice: Dice): string {
  const atom = `${dice.pick(targets)}.HasPrivilege("${dice.pick(asked)}")`;
  return `${dice.pick(["", "", "!", "!!"])}${atom}`;
}

function randomRule(dice: Dice, index: number): RuleOf {
  const terms = Array.from({ length: 1 + dice.below(2) }, () =>
    dice.chance(0.75) ? randomPrivilege(dice) : dice.pick(['user.name="ann"', 'user.name="ben"']),
  );
  const condition = terms.join(dice.pick([" and ", " or "]));
  return {
    name: `R${index}`,
    filter: dice.pick(filters),
    actions: dice.pick([2, 4, 8, 6, 14]),
    condition: dice.chance(0.3) ? `!(${condition})` : condition,
  };
}

test("they agree on rules that ask one another in circles, negated or not (SR-473)", () => {
  const counts = new Map<string, number>();
  for (let index = 0; index < 1_500; index++) {
    const dice = diceOf(20_261_122, index);
    const rules = Array.from({ length: 1 + dice.below(4) }, (_, at) => randomRule(dice, at));
    for (const resource of [orders, stock]) {
      for (const action of asked) {
        const told = both(rules, ask({ type: "App", id: resource.id }, action));
        const kind = `${told.split(",")[0] ?? ""}${told.includes(",") ? " with broken rules" : ""}`;
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
      }
    }
  }
  for (const kind of ["granted", "refused", "granted with broken rules", "refused with broken rules"]) {
    assert.ok((counts.get(kind) ?? 0) >= 100, JSON.stringify([...counts]));
  }
});

test("types and properties of inherited names are not there, in both evaluators", () => {
  const everything = { name: "All", filter: "*, constructor_*", actions: 8191, condition: "" };
  for (const type of ["constructor", "toString", "hasOwnProperty"]) {
    assert.equal(both([everything], ask({ type, id: "1" }, "read")), "refused");
  }
  const named = { name: "Named", filter: "App_*", actions: 2, condition: "user.constructor = resource.constructor" };
  assert.equal(both([named], ask({ type: "App", id: orders.id }, "read")), "refused");
});
