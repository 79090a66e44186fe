/** The doors for services: who gets in, and how long a ticket is good. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { generate } from "selfsigned";
import { Agent, fetch } from "undici";
import type { Site } from "../../../contract/types.ts";
import { isFresh } from "../../../mock/proxy/tickets.ts";
import { startMock, type RunningMock } from "../../../mock/server.ts";

const key = "0123456789abcdef";
const site: Site = { entities: { User: [{ id: "u1", userDirectory: "CORP", userId: "ann", name: "Ann" }] }, apps: {} };

interface Shown {
  readonly cert?: string;
  readonly key?: string;
}

describe("the doors for services", () => {
  let mock: RunningMock;
  let own: Shown;
  before(async () => {
    mock = await startMock({ site });
    own = { cert: mock.clientCertificatePem, key: mock.clientKeyPem };
  });
  after(() => mock.close());

  async function status(url: string, shown: Shown, more: Parameters<typeof fetch>[1] = {}): Promise<number> {
    const dispatcher = new Agent({ connect: { ca: mock.caPem, ...shown } });
    const headers = { "X-Qlik-Xrfkey": key, "Content-Type": "application/json", ...(more.headers as object) };
    try {
      const answer = await fetch(`${url}${url.includes("?") ? "&" : "?"}xrfkey=${key}`, {
        ...more,
        headers,
        dispatcher,
      });
      await answer.text();
      return answer.status;
    } finally {
      await dispatcher.close();
    }
  }

  const about = (): string => `${mock.repositoryServiceUrl}/qrs/about`;
  const named = { headers: { "X-Qlik-User": "UserDirectory=CORP;UserId=ann" } };

  it("let nobody in without the site's certificate, or with one of another authority (IM-111)", async () => {
    assert.equal(await status(about(), own, named), 200);
    await assert.rejects(status(about(), {}, named));
    const foreign = await generate([{ name: "commonName", value: "QlikClient" }], {
      keyType: "ec",
      algorithm: "sha256",
    });
    await assert.rejects(status(about(), { cert: foreign.cert, key: foreign.private }, named));
    await assert.rejects(status(`${mock.proxyServiceUrl}/qps/session`, {}));
  });

  it("refuse a caller who names nobody, and one without the guarding key (IM-110, IM-101)", async () => {
    assert.equal(await status(about(), own), 401);
    assert.equal(await status(about(), own, { headers: { "X-Qlik-User": "ann" } }), 401);
    assert.equal(await status(about(), own, { headers: { ...named.headers, "X-Qlik-Xrfkey": "another" } }), 403);
  });

  it("issue no ticket for a blank name or one with a backslash (IM-120)", async () => {
    const ask = (body: object): Promise<number> =>
      status(`${mock.proxyServiceUrl}/qps/jwt/ticket`, own, { method: "POST", body: JSON.stringify(body) });
    assert.equal(await ask({ UserDirectory: "CORP", UserId: "ann" }), 201);
    assert.equal(await ask({ userDirectory: "CORP", userId: " ann " }), 201);
    assert.equal(await ask({ UserDirectory: "CORP", UserId: " " }), 400);
    assert.equal(await ask({ UserDirectory: "CORP\\LAB", UserId: "ann" }), 400);
    assert.equal(await ask([]), 400);
    assert.equal(await status(`${mock.proxyServiceUrl}/qps/nowhere/ticket`, own, { method: "POST", body: "{}" }), 404);
  });
});

it("a ticket is good for a minute (IM-121)", () => {
  const ticket = {
    login: { directory: "CORP", id: "ann", anonymous: false, attributes: {} },
    proxy: "p1",
    issued: 1_000,
  };
  assert.ok(isFresh(ticket, 61_000));
  assert.ok(!isFresh(ticket, 61_001));
});
