/** The repository's REST interface (QR-): paths and bodies in, entities and statuses out. Identity and context are given. */
import { Hono, type Context } from "hono";
import type { Entity, Json } from "../../contract/types.ts";
import { textAt } from "../fields.ts";
import type { EnginePort } from "../ports.ts";
import { actionBits } from "../rules/model.ts";
import { auditList, auditMatrix, auditPreview, countResources } from "./audit.ts";
import { removeDirectory, synchronise } from "./directories.ts";
import { create, list, permitted, publish, remove, signature, update, wouldBe, type ListQuery } from "./operations.ts";
import { Refusal, unknown } from "./refusal.ts";
import { startTask, taskOf } from "./tasks.ts";
import type { Caller, Repository } from "./repository.ts";
import { withoutSecrets } from "./secrets.ts";
import { typeByName, typeByRoute, type EntityType } from "./types.ts";
import { accessibleAttributes, associatedRules } from "./vocabulary.ts";

interface Env {
  readonly Bindings: { readonly caller: Caller; readonly path: string };
}
type Ask = Context<Env>;

export interface RepositoryParts {
  readonly repository: Repository;
  readonly engine: EnginePort;
}

/** `/qrs/app/object/…` and a trailing slash are other spellings of paths the routes know. */
function spelled(path: string): string {
  const [, qrs = "", type = "", next = "", ...rest] = path.replace(/\/+$/, "").split("/");
  const nested = type.toLowerCase() === "app" && next.toLowerCase() === "object";
  const parts = nested ? ["app.object", ...rest] : [type.toLowerCase(), next, ...rest];
  return `/${[qrs.toLowerCase(), ...parts].filter((part) => part !== "").join("/")}`;
}

async function bodyOf(c: Ask): Promise<Json> {
  const text = await c.req.text();
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new Refusal(400, "The body is not JSON");
  }
}

function typeOf(c: Ask): EntityType {
  const type = typeByRoute(c.req.param("type") ?? "");
  if (type === undefined) throw unknown();
  return type;
}

function idOf(c: Ask): string {
  return c.req.param("id") ?? "";
}

function queryOf(c: Ask): ListQuery {
  const { filter, orderby, orderAscending } = c.req.query();
  return {
    ...(filter === undefined ? {} : { filter }),
    ...(orderby === undefined ? {} : { orderBy: orderby }),
    ascending: orderAscending !== "false",
  };
}

function condensed(type: EntityType, entity: Entity): Entity {
  const kept = ["id", ...type.condensed, "privileges"].filter((field) => entity[field] !== undefined);
  return { ...Object.fromEntries(kept.map((field) => [field, entity[field] ?? null])), id: entity.id };
}

function withPrivileges(parts: RepositoryParts, c: Ask, type: EntityType, entity: Entity): Entity {
  if (c.req.query("privileges") !== "true") return withoutSecrets(entity);
  return { ...withoutSecrets(entity), privileges: parts.repository.privileges(c.env.caller, type.name, entity.id) };
}

function listed(parts: RepositoryParts, c: Ask, type: EntityType, full: boolean): Response {
  const entities = list(parts.repository, c.env.caller, type, queryOf(c));
  const shown = entities.map((entity) => withPrivileges(parts, c, type, full ? entity : condensed(type, entity)));
  return c.json(shown);
}

function readRoutes(app: Hono<Env>, parts: RepositoryParts): void {
  const { repository } = parts;
  const appType = typeByName("App");
  app.get("/qrs/about", (c) =>
    c.json({
      buildVersion: "31.62.0.0",
      buildDate: "11/4/2025 10:00:00 AM",
      databaseProvider: "Devart.Data.PostgreSql",
      nodeType: 1,
      sharedPersistence: true,
      requiresBootstrap: false,
      singleNodeOnly: false,
      schemaPath: "About",
    }),
  );
  // What the hub lists is asked for in the hub's context, whatever context the request names (QR-050).
  const hub = (c: Ask): readonly Entity[] =>
    list(repository, { who: c.env.caller.who, context: "hub" }, appType, queryOf(c));
  app.get("/qrs/app/hublist", (c) => c.json(hub(c).map((entity) => condensed(appType, entity))));
  app.get("/qrs/app/hublist/full", (c) => c.json(hub(c)));
  app.get("/qrs/proxyservice/local", (c) => {
    const [local] = list(repository, c.env.caller, typeByName("ProxyService"));
    if (local === undefined) throw unknown();
    return c.json(local);
  });
  app.get("/qrs/:type", (c) => listed(parts, c, typeOf(c), false));
  app.get("/qrs/:type/full", (c) => listed(parts, c, typeOf(c), true));
  app.get("/qrs/:type/count", (c) => c.json({ value: list(repository, c.env.caller, typeOf(c), queryOf(c)).length }));
  app.get("/qrs/:type/:id", (c) => {
    const type = typeOf(c);
    const entity = permitted(repository, c.env.caller, type, { id: idOf(c), action: "read" });
    return c.json(withPrivileges(parts, c, type, entity));
  });
}

function writeRoutes(app: Hono<Env>, { repository, engine }: RepositoryParts): void {
  app.post("/qrs/:type", async (c) =>
    c.json(withoutSecrets(create(repository, c.env.caller, typeOf(c), await bodyOf(c))), 201),
  );
  app.post("/qrs/:type/many", async (c) => {
    const [type, items] = [typeOf(c), await bodyOf(c)];
    if (!Array.isArray(items)) throw new Refusal(400, "Missing parameter value(s)");
    return c.json(
      items.map((item: Json) => withoutSecrets(create(repository, c.env.caller, type, item))),
      201,
    );
  });
  app.put("/qrs/:type/:id", async (c) => {
    const ask = { id: idOf(c), value: await bodyOf(c) };
    return c.json(withoutSecrets(update(repository, c.env.caller, typeOf(c), ask)));
  });
  app.delete("/qrs/:type/:id", async (c) => {
    const type = typeOf(c);
    remove(repository, c.env.caller, type, idOf(c));
    if (type.name === "App") await engine.drop(idOf(c));
    return c.body(null, 204);
  });
}

function appRoutes(app: Hono<Env>, { repository, engine }: RepositoryParts): void {
  const type = typeByName("App");
  app.put("/qrs/app/:id/publish", (c) => {
    const { stream = "", name = "" } = c.req.query();
    const made = publish(repository, c.env.caller, type, { id: idOf(c), stream, name });
    engine.publish(made.id);
    return c.json(made);
  });
  app.post("/qrs/app/upload", async (c) => {
    const made = create(repository, c.env.caller, type, { name: c.req.query("name") ?? "" });
    if (engine.upload(made.id, await c.req.text())) return c.json(made, 201);
    repository.remove("App", made.id);
    throw new Refusal(400, "The file is no app");
  });
  app.post("/qrs/app/:id/copy", async (c) => {
    const source = permitted(repository, c.env.caller, type, { id: idOf(c), action: "duplicate" });
    const name = c.req.query("name") ?? textAt(source, "name");
    const made = create(repository, c.env.caller, type, { name, sourceAppId: source.id });
    await engine.copy(source.id, made.id);
    return c.json(made, 201);
  });
  app.put("/qrs/app/:id/replace", async (c) => {
    const source = permitted(repository, c.env.caller, type, { id: idOf(c), action: "read" });
    const target = c.req.query("app") ?? "";
    const replaced = permitted(repository, c.env.caller, type, { id: target, action: "update" });
    await engine.copy(source.id, replaced.id);
    const change = { sourceAppId: source.id, modifiedByUserName: signature(c.env.caller) };
    return c.json(repository.update("App", replaced.id, change));
  });
  app.post("/qrs/appcontent/:id/uploadfile", async (c) => {
    const target = permitted(repository, c.env.caller, type, { id: idOf(c), action: "update" });
    const path = c.req.query("externalpath") ?? "";
    if (path === "") throw new Refusal(400, "Missing parameter value(s): externalpath");
    engine.attach(target.id, path, await c.req.text());
    return c.json(`/appcontent/${target.id}/${path}`, 201);
  });
}

function taskRoutes(app: Hono<Env>, { repository, engine }: RepositoryParts): void {
  app.post("/qrs/reloadtask/create", async (c) => {
    const type = typeByName("ReloadTask");
    return c.json(create(repository, c.env.caller, type, taskOf(await bodyOf(c))), 201);
  });
  app.post("/qrs/task/:id/start/synchronous", async (c) => {
    const task = permitted(repository, c.env.caller, typeByName("ReloadTask"), { id: idOf(c), action: "update" });
    return c.json({ value: await startTask(repository, engine, c.env.caller, task) }, 201);
  });
}

/** Names of the actions of a mask a caller would have on something he made (SR-501). */
function previewed(
  repository: Repository,
  caller: Caller,
  type: EntityType,
  ask: { body: Json; mask: number },
): readonly string[] {
  const resource = { type: type.name, wouldBe: wouldBe(repository, ask.body) };
  const actions = Object.keys(actionBits).filter((action) => ((actionBits[action] ?? 0) & ask.mask) !== 0);
  const as = repository.principal(caller.who);
  const answers = repository.decide(actions.map((action) => ({ as, resource, action, context: caller.context })));
  return actions.filter((_, index) => answers[index]?.allowed === true);
}

function ruleRoutes(app: Hono<Env>, { repository }: RepositoryParts): void {
  const security = "/qrs/systemrule/security";
  app.post(`${security}/audit/matrix`, async (c) => c.json(auditMatrix(repository, c.env.caller, await bodyOf(c))));
  app.post(`${security}/audit/preview`, async (c) => c.json(auditPreview(repository, c.env.caller, await bodyOf(c))));
  app.post(`${security}/audit/countresources`, async (c) =>
    c.json(countResources(repository, c.env.caller, await bodyOf(c))),
  );
  app.post(`${security}/audit`, async (c) => c.json(auditList(repository, c.env.caller, await bodyOf(c))));
  app.post(`${security}/resetcache`, (c) => c.body(null, 204));
  app.post(`${security}/evaluatetransientresources`, async (c) => {
    const asked = await bodyOf(c);
    const names = Array.isArray(asked) ? asked.filter((name: Json): name is string => typeof name === "string") : [];
    const { who, context } = c.env.caller;
    return c.json(names.filter((name) => repository.may(who, "read", "TransientObject", name, context)));
  });
  app.post("/qrs/:type/previewprivileges", async (c) => {
    const mask = Number(c.req.query("privilegesFilter") ?? 8191);
    return c.json(previewed(repository, c.env.caller, typeOf(c), { body: await bodyOf(c), mask }));
  });
  app.post("/qrs/:type/previewcreateprivilege", async (c) => {
    const ask = { body: await bodyOf(c), mask: 1 };
    return c.json(previewed(repository, c.env.caller, typeOf(c), ask).includes("create"));
  });
}

/** Questions of the rule editor. */
function vocabularyRoutes(app: Hono<Env>, { repository }: RepositoryParts): void {
  app.get("/qrs/systemrule/:category/associatedrules", (c) => {
    const { resourcetype: type = "", resourcefilter: filter = "" } = c.req.query();
    return c.json(associatedRules(repository, c.env.caller, { category: c.req.param("category"), type, filter }));
  });
  app.get("/qrs/systemrule/security/accessibleattributes", (c) =>
    c.json(accessibleAttributes(repository, c.req.query("resourcetype") ?? "")),
  );
}

function directoryRoutes(app: Hono<Env>, { repository }: RepositoryParts): void {
  app.post("/qrs/userdirectoryconnector/syncuserdirectories", async (c) => {
    synchronise(repository, c.env.caller, await bodyOf(c));
    return c.body(null, 204);
  });
  app.delete("/qrs/userdirectoryconnector/deleteudandusers", (c) => {
    removeDirectory(repository, c.env.caller, c.req.query("userDirectoryId") ?? "");
    return c.body(null, 204);
  });
}

export type RepositoryHandler = (request: Request, ask: { caller: Caller; path: string }) => Promise<Response>;

/** What could change something leaves a line in the audit log, whether it was let through or not. */
function note(repository: Repository, method: string, { caller, path }: Env["Bindings"], result: number): void {
  if (method === "GET") return;
  const { directory, id } = caller.who;
  const when = repository.store.instant();
  repository.activity.add({ when, directory, id, context: caller.context, command: method, path, result });
}

/** Answers requests to `/qrs/…` (the path without the prefix of the virtual proxy) on behalf of a caller. */
export function createRepositoryHandler(parts: RepositoryParts): RepositoryHandler {
  const app = new Hono<Env>({ getPath: (_request, options) => spelled(options?.env?.path ?? "") });
  appRoutes(app, parts);
  taskRoutes(app, parts);
  ruleRoutes(app, parts);
  vocabularyRoutes(app, parts);
  directoryRoutes(app, parts);
  readRoutes(app, parts);
  writeRoutes(app, parts);
  app.notFound((c) => c.text("Not found", 404));
  app.onError((error, c) => {
    if (error instanceof Refusal) return c.text(error.message, error.status);
    throw error;
  });
  return async (request, ask) => {
    const answer = await app.fetch(request, ask);
    note(parts.repository, request.method, ask, answer.status);
    return answer;
  };
}
