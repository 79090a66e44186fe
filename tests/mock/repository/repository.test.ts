/** The repository's REST interface (QR-, IM-005, IM-010, IM-021, IM-100), over TLS on loopback. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Entity, Json } from "../../../contract/types.ts";
import { startMock, type RunningMock } from "../../../mock/server.ts";
import { tradingSite } from "../trading-site.ts";
import { Client, tokenOf, type Answer, type Call } from "../client.ts";

let mock: RunningMock;
let client: Client;

before(async () => {
  mock = await startMock({ site: tradingSite });
  client = new Client(mock);
});

after(async () => {
  await client.close();
  await mock.close();
});

async function as(id: string, path: string, call: Call = {}): Promise<Answer> {
  return client.qrs(path, { token: await tokenOf(mock, "CORP", id), ...call });
}

function names(answer: Answer): readonly Json[] {
  assert.equal(answer.status, 200, answer.text);
  return (answer.json as readonly Entity[]).map((entity) => entity["name"] ?? null);
}

async function created(type: string, body: Json): Promise<Entity> {
  const answer = await client.admin(type, { method: "POST", body });
  assert.equal(answer.status, 201, answer.text);
  return answer.json as Entity;
}

describe("the repository", () => {
  it("leaves out of a list what the caller may not read (QR-008)", async () => {
    assert.deepEqual(names(await as("ann", "app/full")), ["Orders", "O'Neill"]);
    assert.deepEqual(names(await as("ben", "app/full")), ["Budget"]);
    assert.deepEqual(names(await as("ann", "stream")), ["Sales"]);
    assert.deepEqual((await as("ann", "app/count")).json, { value: 2 });
    assert.deepEqual(names(await as("ann", "app/hublist/full")), ["Orders", "O'Neill"]);
  });

  it("refuses one entity the caller may not read, and does not know another (QR-008)", async () => {
    assert.deepEqual([(await as("ann", "app/a1")).status, (await as("ann", "app/a2")).status], [200, 403]);
    assert.deepEqual([(await as("ann", "app/none")).status, (await as("ann", "nothing/none")).status], [404, 404]);
  });

  it("follows references in full entities and shows few fields in lists (QR-005)", async () => {
    const full = (await as("ann", "app/a1?privileges=true")).json as Entity;
    assert.deepEqual(full["stream"], { id: "s1", name: "Sales", privileges: null });
    assert.deepEqual(full["owner"], { id: "u1", userId: "ann", userDirectory: "CORP", name: "Ann", privileges: null });
    assert.deepEqual(full["privileges"], ["create", "read", "update", "delete"]);
    const [condensed] = (await as("ann", "app")).json as readonly Entity[];
    assert.deepEqual([condensed?.["name"], condensed?.["owner"]], ["Orders", undefined]);
  });

  it("filters by paths, custom properties, parts and negation (QR-020 … QR-025)", async () => {
    const found = async (filter: string): Promise<readonly Json[]> =>
      names(await client.admin(`app/full?filter=${encodeURIComponent(filter)}`));
    assert.deepEqual(await found("name eq 'orders'"), ["Orders"]);
    assert.deepEqual(await found("(owner.userId eq 'ann' and stream.name sw 'Sa')"), ["Orders"]);
    assert.deepEqual(await found("name eq 'O''Neill'"), ["O'Neill"]);
    assert.deepEqual(await found("stream eq null"), ["O'Neill"]);
    assert.deepEqual(await found("published eq true and name ne 'Orders'"), ["Budget"]);
    const bad = await client.admin("app?filter=.ttf");
    assert.equal(bad.status, 400);
    assert.match(bad.text, /^Cannot parse the expression: /);
    assert.deepEqual(names(await client.admin("app/full/?orderby=name&orderAscending=false")), [
      "Orders",
      "O'Neill",
      "Budget",
    ]);
  });

  it("wants the same sixteen letters in query and header (IM-100, IM-101)", async () => {
    const token = await tokenOf(mock, "CORP", "ann");
    const by = async (query: string, header: string): Promise<number> =>
      (await client.call(`/jwt/qrs/about${query}`, { token, headers: { "x-qlik-xrfkey": header } })).status;
    const key = "0123456789abcdeF";
    assert.equal(await by(`?Xrfkey=${key}`, key), 200);
    const refused = [
      await by("", key),
      await by(`?xrfkey=${key}`, ""),
      await by(`?xrfkey=${key}`, key.toLowerCase()),
      await by("?xrfkey=short", "short"),
      await by(`?xrfkey=${key}a`, `${key}a`),
    ];
    assert.deepEqual(refused, [403, 403, 403, 403, 403]);
  });

  it("gives the administrator his rights in the QMC only, and to nobody who claims to be him (SR-122, IM-062)", async () => {
    const spoofed = {
      "x-qlik-user": `UserDirectory=${mock.admin.directory}; UserId=${mock.admin.id}`,
      "x-qlik-security": "Context=ManagementAccess; roles=RootAdmin",
    };
    assert.deepEqual(names(await as("ann", "systemrule", { headers: spoofed })), []);
    assert.deepEqual(names(await client.admin("stream", { headers: { "x-qlik-security": "Context=AppAccess" } })), []);
    assert.ok(names(await client.admin("systemrule")).includes("RootAdmin"));
  });
});

function value(definition: Json): Json {
  return [{ value: "NORTH", definition }];
}

describe("writing", () => {
  it("makes, changes and removes an entity, minding the date read (QR-005, IM-021)", async () => {
    const made = await created("stream", { name: "Trading", customProperties: [], tags: [], owner: {} });
    assert.equal(made["modifiedByUserName"], `${mock.admin.directory}\\${mock.admin.id}`);
    const put = async (body: Json): Promise<Answer> => client.admin(`stream/${made.id}`, { method: "PUT", body });
    const changed = await put({ ...made, name: "Trade" });
    assert.deepEqual([changed.status, (changed.json as Entity)["name"]], [200, "Trade"]);
    assert.equal((await put({ ...made, name: "Late" })).status, 409);
    assert.equal((await put({ id: made.id, name: "Undated" })).status, 409);
    assert.equal((await client.admin(`stream/${made.id}`, { method: "DELETE" })).status, 204);
    assert.equal((await client.admin(`stream/${made.id}`)).status, 404);
  });

  it("lets nobody write without the right", async () => {
    const denied = [
      await as("ann", "stream", { method: "POST", body: { name: "X" } }),
      await as("ann", "stream/s1", { method: "DELETE" }),
      await as("ann", "app/a1", {
        method: "PUT",
        body: {},
        headers: { "x-qlik-security": "Context=ManagementAccess" },
      }),
    ];
    assert.deepEqual(
      denied.map(({ status, text }) => [status, text]),
      denied.map(() => [403, "Forbidden"]),
    );
  });

  it("names custom properties by definition name or id", async () => {
    const definition = await created("custompropertydefinition", {
      name: "Region",
      choiceValues: ["NORTH"],
      objectTypes: ["App"],
    });
    const app = await created("app", { name: "Map", customProperties: value({ name: "Region" }) });
    const other = await created("app", { name: "Chart", customProperties: value({ id: definition.id }) });
    assert.deepEqual(names(await client.admin("app?filter=@Region eq 'north'")), ["Map", "Chart"]);
    const unknown = await client.admin("app", {
      method: "POST",
      body: { name: "No", customProperties: value({ name: "Country" }) },
    });
    assert.equal(unknown.status, 400);
    for (const { id } of [app, other]) await client.admin(`app/${id}`, { method: "DELETE" });
  });

  it("keeps prefix and cookie name of virtual proxies unique (IM-005) and serves a linked one (IM-010)", async () => {
    const body = {
      prefix: "sales",
      description: "Sales",
      sessionCookieHeaderName: "X-Qlik-Session-sales",
      anonymousAccessMode: 2,
    };
    const made = await created("virtualproxyconfig", body);
    assert.deepEqual([made["sessionInactivityTimeout"], made["authenticationMethod"]], [30, 0]);
    const twice = async (more: Json): Promise<number> =>
      (await client.admin("virtualproxyconfig", { method: "POST", body: { ...body, ...(more as object) } })).status;
    assert.deepEqual([await twice({ prefix: "other" }), await twice({ sessionCookieHeaderName: "other" })], [400, 400]);
    assert.equal((await client.call("/sales/qps/user")).status, 400);
    const service = (await client.admin("proxyservice/local")).json as Entity & {
      settings: { virtualProxies: Json[] };
    };
    service.settings.virtualProxies.push({ id: made.id });
    assert.equal((await client.admin(`proxyservice/${service.id}`, { method: "PUT", body: service })).status, 200);
    assert.equal((await client.call("/sales/qps/user")).status, 200);
  });

  it("stores a rule that cannot be read, and shows that it is broken (SR-711, SR-110)", async () => {
    const rule = await created("systemrule", {
      name: "Open quote",
      rule: 'user.name="',
      resourceFilter: "Stream_*",
      actions: 2,
    });
    const audit = {
      resourceType: "Stream",
      resourceRef: { resourceFilter: "name eq 'Finance'" },
      subjectRef: { resourceFilter: "userId eq 'ann'" },
      actions: 3,
      environmentAttributes: "context=AppAccess;",
    };
    const answer = await client.admin("systemrule/security/audit/matrix", { method: "POST", body: audit });
    assert.deepEqual((answer.json as { matrix: Json }).matrix, [
      { subjectId: "u1", resourceId: "s2", audit: { broken: 2 }, schemaPath: "AuditMatrixElement" },
    ]);
    await client.admin(`systemrule/${rule.id}`, { method: "DELETE" });
  });

  it("publishes with the right on app and stream (SR-512)", async () => {
    assert.equal((await as("ann", "app/a3/publish?stream=s1", { method: "PUT" })).status, 403);
    const app = await created("app", { name: "Fresh" });
    const answer = await client.admin(`app/${app.id}/publish?stream=s1&name=Shown`, { method: "PUT" });
    const { name, published, stream } = answer.json as Entity;
    assert.deepEqual([name, published, (stream as Entity).id], ["Shown", true, "s1"]);
    await client.admin(`app/${app.id}`, { method: "DELETE" });
  });
});
