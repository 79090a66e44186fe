/** The lessons of the customer case (catalogue §6.6), its misprint, the same with every name changed, and the case repaired. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { unasked, type FindingKind } from "../../../analysis/rules/unasked.ts";
import { dialectOf } from "../../../catalogue/dialects.ts";
import type { Entity, Site } from "../../../contract/types.ts";
import { site } from "../../reference/rules/customer-case.ts";
import { custom, rule } from "../../reference/rules/trading-company.ts";

const dialect = dialectOf("documented");

type Told = readonly [rule: string, kind: FindingKind];

/** What a reader of the case has to be told, lesson by lesson. */
const lessons: { readonly [lesson: string]: readonly Told[] } = {
  "1: the filter promises streams and custom properties, no branch gives them": [["TeamAdminRead", "idle-filter-item"]],
  "2: branches without a test of the user": [["TeamAdminRead", "no-user-test"]],
  "3: the role without project creates what it cannot read, in every app": [
    ["TeamAdminCreate", "right-without-read"],
    ["TeamAdminCreate", "asks-nothing-of-parent"],
  ],
  "4: a role alone is not enough, and Extendable opens to any reader": [
    ["CreateAppObjectsPublishedApp", "group-not-enough"],
    ["CreateAppObjectsPublishedApp", "branch-for-everybody"],
    ["CreateAppObjectsPublishedApp", "role-apart-from-project"],
  ],
  "5: developers see a connection and no stream": [["ResourceAccess", "value-on-some-types-only"]],
  "6: admins see scripts and private sheets": [["TeamAdminRead", "private-and-scripts"]],
};

function rulesOf(of: Site): readonly Entity[] {
  return of.entities["SystemRule"] ?? [];
}

function withRules(of: Site, rules: readonly Entity[]): Site {
  return { ...of, entities: { ...of.entities, SystemRule: rules } };
}

function told(of: Site): readonly Told[] {
  return unasked(of, dialect).map(({ rule: name, kind }): Told => [name, kind]);
}

/** As the page prints it: the filter of the sections on the rule about objects. */
const misprinted = withRules(
  site,
  rulesOf(site).map((one) => {
    const sections = rulesOf(site).find(({ name }) => name === "TeamAdminSections");
    return one["name"] === "CreateAppObjectsPublishedApp"
      ? { ...one, resourceFilter: sections?.["resourceFilter"] ?? "" }
      : one;
  }),
);

const names =
  "proj1_aud1 proj1_aud2 proj2_aud1 proj1_admin proj2_admin proj1_dev role_admin role_dev role_ext GroupAccess AdminGroup " +
  "Extendable Proj1_Aud1 Proj1_Aud2 Proj2_Aud1 DC_Proj1 quarterly hourly ResourceAccess TeamAdminRead TeamAdminSections " +
  "TeamAdminCreate CreateAppObjectsPublishedApp CreateApp";

/** Another word for each name; longer names first, so that none is changed inside another. */
function renamed(of: Site, copy: number): { readonly site: Site; readonly wordFor: (name: string) => string } {
  const words = new Map(names.split(" ").map((name, at) => [name, `Wort${copy}x${(at * 7 + copy) % 97}y${at}`]));
  const longest = names.split(" ").sort((a, b) => b.length - a.length);
  const text = longest.reduce((all, name) => all.replaceAll(name, words.get(name) ?? name), JSON.stringify(of));
  return { site: JSON.parse(text) as Site, wordFor: (name) => words.get(name) ?? name };
}

const adminOf = "resource.stream.@AdminGroup = user.group";
const adminOfApp = "resource.app.stream.@AdminGroup = user.group";

const repairedRules: readonly Entity[] = [
  rule("ResourceAccess", "Stream_*, DataConnection_* | R | B", "((user.group=resource.@GroupAccess))"),
  rule(
    "TeamAdminRead",
    "Stream_*,App*,ReloadTask_*,Tag_*,DataConnection_* | RU | B",
    `(resource.resourcetype="App" and ${adminOf}) or (resource.resourcetype="App.Object" and resource.published="true"
    and ${adminOfApp}) or (resource.resourcetype="ReloadTask" and ${adminOfApp})
    or ((resource.resourcetype="DataConnection" or resource.resourcetype="Stream") and resource.@AdminGroup = user.group)
    or (resource.resourcetype="Tag" and user.group="role_admin")`,
  ),
  rule("TeamAdminSections", "QmcSection_App,QmcSection_Task | R | B", '((user.group="role_admin"))'),
  rule(
    "TeamAdminCreate",
    "App_*,App.Object_*,ReloadTask_*,DataConnection_* | C | B",
    `(resource.resourcetype="App" and ${adminOf}) or (resource.resourcetype="App.Object" and ${adminOfApp})
    or (resource.resourcetype="ReloadTask" and ${adminOfApp})
    or (resource.resourcetype="DataConnection" and resource.@AdminGroup = user.group)`,
  ),
  rule(
    "CreateAppObjectsPublishedApp",
    "App.Object_* | C | B",
    `!resource.App.stream.Empty() and resource.App.HasPrivilege("read") and resource.objectType = "sheet"
    and !user.IsAnonymous() and (user.group = resource.app.stream.@AdminGroup
    or (user.group = resource.app.stream.@GroupAccess and resource.app.@Extendable="Yes"))`,
  ),
  rule("CreateApp", "App_* | C | H", '!user.IsAnonymous() and user.group="role_dev"'),
  rule("OwnerRead", "* | R | B", "resource.IsOwned() and resource.owner = user"),
  rule(
    "Stream",
    "App* | R | B",
    `(resource.resourcetype = "App" and resource.stream.HasPrivilege("read")) or ((resource.resourcetype = "App.Object"
    and resource.published = "true" and !(resource.objectType = "app_appscript" or resource.objectType = "loadmodel"))
    and resource.app.stream.HasPrivilege("read"))`,
  ),
];

const repaired: Site = {
  ...withRules(site, repairedRules),
  entities: {
    ...site.entities,
    SystemRule: repairedRules,
    Stream: (site.entities["Stream"] ?? []).map((stream) =>
      stream["name"] === "Proj1_Aud1"
        ? {
            ...stream,
            customProperties: custom({ GroupAccess: ["proj1_aud1", "proj1_dev"], AdminGroup: ["proj1_admin"] }),
          }
        : stream,
    ),
  },
};

describe("the customer case", () => {
  const found = told(site).map(String);
  for (const [lesson, expected] of Object.entries(lessons)) {
    it(`is told its lesson ${lesson}`, () => {
      for (const one of expected)
        assert.ok(found.includes(String(one)), `${String(one)} is not among\n${found.join("\n")}`);
    });
  }

  it("is told of the filter that belongs to another rule", () => {
    assert.deepEqual(
      told(misprinted).filter(([name]) => name === "CreateAppObjectsPublishedApp"),
      [["CreateAppObjectsPublishedApp", "sections-about-objects"]],
    );
    assert.ok(!told(site).some(([, kind]) => kind === "sections-about-objects"));
  });

  it("is told the same with every name changed, twenty times", () => {
    for (let copy = 1; copy <= 20; copy++) {
      const [plain, slipped] = [renamed(site, copy), renamed(misprinted, copy)];
      assert.ok(!JSON.stringify(plain.site).includes("role_admin"));
      const expected = told(site).map(([name, kind]) => String([plain.wordFor(name), kind]));
      assert.deepEqual(told(plain.site).map(String), expected, `copy ${copy}`);
      const misplaced = told(slipped.site).filter(([, kind]) => kind === "sections-about-objects");
      assert.deepEqual(misplaced, [[slipped.wordFor("CreateAppObjectsPublishedApp"), "sections-about-objects"]]);
    }
  });

  it("is told nothing once it is repaired", () => {
    assert.deepEqual(unasked(repaired, dialect), []);
  });
});
