/** The repository's REST interface (QR-): paths and bodies in, entities and statuses out. Identity and context are given. */
import { Hono } from "hono";
import type { Entity, Json } from "../../contract/types.ts";
import { textAt } from "../fields.ts";
import { signature } from "./caller.ts";
import { categoryRoutes } from "./category-audits.ts";
import { removeDirectory, synchronise } from "./directories.ts";
import { create, list, permitted, publish, remove, update, type ListQuery } from "./operations.ts";
import { Refusal, unknown } from "./refusal.ts";
import {
  bodyOf,
  refusedWith,
  typeOf,
  type Ask,
  type Env,
  type RepositoryHandler,
  type RepositoryParts,
} from "./routing.ts";
import { ruleRoutes } from "./rule-routes.ts";
import { withoutSecrets } from "./secrets.ts";
import { startTask, taskOf } from "./tasks.ts";
import { typeByName, type EntityType } from "./types.ts";

/** `/qrs/app/object/…`, `/qrs/license/…` and a trailing slash are other spellings of paths the routes know. */
function spelled(path: string): string {
  const [, qrs = "", type = "", next = "", ...rest] = path.replace(/\/+$/, "").split("/");
  const nested = ["license", "app"].includes(type.toLowerCase()) && /^(object|\w+group)$/i.test(next);
  const parts = nested ? [`${type}.${next}`.toLowerCase(), ...rest] : [type.toLowerCase(), next, ...rest];
  return `/${[qrs.toLowerCase(), ...parts].filter((part) => part !== "").join("/")}`;
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
    repository.update("App", target.id, { modifiedByUserName: signature(c.env.caller) });
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

/** Answers requests to `/qrs/…` (the path without the prefix of the virtual proxy) on behalf of a caller. */
export function createRepositoryHandler(parts: RepositoryParts): RepositoryHandler {
  const app = new Hono<Env>({ getPath: (_request, options) => spelled(options?.env?.path ?? "") });
  appRoutes(app, parts);
  taskRoutes(app, parts);
  ruleRoutes(app, parts);
  categoryRoutes(app, parts);
  directoryRoutes(app, parts);
  readRoutes(app, parts);
  writeRoutes(app, parts);
  app.notFound((c) => c.text("Not found", 404));
  app.onError(refusedWith);
  return async (request, ask) => app.fetch(request, ask);
}
