/** The mock as a server: where it listens, what it hands out, and that clients people use get through. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import { isKnownError } from "../../contract/errors.ts";
import { startMock, type RunningMock } from "../../mock/server.ts";
import { Client, tokenOf } from "./client.ts";
import { tradingSite } from "./trading-site.ts";

interface Interaction {
  readonly statusCode: number;
  readonly body: { readonly id: string; readonly length: number };
}

interface QrsInteract {
  Get(path: string): Promise<Interaction>;
  Post(path: string, body: object, type: "json"): Promise<Interaction>;
  Delete(path: string): Promise<Interaction>;
}

const require = createRequire(import.meta.url);

describe("the mock as a server", () => {
  let mock: RunningMock;

  before(async () => {
    mock = await startMock({ site: tradingSite });
  });

  after(async () => {
    await mock.close();
  });

  it("listens on loopback at a port the system chose, and hands out what a client needs", () => {
    assert.equal(mock.url, `https://127.0.0.1:${mock.port}`);
    assert.match(mock.caPem, /^-----BEGIN CERTIFICATE-----/);
    assert.match(mock.jwtCertificatePem, /^-----BEGIN CERTIFICATE-----/);
    assert.match(mock.jwtKeyPem, /^-----BEGIN PRIVATE KEY-----/);
    assert.equal(mock.prefix, "jwt");
  });

  it("answers in process what it answers over TLS", async () => {
    const key = "0123456789abcdef";
    const headers = { authorization: `Bearer ${await tokenOf(mock, "CORP", "ann")}`, "x-qlik-xrfkey": key };
    const answer = await mock.fetch(new Request(`https://qlik.example/jwt/qrs/app?xrfkey=${key}`, { headers }));
    const client = new Client(mock);
    const wired = await client.qrs("app", { token: await tokenOf(mock, "CORP", "ann") });
    await client.close();
    assert.equal(answer.status, 200);
    assert.deepEqual(await answer.json(), wired.json);
  });

  it("is trusted by nobody who does not know its authority", async () => {
    const error = await fetch(`${mock.url}/jwt/qps/user`).catch((cause: unknown) => cause);
    assert.ok(error instanceof TypeError);
  });

  it("says in one line that a port is taken", async () => {
    const error = await startMock({ port: mock.port }).catch((cause: unknown) => cause);
    assert.ok(isKnownError(error));
    assert.match(error.message, new RegExp(`cannot listen on 127\\.0\\.0\\.1:${mock.port}`));
  });

  it("refuses a dialect that does not exist", async () => {
    const error = await startMock({ dialect: "klingon" }).catch((cause: unknown) => cause);
    assert.ok(isKnownError(error) && error.code === "usage");
  });

  it("gives up its prefix to a site that brings one of that name", async () => {
    const proxy = { id: "v", prefix: "JWT", sessionCookieHeaderName: "X-Qlik-Session-jwt" };
    const other = await startMock({ site: { entities: { VirtualProxyConfig: [proxy] }, apps: {} } });
    const client = new Client(other);
    assert.equal(other.prefix, "jwt-admin");
    assert.equal((await client.admin("about")).status, 200);
    await client.close();
    await other.close();
  });

  it("satisfies the status codes of qrs-interact (QR-006)", async () => {
    // The client has no option for an authority of its own; this process talks to the mock alone.
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    const token = await tokenOf(mock, mock.admin.directory, mock.admin.id);
    const Interact = require("qrs-interact") as new (options: object) => QrsInteract;
    const qrs = new Interact({
      hostname: "127.0.0.1",
      portNumber: mock.port,
      virtualProxyPrefix: "/jwt",
      certificates: { certFile: null },
      headers: { Authorization: `Bearer ${token}`, "X-Qlik-Security": "Context=ManagementAccess" },
    });
    const made = await qrs.Post("stream", { name: "Trading" }, "json");
    const found = await qrs.Get("stream/full?filter=name eq 'Trading'");
    const gone = await qrs.Delete(`stream/${made.body.id}`);
    delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    assert.deepEqual([made.statusCode, found.statusCode, found.body.length, gone.statusCode], [201, 200, 1, 204]);
  });

  it("survives requests that make no sense", async () => {
    const client = new Client(mock);
    const nonsense = [
      client.admin("stream", { method: "POST", raw: "{" }),
      client.admin("stream", { method: "POST", body: [] }),
      client.admin("stream", { method: "POST", body: { name: { deep: [1] }, customProperties: 7, owner: 3 } }),
      client.admin("app/%E0%A4%A"),
      client.admin(`app?filter=${"(".repeat(300)}`),
      client.admin("app?filter=constructor.constructor eq 'x'&orderby=__proto__"),
      client.admin("systemrule/security/audit/matrix", { method: "POST", body: { resourceType: 5 } }),
      client.admin("app/previewprivileges?privilegesFilter=x", { method: "POST", body: null }),
      client.call("/%2e%2e/jwt/../jwt/qps/user"),
      client.call("/jwt/qrs/../../qrs/app", { headers: { cookie: "X-Qlik-Session-jwt=;=;;" } }),
    ];
    const statuses = (await Promise.all(nonsense)).map((answer) => answer.status);
    await client.close();
    assert.deepEqual(
      statuses.filter((status) => status >= 500),
      [],
    );
    assert.deepEqual(statuses.slice(0, 2), [400, 400]);
  });
});
