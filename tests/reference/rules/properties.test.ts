/** Golden answers for properties, relations and functions (catalogue §3.9, §3.10). */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Entity, Principal } from "../../../contract/types.ts";
import {
  anonymous,
  at,
  custom,
  decision,
  entity,
  guid,
  ownedBy,
  rule,
  siteOf,
  user,
  userRow,
} from "./trading-company.ts";

const ann = user("ann");

const site: { readonly [type: string]: readonly Entity[] } = {
  Stream: [entity("Sales", { owner: ownedBy(user("carla")), customProperties: custom({ Region: ["NORTH"] }) })],
  App: [
    entity("Margin", {
      description: "x",
      published: true,
      owner: ownedBy(ann),
      stream: { id: guid("Sales") },
      customProperties: custom({ Region: ["SOUTH"] }),
    }),
    entity("Draft", { published: false, owner: ownedBy(ann), stream: null }),
  ],
  "App.Object": [
    entity("Overview", {
      description: "x",
      objectType: "sheet",
      published: true,
      app: { id: guid("Margin") },
      customProperties: custom({ Region: ["WEST"] }),
    }),
    entity("Sketch", { objectType: "sheet", published: false, app: { id: guid("Draft") } }),
  ],
  ReloadTask: [entity("nightly", { app: { id: guid("Margin") } })],
  StaticContentReference: [entity("logo.png", { contentLibrarys: [{ id: guid("Pictures") }, { id: guid("Icons") }] })],
  ContentLibrary: [entity("Pictures", { owner: ownedBy(ann) }), entity("Icons", { owner: ownedBy(user("carla")) })],
  User: [
    userRow(ann, {
      name: "Ann North",
      email: "ann@trading.example",
      roles: ["Developer"],
      inactive: false,
      attributes: [
        { attributeType: "group", attributeValue: "a" },
        { attributeType: "group", attributeValue: "b" },
        { attributeType: "office", attributeValue: "UK" },
      ],
      customProperties: custom({ Region: ["NORTH", "WEST"] }),
    }),
    userRow(user("carla"), { customProperties: custom({ Region: ["EAST"] }) }),
  ],
};

function holds(condition: string, type: string, name: string, who: Principal = ann): boolean {
  const answer = decision(siteOf([rule("r", `${type}_* | R | B`, condition)], site), who, ["read", at(type, name)]);
  assert.deepEqual(answer.broken, [], condition);
  return answer.allowed;
}

describe("user properties", () => {
  it("SR-401, SR-402 offers what the user row, the directory and the custom properties say", () => {
    const known = [
      'user.userId="ann"',
      'user.userDirectory="corp"',
      'user.name="Ann North"',
      'user.email="ann@trading.example"',
      'user.roles="developer"',
      'user.group="a" and user.group="b"',
      'user.office="UK"',
      'user.@Region="WEST"',
    ];
    for (const condition of known) assert.equal(holds(condition, "Stream", "Sales"), true, condition);
    for (const condition of [
      'user.inactive="false"',
      'user.tags.Empty() and user.inactive="false"',
      'user.department="x"',
    ]) {
      assert.equal(holds(condition, "Stream", "Sales"), false, condition);
    }
  });

  it("SR-402 unites the groups of the row with those the directory brings", () => {
    const who = user("ann", { groups: ["c"], attributes: { Office: ["US"] } });
    assert.equal(
      holds('user.group="a" and user.group="c" and user.office="UK" and user.office="US"', "Stream", "Sales", who),
      true,
    );
  });

  it("SR-403 keeps the attribute role apart from the admin roles", () => {
    assert.equal(holds('user.role="Developer"', "Stream", "Sales"), false);
    const who = user("ann", { attributes: { role: ["Buyer"] } });
    assert.equal(holds('user.role="Buyer"', "Stream", "Sales", who), true);
    assert.equal(holds('user.roles="Buyer"', "Stream", "Sales", who), false);
  });

  it("SR-404 keeps session attributes under user.environment", () => {
    const who = user("dora", { session: { group: ["Sales"] } });
    assert.equal(holds('user.group="Sales"', "Stream", "Sales", who), false);
    assert.equal(holds('user.environment.group="Sales"', "Stream", "Sales", who), true);
    const listed = user("ann", { groups: ["c"] });
    assert.equal(holds('user.environment.group="c" or user.environment.group="a"', "Stream", "Sales", listed), false);
  });

  it("SR-404 stores session attributes where the dialect says so, over those of the directory", () => {
    const who = user("ann", { groups: ["c"], session: { group: ["Sales"] } });
    const cells = [
      ['user.group="Sales"', true],
      ['user.group="c"', false],
    ] as const;
    for (const [condition, stored] of cells) {
      const rules = siteOf([rule("r", "Stream_* | R | B", condition)], site);
      const how = { dialect: { sessionAttributesPersist: true } };
      assert.equal(decision(rules, who, ["read", at("Stream", "Sales")], how).allowed, stored, condition);
      assert.equal(decision(rules, who, ["read", at("Stream", "Sales")]).allowed, !stored, condition);
    }
  });

  it("SR-441 offers the properties of the environment", () => {
    const who = user("ann", { session: { os: ["Windows 11"], secureRequest: ["true"], ip: ["10.0.0.1"] } });
    assert.equal(holds('user.environment.os like "Windows*"', "Stream", "Sales", who), true);
    assert.equal(holds('user.environment.secureRequest="true"', "Stream", "Sales", who), true);
    assert.equal(holds('user.environment.device="iPhone"', "Stream", "Sales", who), false);
  });
});

describe("resource properties and relations", () => {
  const cells: readonly (readonly [condition: string, type: string, name: string, holds: boolean])[] = [
    ['resource.description="x"', "App.Object", "Overview", true], // SR-405
    ['resource.description="x"', "App", "Margin", false],
    ['resource.resourcetype="ReloadTask"', "ReloadTask", "nightly", true], // SR-406
    ['resource.published="true"', "App.Object", "Overview", true], // SR-407
    ['resource.published="true"', "App", "Margin", false],
    ["!resource.stream.Empty()", "App", "Margin", true],
    ["!resource.stream.Empty()", "App", "Draft", false],
    ['resource.@Region="SOUTH"', "App", "Margin", true], // SR-408
    ['resource.@Region="WEST"', "App.Object", "Overview", false],
    ['resource.app.@Region="SOUTH"', "App.Object", "Overview", true],
    ['resource.app.stream.@Region="NORTH"', "App.Object", "Overview", true],
    ['resource.nosuch="x"', "App", "Margin", false], // SR-409
    ["resource.nosuch.Empty()", "App", "Margin", true],
    ['resource.stream.name="Sales"', "App", "Margin", true], // SR-421
    ["resource.stream.Empty()", "App.Object", "Overview", true],
    ['resource.app.name="Margin"', "ReloadTask", "nightly", true],
    ["resource.app.owner = user", "App.Object", "Overview", true],
    ["resource.owner = user", "ReloadTask", "nightly", false],
    ["resource.App.stream.Empty()", "App.Object", "Sketch", true], // SR-422
    ["resource.stream.owner.Empty()", "App", "Draft", true],
    ['resource.app.stream.name="Sales"', "App.Object", "Sketch", false],
    ['resource.app.stream.HasPrivilege("read")', "App.Object", "Sketch", false],
    ['resource.owner.userId="ann"', "App", "Margin", true], // SR-423
    ['resource.owner.@Region="west"', "App", "Margin", true],
    ['resource.stream.owner.@Region="EAST"', "App", "Margin", true],
    ['resource.app.stream.owner.@Region="NORTH"', "App.Object", "Overview", false],
    ['resource.contentLibrarys.name="Icons"', "StaticContentReference", "logo.png", true],
    ["resource.IsOwned()", "App", "Margin", true], // SR-479
    ["resource.IsOwned()", "ReloadTask", "nightly", false],
    ["resource.IsOwned() and resource.owner = user", "Stream", "Sales", false],
  ];
  for (const [condition, type, name, expected] of cells) {
    it(`${expected ? "holds" : "fails"}: ${condition} on the ${type} ${name}`, () => {
      assert.equal(holds(condition, type, name), expected);
    });
  }
});

describe("reasons", () => {
  const cells: readonly (readonly [condition: string, type: string, name: string, requirement: string])[] = [
    ['resource.stream.name="Sales"', "App", "Draft", "SR-422"],
    ['resource.published="true"', "App", "Margin", "SR-407"],
    ['resource.stream.name="Sales"', "App.Object", "Overview", "SR-421"],
    ['resource.description="x"', "App", "Margin", "SR-405"],
    ['user.department="x"', "Stream", "Sales", "SR-346"],
    ['user.role="Developer"', "Stream", "Sales", "SR-403"],
    ['user.group="b"', "Stream", "Sales", "SR-341"],
    ['user.userId="ann"', "Stream", "Sales", "SR-321"],
  ];
  it("name the statement an answer rests on", () => {
    for (const [condition, type, name, requirement] of cells) {
      const answer = decision(siteOf([rule("r", `${type}_* | R | B`, condition)], site), ann, ["read", at(type, name)]);
      assert.ok(
        answer.because.some((reason) => reason.requirement === requirement),
        `${condition}: ${requirement}`,
      );
    }
  });
});

describe("functions", () => {
  it("SR-477 holds for anonymous sessions only", () => {
    assert.equal(holds("user.IsAnonymous()", "Stream", "Sales", anonymous), true);
    assert.equal(holds("user.IsAnonymous()", "Stream", "Sales", ann), false);
    assert.equal(holds("user.IsAnonymous()", "Stream", "Sales", user("anonymous1")), false);
    assert.equal(holds("user.IsAnonymous()", "Stream", "Sales", user("ann", { directory: "NONE" })), false);
  });

  it("SR-521, SR-522 gives an anonymous user no groups, and every rule that does not ask who it is", () => {
    assert.equal(holds("user.group.Empty() and user.roles.Empty()", "Stream", "Sales", anonymous), true);
    assert.equal(holds('resource.name="Sales"', "Stream", "Sales", anonymous), true);
  });

  it("SR-478 holds for a property without a value and a relation without a target", () => {
    assert.equal(holds("user.group.Empty()", "Stream", "Sales", user("dora")), true);
    assert.equal(holds("user.group.Empty()", "Stream", "Sales"), false);
    assert.equal(holds("resource.stream.Empty()", "App", "Draft"), true);
    assert.equal(holds("resource.owner.Empty()", "App", "Draft"), false);
  });
});
