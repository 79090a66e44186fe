/** The audit matrix, and the counts and lists beside it (QR-034, SR-701 … SR-704). They answer 201, as they are POSTs. */
import type { Entity, Json, Principal } from "../../contract/types.ts";
import { textAt, type Fields } from "../fields.ts";
import { actionBits, type RuleAnswer } from "../rules/model.ts";
import {
  actionsIn,
  answersFor,
  asking,
  chosen,
  mayAudit,
  parametersOf,
  referred,
  rulesOf,
  withRules,
  type Asked,
} from "./audit-questions.ts";
import { pageOf } from "./audit-pairs.ts";
import type { Caller } from "./caller.ts";
import { Refusal } from "./refusal.ts";
import { principalOf, type Repository } from "./repository.ts";
import { withoutSecrets } from "./secrets.ts";

function bits(answers: readonly (readonly [string, RuleAnswer])[], counts: (answer: RuleAnswer) => boolean): number {
  return answers.reduce((mask, [action, answer]) => (counts(answer) ? mask | (actionBits[action] ?? 0) : mask), 0);
}

/** A rule named by its id, so that an answer tells rules apart, and taking part though it is disabled (SR-131). */
const enabled = (rule: Entity): Entity => ({ ...rule, disabled: false, name: rule.id });

function auditOf(repository: Repository, asked: Asked, as: Principal, id: string): Fields {
  const answers = answersFor(repository, asked, as, id);
  const off = rulesOf(asked.site)
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

function shown(entity: Entity, names: Json | undefined): Fields {
  const wanted = Array.isArray(names) ? names.map((name: Json) => JSON.stringify(name).toLowerCase()) : [];
  return Object.fromEntries(
    Object.entries(entity).filter(([name]) => wanted.includes(JSON.stringify(name).toLowerCase())),
  );
}

interface Shape {
  readonly key: string;
  readonly names: Json | undefined;
  /** Which of the auditor's own privileges are told; none: the entities are not told at all. */
  readonly privileges: Json | undefined;
}

function described(
  repository: Repository,
  caller: Caller,
  entities: readonly Entity[],
  { key, names, privileges }: Shape,
): Fields {
  const mask = typeof privileges === "number" ? privileges : 2;
  if (mask === 0) return {};
  const told = actionsIn(mask);
  const own = (one: Entity): Json =>
    repository.privileges(caller, textAt(one, "schemaPath"), one.id).filter((action) => told.includes(action));
  return Object.fromEntries(
    entities.map((one) => [one.id, { [key]: shown(withoutSecrets(one), names), privileges: own(one) }]),
  );
}

/**
 * `POST …/security/audit/matrix`: per user and resource the bits granted, disabled and broken; pairs without any are left
 * out (SR-702). An answer the limit cut short says so with `truncated` and the `subjectStart` to go on with.
 */
export function auditMatrix(repository: Repository, caller: Caller, body: Json): Json {
  const parameter = parametersOf(body);
  const asked = asking(repository, parameter);
  const { store } = repository;
  const may = mayAudit(repository, caller);
  const of = (type: string, name: string): readonly Entity[] =>
    may ? referred(repository, caller, type, parameter[name]) : [];
  const page = pageOf(of("User", "subjectRef"), of(asked.type, "resourceRef"), parameter);
  const { session } = asked.environment;
  const matrix = page.pairs.flatMap(({ subject, resource }): Json[] => {
    const [directory, id] = [textAt(subject, "userDirectory"), textAt(subject, "userId")];
    const audit = auditOf(repository, asked, principalOf(store.site, { directory, id, session }), resource.id);
    if (Object.keys(audit).length === 0) return [];
    return [{ subjectId: subject.id, resourceId: resource.id, audit, schemaPath: "AuditMatrixElement" }];
  });
  const describe = (entities: readonly Entity[], key: string): Fields =>
    described(repository, caller, entities, {
      key,
      names: parameter[key],
      privileges: parameter["outputObjectsPrivileges"],
    });
  return {
    matrix,
    resources: describe(page.resources, "resourceProperties"),
    subjects: describe(page.subjects, "subjectProperties"),
    ...(page.continues === undefined ? {} : { truncated: true, subjectStart: page.continues }),
    schemaPath: "AuditMatrix",
  };
}

/** `POST …/security/audit/countresources`: how many resources a filter names. */
export function countResources(repository: Repository, caller: Caller, body: Json): Json {
  const parameter = parametersOf(body);
  const { type } = asking(repository, parameter);
  return mayAudit(repository, caller) ? chosen(repository, type, parameter["resourceFilter"]).length : 0;
}

/** `POST …/security/audit/accessibleobjects`: what one user may do one thing to. */
export function accessibleObjects(repository: Repository, caller: Caller, body: Json): readonly Json[] {
  const { action, userId, ...parameter } = parametersOf(body);
  const user = repository.store.all("User").find(({ id }) => id === userId);
  if (user === undefined || typeof action !== "number") throw new Refusal(400, "Missing parameter value(s)");
  const asked = asking(repository, { ...parameter, actions: action });
  const [directory, id] = [textAt(user, "userDirectory"), textAt(user, "userId")];
  const as = principalOf(repository.store.site, { directory, id, session: asked.environment.session });
  const found = mayAudit(repository, caller) ? repository.store.all(asked.type) : [];
  return found
    .filter((one) => answersFor(repository, asked, as, one.id).some(([, answer]) => answer.allowed))
    .map(withoutSecrets);
}
