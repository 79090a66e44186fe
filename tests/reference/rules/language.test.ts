/** Golden answers for structure, operators, lists and missing values of conditions (catalogue §3.6 to §3.8). */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Dialect } from "../../../catalogue/dialects.ts";
import type { Entity, Principal } from "../../../contract/types.ts";
import { at, custom, decision, entity, guid, ownedBy, rule, siteOf, user, userRow } from "./trading-company.ts";

const ann = user("ann");

/** Whether a condition holds for a user on a stream. */
function holds(
  condition: string,
  who: Principal = ann,
  stream: Partial<Entity> = {},
  dialect: Partial<Dialect> = {},
): boolean {
  const site = siteOf([rule("r", "Stream_* | R | B", condition)], { Stream: [entity("Sales", stream)] });
  const answer = decision(site, who, ["read", at("Stream", "Sales")], { dialect });
  assert.deepEqual(answer.broken, [], condition);
  assert.ok(answer.because.length > 1, "says why");
  return answer.allowed;
}

function isBroken(condition: string): boolean {
  const site = siteOf([rule("r", "Stream_* | R | B", condition)], { Stream: [entity("Sales")] });
  const { allowed, broken } = decision(site, ann, ["read", at("Stream", "Sales")]);
  assert.equal(allowed, false, condition);
  return broken.length === 1;
}

function member(...groups: readonly string[]): Principal {
  return user("ann", { groups });
}

describe("the structure of conditions", () => {
  it("SR-301 binds not before and before or", () => {
    const condition = 'user.name="ann" or user.name="ben" and resource.name="X"';
    assert.equal(holds(condition), true);
    assert.equal(holds(condition, ann, {}, { precedence: "orFirst" }), false);
    assert.equal(holds('!user.name="ben" and user.name="ann"'), true);
    assert.equal(holds('!user.name="ann" and user.name="ben" or user.name="ann"'), true);
  });

  it("SR-302, SR-303, SR-306 reads superfluous parentheses, && and ||, and any white space", () => {
    for (const condition of [
      '((user.name="ann"))',
      'user.name="ann"&&resource.name="Sales"',
      'user.name="x"||user.name="ann"',
    ]) {
      assert.equal(holds(condition), true, condition);
    }
    assert.equal(holds('(user.name="ann")\r\n\tand(resource.name="Sales")'), true);
  });

  it("SR-304 negates a call or a parenthesised expression", () => {
    assert.equal(holds("!user.IsAnonymous()"), true);
    assert.equal(holds('!(user.name="ann" or user.name="ben")'), false);
  });

  it("SR-305, SR-307, SR-309, SR-311, SR-329 breaks what the language does not know", () => {
    const broken = [
      'user.name="ann" AND user.name="ann"',
      'user.name LIKE "ann"',
      "user.name='ann'",
      "user.name=“ann”",
      'user.name>="a"',
      'user.name="a"+"nn"',
      "!resource.published",
      "resource.name like user.group",
      'not user.name="ben"',
    ];
    for (const condition of broken) assert.equal(isBroken(condition), true, condition);
  });

  it("SR-312 compares names of properties and functions ignoring case", () => {
    assert.equal(holds('Resource.Name="Sales" and user.Name="ann" and !user.isanonymous()'), true);
  });
});

describe("operators", () => {
  const cells: readonly (readonly [condition: string, name: string, holds: boolean])[] = [
    ['resource.name="finance"', "FINANCE", true], // SR-321
    ['resource.name="finance"', "FINANCES", false],
    ['resource.name=="finance"', "FINANCE", false], // SR-322
    ['resource.name=="finance"', "finance", true],
    ['resource.name!="UK"', "uk", false], // SR-323
    ['resource.name!="UK"', "United Kingdom", true],
    ['resource.name!=="UK"', "uk", true], // SR-324
    ['resource.name!=="UK"', "UK", false],
    ['resource.name like "mya*"', "MyApp", true], // SR-325
    ['resource.name like "*Developer"', "senior developer", true],
    ['resource.name like "*Developer"', "developers", false],
    ['resource.name like "my"', "MyApp", false],
    ['resource.name like "a*b*a"', "aba", true],
    ['resource.name like "ab*ba"', "aba", false],
    ['resource.name="My*"', "MyApp", false], // SR-326
    ['resource.name="My*"', "my*", true],
    ['resource.name matches ".*yap.*"', "MyApp", true], // SR-328
    ['resource.name matches "yap"', "MyApp", false],
    ['resource.name matches "(ab)*"', "ababab", true],
  ];
  it("SR-321 to SR-328 compares as the operator pages say", () => {
    for (const [condition, name, expected] of cells) {
      assert.equal(holds(condition, ann, { name }), expected, `${condition} on ${name}`);
    }
  });

  it("SR-328 minds letter case in matches as the dialect says", () => {
    const sensitive = { matchesCase: "sensitive" } as const;
    assert.equal(holds('resource.name matches ".*yap.*"', ann, { name: "MyApp" }, sensitive), false);
    assert.equal(holds('resource.name matches ".*yAp.*"', ann, { name: "MyApp" }, sensitive), true);
  });

  it("SR-330 holds under like and matches when any value fits", () => {
    const who = member("Consumer", "Senior Developer");
    assert.equal(holds('user.group like "*Developer"', who), true);
    assert.equal(holds('user.group like "*Developer"', member("Consumer")), false);
    const session = user("ann", { session: { group: ["Finance", "Marketing"] } });
    assert.equal(holds('user.environment.group matches "(Sales|Marketing)"', session), true);
  });

  it("SR-331 compares property with property in either order", () => {
    const stream = { customProperties: custom({ GroupAccess: ["Sales"] }) };
    assert.equal(holds("user.group=resource.@GroupAccess", member("sales"), stream), true);
    assert.equal(holds("resource.@GroupAccess=user.group", member("sales"), stream), true);
    assert.equal(holds("resource.@GroupAccess=user.group", member("SalesNorth"), stream), false);
  });

  it("SR-332 reads Booleans as text", () => {
    const object = entity("sheet", { published: true, approved: false, app: { id: guid("Margin") } });
    for (const [condition, expected] of [
      ['resource.published="true"', true],
      ['resource.approved="false"', true],
      ['resource.approved="true"', false],
    ] as const) {
      const site = siteOf([rule("r", "App.Object_* | R | B", condition)], { "App.Object": [object] });
      assert.equal(decision(site, ann, ["read", at("App.Object", "sheet")]).allowed, expected, condition);
    }
  });

  it("SR-333 compares the owner by identity: a namesake in another directory is somebody else", () => {
    const labAnn = user("ann", { directory: "LAB" });
    for (const condition of ["resource.owner = user", "user = resource.owner"]) {
      assert.equal(holds(condition, ann, { owner: ownedBy(ann) }), true, condition);
      assert.equal(holds(condition, labAnn, { owner: ownedBy(ann) }), false, condition);
    }
    const rows = [userRow(ann), userRow(labAnn)];
    const site = siteOf([rule("r", "Stream_* | R | B", "resource.owner = user")], {
      Stream: [entity("Sales", { owner: { id: guid("CORP\\ann") } })],
      User: rows,
    });
    assert.equal(decision(site, ann, ["read", at("Stream", "Sales")]).allowed, true);
    assert.equal(decision(site, user("ANN", { directory: "corp" }), ["read", at("Stream", "Sales")]).allowed, true);
    assert.equal(decision(site, labAnn, ["read", at("Stream", "Sales")]).allowed, false);
    assert.equal(holds("resource.owner.userId = user.userId", labAnn, { owner: ownedBy(ann) }), true);
  });

  it("SR-334 lets an object equal no text", () => {
    assert.equal(holds("resource.owner = user.userId", ann, { owner: ownedBy(ann) }), false);
    assert.equal(holds('user.environment = "Internal"', user("ann", { session: { zone: ["Internal"] } })), false);
  });
});

describe("several values and no value", () => {
  const hrAndIt = { customProperties: custom({ Dep: ["HR", "IT"] }) };

  it("SR-341 needs one common value for =", () => {
    assert.equal(holds('resource.@Dep="HR"', ann, hrAndIt), true);
    assert.equal(holds('resource.@Dep="hr"', ann, hrAndIt), true);
    assert.equal(holds('resource.@Dep="H"', ann, hrAndIt), false);
  });

  it("SR-342 holds for two lists that share a value", () => {
    const stream = { customProperties: custom({ GroupAccess: ["b", "c"] }) };
    assert.equal(holds("user.group=resource.@GroupAccess", member("a", "b"), stream), true);
    assert.equal(holds("user.group=resource.@GroupAccess", member("a", "d"), stream), false);
  });

  it("SR-343 lets a user with both groups satisfy both", () => {
    const condition = 'user.group="a" and user.group="b"';
    assert.equal(holds(condition, member("a", "b")), true);
    assert.equal(holds(condition, member("a")), false);
  });

  it("SR-344 reads != on a list as the dialect says", () => {
    const condition = 'user.group!="X"';
    const noneEqual = { notEqualOnLists: "noneEqual" } as const;
    assert.equal(holds(condition, member("X", "Y")), true);
    assert.equal(holds(condition, member("X", "Y"), {}, noneEqual), false);
    for (const dialect of [{}, noneEqual]) {
      assert.equal(holds(condition, member("X"), {}, dialect), false);
      assert.equal(holds(condition, member("Y", "Z"), {}, dialect), true);
    }
  });

  it("SR-345 negates the membership exactly", () => {
    const condition = '!(user.group="X")';
    assert.equal(holds(condition, member("X", "Y")), false);
    assert.equal(holds(condition, member("Y")), true);
    assert.equal(holds(condition, member()), true);
  });

  it("SR-346 lets nothing equal nothing", () => {
    assert.equal(holds('user.group="x"'), false);
    assert.equal(holds('user.group=="x"'), false);
    assert.equal(holds('user.group like "*"'), false);
    assert.equal(holds('user.group matches ".*"'), false);
    assert.equal(holds("user.@Region = resource.@Region"), false);
  });

  it("SR-347 reads != on a missing value as the dialect says", () => {
    assert.equal(holds('user.group!="x"'), true);
    assert.equal(holds('user.group!="x"', ann, {}, { notEqualOnMissing: false }), false);
  });

  it("SR-348 takes a custom property without a value as missing", () => {
    assert.equal(holds("resource.@Dep.Empty()"), true);
    assert.equal(holds("resource.@Dep.Empty()", ann, hrAndIt), false);
  });
});

describe("traps from the field (catalogue §5.5)", () => {
  it("holds for every single name when two != are joined by or", () => {
    for (const name of ["A", "B", "C"]) {
      assert.equal(holds('(resource.name!="A" or resource.name!="B")', ann, { name }), true, name);
    }
  });

  it("never holds when one value is asked to be two", () => {
    for (const name of ["x", "y"]) {
      assert.equal(holds('resource.name="x" and resource.name="y"', ann, { name }), false, name);
    }
  });
});
