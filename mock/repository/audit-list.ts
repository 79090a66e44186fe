/** The audit rule by rule: which rule says what of whom and what (QR-034). */
import { formatPlace, isKnownError } from "../../contract/errors.ts";
import type { Entity, Json } from "../../contract/types.ts";
import { parseFilter } from "../../languages/resource-filter/parse.ts";
import { parseCondition } from "../../languages/rule-condition/parse.ts";
import { textAt, type Fields } from "../fields.ts";
import type { RuleAnswer } from "../rules/model.ts";
import { window } from "./audit-pairs.ts";
import {
  answersFor,
  asking,
  chosen,
  mayAudit,
  parametersOf,
  rulesOf,
  withRules,
  type Asked,
} from "./audit-questions.ts";
import type { Caller } from "./caller.ts";
import { principalOf, type Repository } from "./repository.ts";
import { types } from "./types.ts";

type State = "evaluated" | "parsefailure" | "evaluationfailure";

interface Said {
  readonly allowed: boolean;
  readonly evaluationState: State;
  /** Offset of the fault into the text that cannot be read. */
  readonly errorAt: number;
  readonly errorMessage: string;
}

const granted: Said = { allowed: true, evaluationState: "evaluated", errorAt: 0, errorMessage: "" };
const denied: Said = { ...granted, allowed: false };

function offsetOf(text: string, line: number, column: number): number {
  const before = text.split("\n").slice(0, line - 1);
  return before.reduce((sum, one) => sum + one.length + 1, column - 1);
}

function faultIn(text: string, parse: (text: string) => unknown): Said | undefined {
  try {
    parse(text);
    return undefined;
  } catch (error) {
    if (!isKnownError(error)) throw error;
    const { line = 1, column = 1 } = error.details;
    const errorMessage = `${formatPlace({ line, column })}: ${error.message}`;
    return { allowed: false, evaluationState: "parsefailure", errorAt: offsetOf(text, line, column), errorMessage };
  }
}

/** Why a broken rule is broken: a text that cannot be read, or one that can and cannot be judged (SR-110). */
function failureOf(repository: Repository, rule: Entity): Said {
  const options = { precedence: repository.seams.precedence(repository.dialect) };
  const fault =
    faultIn(textAt(rule, "resourceFilter"), (text) => parseFilter(text)) ??
    faultIn(textAt(rule, "rule"), (text) => parseCondition(text, options));
  if (fault !== undefined) return fault;
  const errorMessage = "The condition cannot be evaluated";
  return { allowed: false, evaluationState: "evaluationfailure", errorAt: 0, errorMessage };
}

function named(answers: readonly (readonly [string, RuleAnswer])[], field: "rules" | "broken"): ReadonlySet<string> {
  return new Set(answers.flatMap(([, answer]) => answer[field]));
}

const nobody = { directory: "", id: "", groups: [], attributes: {}, session: {} };

/** Rules named by their ids, so that an answer tells them apart. */
const byId = (rule: Entity): Entity => ({ ...rule, name: rule.id });

/** What each rule that is asked about a resource says; those that do not grant only where they are wanted. */
function speaker(repository: Repository, asked: Asked, silentToo: boolean): Speaker {
  const { site } = asked;
  const told = withRules(site, byId);
  const open = withRules(site, (rule) => ({ ...byId(rule), rule: "" }));
  return (user, id) => {
    const [directory, userId] = [textAt(user, "userDirectory"), textAt(user, "userId")];
    const as = principalOf(site, { directory, id: userId, session: asked.environment.session });
    const answers = answersFor(repository, { ...asked, site: told }, as, id);
    const [granting, broken] = [named(answers, "rules"), named(answers, "broken")];
    const concerned = silentToo
      ? named(answersFor(repository, { ...asked, site: open }, nobody, id), "rules")
      : new Set<string>();
    return rulesOf(site).flatMap((rule): readonly (readonly [string, Said])[] => {
      const grants = granting.has(rule.id) ? [[rule.id, granted] as const] : [];
      const fails = broken.has(rule.id) ? [[rule.id, failureOf(repository, rule)] as const] : [];
      const said = [...grants, ...fails];
      return said.length === 0 && concerned.has(rule.id) ? [[rule.id, denied]] : said;
    });
  };
}

type Speaker = (user: Entity, resource: string) => readonly (readonly [string, Said])[];

const shownOf: { readonly [kind: string]: readonly string[] } = {
  AuditUser: ["id", "name", "userId", "userDirectory"],
  AuditResource: ["id", "name"],
  AuditRule: ["id", "name", "type", "rule", "resourceFilter", "actions", "disabled"],
};

/** Of what was looked at, the id, the name and little more. */
function keyed(entities: readonly Entity[], schemaPath: string): Json {
  const fields = shownOf[schemaPath] ?? [];
  const shown = (one: Entity): Fields =>
    Object.fromEntries(fields.flatMap((field) => (one[field] === undefined ? [] : [[field, one[field]]])));
  return Object.fromEntries(entities.map((one) => [one.id, { ...shown(one), schemaPath }]));
}

/** `POST …/security/audit`. */
export function auditList(repository: Repository, caller: Caller, body: Json): Json {
  const parameter = parametersOf(body);
  const asked = asking(repository, parameter);
  const may = mayAudit(repository, caller);
  const { resourceId, includeNonGrantingRules, userFilter, resourceFilter } = parameter;
  const found = may ? chosen(repository, asked.type, resourceFilter) : [];
  const users = may ? window(chosen(repository, "User", userFilter), parameter, "user") : [];
  const wanted = found.filter((one) => resourceId === undefined || one.id === resourceId);
  const resources = window(wanted, parameter, "resource");
  const speak = speaker(repository, asked, includeNonGrantingRules === true);
  const ruleApplication = users.flatMap((user) =>
    resources.flatMap(({ id: resourceID }) =>
      speak(user, resourceID).map(([ruleID, said]) => ({ userID: user.id, resourceID, ruleID, ...said })),
    ),
  );
  return {
    users: keyed(users, "AuditUser"),
    resources: keyed(resources, "AuditResource"),
    rules: keyed(may ? rulesOf(asked.site) : [], "AuditRule"),
    ruleApplication,
    schemaPath: "Audit",
  };
}

/** `POST …/security/audit/preview`: the same with one rule more, which is not stored (SR-704). */
export function auditPreview(repository: Repository, caller: Caller, body: Json): Json {
  const { ruleConditions: condition = "", actions = 8191, ...parameter } = parametersOf(body);
  const previewRule = { condition, resourceFilter: `${textAt(parameter, "resourceType")}_*`, actions };
  return auditList(repository, caller, { ...parameter, actions, previewRule });
}

/** What parts fields and lines, and what marks it, written as in an address. */
function fieldText(value: Json): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.replaceAll(/[%;"\p{Cc}\p{Zl}\p{Zp}]/gu, encodeURIComponent);
}

/** A line of the export: fields between semicolons, of which no name can make more, nor another line. */
function exported(fields: readonly Json[]): string {
  return fields.map(fieldText).join(";");
}

function columnsOf(entities: readonly Entity[], fields: readonly string[]): readonly string[] {
  return entities.map((one) => exported(fields.map((name) => one[name] ?? "")));
}

/** `GET …/security/audit/export`: users, rules, and what each rule says of both contexts together. */
export function auditExport(repository: Repository, caller: Caller): readonly string[] {
  const may = mayAudit(repository, caller);
  const { store } = repository;
  const [users, rules] = may ? [store.all("User"), store.all("SystemRule")] : [[], []];
  const said = types.flatMap(({ name }) => {
    const speak = speaker(repository, asking(repository, { resourceType: name }), false);
    return users.flatMap((user) =>
      store
        .all(name)
        .flatMap(({ id }) =>
          speak(user, id).map(([rule, { allowed, evaluationState }]) =>
            exported([id, rule, user.id, allowed, evaluationState]),
          ),
        ),
    );
  });
  return [
    "UserDbId;UserId;UserDirectory;Name",
    ...columnsOf(users, ["id", "userId", "userDirectory", "name"]),
    "RuleID;Rule;Actions;Name;ResourceFilter",
    ...columnsOf(rules, ["id", "rule", "actions", "name", "resourceFilter"]),
    "ResourceID;RuleID;UserDbId;Allowed;EvaluationState",
    ...said,
  ];
}
