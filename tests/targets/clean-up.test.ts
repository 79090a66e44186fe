/** What a run made is gone after it, also when a deployment fails half-way or the site refuses for a while. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { requirement } from "../../catalogue/index.ts";
import type { Site, Target } from "../../contract/types.ts";
import { playCase } from "../../harness/play-case.ts";
import { startMock, type RunningMock } from "../../mock/server.ts";
import { goldenCases } from "../../suites/golden.ts";
import { configOf } from "../../targets/mock.ts";
import { qlikTarget } from "../../targets/qlik/target.ts";
import { Client } from "../mock/client.ts";
import { startHostile, type Hostile } from "./hostile-server.ts";
import { annSees, deploy, loginOf, never, openBy, principal, site } from "./trading.ts";

const types = [
  "user",
  "stream",
  "app",
  "app/object",
  "systemrule",
  "virtualproxyconfig",
  "custompropertydefinition",
  "dataconnection",
  "reloadtask",
  "tag",
];

describe("after a run", () => {
  let mock: RunningMock;
  let client: Client;
  let between: Hostile;
  let target: Target;

  before(async () => {
    mock = await startMock();
    client = new Client(mock);
    between = await startHostile(mock);
    target = qlikTarget({ ...configOf(mock, "documented"), url: between.url, caPem: between.caPem });
  });

  after(async () => {
    await target.close?.();
    await client.close();
    await between.close();
    await mock.close();
  });

  /** Every entity of the site but the run's own tag, which goes when the target is closed; and the linked proxies. */
  async function state(): Promise<readonly unknown[]> {
    const lists = await Promise.all(types.map(async (type) => (await client.admin(type)).json));
    const names = lists.map((list, index) => [
      types[index],
      (list as readonly { readonly name?: string; readonly id: string }[])
        .filter(({ name }) => name !== "qlik-conformance-test")
        .map(({ id }) => id)
        .sort(),
    ]);
    const [service] = (await client.admin("proxyservice/full")).json as readonly { readonly settings: unknown }[];
    return [...names, service?.settings];
  }

  it("nothing is left of a site that was asked about", async () => {
    const earlier = await state();
    const deployment = await deploy(target);
    assert.notDeepEqual(await state(), earlier);
    assert.deepEqual(await deployment.ask(openBy("ann"), never), annSees);
    const visitor = { ...principal("gina"), session: { country: ["SE"] } };
    const seen = await deployment.ask({ kind: "open", app: "app-orders", as: visitor, through: "tables" }, never);
    assert.deepEqual(seen, { kind: "refused", by: "engine", code: 5 });
    assert.equal((await deployment.ask(loginOf("hugo"), never)).kind, "session");
    await deployment.dispose();
    assert.deepEqual(await state(), earlier);
  });

  it("nothing is left of a site whose script does not load", async () => {
    const earlier = await state();
    const broken: Site = { ...site, apps: { "app-orders": { script: "Orders:\nLOAD * INLINE [", files: {} } } };
    await assert.rejects(deploy(target, broken));
    assert.deepEqual(await state(), earlier);
  });

  for (const part of ["/qrs/systemrule", "/qrs/virtualproxyconfig", "/publish", "/qrs/proxyservice/"]) {
    it(`nothing is left when the site fails at ${part}`, async () => {
      const earlier = await state();
      let failures = 0;
      between.misbehave({
        http: (request) => {
          const { pathname } = new URL(request.url);
          const fails = (request.method === "POST" || request.method === "PUT") && pathname.includes(part);
          if (!fails || failures > 0) return undefined;
          failures += 1;
          return Promise.resolve(new Response("out of order", { status: 500 }));
        },
      });
      await assert.rejects(deploy(target));
      between.misbehave(undefined);
      assert.equal(failures, 1);
      assert.deepEqual(await state(), earlier);
    });
  }

  it("what could not be removed is told", async () => {
    const deployment = await deploy(target);
    between.misbehave({
      http: (request) =>
        request.method === "DELETE" && request.url.includes("/qrs/stream/")
          ? Promise.resolve(new Response("in use", { status: 409 }))
          : undefined,
    });
    await assert.rejects(deployment.dispose(), /could not remove \/stream\/[\w-]+ \(409\)/);
    between.misbehave(undefined);
  });

  it("nothing is left of golden cases of each area", async () => {
    const fresh = await startMock();
    const looking = new Client(fresh);
    const count = async (): Promise<readonly unknown[]> =>
      Promise.all(types.map(async (type) => (await looking.admin(`${type}/count`)).json));
    const earlier = await count();
    const played = qlikTarget(configOf(fresh, "documented"));
    for (const area of ["section-access", "impersonation", "rules"] as const) {
      const of = goldenCases(area).find(({ id }) => id.endsWith("/controls"));
      assert.ok(of !== undefined);
      const { verdicts } = await playCase(of, played, { strict: false, requirement });
      assert.deepEqual([...new Set(verdicts.map(({ result }) => result))], ["pass"], area);
    }
    await played.close?.();
    assert.deepEqual(await count(), earlier);
    await looking.close();
    await fresh.close();
  });
});
