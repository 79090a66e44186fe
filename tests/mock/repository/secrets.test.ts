/** What the repository takes in and never gives out: not when it is asked for, and not when it is searched for. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Entity, Json } from "../../../contract/types.ts";
import { keepingSecrets, withoutSecrets } from "../../../mock/repository/secrets.ts";
import { startMock, type RunningMock } from "../../../mock/server.ts";
import { Client } from "../client.ts";
import { tradingSite } from "../trading-site.ts";

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

const matrixOf = async (fields: { readonly [field: string]: Json }): Promise<readonly Json[]> => {
  const body = { environmentAttributes: "context=ManagementAccess;", resourceType: "DataConnection", ...fields };
  const answer = await client.admin("systemrule/security/audit/matrix", { method: "POST", body });
  assert.equal(answer.status, 201, answer.text);
  return (answer.json as { readonly matrix: readonly Json[] }).matrix;
};

describe("secrets", () => {
  it("of a connection are taken and kept, and never answered (QR-066)", async () => {
    const secret = "open-sesame";
    const body = { name: "Ledger", connectionstring: "CUSTOM", username: "ledger", password: secret };
    const connection = await client.made("dataconnection", body);
    const changed = await client.change("dataconnection", connection, { name: "Ledgers" });
    const audit = { resourceType: "DataConnection", environmentAttributes: "context=ManagementAccess;" };
    const answers = [
      changed,
      await client.admin(`dataconnection/${connection.id}`),
      await client.admin("dataconnection/full?privileges=true"),
      await client.admin("systemrule/security/audit", { method: "POST", body: audit }),
      await client.admin("systemrule/security/audit/matrix", {
        method: "POST",
        body: { ...audit, resourceProperties: ["password", "name"] },
      }),
    ];
    assert.ok(answers.every(({ status, text }) => (status === 200 || status === 201) && text.includes("Ledger")));
    assert.deepEqual(
      answers.filter(({ text }) => text.includes(secret)),
      [],
    );
  });
});

describe("secrets that are searched for", () => {
  it("are found by no filter, no order, no audit and no rule (QR-066)", async () => {
    const body = { connectionstring: "CUSTOM", username: "ledger" };
    for (const [name, password] of [
      ["First", "zebra"],
      ["Second", "apple"],
    ] as const)
      await client.made("dataconnection", { ...body, name, password });
    const named = async (path: string): Promise<readonly Json[]> =>
      ((await client.admin(path)).json as readonly Entity[]).map(({ name }: Entity & { name?: Json }) => name ?? "");
    assert.deepEqual(await named("dataconnection?filter=password sw 'z'"), []);
    assert.deepEqual(await named("dataconnection?filter=password eq 'apple'"), []);
    const ordered = (await named("dataconnection?orderby=password")).filter((name) => name !== "Ledgers");
    assert.deepEqual(ordered, ["First", "Second"]);
    const audit = { resourceType: "DataConnection", resourceRef: { resourceFilter: "password sw 'z'" } };
    assert.deepEqual(await matrixOf(audit), []);
    assert.notDeepEqual(await matrixOf({ ...audit, resourceRef: {} }), []);
    const seenBy = async (condition: string): Promise<number> => {
      const previewRule = { condition, resourceFilter: "*", actions: 2 };
      const subjectRef = { resourceFilter: "userId eq 'ben'" };
      return (await matrixOf({ previewRule, subjectRef, actions: 2 })).length;
    };
    assert.deepEqual(await Promise.all(['resource.name="First"', 'resource.password like "z*"'].map(seenBy)), [1, 0]);
    const values = "systemrule/security/attributevalues?resourcetype=DataConnection&attribute=password";
    assert.deepEqual((await client.admin(values)).json, []);
  });

  it("stay kept when a directory is changed by what was shown of it", async () => {
    const settings = [{ name: "Password", secret: true, value: "open", secretValue: "sesame" }];
    const directory = await client.made("userdirectory", { name: "East", userDirectoryName: "EAST", settings });
    assert.doesNotMatch(JSON.stringify(directory), /sesame|"open"/);
    const stored = { id: directory.id, schemaPath: "UserDirectory", settings };
    const sentBack = keepingSecrets(stored, { settings: withoutSecrets(stored)["settings"] ?? [] });
    assert.deepEqual(sentBack, { settings });
    const anew: Json = [{ name: "Password", secret: true, value: "shut", secretValue: "" }];
    assert.match(JSON.stringify(keepingSecrets(stored, { settings: anew })), /"shut"/);
  });
});
