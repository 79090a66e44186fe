/** `decide` about access to the product and about nodes, by rules of the categories License and Sync. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { answered, folder, said } from "./command.ts";

const id = (last: number): string => `7ead2600-0000-4000-8000-${String(last).padStart(12, "0")}`;

function rule(at: number, name: string, category: string, [resourceFilter, text]: readonly [string, string]): object {
  return { id: id(at), name, category, resourceFilter, rule: text, actions: 1, ruleContext: 0, disabled: false };
}

/** One group of professionals for Sales; published apps on North, a draft on South. */
const entities = {
  User: ["ann", "ben"].map((name, at) => ({
    id: id(10 + at),
    userDirectory: "CORP",
    userId: name,
    name,
    roles: [],
    attributes: name === "ann" ? [{ attributeType: "group", attributeValue: "Sales" }] : [],
  })),
  Stream: [{ id: id(1), name: "Sales" }],
  App: [
    { id: id(2), name: "Orders", stream: { id: id(1) } },
    { id: id(3), name: "Draft", stream: null },
  ],
  ServerNodeConfiguration: ["North", "South"].map((name, at) => ({ id: id(20 + at), name })),
  "License.ProfessionalAccessGroup": [{ id: id(4), name: "Planners" }],
  SystemRule: [
    rule(30, "Planners", "License", ["License.ProfessionalAccessGroup_*", 'user.group = "Sales"']),
    rule(31, "Published", "Sync", ["App_*", 'node.name = "North" and !resource.stream.Empty()']),
    rule(32, "Drafts", "Sync", ["App_*", 'node.name = "South" and resource.stream.Empty()']),
    rule(33, "Everybody creates apps", "Security", ["App_*", ""]),
  ],
};

const site = (): string => join(folder({ "site.json": JSON.stringify(entities) }), "site.json");

interface Row {
  readonly user?: string;
  readonly node?: string;
  readonly resource: string;
  readonly allowed: boolean;
  readonly rules: readonly string[];
}

async function rows(...words: readonly string[]): Promise<readonly (readonly [string, string, boolean, string])[]> {
  const found = (await answered("decide", "--site", site(), ...words)) as readonly Row[];
  return found.map((row) => [row.user ?? row.node ?? "", row.resource, row.allowed, row.rules.join()] as const);
}

describe("decide", () => {
  it("asks licence rules who has access to the product", async () => {
    const group = `License.ProfessionalAccessGroup_${id(4)}`;
    assert.deepEqual(await rows("--action", "allowaccess"), [
      ["CORP\\ann", group, true, "Planners"],
      ["CORP\\ben", group, false, ""],
    ]);
  });

  it("asks load-balancing rules which apps a node opens, by name or id", async () => {
    const [orders, draft] = [`App_${id(2)}`, `App_${id(3)}`];
    assert.deepEqual(await rows("--node", "North", "--node", id(21)), [
      ["North", orders, true, "Published"],
      ["North", draft, false, ""],
      [id(21), orders, false, ""],
      [id(21), draft, true, "Drafts"],
    ]);
  });

  it("asks neither of them for an action on a resource", async () => {
    const created = await rows("--user", "CORP\\ben", "--action", "create", "--resource", `App_${id(2)}`);
    assert.deepEqual(created, [["CORP\\ben", `App_${id(2)}`, true, "Everybody creates apps"]]);
  });

  it("has its answers about access to the product explained", async () => {
    const words = ["--site", site(), "--user", "CORP\\ben", "--resource", `License.ProfessionalAccessGroup_${id(4)}`];
    const told = await said("explain", ...words, "--action", "allowaccess");
    assert.match(told.stdout, /allowaccess on License\.ProfessionalAccessGroup Planners in the hub: denied/);
    assert.match(told.stdout, /fails {2}user\.group = "Sales"[^]*the user joins group Sales/);
    const node = await said("explain", ...words, "--action", "loadbalancing");
    assert.equal(node.code, 2);
    assert.match(node.stderr, /a user balances no load; expected decide --node NAME/);
  });

  it("refuses a node the site has not, and a user beside a node", async () => {
    const east = await said("decide", "--site", site(), "--node", "East");
    assert.equal(east.code, 2);
    assert.match(east.stderr, /no node "East"; expected one of North, South/);
    const both = await said("decide", "--site", site(), "--node", "North", "--user", "CORP\\ann");
    assert.equal(both.code, 2);
    assert.match(both.stderr, /--user goes without --node/);
  });
});
