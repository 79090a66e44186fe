import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { isKnownError } from "../../contract/errors.ts";
import type { Entity, Principal, Site } from "../../contract/types.ts";
import { printConnectorAttributes, printConnectorUsers, printLdif } from "../../generators/directory-files.ts";
import { randomRuleWorld } from "../../generators/rules.ts";
import { readConnectorTables, readLdif, synchronised } from "../../intake/directory.ts";

const folder = mkdtempSync(join(tmpdir(), "directory-"));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function person(id: string, groups: readonly string[], attributes: Principal["attributes"] = {}): Principal {
  return { directory: "CORP", id, groups, attributes, session: {} };
}

/** The people of a generated site that one directory knows, each once. */
function peopleOf(index: number): readonly Principal[] {
  const asked = randomRuleWorld(5, index).questions.map(({ as }) => as);
  const known = new Map(asked.filter(({ directory }) => directory === "CORP").map((as) => [as.id, as]));
  return [...known.values()].map(({ id, groups, attributes }) => {
    const filled = Object.entries(attributes).filter(([, values]) => values.length > 0);
    return person(id, groups, Object.fromEntries(filled));
  });
}

const odd = [
  person("anna", ["Sales, North", 'the "best"', "Größe", "a=b;c#d\\e"], { title: [" Dr.", ":boss", "<chief"] }),
  person("ben", []),
];

test("a directory printed as the connector's tables, or as LDIF, is read back as it was", () => {
  const all = [odd, ...Array.from({ length: 40 }, (_, index) => peopleOf(index))].filter((one) => one.length > 0);
  assert.ok(all.length > 20 && all.flat().some(({ groups }) => groups.length > 1));
  for (const people of all) {
    const pair = [
      file("users.csv", printConnectorUsers(people)),
      file("attributes.csv", printConnectorAttributes(people)),
    ] as const;
    assert.deepEqual(readConnectorTables("CORP", ...pair), people);
    assert.deepEqual(readLdif("CORP", file("people.ldif", printLdif(people))), people);
  }
});

test("LDIF that others write is read: folded lines, remarks, other entries, any letter case", () => {
  const text =
    "# export\nversion: 1\n\ndn: CN=Sales,OU=Groups\nobjectClass: group\n\ndn: CN=Ann\nSAMACCOUNTNAME: ann\nmemberof: CN=Sal\n es,OU=Groups\ndepartment:: QnV5aW5n\n";
  const expected = [person("ann", ["Sales"], { department: ["Buying"] })];
  assert.deepEqual(readLdif("CORP", file("other.ldif", text)), expected);
});

function entry(...lines: readonly string[]): string {
  return `${lines.join("\n")}\n\n`;
}

test("who is in a group is in all it is a member of, be it in a ring; groups are no people", () => {
  const group = (name: string, ...outers: readonly string[]): string =>
    entry(
      `dn: CN=${name},OU=Groups`,
      "objectClass: top",
      "objectClass: Group",
      `sAMAccountName: ${name}`,
      ...outers.map((outer) => `memberOf: CN=${outer},OU=Groups`),
    );
  const ann = entry("dn: CN=ann", "objectClass: user", "sAMAccountName: ann", "memberOf: CN=North,OU=Groups");
  const ring = ann + group("North", "Sales") + group("Sales", "Trading", "Staff") + group("Trading", "North");
  assert.deepEqual(readLdif("CORP", file("ring.ldif", ring)), [person("ann", ["North", "Sales", "Trading", "Staff"])]);
  assert.deepEqual(readLdif("CORP", file("flat.ldif", ann)), [person("ann", ["North"])]);
});

test("memberships of groups are printed as such, and read back flat", () => {
  const memberships = { North: ["Sales"], Sales: ["Trading"] };
  const people = [person("ann", ["North", "Sales", "Trading"]), person("ben", ["Sales", "Trading", "Finance"])];
  const text = printLdif(people, memberships);
  assert.equal(text.match(/^memberOf: /gm)?.length, 2 + 1 + 2);
  const sorted = readLdif("CORP", file("nested.ldif", text)).map((who) => [who.id, who.groups.toSorted()]);
  assert.deepEqual(
    sorted,
    people.map((who) => [who.id, who.groups.toSorted()]),
  );
});

function row(id: string): Entity {
  const attributes = [{ attributeType: "group", attributeValue: "Finance" }];
  return { id, userDirectory: "CORP", userId: id, name: id, roles: ["Buyer"], attributes };
}

test("a site takes what directories say of its users in place of what it had, and users it had not", () => {
  const site: Site = { apps: {}, entities: { User: [row("ann"), row("ben")] } };
  const { entities } = synchronised(site, [person("ANN", ["Sales"]), person("carla", ["Sales"])]);
  const told = (entities["User"] ?? []).map((user) => [
    user["userId"],
    user["roles"],
    JSON.stringify(user["attributes"]),
  ]);
  const sales = JSON.stringify([{ attributeType: "group", attributeValue: "Sales" }]);
  const finance = sales.replace("Sales", "Finance");
  assert.deepEqual(told, [
    ["ann", ["Buyer"], sales],
    ["ben", ["Buyer"], finance],
    ["carla", [], sales],
  ]);
});

const refused: readonly (readonly [what: string, read: () => unknown, message: RegExp, line: number | undefined])[] = [
  [
    "an attribute without user",
    () => tables("userid,name\nann,ann\n", "userid,type,value\nben,group,Sales\n"),
    /"ben" is no user/,
    2,
  ],
  [
    "an attribute without type",
    () => tables("userid,name\nann,ann\n", "userid,type,value\nann,,Sales\n"),
    /no type/,
    2,
  ],
  ["other columns", () => tables("id,name\nann,ann\n", "userid,type,value\n"), /other columns/, 1],
  ["a line that is no attribute", () => ldif("dn: CN=Ann\nann\n"), /"ann" is no attribute/, 2],
  ["a group without name", () => ldif("sAMAccountName: ann\nmemberOf: OU=Sales\n"), /names no group/, 2],
  ["nobody", () => ldif("dn: CN=Sales\n"), /names no user/, 1],
];

function tables(users: string, attributes: string): unknown {
  return readConnectorTables("CORP", file("u.csv", users), file("a.csv", attributes));
}

function ldif(text: string): unknown {
  return readLdif("CORP", file("bad.ldif", text));
}

for (const [what, read, message, line] of refused) {
  test(`refuses ${what}, with its place`, () => {
    assert.throws(read, (error) => {
      assert.ok(isKnownError(error));
      assert.match(error.message, message);
      assert.equal(error.details.line, line);
      return true;
    });
  });
}
