/** qrs-interact, unmodified, with a token through the virtual proxy: strict about statuses, keeps no cookie. */
import assert from "node:assert/strict";
import { globalAgent } from "node:https";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import type { RunningMock } from "../../mock/server.ts";
import { sign } from "../mock/client.ts";
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

  function clientWith(token: string, headers: { readonly [name: string]: string } = {}): QrsInteract {
    return new Interact({
      hostname: mock.host,
      portNumber: mock.port,
      virtualProxyPrefix: `/${mock.prefix}`,
      certificates: { certFile: null },
      headers: { Authorization: `Bearer ${token}`, ...headers },
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

  it("makes a user, a property, a stream and a rule as administrator, and reads the matrix back (QR-034, QR-056 … QR-060)", async () => {
    const admin = clientWith(
      await sign(mock.jwtKeyPem, { userDirectory: mock.admin.directory, userId: mock.admin.id }),
      {
        "X-Qlik-Security": "Context=ManagementAccess",
      },
    );
    const make = async (path: string, body: object): Promise<string> => {
      const { statusCode, body: made } = await admin.Post(path, body, "json");
      assert.equal(statusCode, 201, path);
      return (made as unknown as { readonly id: string }).id;
    };
    const user = await make("user", { userId: "gina", userDirectory: "CORP" });
    const property = await make("custompropertydefinition", { name: "Desk", objectTypes: ["Stream"] });
    const stream = await make("stream", {
      name: "Grain",
      customProperties: [{ value: "GRAIN", definition: { id: property } }],
    });
    const rule = { name: "Gina reads grain", category: "Security", type: "Custom", actions: 2, ruleContext: 0 };
    const installed = await make("systemrule", {
      ...rule,
      resourceFilter: `Stream_${stream}`,
      rule: 'user.userId="gina" and resource.@Desk="GRAIN"',
    });
    const matrix = async (): Promise<unknown> => {
      const asked = { resourceType: "Stream", actions: 2, environmentAttributes: "context=AppAccess;" };
      const subjectRef = { resourceFilter: `id eq ${user}` };
      const answer = await admin.Post("systemrule/security/audit/matrix", { ...asked, subjectRef }, "json");
      const { matrix: pairs } = answer.body as unknown as { readonly matrix: readonly object[] };
      return pairs.filter((pair) => "resourceId" in pair && pair.resourceId === stream);
    };
    const pair = { subjectId: user, resourceId: stream, schemaPath: "AuditMatrixElement" };
    assert.deepEqual(await matrix(), [{ ...pair, audit: { access: 2 } }]);
    assert.equal((await admin.Delete(`systemrule/${installed}`)).statusCode, 204);
    assert.deepEqual(await matrix(), []);
  });

  it("rejects with an expired token (IM-036, IM-045)", async () => {
    const late = clientWith(await tokenFor(placeOf(mock), "ann", "expired"));
    await assert.rejects(late.Get("about"), /Received error code: 401/);
  });
});
