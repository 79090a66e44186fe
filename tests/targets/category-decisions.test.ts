/** Questions of licence rules and nodes, read from the audit of their category: what it tells, and what it leaves open. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Json, Probe } from "../../contract/types.ts";
import { categoryAsked, categoryDecision } from "../../targets/qlik/category-decisions.ts";
import { IdMap } from "../../targets/qlik/ids.ts";
import type { Qrs } from "../../targets/qlik/qrs.ts";

type DecideProbe = Extract<Probe, { kind: "decide" }>;

const ann = { directory: "CORP", id: "ann", groups: [], attributes: {}, session: {} };
const placing: DecideProbe = {
  kind: "decide",
  as: ann,
  resource: { type: "App", id: "orders" },
  action: "loadbalancing",
  node: "north",
  context: "hub",
};
const licence: DecideProbe = {
  kind: "decide",
  as: ann,
  resource: { type: "License.AnalyzerAccessGroup", id: "readers" },
  action: "AllowAccess",
  context: "hub",
};

interface Sent {
  readonly path: string;
  readonly body: Json;
}

function unasked(): never {
  return assert.fail("asked otherwise");
}

/** An administrator to whom the site answers this, and what he asked. */
function auditor(answer: Json, status = 201): { readonly qrs: Qrs; readonly sent: Sent[] } {
  const sent: Sent[] = [];
  const send: Qrs["send"] = (_method, path, body = null) => {
    sent.push({ path, body });
    return Promise.resolve({ status, headers: new Headers(), setCookies: [], text: JSON.stringify(answer) });
  };
  return { qrs: { send, get: unasked, list: unasked, create: unasked }, sent };
}

function ids(): IdMap {
  const known = new IdMap();
  known.set("App", "orders", "a1");
  known.set("ServerNodeConfiguration", "north", "n1");
  known.set("License.AnalyzerAccessGroup", "readers", "g1");
  return known;
}

function matrix(subject: string, resource: string, pairs: readonly Json[]): { readonly [field: string]: Json } {
  return { matrix: pairs, subjects: { [subject]: {} }, resources: { [resource]: {} } };
}

function pair(subjectId: string, resourceId: string, audit: Json): Json {
  return { subjectId, resourceId, audit };
}

async function asked(
  probe: DecideProbe,
  answer: Json,
  user: string | undefined = "u1",
): ReturnType<typeof categoryDecision> {
  const action = categoryAsked(probe);
  assert.ok(action !== undefined);
  return categoryDecision(auditor(answer).qrs, ids(), { probe, action, user, environment: "context=AppAccess;" });
}

describe("questions of other categories", () => {
  it("are told from those of security rules by their action, in any letter case", () => {
    assert.deepEqual([categoryAsked(placing), categoryAsked(licence)], ["loadbalancing", "allowaccess"]);
    assert.equal(categoryAsked({ ...placing, action: "create" }), undefined);
  });

  it("are put to the audit of their category, about one pair, by the site's ids", async () => {
    const [nodes, users] = [auditor(matrix("n1", "a1", [])), auditor(matrix("u1", "g1", []))];
    const environment = "context=AppAccess;";
    await categoryDecision(nodes.qrs, ids(), { probe: placing, action: "loadbalancing", user: undefined, environment });
    await categoryDecision(users.qrs, ids(), { probe: licence, action: "allowaccess", user: "u1", environment });
    const about = [...nodes.sent, ...users.sent].map(({ path, body }) => {
      const { resourceType, resourceRef, subjectRef, actions } = body as { readonly [field: string]: Json };
      return [path, resourceType, resourceRef, subjectRef, actions];
    });
    assert.deepEqual(about, [
      ["/systemrule/sync/audit/matrix", "App", { resourceFilter: "id eq a1" }, { resourceFilter: "id eq n1" }, 1],
      [
        "/systemrule/license/audit/matrix",
        "License.AnalyzerAccessGroup",
        { resourceFilter: "id eq g1" },
        { resourceFilter: "id eq u1" },
        1,
      ],
    ]);
  });

  it("are answered by bit 1 of the pair; a pair that is left out has none", async () => {
    const yes = matrix("n1", "a1", [pair("n2", "a1", {}), pair("n1", "a1", { access: 1 })]);
    assert.deepEqual(await asked(placing, yes), { kind: "decision", allowed: true, broken: [] });
    assert.deepEqual(await asked(placing, matrix("n1", "a1", [])), { kind: "decision", allowed: false, broken: [] });
    const half = matrix("u1", "g1", [pair("u1", "g1", { broken: 1 })]);
    assert.deepEqual(await asked(licence, half), { kind: "decision", allowed: false });
  });

  const open: readonly (readonly [what: string, answer: Json, message: RegExp])[] = [
    ["the audit has no matrix", { subjects: {}, resources: {} }, /has no matrix/],
    ["it did not look at the node", matrix("n2", "a1", []), /did not look at the pair/],
    ["it did not look at the app", matrix("n1", "a2", []), /did not look at the pair/],
    ["it was cut short", { ...matrix("n1", "a1", []), truncated: true }, /ends before/],
    ["the mask is none", matrix("n1", "a1", [pair("n1", "a1", { access: "yes" })]), /answers "yes" for "access"/],
  ];
  for (const [what, answer, message] of open) {
    it(`stay open where ${what}`, async () => {
      await assert.rejects(asked(placing, answer), message);
    });
  }

  it("stay open where the site refuses the audit, or has no such user", async () => {
    const { qrs } = auditor({ error: "no" }, 403);
    const question = { probe: placing, action: "loadbalancing", user: undefined, environment: "" } as const;
    await assert.rejects(categoryDecision(qrs, ids(), question), /answered 403/);
    const nobody = { probe: licence, action: "allowaccess", user: undefined, environment: "" } as const;
    await assert.rejects(categoryDecision(qrs, ids(), nobody), /no user ann/);
  });
});
