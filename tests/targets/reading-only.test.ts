/** Without leave to write, nothing that could change a site leaves the adapter. */
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { isKnownError } from "../../contract/errors.ts";
import type { Deployment, Outcome, Probe, Target } from "../../contract/types.ts";
import { readSite } from "../../intake/site.ts";
import { startMock, type RunningMock } from "../../mock/server.ts";
import { configOf } from "../../targets/mock.ts";
import { connect } from "../../targets/qlik/engine.ts";
import { openHttp } from "../../targets/qlik/http.ts";
import { openSession } from "../../targets/qlik/identity.ts";
import { isReading } from "../../targets/qlik/reading.ts";
import { qlikTarget } from "../../targets/qlik/target.ts";
import { apps, exampleFolder } from "../clients/trading.ts";
import { Client } from "../mock/client.ts";
import { startHostile, type Hostile } from "./hostile-server.ts";
import { deploy, loginOf, never, principal } from "./trading.ts";
import { logged, type WireLog } from "./wire-log.ts";

const { site } = readSite(exampleFolder);

/** Every request these questions need: reads, and the posts that only ask (QR-034, SR-501). */
const harmless: ReadonlySet<string> = new Set([
  "GET /jwt/qps/csrftoken",
  "GET /jwt/qps/user",
  "GET /jwt/qrs/user",
  "GET /jwt/qrs/app/full",
  "GET /jwt/qrs/systemrule/full",
  "POST /jwt/qrs/systemrule/security/audit",
  "POST /jwt/qrs/systemrule/security/audit/matrix",
  "POST /jwt/qrs/systemrule/security/evaluatetransientresources",
  "POST /jwt/qrs/app/previewprivileges",
]);

/** Engine methods that read, by their names in Qlik's API. */
const readers = new Set([
  "OpenDoc",
  "GetDocList",
  "GetAppLayout",
  "GetTablesAndKeys",
  "GetTableData",
  "CreateSessionObject",
  "GetLayout",
  "GetHyperCubeData",
  "GetListObjectData",
  "SearchListObjectFor",
  "EvaluateEx",
]);

const counted = ["user", "app", "stream", "systemrule", "virtualproxyconfig", "proxyservice", "tag", "reloadtask"];

const ann = principal("ann");

const harmlessProbes: readonly Probe[] = [
  { kind: "open", app: apps.orders, as: ann, through: "tables" },
  { kind: "open", app: apps.orders, as: ann, through: "hypercube" },
  { kind: "open", app: apps.orders, as: ann, through: "counts" },
  { kind: "open", app: apps.orders, as: ann, through: "fields" },
  { kind: "open", app: apps.orders, as: ann, through: "list" },
  { kind: "open", app: apps.orders, as: ann, through: "search" },
  { kind: "open", app: apps.payroll, as: principal("dan"), through: "tables", noData: true },
  { kind: "decide", as: ann, resource: { type: "App", id: apps.orders }, action: "read", context: "hub" },
  {
    kind: "decide",
    as: ann,
    resource: { type: "TransientObject", id: "QmcSection_App" },
    action: "read",
    context: "qmc",
  },
  {
    kind: "decide",
    as: ann,
    resource: { type: "App", wouldBe: { id: "draft", name: "Draft" } },
    action: "create",
    context: "hub",
  },
];

function unsafe(error: unknown): boolean {
  return isKnownError(error) && error.code === "unsafe" && !/\n/.test(error.message);
}

describe("an adapter that may only read", () => {
  let mock: RunningMock;
  let between: Hostile;
  let target: Target;
  let deployment: Deployment;
  let client: Client;
  let log: WireLog;

  before(async () => {
    mock = await startMock({ site });
    between = await startHostile(mock);
    client = new Client(mock);
    target = qlikTarget({
      ...configOf(mock, "documented"),
      url: between.url,
      caPem: between.caPem,
      allowWrites: false,
    });
    log = logged(between);
    deployment = await target.prepare(site, { mode: "attach", tag: "qlik-conformance-test", signal: never });
  });

  beforeEach(() => {
    log = logged(between);
  });

  after(async () => {
    await deployment.dispose();
    await target.close?.();
    await client.close();
    await between.close();
    await mock.close();
  });

  const counts = async (): Promise<readonly unknown[]> =>
    Promise.all(counted.map(async (type) => [type, (await client.admin(`${type}/count`)).json]));

  const ask = async (probe: Probe): Promise<Outcome> => deployment.ask(probe, never);

  it("says that it can neither deploy nor load apps", () => {
    assert.deepEqual(
      ["deploy", "reload", "proxies", "groups"].filter((one) => target.capabilities.some((has) => has === one)),
      [],
    );
  });

  it("answers every kind of question it can with requests and engine methods that read", async () => {
    const earlier = await counts();
    const kinds: string[] = [];
    for (const probe of harmlessProbes) kinds.push((await ask(probe)).kind);
    const views = ["view", "view", "measure", "view", "view", "view"];
    assert.deepEqual(kinds, [...views, "without-data", "decision", "decision", "decision"]);
    assert.ok(log.requests.some((line) => line.startsWith("POST ")) && log.methods.includes("OpenDoc"));
    assert.deepEqual(
      log.requests.filter((line) => !harmless.has(line)),
      [],
    );
    assert.deepEqual(
      log.methods.filter((method) => !readers.has(method)),
      [],
    );
    assert.deepEqual(await counts(), earlier);
  });

  it("asks by the site's own ids: the owner of a would-be app counts (SR-501)", async () => {
    const dan = { id: "7ead1400-0000-4000-8000-000000000104", userId: "dan", userDirectory: "CORP" };
    const wouldBe = { id: "draft", name: "Draft", owner: dan };
    const readBy = async (id: string): Promise<Outcome> =>
      ask({ kind: "decide", as: principal(id), resource: { type: "App", wouldBe }, action: "read", context: "hub" });
    assert.deepEqual(await readBy("dan"), { kind: "decision", allowed: true });
    assert.deepEqual(await readBy("frank"), { kind: "decision", allowed: false });
  });

  it("does not log in whom the site does not know, since that would create him (IM-051)", async () => {
    const outcome = await ask({ kind: "open", app: apps.orders, as: principal("gina"), through: "tables" });
    assert.ok(outcome.kind === "undetermined" && outcome.code === "not-found", JSON.stringify(outcome));
    assert.deepEqual(log.requests, []);
  });

  it("makes no virtual proxy for anonymous users or unmapped session attributes", async () => {
    const visitor = principal("anonymous1", "NONE");
    const abroad = { ...ann, session: { country: ["SE"] } };
    for (const as of [visitor, abroad]) {
      const outcome = await ask({ kind: "open", app: apps.prices, as, through: "tables" });
      assert.ok(outcome.kind === "undetermined" && outcome.code === "not-found", JSON.stringify(outcome));
    }
    assert.deepEqual(log.requests, []);
  });

  it("refuses to deploy, to log in with a probe's own credentials and to log anybody out", async () => {
    const earlier = await counts();
    await assert.rejects(deploy(target), unsafe);
    const logout = { actor: "ann", do: "logout", with: { proxy: "jwt" } };
    const probes: readonly Probe[] = [
      loginOf("gina"),
      { kind: "converse", steps: [logout] },
      { kind: "impersonate", datasource: "Monthly report" },
    ];
    for (const probe of probes) await assert.rejects(ask(probe), unsafe, probe.kind);
    assert.deepEqual(
      log.requests.filter((line) => !line.startsWith("GET ")),
      [],
    );
    assert.deepEqual(await counts(), earlier);
  });

  it("lets no other request pass its own gate", async () => {
    const http = openHttp({ url: between.url, caPem: between.caPem, allowWrites: false, timeoutMs: 1000 });
    const requests = [
      ["POST", "/jwt/qrs/systemrule/security/resetcache"],
      ["POST", "/jwt/qrs/systemrule/security/audit/matrix/many"],
      ["POST", "/jwt/qrs/systemrule"],
      ["PUT", "/jwt/qrs/systemrule/x"],
      ["POST", "/jwt/qrs/userdirectoryconnector/syncuserdirectories"],
      ["PUT", "/jwt/qrs/proxyservice/x"],
      ["POST", "/jwt/qrs/app"],
      ["PUT", "/jwt/qrs/app/x"],
      ["DELETE", "/jwt/qrs/user/x"],
      ["DELETE", "/jwt/qps/user"],
      ["POST", "/jwt/qrs/systemrule?x=/systemrule/security/audit"],
      ["POST", "/jwt/qrs/systemrule/security/audit/../../../app"],
      ["POST", "/jwt/qrs/app/object/x/previewprivileges"],
      ["POST", "/jwt/qrs/app/table"],
      ["POST", "/jwt/qrs/app/import/qrs/systemrule/security/audit"],
      ["POST", "/jwt/qrs/x/../qrs/app/previewprivileges"],
      ["POST", "/jwt/./qrs/systemrule/security/audit"],
      ["POST", "/jwt/qrs/systemrule/security/audit%2f..%2fresetcache"],
      ["PUT", "/jwt/qrs/systemrule/security/audit"],
      ["DELETE", "/jwt/qrs/systemrule/security/audit"],
      ["GET", "/jwt/qrs/app/x/export"],
      ["GET", "/jwt/qrs/app/.."],
      ["GET", "/jwt/qrs/app/x%2fexport"],
      ["GET", "/jwt/qrs/app/importfolder/x"],
      ["GET", "/jwt/qrs/license/download"],
      ["GET", "/jwt/qps/user/../../qrs/cache"],
      ["GET", "/jwt/api/v1/anything"],
      ["GET", "/tempcontent/x"],
      ["GET", "//elsewhere.example/qrs/user"],
      ["GET", "@elsewhere.example/qrs/user"],
    ] as const;
    for (const [method, path] of requests) await assert.rejects(http.request({ method, path }), unsafe, path);
    assert.deepEqual(log.requests, []);
    for (const path of ["/qrs/app/previewprivileges?privilegesFilter=2", "/a/b/qrs/app/object/previewprivileges"])
      assert.ok(isReading("POST", path), path);
    for (const path of ["/qrs/app/object/full?filter=x", "/jwt/qrs/user/7ead-1", "/jwt/qrs/systemrule", "/qps/user"])
      assert.ok(isReading("GET", path), path);
    await http.close();
  });

  it("follows no redirect: what a site points at is not asked for", async () => {
    const seen: string[] = [];
    for (const status of [301, 302, 303, 307, 308]) {
      between.misbehave({
        http: (request) => {
          const { pathname } = new URL(request.url);
          seen.push(`${request.method} ${pathname}`);
          const headers = { Location: `${between.url}/jwt/qrs/systemrule/security/resetcache` };
          return pathname.includes("/audit/matrix")
            ? Promise.resolve(new Response("", { status, headers }))
            : undefined;
        },
      });
      const resource = { type: "App", id: apps.orders };
      const outcome = await ask({ kind: "decide", as: ann, resource, action: "read", context: "qmc" });
      assert.ok(outcome.kind === "undetermined" && outcome.code === "malformed", JSON.stringify(outcome));
    }
    assert.equal(seen.filter((line) => line === "POST /jwt/qrs/systemrule/security/audit/matrix").length, 5);
    assert.deepEqual(
      seen.filter((line) => !harmless.has(line)),
      [],
    );
  });

  it("calls no engine method that writes", async () => {
    const config = { ...configOf(mock, "documented"), url: between.url, caPem: between.caPem };
    const http = openHttp({ ...config, allowWrites: false });
    const session = await openSession(http, config, ann, mock.prefix);
    const connection = await connect(
      { origin: between.url, caPem: between.caPem, timeoutMs: 2000, readingOnly: true },
      session,
      apps.orders,
    );
    await assert.rejects(connection.global.createApp("Rumours"), unsafe);
    const doc = await connection.global.openDoc(apps.orders);
    await assert.rejects(doc.setScript("LOAD 1 AS A AUTOGENERATE 1;"), unsafe);
    await assert.rejects(doc.doReload(), unsafe);
    assert.deepEqual(log.methods, ["OpenDoc"]);
    await connection.close();
    await http.close();
  });
});

describe("an adapter that may write, on a site that stays", () => {
  it("takes back what attaching made: a helper proxy and a first visitor's account", async () => {
    const mock = await startMock({ site });
    const client = new Client(mock);
    const target = qlikTarget(configOf(mock, "documented"));
    const state = async (): Promise<readonly unknown[]> =>
      Promise.all(counted.map(async (type) => (await client.admin(`${type}/count`)).json));
    const earlier = await state();
    const attached = await target.prepare(site, { mode: "attach", tag: "qlik-conformance-test", signal: never });
    const abroad = { ...principal("gina"), session: { country: ["SE"] } };
    const seen = await attached.ask({ kind: "open", app: apps.prices, as: abroad, through: "fields" }, never);
    assert.deepEqual(seen, { kind: "view", fields: ["PRICE", "PRODUCT"], tables: [] });
    assert.notDeepEqual(await state(), earlier);
    await attached.dispose();
    await target.close?.();
    assert.deepEqual(await state(), earlier);
    await client.close();
    await mock.close();
  });
});
