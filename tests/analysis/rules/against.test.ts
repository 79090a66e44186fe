import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { against } from "../../../analysis/rules/against.ts";
import { dialectOf } from "../../../catalogue/dialects.ts";
import type { Entity, Principal, Site } from "../../../contract/types.ts";
import { randomRuleWorld } from "../../../generators/rules.ts";
import { actionBits } from "../../../reference/rules/actions.ts";
import { indexResources } from "../../../reference/rules/resources.ts";
import type { RuleQuestion } from "../../../reference/rules/types.ts";
import { decide, policyOf } from "../../../reference/rules/spec.ts";
import { site as customerCase, users } from "../../reference/rules/customer-case.ts";
import { entity, rule, siteOf, user } from "../../reference/rules/trading-company.ts";

const dialect = dialectOf("documented");

function rulesOf(site: Site): readonly Entity[] {
  return site.entities["SystemRule"] ?? [];
}

function withRules(site: Site, rules: readonly Entity[]): Site {
  return { ...site, entities: { ...site.entities, SystemRule: rules } };
}

/** Every question about the site's things. */
function questionsOn(site: Site, people: readonly Principal[]): readonly RuleQuestion[] {
  const things = Object.entries(site.entities)
    .filter(([type]) => type !== "SystemRule")
    .flatMap(([type, entities]) => entities.map(({ id }) => ({ type, id })));
  return people.flatMap((as) =>
    things.flatMap((resource) =>
      Object.keys(actionBits).flatMap((action) =>
        (["hub", "qmc"] as const).map((context) => ({ as, resource, action, context })),
      ),
    ),
  );
}

/** Who gains or loses what on the site, question by question. */
function bruteForce(site: Site, other: readonly Entity[], people: readonly Principal[]): readonly string[] {
  const [before, after] = [policyOf(site, dialect), policyOf(withRules(site, other), dialect)];
  return questionsOn(site, people)
    .flatMap((question) => {
      const [was, is] = [decide(before, question).allowed, decide(after, question).allowed];
      const { as, resource, action, context } = question;
      const thing = "id" in resource ? `${resource.type}_${resource.id}` : resource.type;
      return was === is ? [] : [`${as.directory}\\${as.id} ${is ? "gains" : "loses"} ${action} ${thing} ${context}`];
    })
    .sort();
}

function changesOf(site: Site, other: readonly Entity[], people: readonly Principal[]): readonly string[] {
  return against(site, other, people, dialect)
    .people.filter(({ resource }) => resource.type !== "TransientObject")
    .map(({ user: { directory, id }, change, action, resource, context }) => {
      const thing = "id" in resource ? `${resource.type}_${resource.id}` : resource.type;
      return `${directory}\\${id} ${change} ${action} ${thing} ${context}`;
    })
    .toSorted();
}

/** One edit of a rule set. */
function edited(rules: readonly Entity[], turn: number): readonly Entity[] {
  const at = turn % rules.length;
  return rules.flatMap((one, index) => {
    if (index !== at) return [one];
    if (turn % 4 === 0) return [];
    if (turn % 4 === 1) return [{ ...one, disabled: one["disabled"] !== true }];
    return turn % 4 === 2 ? [{ ...one, actions: 8191 }] : [{ ...one, rule: "" }];
  });
}

describe("two rule sets", () => {
  it("differ for the site's people exactly where asking every question says so", () => {
    let changes = 0;
    for (let index = 0; index < 40; index++) {
      const { site, questions } = randomRuleWorld(91, index);
      const people = [
        ...new Map(questions.map(({ as }) => [`${as.directory}\\${as.id}`.toLowerCase(), as])).values(),
      ].slice(0, 3);
      const other = edited(rulesOf(site), index);
      const expected = bruteForce(site, other, people);
      assert.deepEqual(changesOf(site, other, people), expected, `world ${index}`);
      changes += expected.length;
    }
    assert.ok(changes > 100, `${changes} changes`);
  });

  it("are wider where somebody nobody has yet would gain, with the least that shows it", () => {
    const before = rule("Sales read", "App_* | R", 'user.group = "sales" and resource.@Region = "NORTH"');
    const after = rule(
      "Sales read",
      "App_* | R",
      '(user.group = "sales" or user.roles = "Auditor") and resource.@Region = "NORTH"',
    );
    const site = siteOf([before], { App: [entity("Orders")], Stream: [] });
    const { differences, people } = against(site, [after], [user("ann", { groups: ["sales"] })], dialect);
    assert.deepEqual(people, []);
    const changed = differences.filter(({ relation }) => relation !== "equal");
    assert.deepEqual(
      changed.map(({ type, action, context, relation }) => [type, action, context, relation]),
      [
        ["App", "read", "hub", "wider"],
        ["App", "read", "qmc", "wider"],
      ],
    );
    for (const { gained } of changed) {
      assert.equal(gained?.existing, false);
      const row = gained?.site.entities["User"]?.find(({ userId }) => userId === gained.user.id);
      assert.deepEqual([row?.["roles"], row?.["attributes"]], [["Auditor"], []]);
    }
  });

  it("are narrower and incomparable as well", () => {
    const rules = [rule("A", "App_* | R", 'user.group = "a"'), rule("B", "Stream_* | R", 'user.group = "b"')];
    const other = [
      rule("A", "App_* | R", 'user.group = "c"'),
      rule("B", "Stream_* | R", 'user.group = "b" and user.userId = "ben"'),
    ];
    const site = siteOf(rules, { App: [entity("Orders")], Stream: [entity("Sales")] });
    const relations = new Map(
      against(site, other, [user("ann")], dialect).differences.map(({ type, action, relation }) => [
        `${type} ${action}`,
        relation,
      ]),
    );
    assert.equal(relations.get("App read"), "incomparable");
    assert.equal(relations.get("Stream read"), "narrower");
  });

  it("differ on the pages of the QMC too", () => {
    const other = rulesOf(customerCase).filter(({ name }) => name !== "TeamAdminSections");
    const { differences, people } = against(customerCase, other, [...users.values()], dialect);
    const pages = differences.filter(({ type, relation }) => type === "TransientObject" && relation !== "equal");
    assert.deepEqual(
      pages.map(({ action, context, relation }) => [action, context, relation]),
      [
        ["read", "hub", "narrower"],
        ["read", "qmc", "narrower"],
      ],
    );
    // Four people carry role_admin; the rule names nine pages; each is asked for in both contexts.
    assert.equal(people.length, 4 * 9 * 2);
  });

  it("are equal to themselves, proven by their text", () => {
    const { differences, people } = against(customerCase, rulesOf(customerCase), [...users.values()], dialect);
    assert.ok(differences.length > 20);
    assert.ok(differences.every(({ relation, sameRules }) => relation === "equal" && sameRules));
    assert.deepEqual(people, []);
  });

  it("shows only witnesses on which the two really differ", () => {
    const other = rulesOf(customerCase).filter(({ name }) => name !== "TeamAdminRead");
    const { differences } = against(customerCase, other, [user("stranger")], dialect);
    const lost = differences.flatMap(({ lost: witness }) => (witness === undefined ? [] : [witness]));
    assert.ok(lost.length > 8);
    const [before, after] = [policyOf(customerCase, dialect), policyOf(withRules(customerCase, other), dialect)];
    for (const { user: as, resource, action, context, site } of lost) {
      const index = indexResources(site);
      assert.equal(decide({ ...before, index }, { as, resource, action, context }).allowed, true);
      assert.equal(decide({ ...after, index }, { as, resource, action, context }).allowed, false);
    }
  });
});
