/**
 * The audits of the other categories: `POST …/license/audit/matrix`, users and access groups (SR-601), and
 * `POST …/sync/audit/matrix`, nodes and apps (SR-611). Bodies and answers are those of the security audit's matrix.
 */
import type { Hono } from "hono";
import type { Entity, Json, Principal } from "../../contract/types.ts";
import { textAt, type Fields } from "../fields.ts";
import { evaluateRules } from "../rules/evaluate.ts";
import type { RuleAnswer } from "../rules/model.ts";
import { pageOf, type Pair } from "./audit-pairs.ts";
import { asking, mayAudit, parametersOf, referred, type Asked } from "./audit-questions.ts";
import type { Caller } from "./caller.ts";
import { principalOf, type Repository } from "./repository.ts";
import { bodyOf, type Env, type RepositoryParts } from "./routing.ts";

type Category = "license" | "sync";

const subjectTypes: { readonly [category in Category]: string } = { license: "User", sync: "ServerNodeConfiguration" };

const nobody: Principal = { directory: "", id: "", groups: [], attributes: {}, session: {} };

/** One pair in each context: access to the product of a user, or a place on a node. */
function answersFor(repository: Repository, asked: Asked, category: Category, pair: Pair): readonly RuleAnswer[] {
  const { subject, resource } = pair;
  const { contexts, session } = asked.environment;
  const [directory, id] = [textAt(subject, "userDirectory"), textAt(subject, "userId")];
  const about =
    category === "sync"
      ? { as: nobody, node: subject.id, action: "loadbalancing" }
      : { as: principalOf(asked.site, { directory, id, session }), action: "allowaccess" };
  const questions = contexts.map((context) => ({ ...about, resource: { type: asked.type, id: resource.id }, context }));
  return evaluateRules(asked.site, questions, repository.dialect, repository.seams);
}

/** Bit 1 of each mask that holds (SR-235); a mask of 0 is left out (SR-702). */
function masks(answers: readonly RuleAnswer[]): Fields {
  return {
    ...(answers.some(({ allowed }) => allowed) ? { access: 1 } : {}),
    ...(answers.some(({ broken }) => broken.length > 0) ? { broken: 1 } : {}),
  };
}

function described(entities: readonly Entity[], key: string): Json {
  return Object.fromEntries(entities.map((one) => [one.id, { [key]: { name: textAt(one, "name") }, privileges: [] }]));
}

function categoryMatrix(repository: Repository, caller: Caller, category: Category, body: Json): Json {
  const parameter = parametersOf(body);
  const asked = asking(repository, parameter);
  const may = mayAudit(repository, caller);
  const of = (type: string, name: string): readonly Entity[] =>
    may ? referred(repository, caller, type, parameter[name]) : [];
  const page = pageOf(of(subjectTypes[category], "subjectRef"), of(asked.type, "resourceRef"), parameter);
  const matrix = page.pairs.flatMap((pair): Json[] => {
    const audit = masks(answersFor(repository, asked, category, pair));
    if (Object.keys(audit).length === 0) return [];
    return [{ subjectId: pair.subject.id, resourceId: pair.resource.id, audit, schemaPath: "AuditMatrixElement" }];
  });
  return {
    matrix,
    resources: described(page.resources, "resourceProperties"),
    subjects: described(page.subjects, "subjectProperties"),
    ...(page.continues === undefined ? {} : { truncated: true, subjectStart: page.continues }),
    schemaPath: "AuditMatrix",
  };
}

export function categoryRoutes(app: Hono<Env>, { repository }: RepositoryParts): void {
  for (const category of ["license", "sync"] as const) {
    app.post(`/qrs/systemrule/${category}/audit/matrix`, async (c) =>
      c.json(categoryMatrix(repository, c.env.caller, category, await bodyOf(c)), 201),
    );
  }
}
