import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { site, users } from "../reference/rules/customer-case.ts";
import { answered, folder, root, said } from "./command.ts";

/** The customer case with its users in the user list, as an administrator would export it. */
const rules = site.entities["SystemRule"] ?? [];
const entities = {
  ...site.entities,
  User: [...users.values()]
    .filter(({ directory }) => directory !== "NONE")
    .map(({ directory, id, groups }, index) => ({
      id: `7ead1400-0000-4000-8000-${String(index).padStart(12, "0")}`,
      userDirectory: directory,
      userId: id,
      name: id,
      roles: [],
      attributes: groups.map((group) => ({ attributeType: "group", attributeValue: group })),
    })),
};

const intents = `intents:
  - title: every developer may create an app
    always: create
    who: user.group = "role_dev"
    on: App_*
    context: hub
  - title: no stranger updates tags
    never: update
    who: '!(user.group like "*")'
    on: Tag_*
`;

function files(more: { readonly [name: string]: string } = {}): (name: string) => string {
  const path = folder({ "site.json": JSON.stringify(entities), "intents.yaml": intents, ...more });
  return (name) => join(path, name);
}

describe("fuzz", () => {
  it("tells unasked what a rule set does, and fails where somebody gets too much or nothing", async () => {
    const { code, stdout } = await said("fuzz", "--site", files()("site.json"));
    assert.equal(code, 1);
    assert.match(stdout, /TeamAdminRead +no-user-test +SR-109 +no test of the user: everybody, anonymous/);
    const clean = files({
      "one.json": JSON.stringify({ ...entities, SystemRule: rules.slice(0, 1), DataConnection: [] }),
    });
    const nothing = await said("fuzz", "--site", clean("one.json"));
    assert.deepEqual([nothing.code, nothing.stdout], [0, "Nothing to tell that was not asked.\n"]);
  });

  it("compares with an export of rules, in people and beyond them", async () => {
    const at = files({
      "next.json": JSON.stringify(rules.filter(({ name }) => name !== "ResourceAccess")),
    });
    const { code, stdout } = await said("fuzz", "--site", at("site.json"), "--against", at("next.json"));
    assert.equal(code, 1);
    assert.match(stdout, /Stream read in hub and qmc: narrower\n {4}- CORP\\ext1/);
    assert.match(stdout, /CORP\\aud2\n.*loses read on Stream Proj1_Aud2 in hub and qmc \(ResourceAccess\)/);
    const same = await said("fuzz", "--site", at("site.json"), "--against", at("site.json"));
    assert.equal(same.code, 0);
  });

  it("holds rules against intents: 1 for a broken one, 3 for one that asks nothing, 0 otherwise", async () => {
    const at = files({
      "kept.yaml": intents.split("  - title: no stranger")[0] ?? "",
      "empty.yaml": '- { title: none, never: read, on: Tag_*, where: resource.@Region = "N" }',
    });
    const run = (name: string): Promise<{ code: number; stdout: string }> =>
      said("fuzz", "--site", at("site.json"), "--intent", at(name));
    const broken = await run("intents.yaml");
    assert.equal(broken.code, 1);
    assert.match(
      broken.stdout,
      /^holds {4}every developer[^\n]*\nbroken {3}no stranger updates tags\n +\S+.* is allowed to update Tag .* by TeamAdminRead/,
    );
    assert.equal((await run("kept.yaml")).code, 0);
    const vacuous = await run("empty.yaml");
    assert.equal(vacuous.code, 3);
    assert.match(vacuous.stdout, /^vacuous/);
  });

  it("tells of a rule whose alternatives are too many to search", async () => {
    const either = ["a", "b", "c", "d", "e", "f", "g"].map(
      (group) => `(user.group="${group}1" or user.group="${group}2" or user.group="${group}3")`,
    );
    const wide = [{ ...rules[0], rule: either.join(" and ") }];
    const at = files({ "wide.json": JSON.stringify({ ...entities, SystemRule: wide }) });
    const { stderr } = await said("fuzz", "--site", at("wide.json"));
    assert.match(stderr, /^rule "ResourceAccess" has more alternatives than are searched/m);
    assert.equal((await said("fuzz", "--site", at("site.json"))).stderr, "");
  });

  it("prints JSON", async () => {
    const at = files();
    const { stdout } = await said(
      "fuzz",
      "--site",
      at("site.json"),
      "--intent",
      at("intents.yaml"),
      "--coverage",
      "--json",
    );
    const parts = JSON.parse(stdout) as {
      readonly intents: readonly { readonly kind: string }[];
      readonly coverage: readonly object[];
    };
    assert.deepEqual(
      parts.intents.map(({ kind }) => kind),
      ["holds", "broken"],
    );
    assert.ok(parts.coverage.length > 3);
  });

  it("writes coverage as LCOV beside the conditions it speaks of", async () => {
    const at = files();
    const { code } = await said("fuzz", "--site", at("site.json"), "--lcov", at("coverage"));
    assert.equal(code, 0);
    const text = readFileSync(at("coverage/lcov.info"), "utf8");
    const named = [...text.matchAll(/^SF:(.*)$/gm)].map(([, name]) => name ?? "");
    assert.ok(named.length > 3 && named.every((name) => existsSync(at(`coverage/${name}`))));
    assert.equal(readdirSync(at("coverage/rules")).length, rules.length);
  });

  it("answers about the example site", async () => {
    const found = (await answered("fuzz", "--site", join(root, "examples", "trading"))) as {
      readonly unasked: readonly object[];
    };
    assert.ok(found.unasked.length > 0);
  });

  const condensed = rules.map(({ id, name }) => ({ id, name }));
  const mistakes: readonly (readonly [what: string, words: readonly string[], message: RegExp])[] = [
    ["no site", [], /--site is missing/],
    ["a flag it does not have", ["--site", "site.json", "--fast"], /unknown option '--fast'/i],
    [
      "rules that are a condensed export",
      ["--site", "site.json", "--against", "condensed.json"],
      /has no "rule"; expected.*systemrule\/full/,
    ],
    ["rules that are no JSON", ["--site", "site.json", "--against", "broken.json"], /broken\.json:1:\d+/],
    ["intents that are none", ["--site", "site.json", "--intent", "broken.json"], /broken\.json:1/],
    ["a site without rules", ["--site", "bare.json"], /holds no security rules/],
    ["coverage of a site without users", ["--site", "nobody.json", "--coverage"], /lists no users, of which coverage/],
    ["a folder that is filled", ["--site", "site.json", "--lcov", "."], /not empty/],
  ];
  for (const [what, words, message] of mistakes) {
    it(`refuses ${what} in one line`, async () => {
      const at = files({
        "condensed.json": JSON.stringify(condensed),
        "broken.json": "[{",
        "bare.json": JSON.stringify({ User: entities.User }),
        "nobody.json": JSON.stringify({ SystemRule: rules }),
      });
      const paths = words.map((word) => (/\.json$|^\.$/.test(word) ? at(word) : word));
      const { code, stdout, stderr } = await said("fuzz", ...paths);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, message);
      assert.equal(stderr.trimEnd().split("\n").length, 1);
    });
  }
});
