/** On a site that others use, a run changes only what it made, and its rules say nothing of anybody else. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Entity, Probe, Site, Target } from "../../contract/types.ts";
import { startMock, type RunningMock } from "../../mock/server.ts";
import { configOf } from "../../targets/mock.ts";
import { cleanSite, qlikTarget } from "../../targets/qlik/target.ts";
import { Client } from "../mock/client.ts";
import { startHostile, type Hostile } from "./hostile-server.ts";
import { decideFor, deploy, never, principal, site as trading } from "./trading.ts";

const house: Site = {
  entities: {
    User: [{ id: "house-1", userId: "hugo", userDirectory: "HOUSE", name: "hugo" }],
    App: [{ id: "house-app", name: "Wages", owner: { id: "house-1" } }],
  },
  apps: {},
};

const { VirtualProxyConfig: _proxies, ProxyService: _services, ...entities } = trading.entities;
const apart: Site = { entities, apps: trading.apps };

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

  const state = async (): Promise<readonly unknown[]> =>
    Promise.all(
      ["user", "app", "stream", "systemrule/full", "proxyservice/full", "virtualproxyconfig/full"].map(
        async (path) => (await client.admin(path)).json,
      ),
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
    await deploy(crashed, apart);
    const told = await cleanSite({ ...shared(), allowWrites: false }, "tell");
    assert.ok(told.some(({ path, name }) => path === "/app" && name === "Orders"));
    assert.notDeepEqual(await state(), earlier);
    const removed = await cleanSite(shared(), "remove");
    assert.deepEqual(removed, told);
    assert.deepEqual(await state(), earlier);
    assert.deepEqual(await cleanSite(shared(), "remove"), []);
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
