/** On a site that others use, a run changes only what it made, and its rules say nothing of anybody else. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Entity, Probe, Site, Target } from "../../contract/types.ts";
import { startMock, type RunningMock } from "../../mock/server.ts";
import { configOf } from "../../targets/mock.ts";
import { cleanSite, qlikTarget } from "../../targets/qlik/target.ts";
import { Client } from "../mock/client.ts";
import { startHostile, type Hostile, type Misbehaviour } from "./hostile-server.ts";
import { decideFor, deploy, never, principal, site as trading } from "./trading.ts";

const house: Site = {
  entities: {
    User: [{ id: "house-1", userId: "hugo", userDirectory: "HOUSE", name: "hugo" }],
    Stream: [{ id: "house-stream", name: "House" }],
    App: [{ id: "house-app", name: "Wages", owner: { id: "house-1" } }],
  },
  apps: {},
};

const { VirtualProxyConfig: _proxies, ProxyService: _services, ...entities } = trading.entities;
const apart: Site = { entities, apps: trading.apps };

const desk = { definition: { id: "property-desk", name: "Desk" }, value: "GRAIN" };

/** One of everything a run makes on a site that others use. */
const everything: Site = {
  ...apart,
  entities: {
    ...entities,
    CustomPropertyDefinition: [
      { id: "property-desk", name: "Desk", choiceValues: ["GRAIN"], objectTypes: ["Stream"], valueType: "Text" },
    ],
    Stream: [{ id: "stream-sales", name: "Sales", customProperties: [desk] }],
    "App.Object": [{ id: "object-1", name: "Sheet", objectType: "sheet", app: { id: "app-orders" } }],
    DataConnection: [{ id: "connection-1", name: "Files", connectionstring: "files" }],
    ReloadTask: [{ id: "task-1", name: "Nightly", app: { id: "app-orders" } }],
    SchemaEvent: [{ id: "event-1", name: "At night", reloadTask: { id: "task-1" } }],
    CompositeEvent: [{ id: "event-2", name: "After", reloadTask: { id: "task-1" } }],
    Tag: [{ id: "tag-1", name: "Trade" }],
    ExecutionResult: [{ id: "result-1", status: 7 }],
  },
};

const paths = [
  "user",
  "app",
  "app/object",
  "stream",
  "systemrule",
  "proxyservice",
  "virtualproxyconfig",
  "custompropertydefinition",
  "dataconnection",
  "reloadtask",
  "schemaevent",
  "compositeevent",
  "executionresult",
  "tag",
];

/** Says that what it was asked to make is `id`, and makes nothing. */
function passingOff(path: string, id: string): Misbehaviour {
  return {
    http: (request) => {
      const makes = request.method === "POST" && new URL(request.url).pathname.endsWith(path);
      return makes ? Promise.resolve(new Response(JSON.stringify({ id }), { status: 201 })) : undefined;
    },
  };
}

describe("a run on a site that others use", () => {
  let mock: RunningMock;
  let client: Client;
  let between: Hostile;
  let target: Target;
  const sent: { readonly line: string; readonly body: string }[] = [];

  before(async () => {
    mock = await startMock({ site: house });
    client = new Client(mock);
    between = await startHostile(mock);
    between.misbehave({
      http: (request) => {
        const copy = request.clone();
        const line = `${request.method} ${new URL(request.url).pathname}`;
        if (request.method !== "GET") void copy.text().then((body) => sent.push({ line, body }));
        return undefined;
      },
    });
    target = qlikTarget(shared());
  });

  after(async () => {
    await target.close?.();
    await client.close();
    await between.close();
    await mock.close();
  });

  const shared = (): ReturnType<typeof configOf> => ({
    ...configOf(mock, "documented"),
    url: between.url,
    caPem: between.caPem,
    dedicated: false,
  });

  /** All there is, but for the tag of the run, which goes when the target is closed. */
  const state = async (): Promise<readonly unknown[]> =>
    Promise.all(
      paths.map(async (path) => {
        const there = (await client.admin(`${path}/full`)).json as readonly Entity[];
        return there.filter((one) => one["name"] !== "qlik-conformance-test");
      }),
    );

  const rulesThere = async (): Promise<readonly Entity[]> =>
    (await client.admin("systemrule/full")).json as readonly Entity[];

  it("offers neither proxies nor changes as cases write them", () => {
    const offered = ["proxies", "life-cycle", "wire"].filter((one) => target.capabilities.some((has) => has === one));
    assert.deepEqual([offered, target.capabilities.includes("deploy")], [[], true]);
  });

  it("answers for its own people, touches nothing else, and leaves the site as it was", async () => {
    const earlier = await state();
    const deployment = await deploy(target, apart);
    assert.deepEqual(await deployment.ask(decideFor("ann"), never), { kind: "decision", allowed: true, broken: [] });
    assert.deepEqual(await deployment.ask(decideFor("erin"), never), { kind: "decision", allowed: false, broken: [] });
    const installed = (await rulesThere()).find(({ name }) => name === "Sales read");
    assert.match(JSON.stringify(installed?.["rule"]), /\) and \(user\.userDirectory=\\"CORP\\"\)"$/);
    assert.match(JSON.stringify(installed?.["resourceFilter"]), /^"(Stream|App)_[\w-]{36}, (Stream|App)_[\w-]{36}"$/);
    const hugo: Probe = {
      kind: "decide",
      as: principal("hugo", "HOUSE"),
      resource: { type: "App", id: "app-orders" },
      action: "read",
      context: "hub",
    };
    const stranger = await deployment.ask(hugo, never);
    assert.ok(stranger.kind === "undetermined" && stranger.code === "not-found");
    await deployment.dispose();
    assert.deepEqual(await state(), earlier);
    assert.ok(sent.some(({ line }) => line === "POST /jwt/qrs/systemrule"));
    assert.deepEqual(
      sent.filter(({ line }) => /resetcache|proxyservice|virtualproxy/.test(line)),
      [],
    );
  });

  it("puts up no case whose people are of a directory in use, or that needs a virtual proxy", async () => {
    const earlier = await state();
    const people = [{ id: "user-gina", userId: "gina", userDirectory: "house", name: "gina" }];
    const among: Site = { entities: { User: people }, apps: {} };
    await assert.rejects(deploy(target, among), /the user directory house of the case is in use on the site/);
    await assert.rejects(deploy(target, trading), /a virtual proxy of the case/);
    assert.deepEqual(await state(), earlier);
  });

  it("is cleaned up after a crash by clean, which tells what it removes and touches nothing else", async () => {
    const earlier = await state();
    const crashed = qlikTarget(shared());
    const left = await deploy(crashed, everything);
    // A first visitor of a directory of the run's own comes into being by logging in (IM-051).
    const visit: Probe = { kind: "open", app: "app-orders", as: principal("gina"), through: "fields" };
    assert.equal((await left.ask(visit, never)).kind, "refused");
    const made = await state();
    for (const [at, path] of paths.entries()) {
      const more = (made[at] as readonly unknown[]).length - (earlier[at] as readonly unknown[]).length;
      if (!/proxy/.test(path)) assert.ok(more > 0, `nothing was made at ${path}`);
    }
    const told = await cleanSite({ ...shared(), allowWrites: false }, "tell");
    assert.ok(told.some(({ path, name }) => path === "/app" && name === "Orders"));
    assert.notDeepEqual(await state(), earlier);
    const removed = await cleanSite(shared(), "remove");
    assert.deepEqual(removed, told);
    assert.deepEqual(await state(), earlier);
    assert.deepEqual(await cleanSite(shared(), "remove"), []);
  });

  for (const [path, foreign] of [
    ["/qrs/user", "house-1"],
    ["/qrs/systemrule", ""],
    ["/qrs/stream", "house-stream"],
  ] as const) {
    it(`does not take what others made for its own, though the site says so at ${path}`, async () => {
      const earlier = await state();
      const [shipped] = (await client.admin("systemrule")).json as readonly Entity[];
      between.misbehave(passingOff(path, foreign || (shipped?.id ?? "")));
      await assert.rejects(deploy(qlikTarget(shared()), apart), /of something that was there before/);
      between.misbehave(undefined);
      await cleanSite(shared(), "remove");
      assert.deepEqual(await state(), earlier);
    });
  }

  it("makes no administrator", async () => {
    const root = { id: "user-root", userId: "root", userDirectory: "CORP", name: "root", roles: ["RootAdmin"] };
    const elevated: Site = { entities: { User: [root] }, apps: {} };
    await assert.rejects(deploy(target, elevated), /has the role RootAdmin/);
  });

  it("removes nothing of a site that takes no notice of the filter", async () => {
    const earlier = await state();
    between.misbehave({
      http: (request) => {
        const url = new URL(request.url);
        url.searchParams.delete("filter");
        return request.method === "GET" ? mock.fetch(new Request(url, request)) : undefined;
      },
    });
    assert.deepEqual(await cleanSite(shared(), "remove"), []);
    between.misbehave(undefined);
    assert.deepEqual(await state(), earlier);
  });
});
