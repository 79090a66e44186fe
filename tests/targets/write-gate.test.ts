/** The gate before a site that others use, and the rules it lets through: each way round it is tried. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isKnownError } from "../../contract/errors.ts";
import type { Json } from "../../contract/types.ts";
import type { HttpRequest } from "../../targets/qlik/http.ts";
import { confinedRule, objectionTo } from "../../targets/qlik/own-rules.ts";
import { OwnThings } from "../../targets/qlik/own-things.ts";
import { assertOwnWrite } from "../../targets/qlik/write-gate.ts";

const made = "7ead1400-0000-4000-8000-00000000a001";
const foreign = "7ead1400-0000-4000-8000-00000000f001";

function ownThings(): OwnThings {
  const own = new OwnThings();
  own.add(made);
  own.addDirectory("TRADING");
  return own;
}

const rule = {
  category: "Security",
  type: "Custom",
  name: "Orders",
  actions: 2,
  resourceFilter: `App_${made}`,
  rule: '(user.name="ann") and (user.userDirectory="TRADING")',
};

const filters: readonly string[] = [
  "App_*",
  "App*",
  "*",
  "",
  `App_${foreign}`,
  `App_${made}, Stream_*`,
  `App_${made},App_${foreign}`,
  `App_${made}*`,
  "QmcSection_App",
  `App_${made};App_*`,
  `App_${made} , *`,
  `App_${made}\n,Stream_*`,
  `App_${made}\tApp_*`,
  `Stream* App_${made}`,
  `App*;Stream_${made}`,
  `App_*|App_${made}`,
  `*_${made}`,
  `Ap*_${made}`,
  `App _${made}`,
  `App_${made}\u200b`,
  `App_${made}\uff0c App_*`,
  `"App_${made}"`,
  `App_${made},`,
  `App_${made}, QmcSection_*`,
  `User_${made}, User_${foreign}`,
];

const conditions: readonly string[] = [
  "",
  'user.name="ann"',
  'user.name="ann" or user.userDirectory="TRADING"',
  'user.userDirectory="TRADING" or user.userDirectory="CORP"',
  'user.userDirectory="CORP"',
  'user.userDirectory!="CORP"',
  'user.userDirectory like "*"',
  'user.userDirectory like "TRADING*"',
  '!(user.userDirectory="TRADING")',
  'resource.userDirectory="TRADING"',
  'user.environment.userDirectory="TRADING"',
  '(user.name="ann") or (true) and (user.userDirectory="TRADING")',
  'user.name="ann" or user.name="ben" and user.userDirectory="TRADING"',
  String.raw`user.name="\" or user.name like "*" and user.userDirectory="TRADING"`,
  'user.name="ann" and user.userDirectory="TRADING"\n',
  'user.userDirectory="TRADING',
  "true) or (true",
  '(true) or (true) and (user.userDirectory="TRADING")',
  '(user.name="ann") or (user.name="ben")) and (user.userDirectory="TRADING"',
  'user.userDirectory="TRADING" // or everybody',
  'user.userDirectory="TRADING" /* */ or user.name like "*"',
  'user.userDirectory="TRADING" -- ',
  `user.userDirectory='TRADING'`,
  `user.name='" or user.name like "*' and user.userDirectory="TRADING"`,
  'user.userDirectory="TRADING" or user.userDirectory="*"',
  'user.userDirectory="*"',
  'user.userDirectory matches ".*"',
  "user.userDirectory==user.userDirectory",
  '"TRADING"="TRADING"',
  'resource.owner.userDirectory="TRADING"',
  'user.@userDirectory="TRADING"',
  'user.userDirectory="TRADING" and user.name="a" or user.IsAnonymous()',
  'user.userDirectory\u00a0="TRADING"',
  'user.userDirectory="TRADING"\u2028or user.name like "*"',
  '!!(user.userDirectory="CORP") or !(user.name="x") and user.userDirectory="TRADING"',
];

describe("a rule is not installed", () => {
  it("though one that names only own resources and own people is", () => {
    assert.equal(objectionTo(rule, ownThings()), undefined);
    assert.equal(objectionTo({ ...rule, rule: 'user.userDirectory="trading"' }, ownThings()), undefined);
  });

  for (const resourceFilter of filters) {
    it(`with the resource filter ${JSON.stringify(resourceFilter)}`, () => {
      assert.match(objectionTo({ ...rule, resourceFilter }, ownThings()) ?? "", /resource/);
    });
  }

  for (const condition of conditions) {
    it(`with the condition ${JSON.stringify(condition)}`, () => {
      assert.match(objectionTo({ ...rule, rule: condition }, ownThings()) ?? "", /condition|users/);
    });
  }

  it("for a licence, in place of a shipped one, or as anything but a rule", () => {
    const bodies: readonly Json[] = [{ ...rule, category: "License" }, { ...rule, type: "Default" }, [rule], null];
    for (const body of [
      { ...rule, category: "Sync" },
      { ...rule, type: "ReadOnly" },
    ])
      assert.notEqual(objectionTo(body, ownThings()), undefined, JSON.stringify(body));
    for (const body of bodies) assert.notEqual(objectionTo(body, ownThings()), undefined, JSON.stringify(body));
  });
});

function ownWithStream(): OwnThings {
  const all = ownThings();
  all.add("s-1");
  return all;
}

describe("a rule of a case", () => {
  const things = [
    { type: "App", id: made },
    { type: "Stream", id: "s-1" },
  ];
  it("is cut down to the run's own things and people", () => {
    assert.deepEqual(confinedRule('user.name="ann" or user.name="ben"', "App*, Stream_*", ownWithStream(), things), {
      kind: "rule",
      rule: '(user.name="ann" or user.name="ben") and (user.userDirectory="TRADING")',
      resourceFilter: `App_${made}, Stream_s-1`,
    });
  });

  it("is left out where it means nothing the run made, and refused where it cannot be cut down", () => {
    assert.deepEqual(confinedRule("", "DataConnection_*", ownWithStream(), things), { kind: "idle" });
    assert.deepEqual(confinedRule("", "QmcSection_*", ownWithStream(), things), { kind: "idle" });
    assert.match(
      JSON.stringify(confinedRule("", "QmcSection_*, App_*", ownWithStream(), things)),
      /"App_7ead[\w-]+"}$/,
    );
    assert.equal(confinedRule('user.name="ann', "App_*", ownWithStream(), things).kind, "refused");
    for (const trick of ['a") or ("b"="b', "true) or (true", 'user.name="a") or (user.name="b', "(", ")", '"'])
      assert.equal(confinedRule(trick, "App_*", ownWithStream(), things).kind, "refused", trick);
    assert.equal(confinedRule("", "App_*", new OwnThings(), things).kind, "refused");
  });

  it("is not taken for narrow because the site calls what it made *", () => {
    assert.throws(() => new OwnThings().add("*"), /the site gave the id/);
  });

  it("never speaks of the people of services, nor of nobody, nor by a name that is more than one", () => {
    const all = new OwnThings();
    const names = ["INTERNAL", "none", "", "*", "TRAD*", 'X" or user.name like "*', "A\\B", "A\nB", " ", "A;B", "A'B"];
    for (const name of names) all.addDirectory(name);
    assert.deepEqual(all.directories, []);
    all.addDirectory("Trading North-2.0_x");
    assert.deepEqual(all.directories, ["TRADING NORTH-2.0_X"]);
  });

  it("does not stand for a thing that was there before the run, though the site says it was made", async () => {
    const own = new OwnThings();
    await assert.rejects(
      own.look("/app", async () => Promise.reject(new Error("gone"))),
      /gone/,
    );
    await own.look("/app", async () => Promise.resolve([{ id: foreign }]));
    await own.look("/app", async () => Promise.resolve([{ id: made }]));
    assert.throws(() => own.add(foreign.toUpperCase()), /of something that was there before/);
    own.add(made);
    assert.deepEqual([own.has(made), own.has(foreign)], [true, false]);
  });
});

function asked(method: HttpRequest["method"], path: string, body?: Json): HttpRequest {
  return { method: method ?? "GET", path, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
}

const refused: readonly HttpRequest[] = [
  asked("PUT", `/jwt/qrs/systemrule/${foreign}`, rule),
  asked("DELETE", `/jwt/qrs/systemrule/${foreign}`),
  asked("POST", "/jwt/qrs/systemrule", { ...rule, resourceFilter: "App_*" }),
  asked("POST", "/jwt/qrs/systemrule", { ...rule, id: foreign }),
  asked("PUT", `/jwt/qrs/systemrule/${made}`, { ...rule, rule: "" }),
  asked("POST", "/jwt/qrs/systemrule/many", [rule]),
  asked("POST", "/jwt/qrs/systemrule/security/resetcache", {}),
  asked("POST", "/jwt/QRS/SystemRule", { ...rule, rule: "" }),
  asked("POST", "/jwt/qrs//systemrule", rule),
  asked("POST", "/jwt/qrs/app/../systemrule", rule),
  asked("POST", "/jwt/qrs/system%72ule", rule),
  asked("POST", "/jwt/qrs/user", { userId: "ann", userDirectory: "CORP" }),
  asked("PUT", `/jwt/qrs/user/${foreign}`, { userId: "ann", userDirectory: "TRADING" }),
  asked("PUT", `/jwt/qrs/user/${made}`, { userId: "ann", userDirectory: "CORP" }),
  asked("DELETE", `/jwt/qrs/user/${foreign}`),
  asked("PUT", `/jwt/qrs/proxyservice/${foreign}`, {}),
  asked("POST", "/jwt/qrs/virtualproxyconfig", { prefix: "qc" }),
  asked("DELETE", `/jwt/qrs/selection/${made}/app`),
  asked("PUT", `/jwt/qrs/app/${made}/publish?stream=${foreign}`, {}),
  asked("PUT", `/jwt/qrs/app/${made}/replace?app=${foreign}`, {}),
  asked("POST", "/jwt/qrs/app/object", { app: { id: foreign } }),
  asked("POST", "/jwt/qrs/reloadtask/create", { task: { app: { id: foreign } } }),
  asked("DELETE", "/jwt/qrs/userdirectoryconnector/deleteudandusers?userDirectoryId=x"),
  asked("POST", "/jwt/api/v1/anything", {}),
  asked("POST", "/jwt/qrs/systemrule", { ...rule, Rule: "" }),
  asked("POST", "/jwt/qrs/systemrule", { ...rule, ResourceFilter: "*" }),
  asked("POST", "/jwt/qrs/systemrule", { ...rule, Id: foreign }),
  asked("PUT", `/jwt/qrs/systemrule/${made}`, { ...rule, id: foreign }),
  asked("PUT", `/jwt/qrs/stream/${made}`, { ID: foreign, name: "Sales" }),
  asked("POST", "/jwt/qrs/app/object", { App: { id: foreign } }),
  asked("POST", "/jwt/qrs/app/object", { app: { Id: foreign } }),
  asked("POST", "/jwt/qrs/schemaevent", { reloadTask: { id: foreign } }),
  asked("POST", "/jwt/qrs/compositeevent", { compositeRules: [{ reloadTask: { id: foreign } }] }),
  asked("POST", "/jwt/qrs/stream", { name: "Sales", owner: { id: foreign } }),
  asked("POST", "/jwt/qrs/user", { userId: "root", userDirectory: "TRADING", roles: ["rootadmin"] }),
  asked("POST", "/jwt/qrs/user", { userId: "ann", userDirectory: "TRADING", UserDirectory: "CORP" }),
  asked("PUT", `/jwt/qrs/user/${made}`, { userId: "ann", userDirectory: "TRADING", roles: ["ContentAdmin"] }),
  asked("PUT", `/jwt/qrs/virtualproxyconfig/${foreign}`, {}),
  asked("DELETE", `/jwt/qrs/virtualproxyconfig/${foreign}`),
  asked("PUT", `/jwt/qrs/proxyservice/${made}`, {}),
  asked("DELETE", "/jwt/qrs/cache"),
  asked("DELETE", `/jwt/qrs/app/${foreign}`),
  asked("DELETE", `/jwt/qrs/app/${made}/../${foreign}`),
  asked("DELETE", `/jwt/qrs/app/${made}%2f..%2f${foreign}`),
  asked("DELETE", "/jwt/qrs/app"),
  asked("DELETE", "/jwt/qrs/app?id=x"),
  asked("POST", "/jwt/qrs/systemrule/security/resetcache?x=/audit"),
  asked("POST", "/jwt/qrs/systemrule/security/audit/../resetcache"),
  asked("POST", "/jwt/qrs/license/useraccessgroup", { name: "Everybody" }),
  asked("POST", "/jwt/qrs/userdirectoryconnector/syncuserdirectories", [made]),
  asked("GET", "/jwt/qrs/app/import"),
  asked("DELETE", "/jwt/x/qps/user"),
  // What is no JSON here may be read by a site that is milder.
  { ...asked("POST", "/jwt/qrs/reloadtask"), body: `{"app":{"id":"${foreign}"},}` },
  { ...asked("PUT", `/jwt/qrs/stream/${made}`), body: `{'id':'${foreign}'}` },
];

function isUnsafe(error: unknown): boolean {
  return isKnownError(error) && error.code === "unsafe";
}

describe("a request to a site that others use", () => {
  it("leaves when it makes something, or changes what the run made", () => {
    const own = ownThings();
    for (const request of [
      asked("POST", "/jwt/qrs/systemrule?xrfkey=0123456789abcdef", rule),
      asked("POST", "/jwt/qrs/user", { userId: "ann", userDirectory: "TRADING" }),
      asked("PUT", `/jwt/qrs/app/${made}/publish?stream=${made}`, {}),
      asked("DELETE", `/jwt/qrs/app/${made}?xrfkey=0123456789abcdef`),
      asked("POST", "/jwt/qrs/systemrule/security/audit/matrix", {}),
      asked("PUT", `/jwt/qrs/app/${made}`, { id: made, owner: { id: foreign }, tags: [{ id: foreign }], stream: null }),
      asked("POST", "/jwt/qrs/app/object", { app: { id: made }, tags: [{ id: foreign }] }),
      asked("DELETE", "/jwt/qps/user"),
    ])
      assertOwnWrite(request, own);
  });

  for (const request of refused) {
    it(`is refused: ${request.method} ${request.path} ${typeof request.body === "string" ? request.body.slice(0, 60) : ""}`, () => {
      assert.throws(() => assertOwnWrite(request, ownThings()), isUnsafe);
    });
  }
});
