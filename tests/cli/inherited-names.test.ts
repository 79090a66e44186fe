/** Attributes, types and rules that are called as what every object of the language has. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { it } from "node:test";
import { folder, said } from "./command.ts";

const site = {
  User: [
    {
      id: "7ead1400-0000-4000-8000-000000000101",
      userId: "ann",
      userDirectory: "CORP",
      attributes: [{ attributeType: "constructor", attributeValue: "Sales" }],
    },
  ],
  App: [{ id: "7ead1400-0000-4000-8000-000000000401", name: "Orders" }],
  SystemRule: [
    {
      id: "7ead1400-0000-4000-8000-000000000801",
      name: "constructor",
      rule: 'user.constructor = "Sales" and resource.@constructor = user.toString',
      resourceFilter: "constructor_*, valueOf_1, hasOwnProperty*",
      actions: 2,
    },
    {
      id: "7ead1400-0000-4000-8000-000000000802",
      name: "toString",
      rule: 'user.constructor = user.environment.constructor or resource.constructor.HasPrivilege("read")',
      resourceFilter: "App*, Stream_*",
      actions: 3,
    },
  ],
};

const files = folder({
  "site.json": JSON.stringify(site),
  "next.json": JSON.stringify(site.SystemRule.slice(0, 1)),
  "intents.yaml": "- { title: nobody reads, never: read, on: 'constructor_*, App_*', who: user.valueOf = \"x\" }\n",
  "people.csv": "user,group\nCORP\\constructor,toString\n",
});

function at(name: string): string {
  return join(files, name);
}

const commands: readonly (readonly string[])[] = [
  ["decide", "--site", at("site.json"), "--env", "constructor=Sales"],
  ["decide", "--site", at("site.json"), "--would-be", 'constructor={"name":"Orders"}', "--action", "create"],
  ["fuzz", "--site", at("site.json")],
  ["fuzz", "--site", at("site.json"), "--against", at("next.json")],
  ["fuzz", "--site", at("site.json"), "--intent", at("intents.yaml")],
  ["fuzz", "--site", at("site.json"), "--coverage"],
  ["explain", "--site", at("site.json"), "--resource", "App_7ead1400-0000-4000-8000-000000000401"],
];

for (const words of commands) {
  it(`${words[0]} ${words.slice(3).join(" ").replaceAll(files, "…")} takes inherited names for names`, async () => {
    const { code, stdout, stderr } = await said(...words);
    assert.ok(code === 0 || code === 1 || code === 3, stderr);
    assert.ok(stdout.length > 20);
  });
}

it("a session attribute of an inherited name counts", async () => {
  const granted = await said("decide", "--site", at("site.json"), "--env", "constructor=Sales", "--json");
  assert.match(granted.stdout, /"allowed":\s*true,\s*"rules":\s*\[\s*"toString"/);
  const denied = await said("decide", "--site", at("site.json"), "--env", "constructor=Finance", "--json");
  assert.doesNotMatch(denied.stdout, /"allowed":\s*true/);
});

it("a resource of a type of an inherited name is not there", async () => {
  const { code, stderr } = await said("decide", "--site", at("site.json"), "--resource", "constructor_1");
  assert.deepEqual([code, /the site has no resource/.test(stderr)], [2, true]);
});
