/** Decisions read back over the wire (QR-034, SR-701 … SR-706). */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Json } from "../../../contract/types.ts";
import { startMock, type RunningMock } from "../../../mock/server.ts";
import { tradingSite } from "../trading-site.ts";
import { Client, tokenOf, type Answer, type Call } from "../client.ts";

let mock: RunningMock;
let client: Client;

before(async () => {
  mock = await startMock({ site: tradingSite });
  client = new Client(mock);
});

after(async () => {
  await client.close();
  await mock.close();
});

async function as(id: string, path: string, call: Call = {}): Promise<Answer> {
  return client.qrs(path, { token: await tokenOf(mock, "CORP", id), ...call });
}

const matrix = async (more: { readonly [field: string]: Json }): Promise<readonly Json[]> => {
  const body = {
    resourceType: "App",
    subjectRef: { resourceFilter: "userId eq 'ann'" },
    environmentAttributes: "context=AppAccess;",
    ...more,
  };
  const answer = await client.admin("systemrule/security/audit/matrix", { method: "POST", body });
  assert.equal(answer.status, 200, answer.text);
  return (answer.json as { matrix: { resourceId: string; audit: Json }[] }).matrix.map((one) => [
    one.resourceId,
    one.audit,
  ]);
};

describe("reading decisions back", () => {
  it("fills the matrix with granted and disabled bits, context by context (SR-125, SR-131)", async () => {
    assert.deepEqual(await matrix({}), [
      ["a1", { access: 15, disabled: 4 }],
      ["a2", { disabled: 4 }],
      ["a3", { access: 15, disabled: 4 }],
    ]);
    assert.deepEqual(await matrix({ environmentAttributes: "context=ManagementAccess;", actions: 3 }), [
      ["a1", { access: 2 }],
    ]);
  });

  it("shows the effect of a rule not installed (SR-704)", async () => {
    const previewRule = { condition: 'user.environment.office="UK"', resourceFilter: "App_a2", actions: 2 };
    const found = await matrix({ previewRule, actions: 2, environmentAttributes: "context=AppAccess;office=UK;" });
    assert.deepEqual(found, [
      ["a1", { access: 2 }],
      ["a2", { access: 2 }],
      ["a3", { access: 2 }],
    ]);
  });

  it("shows an auditor without the page no resources (SR-701)", async () => {
    const answer = await as("ann", "systemrule/security/audit/matrix", {
      method: "POST",
      body: { resourceType: "App" },
    });
    assert.deepEqual((answer.json as { matrix: Json }).matrix, []);
  });

  it("names the deciding rules in the list form (QR-034)", async () => {
    const body = {
      resourceType: "App",
      resourceId: "a1",
      userFilter: "userId eq 'ann'",
      environmentAttributes: "context=ManagementAccess;",
    };
    const answer = await client.admin("systemrule/security/audit", { method: "POST", body });
    const { ruleApplication } = answer.json as { ruleApplication: { ruleID: string; allowed: boolean }[] };
    assert.deepEqual(
      ruleApplication.map((one) => [one.ruleID, one.allowed]),
      [["r2", true]],
    );
  });

  it("previews what the caller could do with what he would make (SR-501)", async () => {
    const preview = await as("ann", "app/previewprivileges", { method: "POST", body: { name: "New" } });
    assert.deepEqual(preview.json, ["create", "read", "update", "delete"]);
    const owned = await as("ann", "app/previewprivileges", {
      method: "POST",
      body: { name: "New", owner: { id: "u2" } },
    });
    assert.deepEqual(owned.json, []);
  });

  it("tells which sections of the QMC the caller sees (SR-706)", async () => {
    const call = { method: "POST", body: ["QmcSection_App", "QmcSection_User"] };
    const path = "systemrule/security/evaluatetransientresources";
    assert.deepEqual([(await client.admin(path, call)).json, (await as("ann", path, call)).json], [call.body, []]);
  });
});
