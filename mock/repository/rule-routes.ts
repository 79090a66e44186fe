/** Routes of rules: audits, the caller's own rights, and what the editor of rules asks. */
import type { Hono } from "hono";
import type { Json } from "../../contract/types.ts";
import { auditExport, auditList, auditPreview } from "./audit-list.ts";
import { actionsIn } from "./audit-questions.ts";
import { accessibleObjects, auditMatrix, countResources } from "./audit.ts";
import type { Caller } from "./caller.ts";
import { wouldBe } from "./operations.ts";
import { parseTree } from "./parse-tree.ts";
import type { Repository } from "./repository.ts";
import { bodyOf, typeOf, wholeOf, type Env, type RepositoryParts } from "./routing.ts";
import type { EntityType } from "./types.ts";
import { accessibleAttributes, associatedRules, attributeValues } from "./vocabulary.ts";

const security = "/qrs/systemrule/security";

const audits: { readonly [path: string]: (repository: Repository, caller: Caller, body: Json) => Json } = {
  audit: auditList,
  "audit/preview": auditPreview,
  "audit/matrix": auditMatrix,
  "audit/countresources": countResources,
  "audit/accessibleobjects": accessibleObjects,
};

/** Names of the actions of a mask a caller would have on something he made (SR-501). */
function previewed(
  repository: Repository,
  caller: Caller,
  type: EntityType,
  ask: { body: Json; mask: number },
): readonly string[] {
  const resource = { type: type.name, wouldBe: wouldBe(repository, ask.body) };
  const actions = actionsIn(ask.mask);
  const as = repository.principal(caller.who);
  const answers = repository.decide(actions.map((action) => ({ as, resource, action, context: caller.context })));
  return actions.filter((_, index) => answers[index]?.allowed === true);
}

/** Questions of the editor of rules. */
function editorRoutes(app: Hono<Env>, repository: Repository): void {
  app.get("/qrs/systemrule/:category/associatedrules", (c) => {
    const { resourcetype: type = "", resourcefilter: filter = "" } = c.req.query();
    return c.json(associatedRules(repository, c.env.caller, { category: c.req.param("category"), type, filter }));
  });
  app.get(`${security}/accessibleattributes`, (c) =>
    c.json(accessibleAttributes(repository, c.req.query("resourcetype") ?? "")),
  );
  app.get(`${security}/attributevalues`, (c) => {
    const { resourcetype: type = "", attribute = "", filter = "", selection = "", limit } = c.req.query();
    const ask = { type, attribute, filter, selection, limit: limit === undefined ? Infinity : wholeOf(limit, "limit") };
    return c.json(attributeValues(repository, c.env.caller, ask));
  });
  app.get(`${security}/parsetree`, (c) => c.json(parseTree(repository, c.req.query("rule") ?? "")));
}

export function ruleRoutes(app: Hono<Env>, { repository }: RepositoryParts): void {
  for (const [path, answer] of Object.entries(audits))
    app.post(`${security}/${path}`, async (c) => c.json(answer(repository, c.env.caller, await bodyOf(c)), 201));
  app.get(`${security}/audit/export`, (c) => c.json(auditExport(repository, c.env.caller)));
  app.post(`${security}/resetcache`, (c) => c.body(null, 204));
  app.post(`${security}/evaluatetransientresources`, async (c) => {
    const asked = await bodyOf(c);
    const names = Array.isArray(asked) ? asked.filter((name: Json): name is string => typeof name === "string") : [];
    const { who, context } = c.env.caller;
    const seen = names.filter((name) => repository.may(who, "read", "TransientObject", name, context));
    return c.json(seen, 201);
  });
  editorRoutes(app, repository);
  app.post("/qrs/:type/previewprivileges", async (c) => {
    const mask = Number(c.req.query("privilegesFilter") ?? 8191);
    return c.json(previewed(repository, c.env.caller, typeOf(c), { body: await bodyOf(c), mask }));
  });
  app.post("/qrs/:type/previewcreateprivilege", async (c) => {
    const ask = { body: await bodyOf(c), mask: 1 };
    return c.json(previewed(repository, c.env.caller, typeOf(c), ask).includes("create"));
  });
}
