/** qlik-repo-api, unmodified, with a token of the administrator: makes people, properties, streams and rules, and reads the audit. */
import assert from "node:assert/strict";
import { Agent } from "node:https";
import { after, before, describe, it } from "node:test";
import { createPrivateKey } from "node:crypto";
import { SignJWT } from "jose";
import { QlikRepoApi } from "qlik-repo-api";
import type { RunningMock } from "../../mock/server.ts";
import { apps, serveExample } from "./trading.ts";

interface Applied {
  readonly ruleID?: string;
  readonly allowed?: boolean;
}

async function adminToken(mock: RunningMock): Promise<string> {
  return new SignJWT({ userDirectory: mock.admin.directory, userId: mock.admin.id })
    .setProtectedHeader({ alg: "RS256", typ: "JWT" })
    .setExpirationTime("1m")
    .sign(createPrivateKey(mock.jwtKeyPem));
}

describe("qlik-repo-api against the mock", () => {
  let mock: RunningMock;
  let repo: QlikRepoApi.client;
  let httpsAgent: Agent;

  before(async () => {
    mock = await serveExample();
    httpsAgent = new Agent({ ca: mock.caPem });
    repo = new QlikRepoApi.client({
      host: mock.host,
      port: mock.port,
      proxy: mock.prefix,
      httpsAgent,
      authentication: { token: await adminToken(mock) },
    });
  });

  after(async () => {
    httpsAgent.destroy();
    await mock.close();
  });

  it("makes a user, a custom property, a stream and a rule, and reads them back (QR-056 … QR-060)", async () => {
    const property = await repo.customProperties.create({
      name: "Desk",
      choiceValues: ["GRAIN", "METAL"],
      objectTypes: ["Stream", "User"],
    });
    const user = await repo.users.create({ userId: "gina", userDirectory: "CORP", customProperties: ["Desk=GRAIN"] });
    const stream = await repo.streams.create({ name: "Grain", customProperties: ["Desk=GRAIN"] });
    assert.deepEqual([property.details.name, user.details.userId, stream.details.name], ["Desk", "gina", "Grain"]);
    assert.equal(user.details.modifiedByUserName, "QLIKADMIN\\admin");
    const made = await repo.systemRules.create({
      name: "Desks read their streams",
      category: "Security",
      rule: "resource.@Desk = user.@Desk",
      resourceFilter: `Stream_${stream.details.id}`,
      actions: ["Read"],
      context: "BothQlikSenseAndQMC",
    });
    assert.equal(made.details.actions, 2);
    const [found] = await repo.systemRules.getFilter({ filter: "name eq 'Desks read their streams'" });
    assert.equal(found?.details.id, made.details.id);
  });

  it("reads back from the audit which rule lets her read the stream (QR-034)", async () => {
    const audit = await repo.systemRules.getAudit({
      resourceType: "Stream",
      resourceFilter: "name eq 'Grain'",
      userFilter: "userId eq 'gina'",
      environmentAttributes: "context=AppAccess;",
    });
    const [rule] = await repo.systemRules.getFilter({ filter: "name eq 'Desks read their streams'" });
    const applied: readonly Applied[] = audit.ruleApplication ?? [];
    const granting = applied.filter(({ allowed }) => allowed).map(({ ruleID }) => ruleID);
    assert.ok(granting.includes(rule?.details.id ?? "no rule"), JSON.stringify(granting));
  });

  it("sees the rule gone when it has removed it, and removes all else", async () => {
    const removing = [
      ...(await repo.systemRules.getFilter({ filter: "name eq 'Desks read their streams'" })),
      ...(await repo.streams.getFilter({ filter: "name eq 'Grain'" })),
      ...(await repo.users.getFilter({ filter: "userId eq 'gina'" })),
      ...(await repo.customProperties.getFilter({ filter: "name eq 'Desk'" })),
    ];
    assert.equal(removing.length, 4);
    for (const one of removing) assert.equal(await one.remove(), 204);
    assert.deepEqual(await repo.streams.getFilter({ filter: "name eq 'Grain'" }), []);
    assert.equal((await repo.apps.get({ id: apps.orders })).details.name, "Orders");
  });
});
