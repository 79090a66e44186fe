/**
 * Routes beside those of single entities: tables and selections of many, exports of an app, and the app that is only a
 * row (QR-009, QR-030, QR-032, QR-055). Every other request goes on to the handler behind.
 */
import { Hono } from "hono";
import type { Entity, Json } from "../../contract/types.ts";
import { textAt } from "../fields.ts";
import { list, permitted, remove } from "./operations.ts";
import { unknown } from "./refusal.ts";
import {
  bodyOf,
  refusedWith,
  wholeOf,
  type Ask,
  type Env,
  type RepositoryHandler,
  type RepositoryParts,
} from "./routing.ts";
import { withoutSecrets } from "./secrets.ts";
import { tableOf } from "./table.ts";
import { typeByName, typeByRoute, type EntityType } from "./types.ts";

function typeNamed(c: Ask, name: string): EntityType {
  const type = typeByRoute(c.req.param(name) ?? "");
  if (type === undefined) throw unknown();
  return type;
}

function filterOf(c: Ask): { readonly filter?: string } {
  const filter = c.req.query("filter");
  return filter === undefined ? {} : { filter };
}

function count(c: Ask, name: string, otherwise: number): number {
  const given = c.req.query(name);
  return given === undefined ? otherwise : wholeOf(given, name);
}

function tableRoute(app: Hono<Env>, { repository }: RepositoryParts): void {
  app.post("/qrs/:type/table", async (c) => {
    const { sortColumn, orderAscending } = c.req.query();
    const order = sortColumn === undefined ? {} : { orderBy: sortColumn, ascending: orderAscending !== "false" };
    const entities = list(repository, c.env.caller, typeNamed(c, "type"), { ...filterOf(c), ...order });
    const page = { skip: count(c, "skip", 0), take: count(c, "take", entities.length) };
    return c.json(tableOf(repository.store, entities.map(withoutSecrets), await bodyOf(c), page), 201);
  });
}

function selectionRoutes(app: Hono<Env>, { repository, engine }: RepositoryParts): void {
  const { selections } = repository;
  const chosen = (c: Ask): readonly Entity[] => {
    const entities = list(repository, c.env.caller, typeNamed(c, "type"), filterOf(c));
    return selections.chosen(c.env.caller, c.req.param("id") ?? "", entities);
  };
  app.post("/qrs/selection/:type", async (c) => {
    const entities = list(repository, c.env.caller, typeNamed(c, "type"), filterOf(c));
    return c.json(selections.keep(c.env.caller, entities, await bodyOf(c)), 201);
  });
  app.get("/qrs/selection/:id/:type/count", (c) => c.json({ value: chosen(c).length }));
  app.get("/qrs/selection/:id/:type/full", (c) => c.json(chosen(c).map(withoutSecrets)));
  app.get("/qrs/selection/:id/:type", (c) => c.json(chosen(c).map(withoutSecrets)));
  app.delete("/qrs/selection/:id/:type", async (c) => {
    const type = typeNamed(c, "type");
    for (const { id } of chosen(c)) {
      remove(repository, c.env.caller, type, id);
      if (type.name === "App") await engine.drop(id);
    }
    return c.body(null, 204);
  });
  app.delete("/qrs/selection/:id", (c) => {
    selections.drop(c.env.caller, c.req.param("id"));
    return c.body(null, 204);
  });
}

function exportRoute(app: Hono<Env>, { repository, engine }: RepositoryParts): void {
  app.post("/qrs/app/:id/export/:token", (c) => {
    const ask = { id: c.req.param("id"), action: "export" };
    const { id } = permitted(repository, c.env.caller, typeByName("App"), ask);
    const file = engine.exported(c.env.caller.who, id, c.req.query("skipData") === "true");
    if (file === undefined) throw unknown();
    const downloadPath = `/tempcontent/${file}`;
    return c.json({ exportToken: c.req.param("token"), appId: id, downloadPath, schemaPath: "AppExport" }, 201);
  });
}

function spelled(path: string): string {
  return path.replace(/\/+$/, "").replace(/^\/qrs\/app\/object(?=\/|$)/i, "/qrs/app.object");
}

async function idMade(response: Response): Promise<string> {
  const made = (await response.clone().json()) as { readonly [field: string]: Json };
  return textAt(made, "id");
}

/** The handler with these routes before its own. */
export function withCollections(parts: RepositoryParts, behind: RepositoryHandler): RepositoryHandler {
  const app = new Hono<Env>({ getPath: (_request, options) => spelled(options?.env?.path ?? "") });
  const onwards = (c: Ask): Promise<Response> => behind(c.req.raw, c.env);
  tableRoute(app, parts);
  selectionRoutes(app, parts);
  exportRoute(app, parts);
  app.post("/qrs/app", async (c) => {
    const response = await onwards(c);
    if (response.status === 201) parts.engine.reserve(await idMade(response));
    return response;
  });
  app.notFound(onwards);
  app.onError(refusedWith);
  return async (request, ask) => app.fetch(request, ask);
}
