/** Examples of the rules catalogue (SR-), each with the contrast that shows the rule and not something else decides. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { dialectOf } from "../../../catalogue/dialects.ts";
import type { Entity, Principal } from "../../../contract/types.ts";
import { allowed, custom, person, siteOf } from "./ask.ts";

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

describe("a condition", () => {
  const both = person("ann", "X", "Y");

  it("binds not, and, or in this order (SR-301)", () => {
    const condition = 'user.name="ann" or user.name="ben" and resource.name="Other"';
    assert.equal(holds(condition, ann), true);
    assert.equal(holds(condition, ann, { dialect: { ...dialect, precedence: "orFirst" } }), false);
  });

  it("compares text without letter case by = and with it by == (SR-321 … SR-324)", () => {
    const held = [
      'resource.name="SALES"',
      'resource.name=="SALES"',
      'resource.name=="Sales"',
      'resource.name!="SALES"',
      'resource.name!=="SALES"',
    ];
    assert.deepEqual(
      held.map((one) => holds(one, ann)),
      [true, false, true, false, true],
    );
  });

  it("takes the asterisk in like only (SR-325, SR-326)", () => {
    const held = [
      'resource.name like "sa*"',
      'resource.name like "*al*"',
      'resource.name like "ale*"',
      'resource.name="Sa*"',
      'resource.name like "S?les"',
    ];
    assert.deepEqual(
      held.map((one) => holds(one, ann)),
      [true, true, false, false, false],
    );
  });

  it("anchors matches at both ends (SR-328)", () => {
    const held = ['resource.name matches ".*al.*"', 'resource.name matches "al"', 'resource.name matches "SALES"'];
    assert.deepEqual(
      held.map((one) => holds(one, ann)),
      [true, false, true],
    );
    assert.equal(
      holds('resource.name matches "SALES"', ann, { dialect: { ...dialect, matchesCase: "sensitive" } }),
      false,
    );
  });

  it("does not hang on a catastrophic pattern", () => {
    const site = siteOf({ Stream: [{ id: "s", name: `${"a".repeat(40)}!` }] }, [
      ["R", "Stream_*", 2, 'resource.name matches "(a+)+b"'],
    ]);
    assert.equal(allowed(site, { as: ann, resource: { type: "Stream", id: "s" } }), false);
  });

  it("is satisfied by one common value (SR-341, SR-342)", () => {
    const group = (...groups: string[]): boolean => holds("user.group=resource.@Dep", person("ann", ...groups));
    assert.deepEqual([group("hr", "Sales"), group("Sales"), group()], [true, false, false]);
    assert.equal(holds('user.group="X" and user.group="Y"', both), true);
  });

  it("takes != on lists and on missing values by the dialect (SR-344, SR-347)", () => {
    const noneEqual = { ...dialect, notEqualOnLists: "noneEqual" as const };
    assert.deepEqual(
      [holds('user.group!="X"', both), holds('user.group!="X"', both, { dialect: noneEqual })],
      [true, false],
    );
    const strict = { ...dialect, notEqualOnMissing: false };
    assert.deepEqual(
      [holds('user.group!="X"', ann), holds('user.group!="X"', ann, { dialect: strict })],
      [true, false],
    );
    assert.deepEqual([holds('!(user.group="X")', both), holds('!(user.group="X")', ann)], [false, true]);
  });

  it("finds nothing equal to what is missing, not even another missing value (SR-346)", () => {
    assert.deepEqual(
      [holds("user.city=resource.@City", ann), holds('user.city like "*"', ann), holds("user.city.Empty()", ann)],
      [false, false, true],
    );
  });

  it("tells admin roles from an attribute called role (SR-403)", () => {
    const user: Entity = {
      id: "u",
      userDirectory: "corp",
      userId: "ANN",
      roles: ["Developer"],
      attributes: [{ attributeType: "Office", attributeValue: "UK" }],
    };
    const may = (condition: string): boolean =>
      allowed(siteOf({ Stream: [sales], User: [user] }, [["R", "Stream_*", 2, condition]]), {
        as: ann,
        resource: onSales,
      });
    assert.deepEqual(['user.roles="Developer"', 'user.role="Developer"', 'user.office="uk"'].map(may), [
      true,
      false,
      true,
    ]);
  });

  it("knows session attributes as user.environment only, unless the release stores them (SR-404, IM-049)", () => {
    const carla: Principal = { ...person("carla"), session: { group: ["Sales"] } };
    const held = ['user.group="Sales"', 'user.environment.group="Sales"', 'user.environment.context="AppAccess"'];
    assert.deepEqual(
      held.map((one) => holds(one, carla)),
      [false, true, true],
    );
    assert.equal(holds('user.group="Sales"', carla, { dialect: { ...dialect, sessionAttributesPersist: true } }), true);
  });
});

describe("properties and relations", () => {
  const owner: Entity = { id: "u1", userDirectory: "CORP", userId: "ann", name: "Ann" };
  const app: Entity = {
    id: "a",
    name: "Orders",
    published: true,
    description: "d",
    owner: { id: "u1" },
    stream: { id: sales.id },
  };
  const own: Entity = {
    id: "b",
    name: "Draft",
    owner: { id: "u1", userDirectory: "CORP", userId: "ann" },
    stream: null,
  };
  const sheet: Entity = {
    id: "o",
    name: "Sheet",
    objectType: "sheet",
    published: true,
    description: "d",
    app: { id: "a" },
  };
  const entities = { User: [owner], App: [app, own], "App.Object": [sheet], Stream: [sales] };
  const may = (condition: string, type: string, id: string, as: Principal = ann): boolean =>
    allowed(siteOf(entities, [["R", "App*", 2, condition]]), { as, resource: { type, id } });

  const seen = (condition: string): boolean[] => [may(condition, "App", "a"), may(condition, "App.Object", "o")];

  it("shows the properties of the type's list only (SR-405, SR-407)", () => {
    assert.deepEqual(seen('resource.published="true"'), [false, true]);
    assert.deepEqual(seen('resource.description="d"'), [false, true]);
    assert.deepEqual(seen("!resource.stream.Empty()"), [true, false]);
    assert.deepEqual(seen('resource.App.stream.name="Sales"'), [false, true]);
    assert.deepEqual(seen('resource.app.stream.@Dep="IT"'), [false, true]);
  });

  it("compares the owner by identity, not by name or directory alone (SR-333)", () => {
    const lab: Principal = { ...ann, directory: "LAB" };
    assert.deepEqual(
      [ann, lab, ben].map((as) => may("resource.owner = user", "App", "a", as)),
      [true, false, false],
    );
    assert.deepEqual(
      [may("resource.owner = user", "App", "b"), may('resource.owner = "ann"', "App", "b")],
      [true, false],
    );
    assert.deepEqual(
      [may("resource.IsOwned()", "App", "a"), may("resource.IsOwned()", "App.Object", "o")],
      [true, false],
    );
  });

  it("takes the caller as owner of what he creates, unless the body names one (SR-501, SR-502)", () => {
    const site = siteOf(entities, [["R", "App_*", 1, "resource.owner = user"]]);
    const create = (wouldBe: Entity): boolean =>
      allowed(site, { as: ben, resource: { type: "App", wouldBe }, action: "create" });
    assert.deepEqual([create({ id: "n" }), create({ id: "n", owner: { id: "u1" } })], [true, false]);
  });
});
