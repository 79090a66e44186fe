/** Reading decisions back: the audit matrix and the rule-by-rule list (QR-034, SR-701 … SR-706). */
import { randomUUID } from "node:crypto";
import type { Entity, Json, Principal, RequestContext, Site } from "../../contract/types.ts";
import { isRecord, textAt, type Fields } from "../fields.ts";
import { evaluateRules } from "../rules/evaluate.ts";
import { actionBits, same, type RuleAnswer } from "../rules/model.ts";
import { maskOf } from "./action-masks.ts";
import { pageOf, window } from "./audit-pairs.ts";
import { passes, readFilter } from "./query.ts";
import { Refusal } from "./refusal.ts";
import { principalOf, type Caller, type Repository } from "./repository.ts";
import { withoutSecrets } from "./secrets.ts";
import { typeByName } from "./types.ts";

interface Environment {
  readonly contexts: readonly RequestContext[];
  readonly session: { readonly [name: string]: readonly string[] };
}

/** `context=AppAccess;group=x;` → contexts to ask in (none named: both, SR-125) and session attributes. */
function environmentOf(value: Json | undefined): Environment {
  const session: { [name: string]: string[] } = {};
  let contexts: readonly RequestContext[] = ["hub", "qmc"];
  for (const part of typeof value === "string" ? value.split(";") : []) {
    const [name = "", text = ""] = part.split(/=(.*)/s).map((piece) => piece.trim());
    if (same(name, "context")) contexts = [same(text, "ManagementAccess") ? "qmc" : "hub"];
    else if (name !== "") (session[name] ??= []).push(text);
  }
  return { contexts, session };
}

function chosen(repository: Repository, type: string, filter: Json | undefined): readonly Entity[] {
  const { store } = repository;
  const tree = typeof filter === "string" && filter.trim() !== "" ? readFilter(filter) : undefined;
  return store.all(type).filter((entity) => tree === undefined || passes(store, entity, tree));
}

function filterOf(fields: Fields, reference: string): Json | undefined {
  const named = fields[reference];
  return isRecord(named) ? named["resourceFilter"] : undefined;
}

/** Whoever may not read the audit page sees no resources (SR-701). */
function mayAudit(repository: Repository, caller: Caller): boolean {
  return repository.may(caller.who, "read", "TransientObject", "QmcSection_Audit", caller.context);
}

/** The site with a rule tried out (SR-704), and one in which disabled rules take part too (SR-131). */
function withPreview(site: Site, value: Json | undefined): Site {
  if (!isRecord(value)) return site;
  const rule = { category: "Security", actions: 8191, resourceFilter: "*", name: "preview", ...value, id: "preview" };
  const previewed = { ...rule, rule: value["condition"] ?? value["rule"] ?? "" };
  return { ...site, entities: { ...site.entities, SystemRule: [...(site.entities["SystemRule"] ?? []), previewed] } };
}

function withRules(site: Site, changed: (rule: Entity) => Entity): Site {
  return { ...site, entities: { ...site.entities, SystemRule: (site.entities["SystemRule"] ?? []).map(changed) } };
}

/** Rules named by their ids, so that an answer tells them apart. */
const byId = (rule: Entity): Entity => ({ ...rule, name: rule.id });
const enabled = (rule: Entity): Entity => ({ ...rule, disabled: false, name: rule.id });

interface Asked {
  readonly site: Site;
  readonly actions: readonly string[];
  readonly environment: Environment;
  readonly type: string;
}

/** Answers for one user and one resource, action by action and context by context. */
function answersFor(
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

function bits(answers: readonly (readonly [string, RuleAnswer])[], counts: (answer: RuleAnswer) => boolean): number {
  return answers.reduce((mask, [action, answer]) => (counts(answer) ? mask | (actionBits[action] ?? 0) : mask), 0);
}

function asking(repository: Repository, fields: Fields): Asked {
  const { actions, resourceType, environmentAttributes, previewRule } = fields;
  if (typeof resourceType !== "string") throw new Refusal(400, "Missing parameter value(s): resourceType");
  const type = typeByName(resourceType).name;
  const mask = (typeof actions === "number" ? actions : 8191) & maskOf(type);
  return {
    site: withPreview(repository.store.site, previewRule),
    actions: Object.keys(actionBits).filter((action) => ((actionBits[action] ?? 0) & mask) !== 0),
    environment: environmentOf(environmentAttributes),
    type,
  };
}

function shown(entity: Entity, names: Json | undefined): Fields {
  const wanted = Array.isArray(names) ? names.map((name: Json) => JSON.stringify(name).toLowerCase()) : [];
  return Object.fromEntries(
    Object.entries(entity).filter(([name]) => wanted.includes(JSON.stringify(name).toLowerCase())),
  );
}

function auditOf(repository: Repository, asked: Asked, as: Principal, id: string): Fields {
  const answers = answersFor(repository, asked, as, id);
  const off = (asked.site.entities["SystemRule"] ?? [])
    .filter((rule) => rule["disabled"] === true)
    .map((rule) => rule.id);
  const all =
    off.length === 0 ? [] : answersFor(repository, { ...asked, site: withRules(asked.site, enabled) }, as, id);
  const found = {
    access: bits(answers, (answer) => answer.allowed),
    disabled: bits(all, (answer) => answer.rules.some((rule) => off.includes(rule))),
    broken: bits(answers, (answer) => answer.broken.length > 0),
  };
  return Object.fromEntries(Object.entries(found).filter(([, mask]) => mask !== 0));
}

function described(
  repository: Repository,
  caller: Caller,
  entities: readonly Entity[],
  shape: { readonly key: string; readonly names: Json | undefined; readonly privileges: Json | undefined },
): Fields {
  const mask = typeof shape.privileges === "number" ? shape.privileges : 2;
  const own = ({ id, schemaPath }: Entity & Fields): Json =>
    repository.privileges(caller, textOf(schemaPath), id).filter((action) => ((actionBits[action] ?? 0) & mask) !== 0);
  if (mask === 0) return Object.fromEntries(entities.map((one) => [one.id, {}]));
  return Object.fromEntries(
    entities.map((one) => [one.id, { [shape.key]: shown(withoutSecrets(one), shape.names), privileges: own(one) }]),
  );
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

/**
 * `POST …/security/audit/matrix`: per user and resource the bits granted, disabled and broken; pairs without any are left
 * out (SR-702). An answer the limit cut short says so with `truncated` and the `subjectStart` to go on with.
 */
export function auditMatrix(repository: Repository, caller: Caller, value: Json): Json {
  const fields = isRecord(value) ? value : {};
  const asked = asking(repository, fields);
  const { store } = repository;
  const wanted = mayAudit(repository, caller) ? chosen(repository, asked.type, filterOf(fields, "resourceRef")) : [];
  const page = pageOf(chosen(repository, "User", filterOf(fields, "subjectRef")), wanted, fields);
  const { session } = asked.environment;
  const matrix = page.pairs.flatMap(({ subject, resource }): Json[] => {
    const [directory, id] = [textAt(subject, "userDirectory"), textAt(subject, "userId")];
    const audit = auditOf(repository, asked, principalOf(store.site, { directory, id, session }), resource.id);
    if (Object.keys(audit).length === 0) return [];
    return [{ subjectId: subject.id, resourceId: resource.id, audit, schemaPath: "AuditMatrixElement" }];
  });
  const describe = (entities: readonly Entity[], key: string, names: Json | undefined): Fields =>
    described(repository, caller, entities, { key, names, privileges: fields["outputObjectsPrivileges"] });
  return {
    matrix,
    resources: describe(page.resources, "resourceProperties", fields["resourceProperties"]),
    subjects: describe(page.subjects, "subjectProperties", fields["subjectProperties"]),
    ...(page.continues === undefined ? {} : { truncated: true, subjectStart: page.continues }),
    schemaPath: "AuditMatrix",
  };
}

/** `POST …/security/audit/countresources`: how many resources a filter names. */
export function countResources(repository: Repository, caller: Caller, value: Json): Json {
  const fields = isRecord(value) ? value : {};
  const { type } = asking(repository, fields);
  return { value: mayAudit(repository, caller) ? chosen(repository, type, fields["resourceFilter"]).length : 0 };
}

function applications(answers: readonly RuleAnswer[], userID: string, resourceID: string): readonly Json[] {
  const line = (ruleID: string, allowed: boolean): Json => {
    const evaluationState = allowed ? "evaluated" : "parsefailure";
    return { userID, resourceID, ruleID, allowed, errorAt: 0, errorMessage: "", evaluationState };
  };
  const granting = new Set(answers.flatMap((answer) => answer.rules));
  const broken = new Set(answers.flatMap((answer) => answer.broken));
  return [...[...granting].map((rule) => line(rule, true)), ...[...broken].map((rule) => line(rule, false))];
}

function keyed(entities: readonly Entity[]): Json {
  return Object.fromEntries(entities.map((one) => [one.id, withoutSecrets(one)]));
}

/** `POST …/security/audit/preview`: the same with one rule more, which is not stored (SR-704). */
export function auditPreview(repository: Repository, caller: Caller, value: Json): Json {
  const fields = isRecord(value) ? value : {};
  const { ruleConditions: condition = "", resourceFilter: filter = "", actions = 8191, resourceType = "" } = fields;
  const previewRule = { condition, resourceFilter: `${textOf(resourceType)}_*`, actions };
  return auditList(repository, caller, { ...fields, resourceFilter: filter, previewRule });
}

/** `POST …/security/audit`: which rule says what of whom and what (QR-034). */
export function auditList(repository: Repository, caller: Caller, value: Json): Json {
  const fields = isRecord(value) ? value : {};
  const asked = asking(repository, fields);
  const site = withRules(asked.site, byId);
  const users = window(chosen(repository, "User", fields["userFilter"]), fields, "user");
  const wanted = chosen(repository, asked.type, fields["resourceFilter"]).filter(
    (one) => fields["resourceId"] === undefined || one.id === fields["resourceId"],
  );
  const resources = mayAudit(repository, caller) ? window(wanted, fields, "resource") : [];
  const ruleApplication = users.flatMap((user) => {
    const [directory, id] = [textAt(user, "userDirectory"), textAt(user, "userId")];
    const as = principalOf(site, { directory, id, session: asked.environment.session });
    return resources.flatMap((resource) => {
      const answers = answersFor(repository, { ...asked, site }, as, resource.id);
      return applications(
        answers.map(([, answer]) => answer),
        user.id,
        resource.id,
      );
    });
  });
  const rules = keyed(asked.site.entities["SystemRule"] ?? []);
  const [seen, about] = [keyed(users), keyed(resources)];
  return { id: randomUUID(), users: seen, resources: about, rules, ruleApplication, schemaPath: "Audit" };
}
