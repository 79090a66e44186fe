/** Steps on the wire against sites that misbehave, and on a site that may only be read. */
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { isKnownError } from "../../contract/errors.ts";
import type { Deployment, Json, Outcome, Step } from "../../contract/types.ts";
import { startMock, type RunningMock } from "../../mock/server.ts";
import { configOf } from "../../targets/mock.ts";
import { qlikTarget } from "../../targets/qlik/target.ts";
import { startHostile, type Hostile } from "./hostile-server.ts";
import { logged } from "./wire-log.ts";
import { deploy, never, principal, site } from "./trading.ts";

const ann = { ...principal("ann") };

function step(what: string, more: { readonly [name: string]: Json }): Step {
  return { actor: "ann", do: what, with: { as: ann, ...more } };
}

const openOrders = { method: "OpenDoc", params: ["app-orders"] };
const about = step("request", { path: "/qrs/about", show: { build: "kind /buildVersion" } });

describe("a step on the wire", () => {
  let mock: RunningMock;
  let between: Hostile;
  let deployment: Deployment;
  let close: () => Promise<void>;

  before(async () => {
    mock = await startMock();
    between = await startHostile(mock);
    const config = { ...configOf(mock, "documented"), url: between.url, caPem: between.caPem, timeoutMs: 800 };
    const target = qlikTarget(config);
    deployment = await deploy(target);
    close = async () => target.close?.();
  });

  afterEach(() => between.misbehave(undefined));

  after(async () => {
    await deployment.dispose();
    await close();
    await between.close();
    await mock.close();
  });

  const told = async (one: Step): Promise<Outcome> => deployment.ask({ kind: "converse", steps: [one] }, never);

  async function measured(one: Step): Promise<unknown> {
    const outcome = await told(one);
    assert.ok(outcome.kind === "transcript", JSON.stringify(outcome));
    const [first] = outcome.of;
    return first?.kind === "measure" ? first.values : first;
  }

  async function failure(one: Step): Promise<string> {
    const outcome = await told(one);
    return outcome.kind === "undetermined" ? outcome.code : JSON.stringify(outcome);
  }

  it("shows status, codes and chosen parts", async () => {
    assert.deepEqual(await measured(about), { status: 200, build: "text" });
    const calls = [openOrders, { method: "EvaluateEx", handle: "OpenDoc", params: ["Count(ORDERNO)"], code: false }];
    assert.deepEqual(await measured(step("call", { calls })), { OpenDoc: 0 });
  });

  it("tells a socket the other side closed from an answer", async () => {
    between.misbehave({ frame: (asked) => (asked === "OpenDoc" ? "close" : undefined) });
    assert.deepEqual(await measured(step("call", { calls: [openOrders] })), { OpenDoc: "closed" });
  });

  it("leaves open what is not answered, or answered with nonsense", async () => {
    between.misbehave({ frame: (asked) => (asked === "OpenDoc" ? [] : undefined) });
    assert.equal(await failure(step("call", { calls: [openOrders] })), "timed-out");
    between.misbehave({ frame: (asked) => (asked === "OpenDoc" ? ["<html>"] : undefined) });
    assert.equal(await failure(step("call", { calls: [openOrders] })), "malformed");
    between.misbehave({ upgrade: 502 });
    assert.equal(await failure(step("call", { calls: [openOrders] })), "malformed");
    between.misbehave({ http: () => new Promise(() => {}) });
    assert.equal(await failure(about), "timed-out");
  });

  it("takes a refused handshake for a refusal by the proxy", async () => {
    between.misbehave({ upgrade: 403 });
    assert.deepEqual(await measured(step("call", { calls: [openOrders] })), {
      kind: "refused",
      by: "proxy",
      code: 403,
    });
  });

  it("leaves open a step that is written wrongly", async () => {
    const wrong: readonly Step[] = [
      step("request", { path: "/qrs/about", method: "PAINT" }),
      step("request", { path: "/qrs/about", xrfkey: "twice" }),
      step("request", { path: "/qrs/about", headers: { "X-Desk": 7 } }),
      step("request", {}),
      step("call", { calls: [{}] }),
      step("call", { calls: ["OpenDoc"] }),
      step("paint", {}),
    ];
    for (const one of wrong) assert.equal(await failure(one), "malformed", JSON.stringify(one.with));
  });

  it("sends nothing that could change what is not of the case", async () => {
    const log = logged(between);
    await told(about);
    log.requests.length = 0;
    const foreign: readonly Step[] = [
      step("request", { method: "DELETE", path: "/qrs/stream/7ead1400-0000-4000-8000-000000000104" }),
      step("request", { method: "PUT", path: "/qrs/app/7ead1400-0000-4000-8000-000000000104/publish" }),
      step("request", { method: "POST", path: "/qrs/systemrule/security/resetcache" }),
      ...[
        "/qrs/systemrule/7ead1400-0000-4000-8000-000000000104/app-orders",
        "/qrs/app/x-app-orders",
        "/hub/../qrs/app/7ead1400-0000-4000-8000-000000000104",
        "//qrs/app/7ead1400-0000-4000-8000-000000000104",
        "/hub/%2e%2e/qrs/app/7ead1400-0000-4000-8000-000000000104",
        "/qrs/stream/app-orders/../7ead1400-0000-4000-8000-000000000104",
        "/qrs/userdirectoryconnector/deleteudandusers?userDirectoryId=app-orders",
        "/qrs/cache",
      ].map((path) => step("request", { method: "DELETE", path })),
      ...[{ app: "7ead1400-0000-4000-8000-000000000104" }, { App: "another" }].map((query) =>
        step("request", { method: "PUT", path: "/qrs/app/app-orders/replace", query }),
      ),
      step("request", { method: "PUT", path: "/qrs/app/app-orders/publish", rawQuery: "stream=another" }),
      step("call", { calls: [{ method: "DeleteApp", params: ["app-orders"] }] }),
      step("call", { calls: [{ method: "CreateApp", params: ["Rumours"] }] }),
      step("call", { calls: [{ method: "OpenDoc", params: ["7ead1400-0000-4000-8000-000000000104"] }] }),
      step("call", { calls: [{ frame: '{"jsonrpc":"2.0","id":9,"handle":-1,"method":"DeleteApp","params":["x"]}' }] }),
    ];
    for (const one of foreign)
      await assert.rejects(
        told(one),
        (error) => isKnownError(error) && error.code === "unsafe",
        JSON.stringify(one.with),
      );
    assert.deepEqual([log.requests, log.methods], [[], []]);
  });

  it("puts the run's tag on what it makes and takes it away again", async () => {
    const target = qlikTarget({ ...configOf(mock, "documented") });
    const own = await target.prepare(site, { mode: "deploy", tag: "qlik-conformance-wire", signal: never });
    const body = { name: "Desk West" };
    const admin = { directory: mock.admin.directory, id: mock.admin.id, groups: [], attributes: {}, session: {} };
    const as = { as: admin, headers: { "X-Qlik-Security": "Context=ManagementAccess" } };
    const made = {
      actor: "admin",
      do: "request",
      with: { ...as, method: "POST", path: "/qrs/stream", body, show: { tag: "value /tags/0/name" } },
    };
    const query = { filter: "name eq 'Desk West'" };
    const count = {
      actor: "admin",
      do: "request",
      with: { ...as, path: "/qrs/stream/count", query, show: { there: "value /value" } },
    };
    const { of } = (await own.ask({ kind: "converse", steps: [made, count] }, never)) as { of: readonly Outcome[] };
    assert.deepEqual(of, [
      { kind: "measure", values: { status: 201, tag: "qlik-conformance-wire" } },
      { kind: "measure", values: { status: 200, there: 1 } },
    ]);
    await own.dispose();
    const after_ = (await deployment.ask({ kind: "converse", steps: [count] }, never)) as { of: readonly Outcome[] };
    assert.deepEqual(after_.of, [{ kind: "measure", values: { status: 200, there: 0 } }]);
    await target.close?.();
  });
});

describe("a site that may only be read", () => {
  it("is asked no conversation at all, and nothing is sent", async () => {
    const mock = await startMock({ site });
    const between = await startHostile(mock);
    const config = { ...configOf(mock, "documented"), url: between.url, caPem: between.caPem, allowWrites: false };
    const target = qlikTarget(config);
    const attached = await target.prepare(site, { mode: "attach", tag: "qlik-conformance-wire", signal: never });
    const log = logged(between);
    const steps = [
      step("set-script", { app: "app-orders", script: "" }),
      step("reload", { app: "app-orders" }),
      step("reload-by-task", { app: "app-orders" }),
      step("publish", { app: "app-orders", stream: "stream-sales" }),
      step("republish", { app: "app-orders", over: "app-orders" }),
      step("export-reduced", { app: "app-orders" }),
      step("request", { method: "DELETE", path: "/qrs/stream/stream-sales" }),
      step("call", { calls: [{ method: "DoReload", handle: 1 }] }),
    ];
    for (const one of steps) {
      const asked = attached.ask({ kind: "converse", steps: [one] }, never);
      await assert.rejects(asked, (error) => isKnownError(error) && error.code === "unsafe", one.do);
    }
    assert.deepEqual([log.requests, log.methods], [[], []]);
    await target.close?.();
    await between.close();
    await mock.close();
  });
});
