import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Site } from "../../contract/types.ts";
import { startMock } from "../../mock/server.ts";
import { configOf } from "../../targets/mock.ts";
import { qlikTarget } from "../../targets/qlik/target.ts";

const mock = await startMock();
after(() => mock.close());

const site: Site = {
  entities: {
    CustomPropertyDefinition: [
      { id: "p", name: "Region", valueType: "Text", choiceValues: ["NORTH"], objectTypes: ["Stream"] },
    ],
    User: [{ id: "u", userId: "ann", userDirectory: "CORP", name: "ann" }],
    Stream: [
      { id: "s", name: "Sales", customProperties: [{ value: "NORTH", definition: { id: "p", name: "Region" } }] },
    ],
    App: [{ id: "a", name: "Orders", stream: { id: "s" }, published: true }],
    SystemRule: [
      {
        id: "r",
        name: "Everyone reads",
        category: "Security",
        rule: "",
        resourceFilter: "App*",
        actions: 2,
        ruleContext: 0,
        disabled: false,
      },
    ],
    VirtualProxyConfig: [
      {
        id: "v",
        prefix: "reports",
        description: "Reports",
        sessionCookieHeaderName: "X-Qlik-Session-reports",
        authenticationMethod: 4,
        loadBalancingServerNodes: [],
      },
    ],
    ProxyService: [{ id: "x", settings: { virtualProxies: [{ id: "v" }] } }],
  },
  apps: { a: { script: "Orders:\nLOAD * INLINE [\nORDERNO\n1\n];\n", files: {} } },
};

const counted = ["user", "stream", "app", "systemrule", "virtualproxyconfig", "custompropertydefinition", "tag"];

async function counts(): Promise<readonly number[]> {
  const target = qlikTarget(configOf(mock, "documented"));
  const deployment = await target.prepare(
    { entities: {}, apps: {} },
    { mode: "attach", tag: "", signal: AbortSignal.timeout(10_000) },
  );
  await deployment.dispose();
  await target.close?.();
  const found: number[] = [];
  const { openHttp } = await import("../../targets/qlik/http.ts");
  const { openSession } = await import("../../targets/qlik/identity.ts");
  const { openQrs } = await import("../../targets/qlik/qrs.ts");
  const config = configOf(mock, "documented");
  const http = openHttp({ url: mock.url, caPem: mock.caPem, allowWrites: false, timeoutMs: 5000 });
  const admin = { ...mock.admin, groups: [], attributes: {}, session: {} };
  const qrs = openQrs(http, await openSession(http, config, admin, mock.prefix), "qmc");
  for (const path of counted) found.push((await qrs.list(`/${path}`)).length);
  await http.close();
  return found;
}

const how = (): { mode: "deploy"; tag: string; signal: AbortSignal } => ({
  mode: "deploy",
  tag: "qlik-conformance-test",
  signal: AbortSignal.timeout(30_000),
});

test("a deployment that was never disposed is removed by the next run", async () => {
  const before = await counts();
  const crashed = qlikTarget(configOf(mock, "documented"));
  await crashed.prepare(site, how());
  const left = await counts();
  for (const [at, path] of counted.entries())
    assert.ok((left[at] ?? 0) > (before[at] ?? 0), `nothing was made at ${path}`);
  const next = qlikTarget(configOf(mock, "documented"));
  const deployment = await next.prepare({ entities: {}, apps: {} }, how());
  await deployment.dispose();
  await next.close?.();
  assert.deepEqual(await counts(), before);
});

test("a deployment takes everything away again", async () => {
  const before = await counts();
  const target = qlikTarget(configOf(mock, "documented"));
  const deployment = await target.prepare(site, how());
  await deployment.dispose();
  await target.close?.();
  assert.deepEqual(await counts(), before);
});
