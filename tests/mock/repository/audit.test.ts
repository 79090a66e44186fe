/** Decisions read back over the wire (QR-034, SR-701 … SR-706). */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Entity, Json } from "../../../contract/types.ts";
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
  assert.equal(answer.status, 201, answer.text);
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

  it("lists those that are asked and do not grant where that is wanted, and why a rule is broken (SR-110)", async () => {
    const rule = { resourceFilter: "Stream_s2", actions: 2 };
    const made = [
      await client.admin("systemrule", {
        method: "POST",
        body: { ...rule, name: "Open", rule: 'user.name="a" and\n )' },
      }),
      await client.admin("systemrule", {
        method: "POST",
        body: { ...rule, name: "Never", rule: 'user.name matches "("' },
      }),
    ].map(({ json }) => (json as { id: string }).id);
    const said = async (includeNonGrantingRules: boolean): Promise<readonly Json[]> => {
      const asked = { resourceType: "Stream", resourceFilter: "id eq 's2'", userFilter: "userId eq 'ann'" };
      const body = { ...asked, environmentAttributes: "context=AppAccess;", includeNonGrantingRules };
      const { json } = await client.admin("systemrule/security/audit", { method: "POST", body });
      const { ruleApplication } = json as { ruleApplication: { [field: string]: Json }[] };
      return ruleApplication.map((one) => [one["ruleID"] ?? "", one["evaluationState"] ?? "", one["errorAt"] ?? ""]);
    };
    const broken = [
      [made[0], "parsefailure", 19],
      [made[1], "evaluationfailure", 0],
    ];
    assert.deepEqual(await said(false), broken);
    assert.deepEqual(await said(true), [["r1", "evaluated", 0], ...broken]);
    for (const id of made) await client.admin(`systemrule/${id}`, { method: "DELETE" });
  });

  it("names users, resources and rules and tells little else of them; to who may not audit, nothing (SR-701)", async () => {
    const call = {
      method: "POST",
      body: { ResourceType: "App", ResourceFilter: "id eq 'a1'", UserFilter: "id eq 'u1'" },
    };
    const told = (await client.admin("systemrule/security/audit", call)).json as { [map: string]: Json };
    assert.deepEqual(told["users"], {
      u1: { id: "u1", name: "Ann", userId: "ann", userDirectory: "CORP", schemaPath: "AuditUser" },
    });
    assert.deepEqual(told["resources"], { a1: { id: "a1", name: "Orders", schemaPath: "AuditResource" } });
    const untold = (await as("ann", "systemrule/security/audit", call)).json as { [map: string]: Json };
    const nothing = { users: {}, resources: {}, rules: {}, ruleApplication: [], schemaPath: "Audit" };
    assert.deepEqual(untold, nothing);
    assert.deepEqual((await as("ann", "systemrule/security/audit/export")).json, [
      "UserDbId;UserId;UserDirectory;Name",
      "RuleID;Rule;Actions;Name;ResourceFilter",
      "ResourceID;RuleID;UserDbId;Allowed;EvaluationState",
    ]);
  });

  it("takes a selection for a filter, and tells nothing of what it looked at where no privileges are asked for", async () => {
    const items = [{ type: "App", objectID: "a3" }];
    const { id } = (await client.admin("selection/app", { method: "POST", body: { items } })).json as { id: string };
    assert.deepEqual(await matrix({ resourceRef: { selection: id }, actions: 2 }), [["a3", { access: 2 }]]);
    const body = { resourceType: "App", outputObjectsPrivileges: 0 };
    const { json } = await client.admin("systemrule/security/audit/matrix", { method: "POST", body });
    const { subjects, resources } = json as { [map: string]: Json };
    assert.deepEqual([subjects, resources], [{}, {}]);
  });

  it("counts resources, and lists what one user may do one thing to", async () => {
    const body = { resourceType: "App", resourceFilter: "published eq true" };
    const counted = await client.admin("systemrule/security/audit/countresources", { method: "POST", body });
    assert.deepEqual([counted.status, counted.json], [201, 2]);
    const asked = { resourceType: "App", Action: 8, UserId: "u2" };
    const listed = await client.admin("systemrule/security/audit/accessibleobjects", { method: "POST", body: asked });
    assert.deepEqual(
      (listed.json as { id: string }[]).map(({ id }) => id),
      ["a2"],
    );
  });

  it("exports the audit as lines of which no name makes more (SR-701)", async () => {
    const name = "Dan;x\nResourceID;r1;u1;true";
    const made = await client.admin("user", { method: "POST", body: { userId: "dan", userDirectory: "CORP", name } });
    const { id } = made.json as { id: string };
    const lines = (await client.admin("systemrule/security/audit/export")).json as readonly string[];
    assert.deepEqual(
      lines
        .slice(0, lines.indexOf("RuleID;Rule;Actions;Name;ResourceFilter"))
        .filter((line) => line.startsWith(id))
        .map((line) => line.split(";")),
      [[id, "dan", "CORP", "Dan%3Bx%0AResourceID%3Br1%3Bu1%3Btrue"]],
    );
    assert.ok(lines.includes("a1;r4;u1;true;evaluated") && !lines.some((line) => /\n/.test(line)));
    await client.admin(`user/${id}`, { method: "DELETE" });
  });

  it("tells which sections of the QMC the caller sees (SR-706)", async () => {
    const call = { method: "POST", body: ["QmcSection_App", "QmcSection_User"] };
    const path = "systemrule/security/evaluatetransientresources";
    assert.deepEqual([(await client.admin(path, call)).json, (await as("ann", path, call)).json], [call.body, []]);
  });
});

async function tree(rule: string): Promise<{ readonly [field: string]: Json }> {
  const { json } = await client.admin(`systemrule/security/parsetree?rule=${encodeURIComponent(rule)}`);
  return json as { readonly [field: string]: Json };
}

function equal(property: string, value: string): Json {
  return { property, operator: "=", value };
}

describe("the editor of rules", () => {
  it("is told which rules touch a resource, and which words a condition may use", async () => {
    const of = await client.admin("systemrule/security/associatedrules?resourcetype=Stream&resourcefilter=id eq 's1'");
    const names = (of.json as readonly Entity[]).map(({ name }) => name);
    assert.deepEqual(names, ["RootAdmin", "SalesStream"]);
    const words = async (type: string): Promise<readonly string[]> =>
      (await client.admin(`systemrule/security/accessibleattributes?resourcetype=${type}`)).json as readonly string[];
    const [ofApps, ofUsers] = [await words("App"), await words("User")];
    assert.ok(ofApps.includes("owner.name") && !ofApps.includes("group"), ofApps.join());
    assert.ok(ofUsers.includes("group") && ofUsers.includes("environment.ip"), ofUsers.join());
    assert.equal((await client.admin("systemrule/security/accessibleattributes")).status, 400);
  });

  it("is offered the values an attribute has on what the asking user may read", async () => {
    const values = async (query: string): Promise<readonly [number, Json]> => {
      const { status, json } = await client.admin(`systemrule/security/attributevalues?${query}`);
      return [status, json];
    };
    assert.deepEqual(await values("resourcetype=App&attribute=stream.name"), [200, ["Finance", "Sales"]]);
    assert.deepEqual(await values("resourcetype=App&attribute=stream.name&limit=1"), [200, ["Finance"]]);
    assert.deepEqual(await values("resourcetype=App&attribute=name&filter=published eq true"), [
      200,
      ["Budget", "Orders"],
    ]);
    assert.deepEqual(await values("resourcetype=User&attribute=group"), [200, ["Sales"]]);
    assert.equal((await values("resourcetype=User"))[0], 400);
    const token = await tokenOf(mock, "CORP", "ben");
    const query = "systemrule/security/attributevalues?resourcetype=App&attribute=name";
    assert.deepEqual((await client.qrs(query, { token })).json, ["Budget"]);
  });

  it("is shown a condition as alternatives about the resource and about the user, where it has that view (SR-705)", async () => {
    const { resourceConditions, userConditions, backtracked } = await tree(
      '(user.group="Sales" or user.group="Finance") and resource.@Region="NORTH"',
    );
    assert.deepEqual(resourceConditions, [[equal("@Region", "NORTH")]]);
    assert.deepEqual(userConditions, [[equal("group", "Sales")], [equal("group", "Finance")]]);
    assert.equal(backtracked, true);
    const without = ["resource.owner=user", '!(user.name="a")', 'user.name="a" or resource.name="b"', 'user.name="'];
    for (const rule of without) assert.equal((await tree(rule))["backtracked"], false, rule);
    assert.match(JSON.stringify((await tree('user.name="'))["message"]), /quote|text|end/i);
  });
});
