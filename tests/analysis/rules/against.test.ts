import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { against } from "../../../analysis/rules/against.ts";
import { partlyCreated } from "../../../analysis/rules/creations.ts";
import { dialectOf } from "../../../catalogue/dialects.ts";
import type { Entity } from "../../../contract/types.ts";
import { randomRuleWorld } from "../../../generators/rules.ts";
import { indexResources } from "../../../reference/rules/resources.ts";
import { decide, policyOf } from "../../../reference/rules/spec.ts";
import { site as customerCase, users } from "../../reference/rules/customer-case.ts";
import { entity, ownedBy, rule, siteOf, user, userRow } from "../../reference/rules/trading-company.ts";
import { assertExact, bruteForce, changesOf, toldOf } from "./against-brute.ts";
import { rulesOf, withRules } from "./customer-lessons.ts";

const dialect = dialectOf("documented");

function licence(condition: string): Entity {
  return { ...rule("Analyzers", "License.AnalyzerAccessGroup_* | C", condition), category: "License" };
}

const pages = rule("Pages", "QmcSection_App, QmcSection_Stream | R", "!user.IsAnonymous()");

/** Edits of a rule set, one a turn: rules gone, off, for all actions, for everybody, for one context, torn, pages, a property. */
const edits: readonly ((one: Entity) => readonly Entity[])[] = [
  () => [],
  (one) => [{ ...one, disabled: one["disabled"] !== true }],
  (one) => [{ ...one, actions: 8191 }],
  (one) => [{ ...one, rule: "" }],
  (one) => [{ ...one, ruleContext: one["ruleContext"] === 2 ? 1 : 2 }],
  (one) => [{ ...one, rule: "user.group = " }],
  (one) => [one, { ...one, ...pages }],
  (one) => [{ ...one, rule: 'user.group = resource.@Region or resource.@Department = "Sales"' }],
  (one) => [{ ...one, rule: "resource.owner = user", actions: 15 }],
  (one) => [{ ...one, category: "License" }],
];

function edited(rules: readonly Entity[], turn: number): readonly Entity[] {
  const at = turn % rules.length;
  return rules.flatMap((one, index) => (index === at ? (edits[turn % edits.length]?.(one) ?? []) : [one]));
}

describe("two rule sets", () => {
  it("differ for the site's people exactly where asking every question says so", () => {
    let [changes, madeUp, created, onPages] = [0, 0, 0, 0];
    for (let index = 0; index < 20; index++) {
      const { site, questions } = randomRuleWorld(91, index);
      const people = [
        ...new Map(questions.map(({ as }) => [`${as.directory}\\${as.id}`.toLowerCase(), as])).values(),
      ].slice(0, 2);
      const other = edited(rulesOf(site), index);
      const [brute, comparison] = [bruteForce(site, other, people), against(site, other, people, dialect)];
      const told = brute.map((change) => change.told).toSorted();
      assert.deepEqual(changesOf(comparison), told, `world ${index}`);
      madeUp += assertExact(site, other, comparison, brute);
      changes += told.length;
      created += told.filter((change) => change.includes(" create new ")).length;
      onPages += told.filter((change) => change.includes("TransientObject_")).length;
    }
    assert.ok(
      changes > 100 && madeUp > 50 && created > 20 && onPages > 5,
      `${changes} ${madeUp} ${created} ${onPages}`,
    );
  });

  it("are compared for creation on what would be, owned by who asks", () => {
    const before = [rule("Own plans", "App_* | C", 'resource.owner = user and resource.name like "Plan*"')];
    const after = [rule("Any plans", "App_* | C", 'resource.name like "Plan*"')];
    const ben = user("ben");
    const site = siteOf(before, {
      User: [userRow(ben)],
      App: [{ ...entity("Plan of May"), owner: ownedBy(user("ann")) }],
    });
    const { differences, people } = against(site, after, [ben], dialect);
    assert.deepEqual(
      differences.filter(({ relation }) => relation !== "equal"),
      [],
    );
    assert.deepEqual(people, []);
    const gone = against(site, [], [ben], dialect);
    assert.deepEqual(
      gone.people.flatMap(({ resources, action, change }) => resources.map((one) => [toldOf(one), action, change])),
      [
        ['new App {"name":"Plan of May"}', "create", "loses"],
        ['new App {"name":"Plan of May"}', "create", "loses"],
      ],
    );
  });

  it("are compared for every type's creation, however many things of another type there are", () => {
    const owners = rule("Owners make", "App*, Stream_* | C", "resource.owner = user");
    const site = siteOf([owners], {
      Stream: Array.from({ length: 70 }, (_, at) => entity(`Desk ${at}`)),
      App: [entity("Orders")],
    });
    const streamsAlone = rule("Owners make", "Stream_* | C", "resource.owner = user");
    const { people } = against(site, [streamsAlone], [user("ann")], dialect);
    assert.deepEqual(
      people.map(({ type, action, context, change, resources }) => [type, action, context, change, resources.length]),
      [
        ["App", "create", "hub", "loses", 1],
        ["App", "create", "qmc", "loses", 1],
      ],
    );
    assert.deepEqual(partlyCreated(site, [policyOf(site, dialect)]), ["Stream"]);
    assert.deepEqual(partlyCreated(site, [policyOf(siteOf([rule("All make", "Stream_* | C", "")], {}), dialect)]), []);
  });

  it("name licence and load-balancing rules that differ, which they do not compare", () => {
    const reads = rule("Sales read", "App_* | R", 'user.group = "sales"');
    const site = siteOf([reads, licence('user.group = "sales"')], { App: [entity("Orders")] });
    const uncompared = (...other: readonly Entity[]): readonly string[] =>
      against(site, other, [user("ann")], dialect).uncompared;
    assert.deepEqual(uncompared(reads, licence("")), ["Analyzers"]);
    assert.deepEqual(uncompared(reads), ["Analyzers"]);
    assert.deepEqual(uncompared(reads, licence('user.group="sales"')), []);
    assert.deepEqual(uncompared(licence('user.group = "sales"')), []);
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
    const onPages = differences.filter(({ type, relation }) => type === "TransientObject" && relation !== "equal");
    assert.deepEqual(
      onPages.map(({ action, context, relation }) => [action, context, relation]),
      [
        ["read", "hub", "narrower"],
        ["read", "qmc", "narrower"],
      ],
    );
    // Four people carry role_admin; the rule names nine pages; each is asked for in both contexts.
    assert.equal(people.flatMap(({ resources }) => resources).length, 4 * 9 * 2);
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
