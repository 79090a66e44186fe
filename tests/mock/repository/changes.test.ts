/** Who changed what and when, and what a directory tells only when it is synchronised. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Entity, Json } from "../../../contract/types.ts";
import { columns, createActivityLog } from "../../../mock/repository/activity.ts";
import { startMock, type RunningMock } from "../../../mock/server.ts";
import { Client, tokenOf } from "../client.ts";
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

const matrixOf = async (fields: { readonly [field: string]: Json }): Promise<{ readonly [field: string]: Json }> => {
  const body = { resourceType: "App", environmentAttributes: "context=AppAccess;", ...fields };
  const answer = await client.admin("systemrule/security/audit/matrix", { method: "POST", body });
  assert.equal(answer.status, 201, answer.text);
  return answer.json as { readonly [field: string]: Json };
};

describe("the audit", () => {
  it("says when its limit leaves pairs out, and goes on where it is told", async () => {
    const first = await matrixOf({ auditLimit: 3 });
    assert.deepEqual([first["truncated"], first["subjectStart"]], [true, "u1"]);
    const rest = await matrixOf({ subjectStart: "u1" });
    assert.equal(rest["truncated"], undefined);
    const seen = [first, rest].map(({ subjects }) => Object.keys(subjects ?? {}).length);
    assert.deepEqual(seen, [1, 2]);
    for (const wrong of [{ auditLimit: "many" }, { auditLimit: -1 }, { subjectStart: "u9" }, { resourceType: "" }]) {
      const body = { resourceType: "App", ...wrong };
      const { status } = await client.admin("systemrule/security/audit/matrix", { method: "POST", body });
      assert.equal(status, 400, JSON.stringify(wrong));
    }
  });

  it("answers only bits of actions the type has (SR-234)", async () => {
    const previewRule = { condition: "", resourceFilter: "*", actions: 8191 };
    const bitsOf = async (resourceType: string): Promise<readonly Json[]> => {
      const { matrix } = await matrixOf({ resourceType, previewRule, actions: 8191 });
      return [...new Set((matrix as { audit: { access: number } }[]).map(({ audit }) => audit.access))];
    };
    // 15 create to delete, 32 publish, 64 change owner; 128 change role.
    assert.deepEqual([await bitsOf("Stream"), await bitsOf("User")], [[111], [143]]);
  });

  it("previews a rule that is not stored, in the list form (SR-704)", async () => {
    const asked = { resourceType: "App", resourceFilter: "id eq 'a2'", userFilter: "userId eq 'ann'" };
    const body = { ...asked, ruleConditions: "", actions: 2, environmentAttributes: "context=AppAccess;" };
    const rulesOf = async (path: string): Promise<readonly Json[]> => {
      const { json, status } = await client.admin(`systemrule/security/${path}`, { method: "POST", body });
      assert.equal(status, 201);
      return (json as { ruleApplication: { ruleID: string }[] }).ruleApplication.map(({ ruleID }) => ruleID);
    };
    assert.deepEqual([await rulesOf("audit"), await rulesOf("audit/preview")], [[], ["preview"]]);
  });
});

describe("a change", () => {
  it("leaves who made it and when", async () => {
    const stream = await client.made("stream", { name: "Purchase" });
    assert.equal(stream["modifiedByUserName"], "QLIKADMIN\\admin");
    const later = (await client.change("stream", stream, { name: "Purchasing" })).json as Entity;
    const [was = null, is = null] = [stream["modifiedDate"], later["modifiedDate"]];
    assert.ok(typeof was === "string" && typeof is === "string" && is > was);
    assert.equal(later["modifiedByUserName"], "QLIKADMIN\\admin");
  });

  it("says when a thing was made for ever, and what follows from it is signed too (QR-001)", async () => {
    const property = await client.made("custompropertydefinition", {
      name: "Desk",
      choiceValues: ["A"],
      objectTypes: [],
    });
    const values: Json = [{ value: "A", definition: { id: property.id } }];
    const stream = await client.made("stream", { name: "Grain", customProperties: values });
    const dated = (await client.change("stream", stream, { createdDate: "1999-01-01T00:00:00.000Z" })).json as Entity;
    assert.equal(dated["createdDate"], stream["createdDate"]);
    await client.admin(`custompropertydefinition/${property.id}`, { method: "DELETE" });
    const left = (await client.admin(`stream/${stream.id}`)).json as Entity;
    assert.deepEqual(left["customProperties"], []);
    const [was = "", is = ""] = [dated["modifiedDate"], left["modifiedDate"]];
    assert.ok(typeof was === "string" && typeof is === "string" && is > was);
  });

  it("leaves a line in the audit log also where it removes what a selection holds (QR-032)", async () => {
    await client.made("tag", { name: "old" });
    const { json } = await client.admin("selection/tag?filter=name eq 'old'", { method: "POST", body: {} });
    const { id } = json as Entity;
    const earlier = mock.activity.length;
    assert.equal((await client.admin(`selection/${id}/tag`, { method: "DELETE" })).status, 204);
    const lines = mock.activity.slice(earlier).map((line) => line.split("\t").slice(2));
    assert.deepEqual(lines, [["QLIKADMIN", "admin", "qmc", "DELETE", `/qrs/selection/${id}/tag`, "204"]]);
  });

  it("leaves a line in the audit log that no user name can break out of (IM-054)", async () => {
    const name = "ann\n99\t2026-01-01T00:00:00.000Z\tQLIKADMIN\tadmin\tqmc\tDELETE\t/qrs/user/u1\t204\r\u2028";
    const token = await tokenOf(mock, "CORP", name);
    const earlier = mock.activity.length;
    const answer = await client.qrs("stream", { method: "POST", token, body: { name: "Rumours" } });
    assert.equal(answer.status, 403);
    const [line = "", ...more] = mock.activity.slice(earlier);
    assert.deepEqual(more, []);
    const fields = line.split("\t");
    assert.equal(fields.length, columns.length);
    assert.doesNotMatch(line, /[\r\n\u2028]/);
    assert.deepEqual([fields[5], fields[7]], ["POST", "403"]);
  });

  it("is told apart in the log from a name that spells the escapes out", () => {
    const log = createActivityLog();
    const line = { when: "", directory: "CORP", context: "hub", command: "PUT", path: "/", result: 200 };
    for (const id of ["ann\nben", String.raw`ann\nben`]) log.add({ ...line, id });
    const ids = log.lines.map((one) => one.split("\t")[3]);
    assert.deepEqual(ids, [String.raw`ann\nben`, String.raw`ann\\nben`]);
  });

  it("is one line of the log by whatever a name ends lines with, or turns them round", () => {
    const log = createActivityLog();
    const line = { when: "", directory: "CORP", context: "hub", command: "PUT", path: "/", result: 200 };
    const breaking = ["\n", "\r", "\t", "\v", "\f", "\0", "\u001b", "\u0085", "\u2028", "\u2029"];
    const turning = ["\u202e", "\u2066", "\u200b", "\ufeff", "\u{e0041}", "\ud800"];
    for (const mark of [...breaking, ...turning]) log.add({ ...line, id: `ann${mark}ben` });
    assert.equal(log.lines.length, breaking.length + turning.length);
    for (const one of log.lines) {
      assert.match(one.split("\t")[3] ?? "", /^ann\\(?:[nrt]|u[0-9a-f]{4}|u\{e0041\})ben$/);
      assert.equal(one.split("\t").length, columns.length);
    }
  });
});

describe("custom properties", () => {
  it("take only their choices on their types, and go with them (QR-043, QR-057)", async () => {
    const region = { name: "Region", choiceValues: ["NORTH", "SOUTH"], objectTypes: ["Stream"] };
    const definition = await client.made("custompropertydefinition", region);
    const valued = (value: string): Json => [{ value, definition: { id: definition.id } }];
    const post = async (type: string, value: string): Promise<number> =>
      (await client.admin(type, { method: "POST", body: { name: "x", customProperties: valued(value) } })).status;
    assert.deepEqual([await post("stream", "WEST"), await post("app", "NORTH")], [400, 400]);
    const stream = await client.made("stream", { name: "Logistics", customProperties: valued("NORTH") });
    const values = async (): Promise<number> =>
      ((await client.admin(`stream/${stream.id}`)).json as { customProperties: Json[] }).customProperties.length;
    assert.equal(await values(), 1);
    assert.equal(
      (await client.change("custompropertydefinition", definition, { choiceValues: ["SOUTH"] })).status,
      200,
    );
    assert.equal(await values(), 0);
    const gone = await client.admin(`custompropertydefinition/${definition.id}`, { method: "DELETE" });
    assert.equal(gone.status, 204);
  });
});

const groups = (name: string): Json => [{ attributeType: "group", attributeValue: name }];
const sync = async (id: string): Promise<number> =>
  (await client.admin("userdirectoryconnector/syncuserdirectories", { method: "POST", body: [id] })).status;
const user = async (id: string): Promise<Entity | undefined> => {
  const filter = encodeURIComponent(`userDirectory eq 'WEST' and userId eq '${id}'`);
  return ((await client.admin(`user/full?filter=${filter}`)).json as readonly Entity[])[0];
};

describe("a user directory", () => {
  it("tells the repository only when it is synchronised (UD-005, UD-007, QR-061, QR-062)", async () => {
    const people: Json = [{ userId: "gina", name: "Gina", attributes: groups("Sales") }];
    const fields = { name: "West", userDirectoryName: "WEST", syncOnlyLoggedInUsers: false, people };
    const directory = await client.made("userdirectory", fields);
    assert.equal(await user("gina"), undefined);
    assert.equal(await sync(directory.id), 204);
    assert.equal((await user("gina"))?.["removedExternally"], false);
    const becomes = async (more: { readonly [field: string]: Json }): Promise<void> => {
      const current = (await client.admin(`userdirectory/${directory.id}`)).json as Entity;
      assert.equal((await client.change("userdirectory", current, more)).status, 200);
    };
    await becomes({ people: [], operational: false });
    await sync(directory.id);
    assert.equal((await user("gina"))?.["removedExternally"], false, "a directory that is down tells nothing");
    await becomes({ operational: true });
    await sync(directory.id);
    assert.equal((await user("gina"))?.["removedExternally"], true);
    const path = `userdirectoryconnector/deleteudandusers?userDirectoryId=${directory.id}`;
    assert.equal((await client.admin(path, { method: "DELETE" })).status, 204);
    assert.equal(await user("gina"), undefined);
  });
});
