/** Golden answers for the evaluation model, contexts, rule records, filters and actions (catalogue §3.1 to §3.5). */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Entity, Principal, ResourceRef } from "../../../contract/types.ts";
import { anonymous, at, decision, entity, guid, rule, siteOf, user, type Circumstances } from "./trading-company.ts";

const ann = user("ann");
const ben = user("ben");
const things = {
  Stream: [entity("Sales"), entity("Finance")],
  App: [entity("Margin", { stream: { id: guid("Sales"), name: "Sales" } })],
  "App.Object": [entity("Overview", { objectType: "sheet", published: true, app: { id: guid("Margin") } })],
  Extension: [entity("chart")],
  CustomPropertyDefinition: [entity("Region")],
  EngineService: [entity("engine")],
};
const sales = at("Stream", "Sales");
const margin = at("App", "Margin");
const overview = at("App.Object", "Overview");

function section(id: string): ResourceRef {
  return { type: "TransientObject", id };
}

function allowed(
  rules: readonly Entity[],
  who: Principal,
  what: readonly [string, ResourceRef],
  how: Circumstances = {},
): boolean {
  return decision(siteOf(rules, things), who, what, how).allowed;
}

function covers(filter: string, what: ResourceRef, how: Circumstances = {}): boolean {
  return allowed([rule("r", `${filter} | R | B`, "")], ann, ["read", what], how);
}

describe("the evaluation model", () => {
  it("SR-101 refuses what no rule grants, and grants what one does", () => {
    const rules = [rule("r", "Stream_* | R | B", 'user.name="ann"')];
    assert.equal(allowed(rules, ann, ["read", sales]), true);
    assert.equal(allowed(rules, ben, ["read", sales]), false);
    assert.equal(allowed(rules, ann, ["read", margin]), false);
    assert.equal(allowed([], ann, ["read", sales]), false);
  });

  it("SR-102 adds up the rights of overlapping rules", () => {
    const rules = [
      rule("read", "Stream_* | R | B", 'user.group="Sales"'),
      rule("update", "Stream_* | U | B", 'user.group="Management"'),
    ];
    const both = user("carla", { groups: ["Sales", "Management"] });
    assert.equal(allowed(rules, both, ["read", sales]), true);
    assert.equal(allowed(rules, both, ["update", sales]), true);
    assert.equal(allowed(rules, user("ann", { groups: ["Sales"] }), ["update", sales]), false);
  });

  it("SR-102 reads the help's table of two groups on one stream", () => {
    const filter = `Stream_${guid("Sales")} | R | B`;
    const rules = [rule("f", filter, 'user.group="Finance"'), rule("m", filter, 'user.group="Management"')];
    const cells: readonly (readonly [groups: readonly string[], read: boolean])[] = [
      [["Finance"], true],
      [["Sales", "Management"], true],
      [["Sales"], false],
    ];
    for (const [groups, read] of cells) {
      assert.equal(allowed(rules, user("ann", { groups }), ["read", sales]), read, groups.join());
      assert.equal(allowed(rules, user("ann", { groups }), ["update", sales]), false, groups.join());
    }
  });

  it("SR-103 does not narrow a wide rule by a narrow one", () => {
    const rules = [
      rule("wide", "App_* | R | B", 'user.group="Finance"'),
      rule("narrow", `App_${guid("Margin")} | R | B`, 'user.group="Finance" and user.office="UK"'),
    ];
    const who = user("ann", { groups: ["Finance"], attributes: { office: ["US"] } });
    const answer = decision(siteOf(rules, things), who, ["read", margin]);
    assert.deepEqual([answer.allowed, answer.rules], [true, ["wide"]]);
  });

  it("SR-105 decides every action by itself", () => {
    const rules = [rule("update", "App_* | U | B", 'user.group="dev"')];
    const who = user("ann", { groups: ["dev"] });
    assert.equal(allowed(rules, who, ["update", margin]), true);
    assert.equal(allowed(rules, who, ["read", margin]), false);
  });

  it("SR-108 lets a rule name what does not exist, which grants nothing", () => {
    const rules = [rule("r", `Stream_${guid("nowhere")} | R | B`, "")];
    const answer = decision(siteOf(rules, things), ann, ["read", sales]);
    assert.deepEqual([answer.allowed, answer.broken], [false, []]);
    assert.equal(allowed([rule("all", "* | all | B", "")], ann, ["read", at("Stream", "nowhere")]), false);
  });

  it("SR-109 takes a blank condition as true for everyone, anonymous users included", () => {
    for (const blank of ["", "  \n"]) {
      assert.equal(
        allowed([rule("r", "Extension_* | R | B", blank)], anonymous, ["read", at("Extension", "chart")]),
        true,
      );
    }
  });

  it("SR-110 lets a broken rule grant nothing and leave the others alone", () => {
    const rules = [
      rule("open quote", "Stream_* | R | B", 'user.group="x'),
      rule("ann", "Stream_* | R | B", 'user.name="ann"'),
    ];
    const answer = decision(siteOf(rules, things), ann, ["read", sales]);
    assert.deepEqual([answer.allowed, answer.rules, answer.broken], [true, ["ann"], ["open quote"]]);
    const other = decision(siteOf(rules, things), ben, ["read", sales]);
    assert.deepEqual([other.allowed, other.broken], [false, ["open quote"]]);
    assert.ok(
      other.because.some(({ requirement, evidence }) => requirement === "SR-110" && evidence.includes("never closed")),
    );
  });

  it("SR-110 counts a rule as broken only where it applies", () => {
    const rules = [rule("open quote", "Stream_* | R | H", 'user.group="x')];
    assert.deepEqual(decision(siteOf(rules, things), ann, ["update", sales]).broken, []);
    assert.deepEqual(decision(siteOf(rules, things), ann, ["read", sales], { context: "qmc" }).broken, []);
    assert.deepEqual(decision(siteOf(rules, things), ann, ["read", margin]).broken, []);
  });

  it("SR-110 counts as broken what parses and cannot be evaluated", () => {
    for (const condition of [
      'user.name matches "("',
      'resource.HasPrivilege("reed")',
      "resource.IsAnonymous()",
      "user.IsOwned()",
    ]) {
      const answer = decision(siteOf([rule("r", "Stream_* | R | B", `!(${condition})`)], things), ann, ["read", sales]);
      assert.deepEqual([answer.allowed, answer.broken], [false, ["r"]], condition);
    }
  });

  it("refuses an action that does not exist with a known error", () => {
    assert.throws(() => allowed([], ann, ["look", sales]), { code: "usage" });
  });
});

describe("contexts", () => {
  const cells: readonly (readonly [letter: string, hub: boolean, qmc: boolean])[] = [
    ["B", true, true],
    ["H", true, false],
    ["Q", false, true],
  ];
  it("SR-121 applies a rule in the hub, in the QMC, or in both", () => {
    for (const [letter, hub, qmc] of cells) {
      const rules = [rule("r", `Stream_* | R | ${letter}`, "")];
      assert.equal(allowed(rules, ann, ["read", sales], { context: "hub" }), hub, letter);
      assert.equal(allowed(rules, ann, ["read", sales], { context: "qmc" }), qmc, letter);
    }
  });

  it("SR-122 ignores a rule outside its context, also for a root administrator", () => {
    const root: Entity = {
      id: guid("root"),
      userDirectory: "CORP",
      userId: "root",
      name: "root",
      roles: ["RootAdmin"],
    };
    const site = siteOf([rule("RootAdmin", "* | all | Q", 'user.roles="RootAdmin"')], { ...things, User: [root] });
    const inHub = decision(site, user("root"), ["read", sales]);
    assert.equal(inHub.allowed, false);
    assert.ok(inHub.because.some(({ requirement }) => requirement === "SR-122"));
    assert.equal(decision(site, user("root"), ["read", sales], { context: "qmc" }).allowed, true);
  });

  it("SR-124 tests the context inside a condition as well", () => {
    const rules = [rule("r", "Stream_* | R | B", 'user.environment.context="ManagementAccess"')];
    assert.equal(allowed(rules, ann, ["read", sales], { context: "qmc" }), true);
    assert.equal(allowed(rules, ann, ["read", sales], { context: "hub" }), false);
  });

  it("SR-126 takes an omitted context as both", () => {
    const { ruleContext: _omitted, ...rest } = rule("r", "Stream_* | R | H", "");
    assert.equal(allowed([{ ...rest, id: "r" }], ann, ["read", sales], { context: "qmc" }), true);
  });
});

describe("rule records", () => {
  it("SR-131 lets a disabled rule grant nothing, and says so", () => {
    const rules = [rule("off", "Stream_* | R | B", "", { disabled: true })];
    const answer = decision(siteOf(rules, things), ann, ["read", sales]);
    assert.equal(answer.allowed, false);
    assert.ok(answer.because.some(({ requirement, evidence }) => requirement === "SR-131" && evidence.includes("off")));
  });

  it("SR-132 evaluates every type of rule alike", () => {
    for (const type of ["Custom", "Default", "ReadOnly"]) {
      assert.equal(allowed([rule("r", "Stream_* | R | B", "", { type })], ann, ["read", sales]), true, type);
    }
  });

  it("SR-134 never answers a security request by a licence or load-balancing rule", () => {
    for (const category of ["License", "Sync", "security"]) {
      assert.equal(allowed([rule("r", "* | all | B", "", { category })], ann, ["read", sales]), false, category);
    }
  });
});

describe("resource filters", () => {
  it("SR-201 takes a comma as or, blanks allowed", () => {
    const filter = "Stream_*, Extension_*";
    assert.deepEqual(
      [covers(filter, sales), covers(filter, at("Extension", "chart")), covers(filter, margin)],
      [true, true, false],
    );
  });

  it("SR-202 covers every resource by *, QMC sections included", () => {
    for (const what of [sales, margin, overview, section("QmcSection_App")]) assert.equal(covers("*", what), true);
  });

  it("SR-203 covers exactly one type by _*", () => {
    assert.deepEqual([covers("App_*", margin), covers("App_*", overview)], [true, false]);
    assert.deepEqual([covers("App.Object_*", margin), covers("App.Object_*", overview)], [false, true]);
  });

  it("SR-204 covers every type whose name begins so by *", () => {
    assert.deepEqual([covers("App*", margin), covers("App*", overview), covers("App*", sales)], [true, true, false]);
    assert.equal(covers("CustomProperty*", at("CustomPropertyDefinition", "Region")), true);
    assert.equal(covers("Engine*", at("EngineService", "engine")), true);
  });

  it("SR-205 covers one resource by its id", () => {
    const filter = `Stream_${guid("Sales")}`;
    assert.deepEqual([covers(filter, sales), covers(filter, at("Stream", "Finance"))], [true, false]);
    assert.equal(covers(`App_${guid("Sales")}`, sales), false);
  });

  it("SR-206 breaks a rule that joins * and _*", () => {
    for (const filter of ["App*_*", "App_*, Stream", ""]) {
      const answer = decision(siteOf([rule("r", `${filter} | R | B`, "")], things), ann, ["read", margin]);
      assert.deepEqual([answer.allowed, answer.broken], [false, ["r"]], filter);
      const update = decision(siteOf([rule("r", `${filter} | R | B`, "")], things), ann, ["update", margin]);
      assert.deepEqual(update.broken, [], filter);
    }
  });

  it("SR-207 covers a QMC section by its name, which gives no right to what is listed there", () => {
    const filter = "QmcSection_App";
    assert.equal(covers(filter, section("QmcSection_App")), true);
    assert.equal(covers(filter, section("QmcSection_App.Object")), false);
    assert.equal(covers(filter, margin), false);
    assert.equal(covers("App*", section("QmcSection_App")), false);
  });

  it("SR-210 covers the QMC sections that begin alike by *", () => {
    assert.equal(covers("QmcSection_App*", section("QmcSection_App.Object")), true);
    assert.equal(covers("QmcSection_App*", section("QmcSection_Stream")), false);
    assert.equal(covers("QmcSection_*", section("QmcSection_Stream")), true);
  });

  it("SR-207 lets AuditAdmin's rule tell QMC sections from other resources", () => {
    const condition = '!(resource.resourcetype="TransientObject" and resource.name like "QmcSection_*")';
    const rules = [rule("AuditAdmin", "* | R | B", condition)];
    assert.equal(allowed(rules, ann, ["read", section("QmcSection_App")]), false);
    assert.equal(allowed(rules, ann, ["read", margin]), true);
  });

  it("SR-208 needs both a filter that covers the type and a branch that holds for it", () => {
    const rules = [
      rule("r", "Stream*,App* | R | B", 'resource.resourcetype="App" or resource.resourcetype="Extension"'),
    ];
    assert.equal(allowed(rules, ann, ["read", margin]), true);
    assert.equal(allowed(rules, ann, ["read", sales]), false);
    assert.equal(allowed(rules, ann, ["read", at("Extension", "chart")]), false);
  });

  it("SR-211, SR-212 matches nothing by an unknown type", () => {
    const answer = decision(siteOf([rule("r", "Sheet_*, App.Sheet_* | R | B", "")], things), ann, ["read", overview]);
    assert.deepEqual([answer.allowed, answer.broken], [false, []]);
  });

  it("SR-213 compares type names by the dialect's letter case", () => {
    assert.equal(covers("app_*", margin), true);
    assert.equal(covers("app_*", margin, { dialect: { filterCase: "sensitive" } }), false);
  });
});

describe("actions", () => {
  it("SR-231 grants the actions whose bits are set and no other", () => {
    const rules = [rule("r", "App_* | RU | B", "")];
    assert.equal(rules[0]?.["actions"], 6);
    for (const [action, granted] of [
      ["read", true],
      ["update", true],
      ["delete", false],
      ["create", false],
      ["publish", false],
    ] as const) {
      assert.equal(allowed(rules, ann, [action, margin]), granted, action);
    }
  });

  it("SR-232 grants nothing without an action", () => {
    assert.equal(allowed([rule("r", "App_* |  | B", "")], ann, ["read", margin]), false);
  });

  it("SR-233 does not stretch the old all-rights mask over later actions", () => {
    const rules = [rule("r", "* | R | B", "", { actions: 511 })];
    for (const [action, granted] of [
      ["exportdata", true],
      ["offlineaccess", false],
      ["duplicate", false],
      ["approve", false],
    ] as const) {
      assert.equal(allowed(rules, ann, [action, margin]), granted, action);
      assert.equal(allowed([rule("all", "* | all | B", "")], ann, [action, margin]), true, action);
    }
  });

  it("SR-238 reads action names in any letter case", () => {
    assert.equal(allowed([rule("r", "App_* | R | B", "")], ann, ["Read", margin]), true);
  });
});
