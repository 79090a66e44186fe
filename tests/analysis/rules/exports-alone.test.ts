/** What is told of exports that hold rules alone, as they are posted and published, and what is not. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { against } from "../../../analysis/rules/against.ts";
import type { FindingKind, Unasked } from "../../../analysis/rules/finding.ts";
import { unasked } from "../../../analysis/rules/unasked.ts";
import { dialectOf } from "../../../catalogue/dialects.ts";
import type { Entity } from "../../../contract/types.ts";
import { custom, entity, reference, rule, siteOf, user } from "../../reference/rules/trading-company.ts";

const dialect = dialectOf("documented");

function findings(...rules: readonly Entity[]): readonly Unasked[] {
  return unasked(siteOf(rules), dialect);
}

function kinds(...rules: readonly Entity[]): readonly FindingKind[] {
  return findings(...rules).map(({ kind }) => kind);
}

const streams = rule("Streams", "Stream_* | R", "user.group = resource.@GroupAccess");

describe("an export of custom rules alone", () => {
  it("is told nothing of properties it cannot define and of rights shipped rules may give", () => {
    const published = rule("Published", "App* | RU", 'user.group = "Editors" and resource.@Class = "Open"');
    const publishes = rule("Publishes", "Stream_* | P", "user.group = resource.@GroupAccess");
    assert.deepEqual(kinds(published, publishes), []);
  });

  it("is told softly of rights that none of its rules gives, hard when the shipped ones are there", () => {
    const apps = rule("Apps of streams", "App_* | R", 'resource.stream.HasPrivilege("read")');
    const [alone] = findings(apps);
    assert.deepEqual([alone?.kind, alone?.weight], ["never-fires", "unclear"]);
    assert.match(alone?.text ?? "", /asks for read on Stream, which no rule here gives, among custom rules alone$/);
    const shipped = rule("Tags", "Tag_* | R", 'user.roles = "TagAdmin"', { type: "ReadOnly" });
    const [whole] = findings(apps, shipped);
    assert.deepEqual([whole?.kind, whole?.weight], ["never-fires", "nothing"]);
  });

  it("is told of a branch that no rule here can reach, with the right it lacks", () => {
    const either = rule(
      "Apps",
      "App_* | R",
      'resource.stream.HasPrivilege("read") or user.group = resource.@GroupAccess',
    );
    const [one] = findings(either);
    assert.deepEqual([one?.kind, one?.weight], ["dead-branch", "unclear"]);
    assert.match(one?.text ?? "", /no rule here gives read on Stream: resource\.stream/);
  });

  it("is not told that a group reaches nothing where the site has nothing to reach", () => {
    const sheets = rule("Sheets", "App_* | U", 'user.group = "Leads" and resource.stream.HasPrivilege("read")');
    assert.ok(!kinds(streams, sheets).includes("group-not-enough"));
    const placed = siteOf([streams, sheets], {
      Stream: [{ ...entity("Sales"), customProperties: custom({ GroupAccess: ["Sellers"] }) }],
      App: [{ ...entity("Orders"), stream: reference("Sales") }],
    });
    assert.ok(unasked(placed, dialect).some(({ kind }) => kind === "group-not-enough"));
  });
});

describe("administrators", () => {
  it("may reach everything when a rule over everything names them by group", () => {
    assert.deepEqual(kinds(rule("Keepers", "* | all | Q", 'user.group = "Keepers" or user.roles = "RootAdmin"')), []);
    assert.deepEqual(kinds(rule("Readers", "* | R", 'user.environment.group = "Auditors"')), []);
  });

  it("are not whoever has not some group", () => {
    const told = kinds(rule("Others", "* | all", 'user.group != "Visitors"'));
    assert.ok(told.includes("private-and-scripts") && told.includes("asks-nothing-of-parent"));
  });
});

describe("a test of the user", () => {
  it("by what he is not is no role apart from a project", () => {
    const told = kinds(
      streams,
      rule("Not", "App_* | U", 'user.group != "Guests" and resource.stream.HasPrivilege("read")'),
    );
    assert.deepEqual(told, ["unequal-lists"]);
    const negated = kinds(
      streams,
      rule("Not", "App_* | U", '!(user.group = "Guests") and resource.stream.HasPrivilege("read")'),
    );
    assert.deepEqual(negated, []);
  });

  it("with != over several values is told with what to write", () => {
    const [one] = findings(rule("Not", "Stream_* | R", 'user.role != "Consumer" and resource.@Class = "Open"'));
    assert.deepEqual([one?.kind, one?.weight, one?.requirement], ["unequal-lists", "unclear", "SR-344"]);
    assert.match(one?.text ?? "", /write !\(user\.role = "Consumer"\)$/);
    assert.deepEqual(kinds(rule("Mail", "Stream_* | R", 'user.userId != "ann" and user.group = "Sales"')), []);
  });

  it("that lacks for one thing by name weighs less than one that lacks for all", () => {
    const [named] = findings(
      rule("Front", "Stream_* | R", 'user.group = resource.name or resource.name = "Front desk"'),
    );
    assert.deepEqual([named?.kind, named?.weight], ["no-user-test", "unclear"]);
    const [open] = findings(rule("Front", "Stream_* | R", 'resource.@Class = "Open"'));
    assert.deepEqual([open?.kind, open?.weight], ["no-user-test", "too-much"]);
  });

  it("that lacks in one branch is told as that branch has it, sign of negation and all", () => {
    const either = rule(
      "Sheets",
      "App.Object_* | U",
      'user.group = "Leads" or (!resource.app.stream.Empty() and resource.app.HasPrivilege("read"))',
    );
    const told = findings(rule("Apps", "App_* | R", "user.group = resource.@GroupAccess"), either);
    const open = told.find(({ kind }) => kind === "branch-for-everybody");
    assert.match(
      open?.text ?? "",
      /: !\(resource\.app\.stream\.Empty\(\)\) and resource\.app\.HasPrivilege\("read"\)$/,
    );
  });
});

describe("rules", () => {
  it("of one name are told apart", () => {
    const twice = [rule("Sales", "Stream_* | R", ""), { ...rule("Sales", "App_* | R", ""), id: "7ead-2" }];
    assert.deepEqual(
      findings(...twice).map(({ rule: name }) => name),
      ["Sales", "Sales (7ead-2)"],
    );
  });

  it("without an action are told so", () => {
    const [one] = findings({ ...rule("Idle", "Stream_* | R", 'user.group = "Sales"'), actions: 0 });
    assert.deepEqual([one?.kind, one?.requirement, one?.text], ["never-fires", "SR-232", "the rule names no action"]);
  });

  it("of more alternatives than are searched are not said never to fire", () => {
    const impossible = 'user.name = "a" and user.name = "b"';
    const either = Array.from({ length: 300 }, () => `(${impossible})`).join(" or ");
    assert.ok(kinds(rule("Short", "Stream_* | R", impossible)).includes("never-fires"));
    assert.ok(!kinds(rule("Long", "Stream_* | R", `${either} or user.group = "Sales"`)).includes("never-fires"));
  });
});

describe("a pattern that would backtrack for ever elsewhere", () => {
  it("costs nothing, whatever is asked of the rules", () => {
    const patterns = ["(a+)+b", "(a|aa)+c", "(.*a){12}x", "((a{0,9}){0,9}){0,9}d"];
    const condition = patterns.map((pattern) => `resource.name matches "${pattern}"`).join(" or ");
    const site = siteOf(
      [
        rule("Patterns", "App_* | R", condition),
        rule("Likes", "App_* | U", `resource.name like "${"*a".repeat(200)}*b"`),
      ],
      {
        App: [{ ...entity("Orders"), name: "a".repeat(20_000) }],
      },
    );
    const started = performance.now();
    assert.ok(unasked(site, dialect).length > 0);
    const { differences } = against(site, [], [user("ann")], dialect);
    assert.ok(differences.length > 0);
    assert.ok(performance.now() - started < 5_000);
  });
});
