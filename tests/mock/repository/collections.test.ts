/** Tables, selections, exports and rows without a file, over TLS on loopback (QR-009, QR-030, QR-032, QR-055). */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Entity, Json } from "../../../contract/types.ts";
import { startMock, type RunningMock } from "../../../mock/server.ts";
import { shippedRules } from "../../../catalogue/shipped-rules.ts";
import { Client, tokenOf, type Answer, type Call } from "../client.ts";
import { tradingSite } from "../trading-site.ts";

let mock: RunningMock;
let client: Client;

before(async () => {
  mock = await startMock({ site: tradingSite, shippedRules: true });
  client = new Client(mock);
});

after(async () => {
  await client.close();
  await mock.close();
});

async function as(id: string, path: string, call: Call = {}): Promise<Answer> {
  return client.qrs(path, { token: await tokenOf(mock, "CORP", id), ...call });
}

function post(path: string, body: Json): Promise<Answer> {
  return client.admin(path, { method: "POST", body });
}

function field(answer: Answer, name: string): Json {
  return (answer.json as { readonly [field: string]: Json })[name] ?? null;
}

function text(answer: Answer, name: string): string {
  const value = field(answer, name);
  assert.ok(typeof value === "string", answer.text);
  return value;
}

const nameColumn = { name: "name", columnType: "Property", definition: "name" };

async function page(query: string): Promise<Json> {
  return field(await post(`app/table?sortColumn=name&${query}`, { columns: [nameColumn] }), "rows");
}

describe("a table", () => {
  it("holds properties along paths, counts and nested lists", async () => {
    const tag = field(await post("tag", { name: "monthly" }), "id");
    await post("stream", { name: "Desk", tags: [{ id: tag, name: "monthly" }] });
    const columns = [
      nameColumn,
      { name: "tags", columnType: "Function", definition: "count([tag])" },
      { name: "tagged", columnType: "List", definition: "tag", list: [nameColumn] },
    ];
    const answer = await post("stream/table?filter=name%20eq%20'Desk'", { entity: "Stream", columns });
    assert.deepEqual(field(answer, "columnNames"), ["name", "tags", "tagged"]);
    assert.deepEqual(field(answer, "rows"), [["Desk", 1, { columnNames: ["name"], rows: [["monthly"]] }]]);
  });

  it("leaves out rows before its page and behind it", async () => {
    assert.deepEqual(await page("skip=1&take=1"), [["O'Neill"]]);
    assert.deepEqual(await page("skip=9"), []);
  });

  it("refuses columns it cannot make", async () => {
    const wrong = [
      [],
      [{ name: "two words", definition: "name" }],
      [{ name: "x", columnType: "Chart", definition: "name" }],
      [{ name: "x", columnType: "Function", definition: "sum(size)" }],
    ];
    for (const columns of wrong)
      assert.equal((await post("app/table", { columns })).status, 400, JSON.stringify(columns));
    assert.equal((await post("app/table?skip=-1", { columns: [nameColumn] })).status, 400);
  });

  it("tells no password", async () => {
    await post("dataconnection", { name: "Desk files", connectionstring: "x", password: "not-a-secret" });
    const columns = [nameColumn, { name: "opens", columnType: "Property", definition: "password" }];
    const answer = await post("dataconnection/table", { columns });
    assert.deepEqual(field(answer, "rows"), [["Desk files", ""]]);
  });
});

describe("a selection", () => {
  it("belongs to who made it, and holds what he named", async () => {
    const made = await post("selection/app", { items: [{ type: "App", objectID: "a2" }] });
    const id = text(made, "id");
    assert.deepEqual((await client.admin(`selection/${id}/app/count`)).json, { value: 1 });
    assert.equal((await as("ann", `selection/${id}/app`)).status, 404);
    assert.equal((await as("ann", `selection/${id}`, { method: "DELETE" })).status, 404);
  });

  it("removes what it holds when that is deleted", async () => {
    await post("tag", { name: "gone" });
    const id = text(await post("selection/tag?filter=name%20eq%20'gone'", {}), "id");
    assert.equal((await client.admin(`selection/${id}/tag`, { method: "DELETE" })).status, 204);
    assert.deepEqual((await client.admin("tag/count?filter=name%20eq%20'gone'")).json, { value: 0 });
  });
});

describe("an app", () => {
  it("that is only a row has nothing to export", async () => {
    const id = text(await post("app", { name: "Row" }), "id");
    assert.equal((await post(`app/${id}/export/${id}`, {})).status, 404);
  });

  it("is exported to who may export it", async () => {
    const path = text(await post("app/a1/export/a1", {}), "downloadPath");
    assert.match(path, /^\/tempcontent\//);
    assert.equal((await as("ben", "app/a1/export/a1", { method: "POST", body: {} })).status, 403);
  });
});

it("takes changes of shipped rules for the site's own, and none of those that are read-only (SR-132)", async () => {
  const rules = (await client.admin("systemrule/full")).json as readonly Entity[];
  const of = (type: string): Entity => {
    const found = rules.find((rule) => rule["type"] === type);
    assert.ok(found, type);
    return found;
  };
  const put = async (rule: Entity): Promise<Answer> =>
    client.admin(`systemrule/${rule.id}`, { method: "PUT", body: { ...rule, comment: "ours" } });
  const changed = (await put(of("Default"))).json as Entity;
  assert.deepEqual([changed["type"], changed["seedId"]], ["Custom", of("Default")["seedId"]]);
  const fixed = of("ReadOnly");
  const statuses = [
    (await put(fixed)).status,
    (await client.admin(`systemrule/${fixed.id}`, { method: "DELETE" })).status,
  ];
  assert.deepEqual(statuses, [403, 403]);
});

it("holds the shipped rules where it is started with them", async () => {
  const listed = (await client.admin("systemrule/full")).json as readonly Entity[];
  const seeds = new Set(listed.map((rule) => rule["seedId"]));
  const known = shippedRules.flatMap(({ seedId }) => (seedId === undefined ? [] : [seedId]));
  assert.ok(known.length > 0);
  for (const seed of known) assert.ok(seeds.has(seed), seed);
});
