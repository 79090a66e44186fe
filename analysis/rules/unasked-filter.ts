/** Findings about the items of a filter: types nobody knows, near one that exists. */
import type { FilterItem } from "../../languages/resource-filter/ast.ts";
import { printItem } from "../../languages/resource-filter/print.ts";
import { nearest } from "../../languages/rule-condition/complaints.ts";
import type { Rule } from "../../reference/rules/policy.ts";
import type { Unasked } from "./finding.ts";

/** Names of types that official pages, schemas and exported rules use in filters. */
const typeNames: readonly string[] = [
  "AnalyticConnection",
  "App",
  "App.Content",
  "App.DataSegment",
  "App.Internal",
  "App.Object",
  "CompositeEvent",
  "ContentLibrary",
  "CustomPropertyDefinition",
  "DataConnection",
  "EngineService",
  "ExecutionResult",
  "Extension",
  "ExternalProgramTask",
  "FileReference",
  "License",
  "License.AnalyzerAccessGroup",
  "License.LoginAccessGroup",
  "License.ProfessionalAccessGroup",
  "License.UserAccessGroup",
  "PrintingService",
  "ProxyService",
  "ReloadTask",
  "RepositoryService",
  "SchedulerService",
  "SchemaEvent",
  "ServerNodeConfiguration",
  "SharedContent",
  "StaticContentReference",
  "Stream",
  "SystemRule",
  "Tag",
  "TermsAcceptance",
  "TransientObject",
  "User",
  "UserDirectory",
  "UserSyncTask",
  "VirtualProxyConfig",
];

function isKnown(item: Extract<FilterItem, { readonly type: string }>): boolean {
  const wanted = item.type.toLowerCase();
  return typeNames.some((name) =>
    item.kind === "typePrefix" ? name.toLowerCase().startsWith(wanted) : name.toLowerCase() === wanted,
  );
}

/** SR-212: an unknown type is no error and matches nothing, so that a slip of the pen goes unnoticed. */
export function aboutFilter({ name: rule, filter }: Rule): readonly Unasked[] {
  if (!("tree" in filter)) return [];
  return filter.tree.items.flatMap((item): Unasked[] => {
    if (item.kind === "everything" || item.kind === "section" || isKnown(item)) return [];
    const near = nearest(item.type, typeNames);
    if (near === undefined) return [];
    const text = `${printItem(item)} covers nothing, for no type is called so: did you mean ${near}?`;
    return [{ kind: "unknown-type", weight: "nothing", rule, requirement: "SR-212", text }];
  });
}
