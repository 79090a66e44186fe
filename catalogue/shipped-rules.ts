/**
 * Security rules a site ships, as far as filter, actions, context and condition were read in an official copy. Rules of
 * which only the name or the effect is documented do not stand here: nothing may be expected of their text.
 */
export interface ShippedRule {
  readonly name: string;
  readonly resourceFilter: string;
  readonly actions: number;
  /** 0: hub and QMC, 1: hub, 2: QMC (SR-121). */
  readonly ruleContext: 0 | 1 | 2;
  readonly rule: string;
  readonly type: "Default" | "ReadOnly";
  /** Stays the same on every site and after every edit (SR-136); absent where no copy told it. */
  readonly seedId?: string;
  readonly source: string;
}

const help = "Qlik Sense administration help, Security rules included in Qlik Sense";

const objectTypes = ["userstate", "sheet", "story", "bookmark", "snapshot", "embeddedsnapshot", "hiddenbookmark"];

export const shippedRules: readonly ShippedRule[] = [
  {
    name: "AuditAdmin",
    resourceFilter: "*",
    actions: 2,
    ruleContext: 2,
    rule: 'user.roles="AuditAdmin" and !(resource.resourcetype="TransientObject" and resource.name like "QmcSection_*")',
    type: "Default",
    source: help,
  },
  {
    name: "AuditAdminQmcSections",
    resourceFilter: "License_*, TermsAcceptance_*, QmcSection_Tag, QmcSection_Audit",
    actions: 2,
    ruleContext: 2,
    rule: 'user.roles="AuditAdmin"',
    type: "Default",
    source: `${help}; later releases cover more sections`,
  },
  {
    name: "Content library content",
    resourceFilter: "StaticContentReference_*",
    actions: 2,
    ruleContext: 0,
    rule: 'resource.ContentLibrarys.HasPrivilege("read")',
    type: "ReadOnly",
    source: help,
  },
  {
    name: "Content library manage content",
    resourceFilter: "StaticContentReference_*",
    actions: 15,
    ruleContext: 0,
    rule: 'resource.ContentLibrarys.HasPrivilege("update")',
    type: "ReadOnly",
    source: help,
  },
  {
    name: "Stream",
    resourceFilter: "App*",
    actions: 2,
    ruleContext: 0,
    rule:
      '(resource.resourcetype = "App" and resource.stream.HasPrivilege("read")) or ((resource.resourcetype = "App.Object" ' +
      'and resource.published = "true" and resource.objectType != "app_appscript" and resource.objectType != "loadmodel") ' +
      'and resource.app.stream.HasPrivilege("read"))',
    type: "Default",
    seedId: "611d73ca-98ad-4bb8-b6c2-7269f3c460e2",
    source: "Qlik support K1711781; github.com/flautrup/QlikSenseSecurityRuleRepository, exported rule",
  },
  {
    name: "CreateApp",
    resourceFilter: "App_*",
    actions: 1,
    ruleContext: 1,
    rule: "!user.IsAnonymous()",
    type: "Default",
    seedId: "80c35c31-6764-4dac-be40-3e505206e974",
    source:
      "github.com/flautrup/QlikSenseSecurityRuleRepository, exported rule; Security rules example: A customer case",
  },
  {
    name: "CreateAppObjectsPublishedApp",
    resourceFilter: "App.Object_*",
    actions: 1,
    ruleContext: 0,
    rule:
      '!resource.App.stream.Empty() and resource.App.HasPrivilege("read") and (' +
      objectTypes.map((type) => `resource.objectType = "${type}"`).join(" or ") +
      ") and !user.IsAnonymous()",
    type: "Default",
    source:
      "Security rules example: A customer case; github.com/levi-turner/Qonnections2018-Rules; neither tells the context",
  },
  {
    name: "OwnerNonModificationActions",
    resourceFilter: "*",
    actions: 50,
    ruleContext: 0,
    rule: "resource.IsOwned() and resource.owner = user",
    type: "Default",
    source: "Qlik Sense administration help, IsOwned, which does not tell whether it may be edited",
  },
];
