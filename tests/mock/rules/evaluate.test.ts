/** Examples of the rules catalogue (SR-), each with the contrast that shows the rule and not something else decides. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { dialectOf } from "../../../catalogue/dialects.ts";
import type { Entity, Principal } from "../../../contract/types.ts";
import { allowed, anonymous, answer, custom, person, siteOf, type Rule } from "./ask.ts";

const dialect = dialectOf("documented");
const ann = person("ann");
const ben = person("ben");
const sales: Entity = {
  id: "11111111-1111-1111-1111-111111111111",
  name: "Sales",
  customProperties: custom({ Dep: ["HR", "IT"] }),
};
const onSales = { type: "Stream", id: sales.id };

/** Whether one rule with this condition lets a user read the stream Sales. */
function holds(condition: string, as: Principal, how: { dialect?: typeof dialect } = {}): boolean {
  return allowed(siteOf({ Stream: [sales] }, [["R", "Stream_*", 2, condition]]), { as, resource: onSales }, how);
}

/** Whether a rule for everybody with these fields lets ann read the stream Sales. */
function grantsWith(more: Rule[4]): boolean {
  return allowed(siteOf({ Stream: [sales] }, [["R", "Stream_*", 2, "", { ...more }]]), { as: ann, resource: onSales });
}

describe("the rule set", () => {
  it("refuses what no rule grants (SR-101)", () => {
    const site = siteOf({ Stream: [sales], App: [{ id: "a", stream: { id: sales.id } }] }, [
      ["R", "Stream_*", 2, 'user.name="ann"'],
    ]);
    assert.equal(allowed(site, { as: ann, resource: onSales }), true);
    assert.equal(allowed(site, { as: ben, resource: onSales }), false);
    assert.equal(allowed(site, { as: ann, resource: { type: "App", id: "a" } }), false);
  });

  it("adds the rights of overlapping rules up, action by action (SR-102, SR-105)", () => {
    const site = siteOf({ Stream: [sales] }, [
      ["Read", `Stream_${sales.id}`, 2, 'user.group="Finance"'],
      ["Change", `Stream_${sales.id}`, 4, 'user.group="Management"'],
    ]);
    const rights = (as: Principal): boolean[] =>
      ["read", "update"].map((action) => allowed(site, { as, resource: onSales, action }));
    assert.deepEqual(rights(person("ann", "Finance", "Management")), [true, true]);
    assert.deepEqual(rights(person("ben", "Management")), [false, true]);
    assert.deepEqual(rights(person("carla", "Sales")), [false, false]);
  });

  it("names the granting rules, sorted", () => {
    const site = siteOf({ Stream: [sales] }, [
      ["Wide", "*", 2, ""],
      ["Narrow", "Stream_*", 2, 'user.name="ann"'],
      ["Other", "Stream_*", 2, 'user.name="ben"'],
    ]);
    assert.deepEqual(answer(site, { as: ann, resource: onSales }), {
      allowed: true,
      rules: ["Narrow", "Wide"],
      broken: [],
    });
  });

  it("lets a broken rule grant nothing and disturb no other (SR-110)", () => {
    const site = siteOf({ Stream: [sales] }, [
      ["Broken", "Stream_*", 2, 'user.group="x'],
      ["Fine", "Stream_*", 2, 'user.name="ann"'],
      ["Elsewhere", "App_*", 2, "user.name="],
    ]);
    assert.deepEqual(answer(site, { as: ann, resource: onSales }), {
      allowed: true,
      rules: ["Fine"],
      broken: ["Broken"],
    });
    assert.deepEqual(answer(site, { as: ben, resource: onSales }), { allowed: false, rules: [], broken: ["Broken"] });
  });

  it("asks a rule in its own context only (SR-122)", () => {
    const site = siteOf({ Stream: [sales] }, [
      ["Hub", "Stream_*", 2, "", { ruleContext: 1 }],
      ["Qmc", "Stream_*", 4, "", { ruleContext: "QMCOnly" }],
    ]);
    const may = (action: string, context: "hub" | "qmc"): boolean =>
      allowed(site, { as: ann, resource: onSales, action, context });
    assert.deepEqual([may("read", "hub"), may("read", "qmc")], [true, false]);
    assert.deepEqual([may("update", "hub"), may("update", "qmc")], [false, true]);
  });

  it("passes over disabled rules and rules of other categories (SR-131, SR-134)", () => {
    assert.deepEqual(
      [grantsWith({}), grantsWith({ disabled: true }), grantsWith({ category: "License" })],
      [true, false, false],
    );
  });

  it("covers an anonymous user by a rule without a user test (SR-109, SR-522)", () => {
    assert.deepEqual(
      [holds("", anonymous), holds("!user.IsAnonymous()", anonymous), holds("!user.IsAnonymous()", ann)],
      [true, false, true],
    );
  });

  it("tells 511 from all of today's actions (SR-233)", () => {
    const site = siteOf({ App: [{ id: "a" }] }, [["Old", "App_*", 511, ""]]);
    const may = (action: string): boolean => allowed(site, { as: ann, resource: { type: "App", id: "a" }, action });
    assert.deepEqual(["exportdata", "duplicate", "approve"].map(may), [true, false, false]);
  });

  it("refuses a resource the site does not hold", () => {
    assert.equal(
      allowed(siteOf({ Stream: [sales] }, [["R", "*", 8191, ""]]), {
        as: ann,
        resource: { type: "Stream", id: "gone" },
      }),
      false,
    );
  });
});

describe("a resource filter", () => {
  const entities = { App: [{ id: sales.id }], "App.Object": [{ id: "o" }], Stream: [sales] };
  const covers = (filter: string, type: string, id: string, insensitive = true): boolean =>
    allowed(
      siteOf(entities, [["R", filter, 2, ""]]),
      { as: ann, resource: { type, id } },
      { dialect: { ...dialect, filterCase: insensitive ? "insensitive" : "sensitive" } },
    );

  it("takes a type exactly, by prefix, by id, or all (SR-202 … SR-205)", () => {
    const seen = (filter: string): boolean[] => [
      covers(filter, "App", sales.id),
      covers(filter, "App.Object", "o"),
      covers(filter, "Stream", sales.id),
      covers(filter, "TransientObject", "QmcSection_App"),
    ];
    assert.deepEqual(seen("App_*"), [true, false, false, false]);
    assert.deepEqual(seen("App*"), [true, true, false, false]);
    assert.deepEqual(seen(`App_${sales.id}`), [true, false, false, false]);
    assert.deepEqual(seen("*"), [true, true, true, true]);
    assert.deepEqual(seen("App_*, Stream_*"), [true, false, true, false]);
    assert.deepEqual(seen("QmcSection_App"), [false, false, false, true]);
    assert.deepEqual(seen("Sheet_*"), [false, false, false, false]);
  });

  it("compares type names by the dialect (SR-213)", () => {
    assert.deepEqual([covers("app_*", "App", sales.id), covers("app_*", "App", sales.id, false)], [true, false]);
  });
});

describe("HasPrivilege", () => {
  const entities = {
    App: [
      { id: "a", stream: { id: sales.id } },
      { id: "b", stream: null },
    ],
    Stream: [sales],
  };
  const may = (rules: readonly Rule[], id = "a", action = "read"): boolean =>
    allowed(siteOf(entities, rules), { as: ann, resource: { type: "App", id }, action });
  const inherit: Rule = ["Inherit", "App_*", 2, 'resource.stream.HasPrivilege("read")'];

  it("asks the whole rule set about the target (SR-471, SR-474)", () => {
    assert.equal(may([inherit]), false);
    assert.equal(may([inherit, ["S", "Stream_*", 2, ""]]), true);
    assert.equal(may([inherit, ["S", "Stream_*", 2, ""]], "b"), false);
    assert.equal(may([inherit, ["S", "Stream_*", 4, ""]]), false);
    assert.equal(may([inherit, ["S", "Stream_*", 2, "", { ruleContext: 2 }]]), false);
  });

  it("proves nothing from itself, in one rule or in two (SR-473)", () => {
    const self: Rule = ["Self", "App_*", 2, 'resource.HasPrivilege("read")'];
    const there: Rule = ["There", "App_*", 2, 'resource.HasPrivilege("update")'];
    const back: Rule = ["Back", "App_*", 4, 'resource.HasPrivilege("read")'];
    assert.deepEqual([may([self]), may([there, back])], [false, false]);
    assert.deepEqual(
      [may([self, ["Base", "App_*", 2, ""]]), may([there, back, ["Base", "App_*", 4, ""]])],
      [true, true],
    );
  });

  it("counts a rule whose cycle runs through a negation as broken", () => {
    const site = siteOf(entities, [["Liar", "App_*", 2, '!resource.HasPrivilege("read")']]);
    const found = answer(site, { as: ann, resource: { type: "App", id: "a" } });
    assert.deepEqual(found, { allowed: false, rules: [], broken: ["Liar"] });
  });

  it("decides what stands under a negation before what depends on it", () => {
    const unless: Rule = ["Unless", "App_*", 4, '!resource.HasPrivilege("read")'];
    assert.deepEqual(
      [may([unless], "a", "update"), may([unless, ["Base", "App_*", 2, ""]], "a", "update")],
      [true, false],
    );
  });
});
