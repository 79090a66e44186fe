import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { isKnownError } from "../../contract/errors.ts";
import type { Entity, Json } from "../../contract/types.ts";
import { readRules, readSite } from "../../intake/site.ts";

const folder = mkdtempSync(join(tmpdir(), "exports-"));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const condition = '(user.group = "Sales"\n  or user.roles = "Auditor")\n  and resource.@Region = "NORTH"';

const north = {
  id: "7ead1400-0000-4000-8000-000000000811",
  category: "Security",
  type: "Custom",
  name: "North, read",
  rule: condition,
  resourceFilter: "Stream_*, App*",
  actions: 6,
  ruleContext: 2,
  disabled: false,
  schemaPath: "SystemRule",
};

const everyone = {
  id: "7ead1400-0000-4000-8000-000000000812",
  category: "Security",
  type: "Custom",
  name: "Everyone",
  rule: "",
  resourceFilter: "Extension_*",
  actions: 2,
  ruleContext: 0,
  disabled: true,
  schemaPath: "SystemRule",
};

const both: readonly { readonly [field: string]: Json }[] = [north, everyone];
const plain = JSON.stringify(both, undefined, 2);

function without(...names: readonly string[]): string {
  return JSON.stringify(
    both.map((rule) => Object.fromEntries(Object.entries(rule).filter(([name]) => !names.includes(name)))),
  );
}

function pascal(rule: { readonly [field: string]: Json }): { readonly [field: string]: Json } {
  return Object.fromEntries(
    Object.entries(rule).map(([name, value]) => [name[0]?.toUpperCase() + name.slice(1), value]),
  );
}

const quotedCondition = `"${condition.replaceAll('"', '""')}"`;

/** One rule set in the shapes clients, scripts and spreadsheets leave it in. */
const shapes: { readonly [shape: string]: string | Buffer } = {
  "as QRS answers it": plain,
  "keyed by type": JSON.stringify({ SystemRule: both }),
  "keyed by type in other letters": JSON.stringify({ systemrule: both }),
  "with the count PowerShell puts round a list": JSON.stringify({ value: both, Count: 2 }),
  "beside what a client says of itself": JSON.stringify({ user: "CORP\\ann", exported: "2026-11-22", rules: both }),
  "as a page of a list": JSON.stringify({ page: 1, total: 2, items: both }),
  "as packages of rules": JSON.stringify({
    packages: [
      {
        packageName: "Readers",
        ruleList: [{ ...north, customPropertyObj: [{ id: "1", schemaPath: "CustomPropertyDefinition" }] }],
      },
      { packageName: "All", ruleList: [everyone] },
    ],
  }),
  "with keys that begin large": JSON.stringify(both.map(pascal)),
  "with a byte order mark": `\uFEFF${plain}`,
  "as Windows PowerShell redirects it": Buffer.from(`\uFEFF${plain.replaceAll("\n", "\r\n")}`, "utf16le"),
  "as bodies a script posts": without("id", "schemaPath", "type"),
  "with numbers as texts": JSON.stringify(both.map((rule) => ({ ...rule, actions: JSON.stringify(rule["actions"]) }))),
  "with actions and contexts by name": JSON.stringify([
    { ...north, actions: "Read, Update", ruleContext: "QMCOnly", category: "security" },
    { ...everyone, actions: ["read"], ruleContext: "Both in hub and QMC" },
  ]),
  "as CSV": `id,name,rule,resourceFilter,actions,ruleContext,disabled\n,"North, read",${quotedCondition},"Stream_*, App*",6,2,False\n,Everyone,,Extension_*,2,0,True\n`,
  "as CSV with the heads of the QMC": `Name;Description;Resource filter;Actions;Disabled;Context;Conditions\r\nNorth, read;Leads;Stream_*, App*;Read + Update;No;QMC;${quotedCondition}\r\n\r\nEveryone;;Extension_*;Read;Yes;Both;\r\n`,
  "as PowerShell exports a table": `#TYPE System.Management.Automation.PSCustomObject\r\n"name","rule","resourceFilter","actions","ruleContext","disabled"\r\n"North, read",${quotedCondition},"Stream_*, App*","6","QMCOnly","False"\r\n"Everyone","","Extension_*","2","BothQlikSenseAndQMC","True"\r\n`,
};

function told(rules: readonly Entity[]): Json {
  return rules.map(({ name, rule, resourceFilter, actions, ruleContext, disabled, category }) => [
    name ?? null,
    typeof rule === "string" ? rule.replaceAll("\r\n", "\n") : null,
    resourceFilter ?? null,
    actions ?? null,
    ruleContext ?? null,
    disabled ?? null,
    category ?? null,
  ]);
}

describe("an export of rules", () => {
  const expected = told([north, everyone]);
  for (const [shape, content] of Object.entries(shapes)) {
    it(`is read ${shape}`, () => {
      const rules = readRules(file("rules-next-week.json", content));
      assert.deepEqual(told(rules), expected);
      assert.equal(new Set(rules.map(({ id }) => id)).size, 2);
    });
  }

  it("is read as one rule alone", () => {
    assert.deepEqual(told(readRules(file("one.json", JSON.stringify(north)))), told([north]));
  });

  it("names rules without id after the file", () => {
    const ids = readRules(file("weekly.json", without("id"))).map(({ id }) => id);
    assert.deepEqual(ids, ["weekly 1", "weekly 2"]);
  });
});

/** What is refused, and where. */
const mistakes: readonly (readonly [
  what: string,
  content: string,
  place: readonly [number, number?],
  message: RegExp,
])[] = [
  ["rules without conditions", without("rule"), [1, 2], /"North, read" has no "rule"/],
  ["a condition that is null", `[\n${JSON.stringify({ ...north, rule: null })}]`, [2], /has no "rule"/],
  ["actions that are none", `[\n${JSON.stringify({ ...north, actions: "Reed" })}]`, [2], /has the actions "Reed"/],
  ["actions below nothing", `[${JSON.stringify({ ...north, actions: -2 })}]`, [1], /has the actions -2/],
  ["a context that is none", `[\n${JSON.stringify({ ...north, ruleContext: 7 })}]`, [2], /has the ruleContext 7/],
  [
    "a category that is none",
    `[\n${JSON.stringify({ ...north, category: "Secret" })}]`,
    [2],
    /has the category "Secret"/,
  ],
  ["disabled that is no answer", `[\n${JSON.stringify({ ...north, disabled: "maybe" })}]`, [2], /is disabled "maybe"/],
  ["an id twice", `[${JSON.stringify(north)},\n${JSON.stringify(north)}]`, [2], /has the id .* twice/],
  ["something else among rules", `[${JSON.stringify(north)},\n7]`, [2, 1], /\[1\] does not tell its type/],
  ["a table without conditions", "name,resourceFilter,actions\nNorth,App_*,2\n", [1], /no column "rule"/],
  ["a table with a column twice", "name,rule,condition,resourceFilter,actions\n", [1], /two columns "rule"/],
  [
    "a table with actions that are none",
    'name,rule,resourceFilter,actions\nA,"x\ny",App_*,2\nB,,App_*,Reed\n',
    [4],
    /"B" has the actions "Reed"/,
  ],
  ["a table with an open quote", 'name,rule,resourceFilter,actions\nA,"x,App_*,2\n', [2], /not CSV/],
];

describe("an export of rules with a mistake", () => {
  for (const [what, content, [line, column], message] of mistakes) {
    it(`is refused at its place: ${what}`, () => {
      assert.throws(
        () => readRules(file("mistaken.json", content)),
        (error: unknown) => {
          assert.ok(isKnownError(error), String(error));
          assert.match(error.message, message);
          assert.equal(error.details.line, line);
          if (column !== undefined) assert.equal(error.details.column, column);
          return true;
        },
      );
    });
  }
});

describe("a folder of exports as QRS answers them", () => {
  it("is a site, by what the entities say of themselves and by the files' names", () => {
    const path = join(folder, "site");
    mkdirSync(path);
    const put = (name: string, value: Json): void => writeFileSync(join(path, name), JSON.stringify(value));
    put("rules.json", [{ ...north, id: "a" }]);
    put("people.json", [{ id: "b", userId: "ann", userDirectory: "CORP" }]);
    put("apps.json", [{ id: "c", name: "Orders", schemaPath: "App" }]);
    put("Streams.json", [{ id: "d", name: "Sales" }]);
    put("site.json", { Tag: [{ id: "e", name: "hourly" }], Wheel: [] });
    const { site, notes } = readSite(path);
    const ids = Object.entries(site.entities).map(([type, entities]) => [type, entities.map(({ id }) => id).join()]);
    assert.deepEqual(Object.fromEntries(ids), { SystemRule: "a", User: "b", App: "c", Stream: "d", Tag: "e" });
    assert.equal(notes.length, 1);
  });
});
