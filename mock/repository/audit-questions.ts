/** What an audit asks: of whom, about what, in which surroundings and under which rules (QR-034, SR-701 … SR-704). */
import type { Entity, Json, Principal, RequestContext, Site } from "../../contract/types.ts";
import { isRecord, type Fields } from "../fields.ts";
import { evaluateRules } from "../rules/evaluate.ts";
import { actionBits, same, type RuleAnswer } from "../rules/model.ts";
import { maskOf } from "./action-masks.ts";
import type { Caller } from "./caller.ts";
import { passes, readFilter } from "./query.ts";
import { Refusal } from "./refusal.ts";
import type { Repository } from "./repository.ts";
import { typeByName } from "./types.ts";

interface Environment {
  readonly contexts: readonly RequestContext[];
  readonly session: { readonly [name: string]: readonly string[] };
}

export interface Asked {
  readonly site: Site;
  readonly actions: readonly string[];
  readonly environment: Environment;
  readonly type: string;
}

const parameters: readonly string[] = [
  "resourceType",
  "resourceRef",
  "subjectRef",
  "resourceFilter",
  "userFilter",
  "resourceId",
  "actions",
  "action",
  "userId",
  "environmentAttributes",
  "resourceProperties",
  "subjectProperties",
  "auditLimit",
  "subjectStart",
  "outputObjectsPrivileges",
  "previewRule",
  "ruleConditions",
  "includeNonGrantingRules",
  "userSkip",
  "userTake",
  "resourceSkip",
  "resourceTake",
];

/** The parameters of an audit, which the help writes with small and with capital first letters; null stands for nothing. */
export function parametersOf(body: Json): Fields {
  const named = Object.entries(isRecord(body) ? body : {}).flatMap(([name, value]) => {
    const known = parameters.find((one) => same(one, name));
    return known === undefined || value === null ? [] : [[known, value] as const];
  });
  return Object.fromEntries(named);
}

/** `context=AppAccess;group=x;` → contexts to ask in (none named: both, SR-125) and session attributes. */
function environmentOf(value: Json | undefined): Environment {
  const session = new Map<string, string[]>();
  let contexts: readonly RequestContext[] = ["hub", "qmc"];
  for (const part of typeof value === "string" ? value.split(";") : []) {
    const [name = "", text = ""] = part.split(/=(.*)/s).map((piece) => piece.trim());
    if (same(name, "context")) contexts = [same(text, "ManagementAccess") ? "qmc" : "hub"];
    else if (name !== "") session.set(name, [...(session.get(name) ?? []), text]);
  }
  return { contexts, session: Object.fromEntries(session) };
}

/** Entities of a type that pass a filter; all without one. */
export function chosen(repository: Repository, type: string, filter: Json | undefined): readonly Entity[] {
  const { store } = repository;
  const tree = typeof filter === "string" && filter.trim() !== "" ? readFilter(filter) : undefined;
  return store.all(type).filter((entity) => tree === undefined || passes(store, entity, tree));
}

/** Entities a reference names: by filter, by a selection of the caller's, or by both. */
export function referred(
  repository: Repository,
  caller: Caller,
  type: string,
  reference: Json | undefined,
): readonly Entity[] {
  const { resourceFilter, selection } = isRecord(reference) ? reference : {};
  const found = chosen(repository, type, resourceFilter);
  return typeof selection === "string" ? repository.selections.chosen(caller, selection, found) : found;
}

/** Whoever may not read the audit page is shown nothing (SR-701). */
export function mayAudit(repository: Repository, caller: Caller): boolean {
  return repository.may(caller.who, "read", "TransientObject", "QmcSection_Audit", caller.context);
}

/** The site with a rule tried out (SR-704); told no more than its condition, it is about all of the type. */
function withPreview(site: Site, type: string, value: Json | undefined): Site {
  if (!isRecord(value)) return site;
  const everything = { category: "Security", actions: 8191, resourceFilter: `${type}_*`, name: "preview" };
  const rule = { ...everything, ...value, id: "preview" };
  const previewed = { ...rule, rule: value["condition"] ?? value["rule"] ?? "" };
  return { ...site, entities: { ...site.entities, SystemRule: [...(site.entities["SystemRule"] ?? []), previewed] } };
}

export function rulesOf(site: Site): readonly Entity[] {
  return site.entities["SystemRule"] ?? [];
}

export function withRules(site: Site, changed: (rule: Entity) => Entity): Site {
  return { ...site, entities: { ...site.entities, SystemRule: rulesOf(site).map(changed) } };
}

/** The answer to one user and one resource, action by action and context by context. */
export function answersFor(
  repository: Repository,
  asked: Asked,
  as: Principal,
  id: string,
): readonly (readonly [string, RuleAnswer])[] {
  const pairs = asked.actions.flatMap((action) => asked.environment.contexts.map((context) => ({ action, context })));
  const questions = pairs.map((pair) => ({ ...pair, as, resource: { type: asked.type, id } }));
  const answers = evaluateRules(asked.site, questions, repository.dialect, repository.seams);
  return pairs.flatMap(({ action }, index) => {
    const answer = answers[index];
    return answer === undefined ? [] : [[action, answer] as const];
  });
}

/** Names of the actions of a mask, in the order of their bits. */
export function actionsIn(mask: number): readonly string[] {
  return Object.keys(actionBits).filter((action) => ((actionBits[action] ?? 0) & mask) !== 0);
}

/** Throws 400 where no type is named. */
export function asking(repository: Repository, parameter: Fields): Asked {
  const { actions, resourceType, environmentAttributes, previewRule } = parameter;
  if (typeof resourceType !== "string" || resourceType === "")
    throw new Refusal(400, "Missing parameter value(s): resourceType");
  const type = typeByName(resourceType).name;
  return {
    site: withPreview(repository.store.site, type, previewRule),
    actions: actionsIn((typeof actions === "number" ? actions : 8191) & maskOf(type)),
    environment: environmentOf(environmentAttributes),
    type,
  };
}
