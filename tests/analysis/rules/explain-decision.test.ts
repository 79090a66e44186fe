import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decisionEdits, type Asked } from "../../../analysis/rules/decision-edits.ts";
import { explainDecision } from "../../../analysis/rules/explain-decision.ts";
import { dialectOf } from "../../../catalogue/dialects.ts";
import type { Principal, Site } from "../../../contract/types.ts";
import { randomRuleWorld } from "../../../generators/rules.ts";
import { actionNamed } from "../../../reference/rules/actions.ts";
import { decide, policyOf } from "../../../reference/rules/spec.ts";
import { custom, entity, guid, reference, rule, siteOf, user, userRow } from "../../reference/rules/trading-company.ts";

const dialect = dialectOf("documented");
const ben = user("ben", { groups: ["sales"] });

const site: Site = siteOf(
  [
    rule("Streams by group", "Stream_* | R", "user.group = resource.@GroupAccess"),
    rule("Apps of streams", "App_* | R", 'resource.stream.HasPrivilege("read")'),
    rule("Leads update", "App_* | U", 'user.group = "sales" and user.@Lead = "yes"'),
    rule("Off", "App_* | D", "", { disabled: true }),
    rule("Torn", "App_* | P", "user.group ="),
  ],
  {
    User: [userRow(ben)],
    Stream: [{ ...entity("Finance"), customProperties: custom({ GroupAccess: ["finance"] }) }],
    App: [{ ...entity("Payroll"), stream: reference("Finance") }],
  },
);

function asked(action: Asked["action"]): Asked {
  return { resource: { type: "App", id: guid("Payroll") }, action, context: "hub" };
}

describe("a decision explained", () => {
  it("names what would allow it, through a right on what lies behind", () => {
    const { allowed, rules, changes } = explainDecision(site, ben, asked("read"), dialect);
    assert.equal(allowed, false);
    assert.deepEqual(
      rules.map(({ rule: name, says, parts }) => [name, says, parts]),
      [
        ["Streams by group", "does not cover it", []],
        ["Apps of streams", "fails", [{ text: 'resource.stream.HasPrivilege("read")', holds: false }]],
      ],
    );
    assert.deepEqual(
      changes.map(({ edits }) => edits),
      [["the user joins group finance"], [`the Stream ${guid("Finance")} is given @GroupAccess = sales`]],
    );
  });

  it("tells parts that hold from parts that fail", () => {
    const { rules, changes } = explainDecision(site, ben, asked("update"), dialect);
    assert.deepEqual(rules[0]?.parts, [
      { text: 'user.group = "sales"', holds: true },
      { text: 'user.@Lead = "yes"', holds: false },
    ]);
    assert.deepEqual(changes, [{ edits: ["the user is given @Lead = yes"], size: 1 }]);
  });

  it("needs two changes where one will not do", () => {
    const stranger = user("carla");
    const known = { ...site, entities: { ...site.entities, User: [userRow(stranger)] } };
    const { changes } = explainDecision(known, stranger, asked("update"), dialect);
    assert.deepEqual(changes, [{ edits: ["the user joins group sales", "the user is given @Lead = yes"], size: 2 }]);
  });

  it("names rules that are off or cannot be read, and what takes a right away", () => {
    assert.deepEqual(explainDecision(site, ben, asked("delete"), dialect).changes[0]?.edits, ['rule "Off" is enabled']);
    const publish = explainDecision(site, ben, asked("publish"), dialect);
    assert.deepEqual([publish.rules[0]?.says, publish.changes], ["is broken", []]);
    const member = user("dan", { groups: ["finance"] });
    const { allowed, changes } = explainDecision(site, member, asked("read"), dialect);
    assert.equal(allowed, true);
    assert.deepEqual(
      changes.map(({ edits }) => edits[0]),
      ["the user leaves group finance", 'rule "Streams by group" is disabled', 'rule "Apps of streams" is disabled'],
    );
  });

  it("promises no change that does not turn the decision round", () => {
    let seen = 0;
    for (let index = 0; index < 100; index++) {
      const world = randomRuleWorld(97, index);
      const [question] = world.questions;
      const action = actionNamed(question?.action ?? "");
      if (question === undefined || action === undefined) continue;
      const about: Asked = { resource: question.resource, action, context: question.context };
      const { allowed, changes } = explainDecision(world.site, question.as, about, dialect);
      const edits = new Map(
        decisionEdits(policyOf(world.site, dialect), { site: world.site, user: question.as }, about).map((edit) => [
          edit.what,
          edit,
        ]),
      );
      for (const change of changes) {
        const start: { readonly site: Site; readonly user: Principal } = { site: world.site, user: question.as };
        const after = change.edits.reduce((stand, what) => edits.get(what)?.apply(stand) ?? stand, start);
        assert.notEqual(
          decide(policyOf(after.site, dialect), { ...question, as: after.user }).allowed,
          allowed,
          change.edits.join(),
        );
        seen += 1;
      }
    }
    assert.ok(seen > 20, `${seen} changes`);
  });
});
