/** The customer case of the help (security-rules-customer-case), rules and decision tables §6 of the rules catalogue. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Entity, Principal, ResourceRef } from "../../../contract/types.ts";
import { allowed, anonymous, custom, person, siteOf, type Rule } from "./ask.ts";

const sections =
  "QmcSection_App,QmcSection_DataConnection,QmcSection_ContentLibrary,QmcSection_App.Object,QmcSection_Task, QmcSection_ReloadTask, QmcSection_Event, QmcSection_SchemaEvent, QmcSection_CompositeEvent";
const objectTypes = ["userstate", "sheet", "story", "bookmark", "snapshot", "embeddedsnapshot", "hiddenbookmark"];

const rules: readonly Rule[] = [
  ["ResourceAccess", "Stream_*, DataConnection_*", 2, "((user.group=resource.@GroupAccess))"],
  [
    "TeamAdminRead",
    "Stream*,App*,ReloadTask*,SchemaEvent*,Tag*,CompositeEvent*,ExecutionResult*,CustomProperty*,DataConnection*",
    6,
    `( (resource.resourcetype="App" and resource.stream.@AdminGroup = user.group)
       or (resource.resourcetype="App.Object" and resource.app.stream.@AdminGroup = user.group)
       or (resource.resourcetype="ReloadTask" and resource.app.stream.@AdminGroup = user.group)
       or (resource.resourcetype="DataConnection" and resource.@AdminGroup = user.group)
       or resource.resourcetype ="SchemaEvent" or resource.resourcetype ="CompositeEvent"
       or resource.resourcetype = "Tag" or resource.resourcetype ="ExecutionResult" )`,
  ],
  ["TeamAdminSections", sections, 2, '((user.group="role_admin"))'],
  [
    "TeamAdminCreate",
    "App*,ReloadTask*,SchemaEvent*,CompositeEvent*,ExecutionResult*,DataConnection*",
    1,
    '((user.group="role_admin"))',
  ],
  [
    "CreateAppObjectsPublishedApp",
    "App.Object_*",
    1,
    `!resource.App.stream.Empty() and resource.App.HasPrivilege("read") and
     (${objectTypes.map((type) => `resource.objectType = "${type}"`).join(" or ")})
     and !user.IsAnonymous() and (user.group="role_dev" or user.group="role_ext" or resource.app.@Extendable="Yes")`,
  ],
  ["CreateApp", "App_*", 1, '!user.IsAnonymous() and user.group="role_dev"', { ruleContext: 1 }],
  [
    "Stream",
    "App*",
    2,
    `(resource.resourcetype = "App" and resource.stream.HasPrivilege("read")) or
     ((resource.resourcetype = "App.Object" and resource.published = "true" and resource.objectType != "app_appscript"
     and resource.objectType != "loadmodel") and resource.app.stream.HasPrivilege("read"))`,
  ],
];

const stream = (id: string, access: string, admin: string): Entity => ({
  id,
  name: id,
  customProperties: custom({ GroupAccess: [access], AdminGroup: [admin] }),
});
const app = (id: string, home: string | null, more: Partial<Entity> = {}): Entity => ({
  id,
  name: id,
  stream: home === null ? null : { id: home },
  ...more,
});
const object = (id: string, objectType: string, published: boolean): Entity => ({
  id,
  name: id,
  objectType,
  published,
  app: { id: "A1" },
});

const site = siteOf(
  {
    Stream: [
      stream("Proj1_Aud1", "proj1_aud1", "proj1_admin"),
      stream("Proj1_Aud2", "proj1_aud2", "proj1_admin"),
      stream("Proj2_Aud1", "proj2_aud1", "proj2_admin"),
    ],
    App: [
      app("A1", "Proj1_Aud1"),
      app("A1x", "Proj1_Aud1", { customProperties: custom({ Extendable: ["Yes"] }) }),
      app("A2", "Proj1_Aud2"),
      app("A3", "Proj2_Aud1"),
      app("A0", null),
    ],
    "App.Object": [
      object("sheet", "sheet", true),
      object("script", "app_appscript", true),
      object("private", "sheet", false),
    ],
    ReloadTask: [
      { id: "T1", name: "T1", app: { id: "A1" } },
      { id: "T3", name: "T3", app: { id: "A3" } },
    ],
    DataConnection: [
      {
        id: "DC",
        name: "DC_Proj1",
        customProperties: custom({ GroupAccess: ["proj1_dev"], AdminGroup: ["proj1_admin"] }),
      },
    ],
    SchemaEvent: [{ id: "S" }],
    CompositeEvent: [{ id: "C" }],
    Tag: [{ id: "G", name: "G" }],
    ExecutionResult: [{ id: "E" }],
    CustomPropertyDefinition: [{ id: "D", name: "Extendable" }],
  },
  rules,
);

const people: readonly Principal[] = [
  person("dev1", "role_dev", "proj1_dev"),
  person("adm1", "role_admin", "proj1_admin"),
  person("roleOnly", "role_admin"),
  person("projOnly", "proj1_admin"),
  person("ext1", "role_ext", "proj1_aud1"),
  person("aud1", "proj1_aud1"),
  person("aud2", "proj1_aud2"),
  person("ext0", "role_ext"),
  person("nobody"),
  anonymous,
];

/** §6.4: R and U per person, in the order of `people`; D and P are never granted. */
const decisions: readonly (readonly [string, string, string])[] = [
  ["Stream", "Proj1_Aud1", "- - - - R R - - - -"],
  ["Stream", "Proj1_Aud2", "- - - - - - R - - -"],
  ["Stream", "Proj2_Aud1", "- - - - - - - - - -"],
  ["App", "A1", "- RU - RU R R - - - -"],
  ["App", "A1x", "- RU - RU R R - - - -"],
  ["App", "A2", "- RU - RU - - R - - -"],
  ["App", "A3", "- - - - - - - - - -"],
  ["App", "A0", "- - - - - - - - - -"],
  ["App.Object", "sheet", "- RU - RU R R - - - -"],
  ["App.Object", "script", "- RU - RU - - - - - -"],
  ["App.Object", "private", "- RU - RU - - - - - -"],
  ["ReloadTask", "T1", "- RU - RU - - - - - -"],
  ["ReloadTask", "T3", "- - - - - - - - - -"],
  ["DataConnection", "DC", "R RU - RU - - - - - -"],
  ["SchemaEvent", "S", "RU RU RU RU RU RU RU RU RU RU"],
  ["CompositeEvent", "C", "RU RU RU RU RU RU RU RU RU RU"],
  ["Tag", "G", "RU RU RU RU RU RU RU RU RU RU"],
  ["ExecutionResult", "E", "RU RU RU RU RU RU RU RU RU RU"],
  ["CustomPropertyDefinition", "D", "- - - - - - - - - -"],
  ["TransientObject", "QmcSection_App", "- R R - - - - - - -"],
  ["TransientObject", "QmcSection_Stream", "- - - - - - - - - -"],
];

const letters: readonly (readonly [string, string])[] = [
  ["read", "R"],
  ["update", "U"],
  ["delete", "D"],
  ["publish", "P"],
];

function rightsOn(as: Principal, resource: ResourceRef): string {
  const rights = letters.filter(([action]) => {
    const [hub, qmc] = (["hub", "qmc"] as const).map((context) => allowed(site, { as, resource, action, context }));
    assert.equal(hub, qmc, "hub and QMC agree");
    return hub;
  });
  return rights.map(([, letter]) => letter).join("") || "-";
}

/** §6.5: who may create, in the order of `people`. */
const creations: readonly (readonly [string, Entity, string])[] = [
  ["App", app("new", null), "C C C - - - - - - -"],
  ["App.Object", { ...object("new", "sheet", false) }, "- C C - C - - - - -"],
  ["App.Object", { ...object("new", "sheet", false), app: { id: "A1x" } }, "- C C C C C - - - -"],
  ["App.Object", { ...object("new", "measure", false), app: { id: "A1x" } }, "- C C - - - - - - -"],
  ["App.Object", { ...object("new", "sheet", false), app: { id: "A0" } }, "- C C - - - - - - -"],
  ["App.Object", { ...object("new", "sheet", false), app: { id: "A3" } }, "- C C - - - - - - -"],
  ["ReloadTask", { id: "new", name: "T" }, "- C C - - - - - - -"],
  ["DataConnection", { id: "new", name: "DC" }, "- C C - - - - - - -"],
  ["SchemaEvent", { id: "new" }, "- C C - - - - - - -"],
  ["Tag", { id: "new", name: "G" }, "- - - - - - - - - -"],
  ["Stream", { id: "new", name: "S" }, "- - - - - - - - - -"],
];

describe("the customer case", () => {
  for (const [type, id, expected] of decisions) {
    it(`decides ${type} ${id} as the table says`, () => {
      assert.equal(people.map((as) => rightsOn(as, { type, id })).join(" "), expected);
    });
  }

  for (const [type, wouldBe, expected] of creations) {
    it(`lets ${type} ${JSON.stringify(wouldBe)} be created as the table says`, () => {
      const resource = { type, wouldBe };
      const found = people.map((as) => (allowed(site, { as, resource, action: "create" }) ? "C" : "-"));
      assert.equal(found.join(" "), expected);
    });
  }

  it("lets a developer create an app in the hub only", () => {
    const question = {
      as: person("dev1", "role_dev"),
      resource: { type: "App", wouldBe: app("new", null) },
      action: "create",
    };
    assert.equal(allowed(site, { ...question, context: "hub" }), true);
    assert.equal(allowed(site, { ...question, context: "qmc" }), false);
  });
});
