/**
 * The customer case of the help ("Security rules example: A customer case"; catalogue §6.2 to §6.5): rules, site, users and
 * the two decision tables, cell by cell. Nobody owns anything and all other shipped rules are off.
 */
import type { Entity, Principal, ResourceRef, Site } from "../../../contract/types.ts";
import { custom, guid, reference, rule } from "./trading-company.ts";

const sections =
  "QmcSection_App,QmcSection_DataConnection,QmcSection_ContentLibrary,QmcSection_App.Object,QmcSection_Task, " +
  "QmcSection_ReloadTask, QmcSection_Event, QmcSection_SchemaEvent, QmcSection_CompositeEvent";

const rules: readonly Entity[] = [
  rule("ResourceAccess", "Stream_*, DataConnection_* | R | B", "((user.group=resource.@GroupAccess))"),
  rule(
    "TeamAdminRead",
    "Stream*,App*,ReloadTask*,SchemaEvent*,Tag*,CompositeEvent*,ExecutionResult*,CustomProperty*,DataConnection* | RU | B",
    `( (resource.resourcetype="App" and resource.stream.@AdminGroup = user.group)
    or (resource.resourcetype="App.Object" and resource.app.stream.@AdminGroup = user.group)
    or (resource.resourcetype="ReloadTask" and resource.app.stream.@AdminGroup = user.group)
    or (resource.resourcetype="DataConnection" and resource.@AdminGroup = user.group)
    or resource.resourcetype ="SchemaEvent" or resource.resourcetype ="CompositeEvent"
    or resource.resourcetype = "Tag" or resource.resourcetype ="ExecutionResult" )`,
  ),
  rule("TeamAdminSections", `${sections} | R | B`, '((user.group="role_admin"))'),
  rule(
    "TeamAdminCreate",
    "App*,ReloadTask*,SchemaEvent*,CompositeEvent*,ExecutionResult*,DataConnection* | C | B",
    '((user.group="role_admin"))',
  ),
  rule(
    "CreateAppObjectsPublishedApp",
    "App.Object_* | C | B",
    `!resource.App.stream.Empty() and resource.App.HasPrivilege("read") and (resource.objectType = "userstate"
    or resource.objectType = "sheet" or resource.objectType = "story" or resource.objectType = "bookmark"
    or resource.objectType = "snapshot" or resource.objectType = "embeddedsnapshot"
    or resource.objectType = "hiddenbookmark") and !user.IsAnonymous()
    and (user.group="role_dev" or user.group="role_ext" or resource.app.@Extendable="Yes")`,
  ),
  rule("CreateApp", "App_* | C | H", '!user.IsAnonymous() and user.group="role_dev"'),
  rule(
    "Stream",
    "App* | R | B",
    `(resource.resourcetype = "App" and resource.stream.HasPrivilege("read")) or ((resource.resourcetype = "App.Object"
    and resource.published = "true" and !(resource.objectType = "app_appscript" or resource.objectType = "loadmodel"))
    and resource.app.stream.HasPrivilege("read"))`,
  ),
];

function stream(name: string, audience: string, admins: string): Entity {
  return { id: guid(name), name, customProperties: custom({ GroupAccess: [audience], AdminGroup: [admins] }) };
}

function app(name: string, inStream: string | null, extendable: readonly string[] = []): Entity {
  return {
    id: guid(name),
    name,
    published: inStream !== null,
    stream: inStream === null ? null : reference(inStream),
    customProperties: custom({ Extendable: extendable }),
  };
}

function object(name: string, objectType: string, published: boolean): Entity {
  return { id: guid(name), name, objectType, published, approved: false, app: reference("A1") };
}

function named(name: string): Entity {
  return { id: guid(name), name };
}

const userGroups: { readonly [user: string]: readonly string[] } = {
  dev1: ["role_dev", "proj1_dev"],
  adm1: ["role_admin", "proj1_admin"],
  roleOnly: ["role_admin"],
  projOnly: ["proj1_admin"],
  ext1: ["role_ext", "proj1_aud1"],
  aud1: ["proj1_aud1"],
  aud2: ["proj1_aud2"],
  ext0: ["role_ext"],
  nobody: [],
  // The case warns of users with different roles in different projects: admin of project 1 and audience of project 2 …
  admAud: ["role_admin", "proj1_admin", "proj2_aud1"],
  // … developer and audience of project 1, and admin of project 2.
  devAdm: ["role_dev", "proj1_dev", "proj1_aud1", "role_admin", "proj2_admin"],
};

function principal(id: string): Principal {
  if (id === "anon") {
    return { directory: "NONE", id: `anonymous${guid("anon")}`, groups: [], attributes: {}, session: {} };
  }
  return { directory: "CORP", id, groups: userGroups[id] ?? [], attributes: {}, session: {} };
}

export const users: ReadonlyMap<string, Principal> = new Map(
  [...Object.keys(userGroups), "anon"].map((id) => [id, principal(id)]),
);

export const site: Site = {
  apps: {},
  entities: {
    SystemRule: rules,
    CustomPropertyDefinition: ["GroupAccess", "AdminGroup", "Extendable"].map(named),
    Stream: [
      stream("Proj1_Aud1", "proj1_aud1", "proj1_admin"),
      stream("Proj1_Aud2", "proj1_aud2", "proj1_admin"),
      stream("Proj2_Aud1", "proj2_aud1", "proj2_admin"),
    ],
    App: [
      app("A1", "Proj1_Aud1"),
      app("A1x", "Proj1_Aud1", ["Yes"]),
      app("A2", "Proj1_Aud2"),
      app("A3", "Proj2_Aud1"),
      app("A0", null),
    ],
    "App.Object": [
      object("public sheet", "sheet", true),
      object("script", "app_appscript", true),
      object("private sheet", "sheet", false),
    ],
    ReloadTask: [
      { ...named("T1"), app: reference("A1") },
      { ...named("T3"), app: reference("A3") },
    ],
    DataConnection: [
      {
        ...named("DC_Proj1"),
        type: "folder",
        customProperties: custom({ GroupAccess: ["proj1_dev"], AdminGroup: ["proj1_admin"] }),
      },
    ],
    SchemaEvent: [named("hourly")],
    CompositeEvent: [named("after T1")],
    Tag: [named("quarterly")],
    ExecutionResult: [named("last night")],
  },
};

export interface Row {
  readonly title: string;
  readonly resources: readonly ResourceRef[];
  /** Letters of the granted actions by user; `–` for none, `C(hub)` for creation in the hub only. */
  readonly cells: ReadonlyMap<string, string>;
}

function existing(type: string, ...names: readonly string[]): readonly ResourceRef[] {
  return names.map((name) => ({ type, id: guid(name) }));
}

function section(name: string): readonly ResourceRef[] {
  return [{ type: "TransientObject", id: name }];
}

function wouldBe(type: string, fields: { readonly [field: string]: Entity[string] }): ResourceRef {
  return { type, wouldBe: { id: guid(`new ${type}`), name: "new", ...fields } };
}

function objectIn(appName: string, objectType: string): ResourceRef {
  return wouldBe("App.Object", { objectType, published: false, approved: false, app: reference(appName) });
}

const resources: { readonly [title: string]: readonly ResourceRef[] } = {
  "Stream Proj1_Aud1": existing("Stream", "Proj1_Aud1"),
  "Stream Proj1_Aud2": existing("Stream", "Proj1_Aud2"),
  "Stream Proj2_Aud1": existing("Stream", "Proj2_Aud1"),
  "Apps A1, A1x": existing("App", "A1", "A1x"),
  "App A2": existing("App", "A2"),
  "App A3": existing("App", "A3"),
  "App A0": existing("App", "A0"),
  "public sheet in A1": existing("App.Object", "public sheet"),
  "script in A1": existing("App.Object", "script"),
  "private sheet in A1": existing("App.Object", "private sheet"),
  "ReloadTask T1": existing("ReloadTask", "T1"),
  "ReloadTask T3": existing("ReloadTask", "T3"),
  "connection DC_Proj1": existing("DataConnection", "DC_Proj1"),
  "events, tags, results": [
    ...existing("SchemaEvent", "hourly"),
    ...existing("CompositeEvent", "after T1"),
    ...existing("Tag", "quarterly"),
    ...existing("ExecutionResult", "last night"),
  ],
  "property definitions": existing("CustomPropertyDefinition", "GroupAccess", "AdminGroup", "Extendable"),
  "listed QMC sections": sections.split(/,\s*/).flatMap((name) => section(name)),
  QmcSection_Stream: section("QmcSection_Stream"),
  App: [wouldBe("App", {})],
  "sheet in A1": [objectIn("A1", "sheet")],
  "sheet in A1x": [objectIn("A1x", "sheet")],
  "measure in A1x": [objectIn("A1x", "measure")],
  "sheet in A0 and in A3": [objectIn("A0", "sheet"), objectIn("A3", "sheet")],
  "task, connection, event": [
    wouldBe("ReloadTask", { app: reference("A1") }),
    wouldBe("DataConnection", { type: "folder" }),
    wouldBe("SchemaEvent", {}),
  ],
  "Tag, Stream": [wouldBe("Tag", {}), wouldBe("Stream", {})],
};

function table(text: string): readonly Row[] {
  const [head = [], ...rows] = text
    .split("\n")
    .filter((line) => line.includes("|"))
    .map((line) => line.split("|").map((cell) => cell.trim()));
  return rows.map(([title = "", ...marks]) => ({
    title,
    resources: resources[title] ?? [],
    cells: new Map(head.slice(1).map((user, at) => [user, marks[at] ?? ""])),
  }));
}

/**
 * §6.4, existing resources: R and U; other actions are never granted. The last two columns are not in the table of the case:
 * they are derived by hand from its rules, for the users its warning speaks of.
 */
export const existingTable: readonly Row[] = table(`
                      | dev1 | adm1 | roleOnly | projOnly | ext1 | aud1 | aud2 | ext0 | nobody | anon | admAud | devAdm
Stream Proj1_Aud1     | –    | –    | –        | –        | R    | R    | –    | –    | –      | –    | –      | R
Stream Proj1_Aud2     | –    | –    | –        | –        | –    | –    | R    | –    | –      | –    | –      | –
Stream Proj2_Aud1     | –    | –    | –        | –        | –    | –    | –    | –    | –      | –    | R      | –
Apps A1, A1x          | –    | RU   | –        | RU       | R    | R    | –    | –    | –      | –    | RU     | R
App A2                | –    | RU   | –        | RU       | –    | –    | R    | –    | –      | –    | RU     | –
App A3                | –    | –    | –        | –        | –    | –    | –    | –    | –      | –    | R      | RU
App A0                | –    | –    | –        | –        | –    | –    | –    | –    | –      | –    | –      | –
public sheet in A1    | –    | RU   | –        | RU       | R    | R    | –    | –    | –      | –    | RU     | R
script in A1          | –    | RU   | –        | RU       | –    | –    | –    | –    | –      | –    | RU     | –
private sheet in A1   | –    | RU   | –        | RU       | –    | –    | –    | –    | –      | –    | RU     | –
ReloadTask T1         | –    | RU   | –        | RU       | –    | –    | –    | –    | –      | –    | RU     | –
ReloadTask T3         | –    | –    | –        | –        | –    | –    | –    | –    | –      | –    | –      | RU
connection DC_Proj1   | R    | RU   | –        | RU       | –    | –    | –    | –    | –      | –    | RU     | R
events, tags, results | RU   | RU   | RU       | RU       | RU   | RU   | RU   | RU   | RU     | RU   | RU     | RU
property definitions  | –    | –    | –        | –        | –    | –    | –    | –    | –      | –    | –      | –
listed QMC sections   | –    | R    | R        | –        | –    | –    | –    | –    | –      | –    | R      | R
QmcSection_Stream     | –    | –    | –        | –        | –    | –    | –    | –    | –      | –    | –      | –
`);

/** §6.5, creation; the last two columns as above. */
export const creationTable: readonly Row[] = table(`
                        | dev1   | adm1 | roleOnly | projOnly | ext1 | aud1 | aud2 | ext0 | nobody | anon | admAud | devAdm
App                     | C(hub) | C    | C        | –        | –    | –    | –    | –    | –      | –    | C      | C
sheet in A1             | –      | C    | C        | –        | C    | –    | –    | –    | –      | –    | C      | C
sheet in A1x            | –      | C    | C        | C        | C    | C    | –    | –    | –      | –    | C      | C
measure in A1x          | –      | C    | C        | –        | –    | –    | –    | –    | –      | –    | C      | C
sheet in A0 and in A3   | –      | C    | C        | –        | –    | –    | –    | –    | –      | –    | C      | C
task, connection, event | –      | C    | C        | –        | –    | –    | –    | –    | –      | –    | C      | C
Tag, Stream             | –      | –    | –        | –        | –    | –    | –    | –    | –      | –    | –      | –
`);
