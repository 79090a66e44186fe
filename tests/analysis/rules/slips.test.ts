/** Slips of the pen in rules: what nobody reports by itself, for it is no error and grants nothing. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Unasked } from "../../../analysis/rules/finding.ts";
import { unasked } from "../../../analysis/rules/unasked.ts";
import { dialectOf } from "../../../catalogue/dialects.ts";
import { entity, rule, siteOf, user, userRow } from "../../reference/rules/trading-company.ts";

function findings(filter: string, condition: string): readonly Unasked[] {
  const site = siteOf([rule("The rule", `${filter} | R`, condition)], {
    User: [userRow(user("ann"))],
    Stream: [entity("Sales")],
    App: [entity("Orders")],
  });
  return unasked(site, dialectOf("documented"));
}

function textsOf(kind: Unasked["kind"], filter: string, condition: string): readonly string[] {
  return findings(filter, condition).flatMap((one) => (one.kind === kind ? [one.text] : []));
}

const slips: readonly (readonly [kind: Unasked["kind"], filter: string, condition: string, told: RegExp])[] = [
  ["unknown-type", "Apps_*", 'user.group = "Sales"', /^Apps_\* covers nothing.*did you mean App\?$/],
  ["unknown-type", "Strem*", 'user.group = "Sales"', /^Strem\* .*did you mean Stream\?$/],
  [
    "unknown-type",
    "App_*, DataConection_*",
    'user.group = "Sales"',
    /^DataConection_\* .*did you mean DataConnection\?$/,
  ],
  ["unknown-type", "App.Obect_*", 'user.group = "Sales"', /did you mean App\.Object\?$/],
  ["unknown-property", "App_*", 'resource.nmae = "x" and user.name = "ann"', /^resource\.nmae .*did you mean name\?$/],
  ["unknown-property", "App_*", "resource.stream.onwer.name = user.name", /did you mean owner\?$/],
  ["unknown-property", "App_*", 'user.gruop = "Sales"', /^user\.gruop .*did you mean group\?$/],
  ["unknown-property", "Strem*", 'user.gruop = "Sales"', /did you mean group\?$/],
  ["unknown-property", "App_*", 'user.environment.contxt = "AppAccess"', /did you mean context\?$/],
  [
    "broken-rule",
    "App_*",
    'resource.stream.HasPrivilege("reed")',
    /:1:1: there is no action "reed"; did you mean read\?/,
  ],
  [
    "broken-rule",
    "App_*",
    'user.name = "ann" and\nresource.HasPrivilege("chnageowner")',
    /:2:1: .*did you mean changeowner\?/,
  ],
  ["broken-rule", "App_*", 'resource.HasPrivilege("frobnicate")', /the actions are create, read, update/],
];

describe("a slip of the pen", () => {
  for (const [kind, filter, condition, told] of slips) {
    it(`is told with what was likely meant: ${filter} ${condition.replaceAll("\n", " ")}`, () => {
      const texts = textsOf(kind, filter, condition);
      assert.equal(texts.length, 1, JSON.stringify(findings(filter, condition)));
      assert.match(texts[0] ?? "", told);
    });
  }

  const nodes: readonly (readonly [category: string, condition: string, told: RegExp])[] = [
    ["Sync", 'node.nmae = "North"', /^node\.nmae .*did you mean name\?$/],
    ["Sync", 'node.hostName = "north"', /nodes offer no such property$/],
    ["Sync", 'user.group = "Sales"', /asked of a node, not of a user$/],
    ["Security", 'node.name = "North"', /only load-balancing rules know a node$/],
    ["License", 'user.gruop = "Sales"', /did you mean group\?$/],
  ];

  for (const [category, condition, told] of nodes) {
    it(`is told in rules of ${category} as well: ${condition}`, () => {
      const asked = rule("The rule", "App_* | C", condition, { category });
      const found = unasked(siteOf([asked], { App: [entity("Orders")] }), dialectOf("documented"));
      const texts = found.flatMap(({ kind, text }) => (kind === "unknown-property" ? [text] : []));
      assert.equal(texts.length, 1);
      assert.match(texts[0] ?? "", told);
    });
  }

  it("is not found in names that exist, nor in names near none", () => {
    const sound = [
      "App*, Stream_*, License*, License.LoginAccessGroup_*, CustomProperty*, Engine*, OdagLink_*, QmcSection_App",
      'user.office = "Rome" and user.environment.badge = "7" and user.roles = "Trader" and user.role = "Trader"',
    ] as const;
    const wrong: ReadonlySet<Unasked["kind"]> = new Set(["unknown-type", "unknown-property", "broken-rule"]);
    assert.deepEqual(
      findings(...sound).filter(({ kind }) => wrong.has(kind)),
      [],
    );
  });
});
