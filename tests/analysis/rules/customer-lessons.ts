/** The lessons of the customer case (catalogue §6.6), its misprint, and the case repaired. */
import type { FindingKind } from "../../../analysis/rules/finding.ts";
import { unasked } from "../../../analysis/rules/unasked.ts";
import { dialectOf } from "../../../catalogue/dialects.ts";
import type { Entity, Site } from "../../../contract/types.ts";
import { site } from "../../reference/rules/customer-case.ts";
import { custom, rule } from "../../reference/rules/trading-company.ts";

const dialect = dialectOf("documented");

export type Told = readonly [rule: string, kind: FindingKind];

/** What a reader of the case has to be told, lesson by lesson. */
export const lessons: { readonly [lesson: string]: readonly Told[] } = {
  "1: the filter promises streams and custom properties, no branch gives them": [["TeamAdminRead", "idle-filter-item"]],
  "2: branches without a test of the user": [["TeamAdminRead", "no-user-test"]],
  "3: the role without project creates what it cannot read, in every app": [
    ["TeamAdminCreate", "right-without-read"],
    ["TeamAdminCreate", "asks-nothing-of-parent"],
  ],
  "4: a role alone is not enough, and Extendable opens to any reader": [
    ["CreateAppObjectsPublishedApp", "group-not-enough"],
    ["CreateAppObjectsPublishedApp", "branch-for-everybody"],
    ["CreateAppObjectsPublishedApp", "role-apart-from-project"],
  ],
  "5: developers see a connection and no stream": [["ResourceAccess", "value-on-some-types-only"]],
  "6: admins see scripts and private sheets": [["TeamAdminRead", "private-and-scripts"]],
};

export function rulesOf(of: Site): readonly Entity[] {
  return of.entities["SystemRule"] ?? [];
}

export function withRules(of: Site, rules: readonly Entity[]): Site {
  return { ...of, entities: { ...of.entities, SystemRule: rules } };
}

export function told(of: Site): readonly Told[] {
  return unasked(of, dialect).map(({ rule: name, kind }): Told => [name, kind]);
}

/** As the page prints it: the filter of the sections on the rule about objects. */
export const misprinted: Site = withRules(
  site,
  rulesOf(site).map((one) => {
    const sections = rulesOf(site).find(({ name }) => name === "TeamAdminSections");
    return one["name"] === "CreateAppObjectsPublishedApp"
      ? { ...one, resourceFilter: sections?.["resourceFilter"] ?? "" }
      : one;
  }),
);

const adminOf = "resource.stream.@AdminGroup = user.group";
const adminOfApp = "resource.app.stream.@AdminGroup = user.group";

const repairedRules: readonly Entity[] = [
  rule("ResourceAccess", "Stream_*, DataConnection_* | R | B", "((user.group=resource.@GroupAccess))"),
  rule(
    "TeamAdminRead",
    "Stream_*,App*,ReloadTask_*,Tag_*,DataConnection_* | RU | B",
    `(resource.resourcetype="App" and ${adminOf}) or (resource.resourcetype="App.Object" and resource.published="true"
    and ${adminOfApp}) or (resource.resourcetype="ReloadTask" and ${adminOfApp})
    or ((resource.resourcetype="DataConnection" or resource.resourcetype="Stream") and resource.@AdminGroup = user.group)
    or (resource.resourcetype="Tag" and user.group="role_admin")`,
  ),
  rule("TeamAdminSections", "QmcSection_App,QmcSection_Task | R | B", '((user.group="role_admin"))'),
  rule(
    "TeamAdminCreate",
    "App_*,App.Object_*,ReloadTask_*,DataConnection_* | C | B",
    `(resource.resourcetype="App" and ${adminOf}) or (resource.resourcetype="App.Object" and ${adminOfApp})
    or (resource.resourcetype="ReloadTask" and ${adminOfApp})
    or (resource.resourcetype="DataConnection" and resource.@AdminGroup = user.group)`,
  ),
  rule(
    "CreateAppObjectsPublishedApp",
    "App.Object_* | C | B",
    `!resource.App.stream.Empty() and resource.App.HasPrivilege("read") and resource.objectType = "sheet"
    and !user.IsAnonymous() and (user.group = resource.app.stream.@AdminGroup
    or (user.group = resource.app.stream.@GroupAccess and resource.app.@Extendable="Yes"))`,
  ),
  rule("CreateApp", "App_* | C | H", '!user.IsAnonymous() and user.group="role_dev"'),
  rule("OwnerRead", "* | R | B", "resource.IsOwned() and resource.owner = user"),
  rule(
    "Stream",
    "App* | R | B",
    `(resource.resourcetype = "App" and resource.stream.HasPrivilege("read")) or ((resource.resourcetype = "App.Object"
    and resource.published = "true" and !(resource.objectType = "app_appscript" or resource.objectType = "loadmodel"))
    and resource.app.stream.HasPrivilege("read"))`,
  ),
];

export const repaired: Site = {
  ...withRules(site, repairedRules),
  entities: {
    ...site.entities,
    SystemRule: repairedRules,
    Stream: (site.entities["Stream"] ?? []).map((stream) =>
      stream["name"] === "Proj1_Aud1"
        ? {
            ...stream,
            customProperties: custom({ GroupAccess: ["proj1_aud1", "proj1_dev"], AdminGroup: ["proj1_admin"] }),
          }
        : stream,
    ),
  },
};
