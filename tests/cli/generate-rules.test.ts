/** Rule sets and directories as `generate` writes them are answered by `decide` and `fuzz` as their worlds are. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { dialectOf } from "../../catalogue/dialects.ts";
import type { Entity, Principal } from "../../contract/types.ts";
import { fullName } from "../../generators/directory.ts";
import { randomRuleWorld } from "../../generators/rules.ts";
import { readConnectorTables, readLdif } from "../../intake/directory.ts";
import { decide, policyOf } from "../../reference/rules/spec.ts";
import { answered, assertOneLine, folder, said } from "./command.ts";

const documented = dialectOf("documented");
const seed = 12;
const count = 6;

async function generated(...words: readonly string[]): Promise<string> {
  const out = join(folder(), "worlds");
  const { code, stderr } = await said("generate", ...words, "--seed", `${seed}`, "--count", `${count}`, "--out", out);
  assert.deepEqual([code, stderr], [0, ""]);
  return out;
}

/** Who may read what in the hub, as the world itself says it: nobody has a session there. */
function expectedOf(index: number): ReadonlyMap<string, boolean> {
  const { site, principals } = randomRuleWorld(seed, index);
  const policy = policyOf(site, documented);
  const people = principals.filter(({ directory }) => directory !== "NONE").map((who) => ({ ...who, session: {} }));
  const things = Object.entries(site.entities).filter(([type]) => type !== "SystemRule" && type !== "User");
  return new Map(
    people.flatMap((as) =>
      things.flatMap(([type, entities]) =>
        entities.map(({ id }): readonly [string, boolean] => [
          `${fullName(as)} ${type}_${id}`,
          decide(policy, { as, resource: { type, id }, action: "read", context: "hub" }).allowed,
        ]),
      ),
    ),
  );
}

interface Row {
  readonly user: string;
  readonly resource: string;
  readonly allowed: boolean;
}

function told(rows: unknown): ReadonlyMap<string, boolean> {
  return new Map((rows as readonly Row[]).map(({ user, resource, allowed }) => [`${user} ${resource}`, allowed]));
}

/** The rows of things, in any order. */
function sorted(rows: ReadonlyMap<string, boolean>): readonly (readonly [string, boolean])[] {
  return [...rows].filter(([name]) => !name.includes(" User_")).toSorted(([one], [other]) => (one < other ? -1 : 1));
}

/** The site without what directories say of its users. */
function bareSite(world: string): string {
  const site = JSON.parse(readFileSync(join(world, "site.json"), "utf8")) as { readonly User: readonly Entity[] };
  const path = join(world, "bare.json");
  writeFileSync(path, JSON.stringify({ ...site, User: site.User.map((user) => ({ ...user, attributes: [] })) }));
  return path;
}

function directoriesIn(world: string, form: "ldif" | "tables"): readonly string[] {
  const folders = join(world, "directory");
  return readdirSync(folders).flatMap((name) => {
    const at = (file: string): string => join(folders, name, file);
    return [
      "--directory",
      `${name}=${form === "ldif" ? at("people.ldif") : `${at("users.csv")},${at("attributes.csv")}`}`,
    ];
  });
}

function inOrder(people: readonly Principal[]): readonly Principal[] {
  return people.map((who) => ({ ...who, groups: who.groups.toSorted() }));
}

/** LDIF holds groups in groups, the tables hold them flat: read, they are the same. */
function assertSamePeople(world: string): void {
  const folders = join(world, "directory");
  for (const name of readdirSync(folders)) {
    const at = (file: string): string => join(folders, name, file);
    const tables = readConnectorTables(name, at("users.csv"), at("attributes.csv"));
    assert.deepEqual(inOrder(readLdif(name, at("people.ldif"))), inOrder(tables));
  }
}

describe("a generated rule set", () => {
  test("is decided as its world is, with users as the site has them, from LDIF and from a connector's tables", async () => {
    const out = await generated("rules");
    let [granted, changed, nested] = [0, 0, 0];
    for (const [index, name] of readdirSync(out).toSorted().entries()) {
      const world = join(out, name);
      const expected = sorted(expectedOf(index));
      granted += expected.filter(([, allowed]) => allowed).length;
      assert.ok(expected.length > 20);
      assert.deepEqual(sorted(told(await answered("decide", "--site", join(world, "site.json")))), expected);
      const bare = bareSite(world);
      for (const form of ["ldif", "tables"] as const) {
        const rows = await answered("decide", "--site", bare, ...directoriesIn(world, form));
        assert.deepEqual(sorted(told(rows)), expected, `${name} from ${form}`);
      }
      const without = sorted(told(await answered("decide", "--site", bare)));
      if (JSON.stringify(without) !== JSON.stringify(expected)) changed += 1;
      assertSamePeople(world);
      nested += /objectClass: group/.test(readFileSync(join(world, "directory", "CORP", "people.ldif"), "utf8"))
        ? 1
        : 0;
    }
    assert.ok(granted > 20 && changed > 0 && nested > 0, `${granted} granted, ${changed} changed, ${nested} nested`);
  });

  test("is questioned by fuzz as it is, and compared with its own export without a difference", async () => {
    const out = await generated("rules");
    const world = join(out, "00001");
    const words = ["fuzz", "--site", bareSite(world), ...directoriesIn(world, "ldif")];
    const plain = await said(...words);
    assert.ok([0, 1].includes(plain.code), plain.stderr);
    const same = await said(...words, "--against", join(world, "exports", "rules.json"));
    assert.equal(same.code, 0, same.stderr + same.stdout);
  });

  test("comes with its users as QRS answers them", async () => {
    const world = join(await generated("rules"), "00000");
    const site = JSON.parse(readFileSync(join(world, "site.json"), "utf8")) as { [type: string]: unknown };
    for (const [file, type] of [
      ["rules", "SystemRule"],
      ["users", "User"],
    ] as const)
      assert.deepEqual(JSON.parse(readFileSync(join(world, "exports", `${file}.json`), "utf8")), site[type]);
  });

  test("takes settings of rules, for cases by a flag of their own", async () => {
    const settings = join(folder({ "settings.json": '{"mostRules": 1, "operator": ["like"]}' }), "settings.json");
    const out = await generated("rules", "--settings", settings);
    for (const world of readdirSync(out)) {
      const rules = JSON.parse(readFileSync(join(out, world, "exports", "rules.json"), "utf8")) as readonly Entity[];
      assert.match(rules.map(({ rule }) => (typeof rule === "string" ? rule : "")).join("\n"), / like /);
      assert.equal(rules.length, 1);
    }
    const cases = await generated("cases", "--rule-settings", settings);
    const first = JSON.parse(readFileSync(join(cases, "rules-00000.json"), "utf8")) as {
      readonly sites: { readonly main: { readonly entities: { readonly SystemRule: readonly unknown[] } } };
    };
    assert.equal(first.sites.main.entities.SystemRule.length, 1);
  });

  test("prints all knobs, and takes what it printed", async () => {
    const { code, stdout } = await said("generate", "rules", "--print-settings");
    assert.equal(code, 0);
    const file = join(folder({ "settings.json": stdout }), "settings.json");
    const again = await said("generate", "directory", "--settings", file, "--print-settings");
    assert.deepEqual(again, { code: 0, stdout, stderr: "" });
  });

  test("is measured by --coverage, and nothing is written", async () => {
    const { code, stdout } = await said("generate", "rules", "--count", "20", "--coverage");
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^20 worlds\ngranted: \d+ of 160 questions \([\d.]+ %\)\npairs of features: \d+ of \d+ that can be/,
    );
    assert.match(stdout, /atoms true for some and false for others: \d+ of \d+ that can be/);
  });
});

const ldif = "version: 1\n\ndn: CN=ann\nobjectClass: user\nsAMAccountName: ann\nmemberOf OU=Sales\n";

/** Words after `generate` or `decide`, with files `a` and `b`, and what the line tells. */
const mistakes: readonly (readonly [words: readonly string[], files: readonly string[], tells: RegExp])[] = [
  [
    ["generate", "rules", "--out", "new", "--settings", "a"],
    ['{\n "colour": 1\n}'],
    /a:2:\d+: there is no knob "colour"/,
  ],
  [["generate", "rules", "--out", "new", "--settings", "a"], ['{"blank": 2}'], /a:1:\d+: blank is 2/],
  [
    ["generate", "rules", "--out", "new", "--settings", "a"],
    ['{"operator": ["like"], "right": ["roles"]}'],
    /no atom has/,
  ],
  [["generate", "rules", "--out", "new", "--settings", "a"], ["{"], /a:1:\d+/],
  [["generate", "rules", "--coverage", "--settings", "a"], ['{"mode": "hostile"}'], /coverage of hostile worlds/],
  [["generate", "site", "--out", "new", "--rule-settings", "a"], ["{}"], /--rule-settings for site/],
  [
    ["decide", "--site", "examples/trading", "--directory", "CORP=a"],
    [ldif],
    /a:6: "memberOf OU=Sales" is no attribute/,
  ],
  [["decide", "--site", "examples/trading", "--directory", "CORP=a"], ["version: 1\n"], /a:1: the file names no user/],
  [["decide", "--site", "examples/trading", "--directory", "a"], [ldif], /--directory .*; expected NAME=people.ldif/],
  [
    ["decide", "--site", "examples/trading", "--directory", "CORP=a,b"],
    ["id\n", ""],
    /a:1: the first line names other columns/,
  ],
  [
    ["fuzz", "--site", "examples/trading", "--directory", "CORP=a,b"],
    ["userid,name\nann,ann\n", "userid,type,value\nann,group,Sales\nben,group,Sales\n"],
    /b:3: "ben" is no user/,
  ],
];

describe("generate, decide and fuzz", () => {
  for (const [words, [first = "", second = ""], tells] of mistakes) {
    test(`refuse ${words.join(" ")} with ${JSON.stringify(first).slice(0, 40)}`, async () => {
      const made = folder({ a: first, b: second });
      const full = words.map((word) =>
        word.replace(/(^|[=,])([ab])(?=,|$)/g, (_, mark: string, name: string) => mark + join(made, name)),
      );
      const answer = await said(...full.map((word) => (word === "new" ? join(made, "new") : word)));
      assertOneLine(answer);
      assert.match(answer.stderr, tells);
    });
  }
});
