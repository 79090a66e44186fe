/** qrs-interact, unmodified, with a token through the virtual proxy: strict about statuses, keeps no cookie. */
import assert from "node:assert/strict";
import { globalAgent } from "node:https";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import type { RunningMock } from "../../mock/server.ts";
import { apps, listedFor, placeOf, serveExample, tokenFor } from "./trading.ts";

interface Interaction {
  readonly statusCode: number;
  readonly body: readonly { readonly id: string; readonly name: string }[];
}

interface QrsInteract {
  Get(path: string): Promise<Interaction>;
  Post(path: string, body: object, type: "json"): Promise<Interaction>;
  Delete(path: string): Promise<Interaction>;
}

const Interact = createRequire(import.meta.url)("qrs-interact") as new (options: object) => QrsInteract;

describe("qrs-interact against the mock", () => {
  let mock: RunningMock;

  before(async () => {
    mock = await serveExample();
    // The client takes no authority of its own and asks through this agent; each test file is a process of its own.
    globalAgent.options.ca = mock.caPem;
  });

  after(async () => {
    globalAgent.destroy();
    await mock.close();
  });

  function clientWith(token: string): QrsInteract {
    return new Interact({
      hostname: mock.host,
      portNumber: mock.port,
      virtualProxyPrefix: `/${mock.prefix}`,
      certificates: { certFile: null },
      headers: { Authorization: `Bearer ${token}` },
    });
  }

  async function clientOf(user: string): Promise<QrsInteract> {
    return clientWith(await tokenFor(placeOf(mock), user));
  }

  it("lists the apps each user may read (QR-008, QR-050)", async () => {
    for (const user of ["ann", "dan", "frank"] as const) {
      const { statusCode, body } = await (await clientOf(user)).Get("app/hublist/full");
      assert.equal(statusCode, 200);
      assert.deepEqual(body.map((app) => app.name).sort(), listedFor[user], user);
    }
  });

  it("gets through with a trailing slash, a filter and its quotes (QR-020, QR-025)", async () => {
    const dan = await clientOf("dan");
    const named = await dan.Get("app/full/?filter=name eq 'Payroll'");
    assert.deepEqual(
      named.body.map((app) => app.id),
      [apps.payroll],
    );
    assert.equal((await dan.Get("about/")).statusCode, 200);
  });

  it("rejects with the status when the user may not read the app, as if there were none (QR-008)", async () => {
    await assert.rejects((await clientOf("frank")).Get(`app/${apps.orders}`), /Received error code: 40[34]/);
    assert.equal((await (await clientOf("ann")).Get(`app/${apps.orders}`)).statusCode, 200);
  });

  it("rejects what the user may not create (QR-006)", async () => {
    await assert.rejects(
      (await clientOf("frank")).Post("stream", { name: "Rumours" }, "json"),
      /Received error code: 403/,
    );
  });

  it("rejects with an expired token (IM-036, IM-045)", async () => {
    const late = clientWith(await tokenFor(placeOf(mock), "ann", "expired"));
    await assert.rejects(late.Get("about"), /Received error code: 401/);
  });
});
