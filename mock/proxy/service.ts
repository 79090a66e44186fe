/** The doors for services that hold the site's certificate: the proxy's own interface and the repository without a proxy. */
import { Hono, type Context } from "hono";
import type { Json } from "../../contract/types.ts";
import { isRecord, textAt } from "../fields.ts";
import type { Identity } from "../identity.ts";
import type { RepositoryHandler } from "../repository/routing.ts";
import { xrfkey } from "./http.ts";
import type { Gate } from "./login.ts";
import type { Attributes, Login, Session, VirtualProxy } from "./model.ts";
import { isOf } from "./sessions.ts";
import { virtualProxyOf } from "./virtual-proxies.ts";

export interface ServiceParts extends Gate {
  readonly answerRepository: RepositoryHandler;
}

type Answer = Response | Promise<Response>;

const forged = "XSRF prevention check failed. Possible XSRF discovered.";

function keyFits(parts: ServiceParts, c: Context): boolean {
  return parts.seams.xrfHolds(xrfkey(c.req.url), c.req.raw.headers.get("x-qlik-xrfkey"));
}

/** `UserDirectory` or, as newer descriptions have it, `userDirectory`. */
function partOf(body: Json, name: string): string {
  if (!isRecord(body)) return "";
  return (textAt(body, name) || textAt(body, name[0]?.toLowerCase() + name.slice(1))).trim();
}

/** `[{"group": "Sales"}, {"group": "Finance"}]` → values by name. */
function attributesOf(body: Json): Attributes {
  const listed = isRecord(body) ? (body["Attributes"] ?? body["attributes"]) : undefined;
  const found: { [name: string]: string[] } = {};
  for (const one of Array.isArray(listed) ? listed.filter(isRecord) : []) {
    for (const [name, value] of Object.entries(one)) if (typeof value === "string") (found[name] ??= []).push(value);
  }
  return found;
}

/** Whom a body names; names are not blank and hold no backslash (IM-120). */
function loginOf(body: Json): Login | undefined {
  const [directory, id] = [partOf(body, "UserDirectory"), partOf(body, "UserId")];
  if ([directory, id].some((part) => part === "" || part.includes("\\"))) return undefined;
  return { directory, id, anonymous: false, attributes: attributesOf(body) };
}

function listedAttributes(attributes: Attributes): Json {
  return Object.entries(attributes).flatMap(([name, values]) => values.map((value) => ({ [name]: value })));
}

function described({ identity }: Session): { readonly [field: string]: Json } {
  return {
    UserDirectory: identity.directory,
    UserId: identity.id,
    UserName: identity.id,
    SessionId: identity.sessionId,
    Attributes: listedAttributes(identity.session),
  };
}

async function jsonBody(c: Context): Promise<Json> {
  return (await c.req.json().catch(() => null)) as Json;
}

async function ticket(parts: ServiceParts, c: Context, proxy: VirtualProxy): Promise<Response> {
  const login = loginOf(await jsonBody(c));
  if (login === undefined) return c.text("UserDirectory and UserId are needed, without backslashes", 400);
  const value = parts.tickets.issue(proxy, parts.seams.ticketFor(login));
  const named = { UserDirectory: login.directory, UserId: login.id, Attributes: listedAttributes(login.attributes) };
  return c.json({ ...named, Ticket: value, TargetUri: null }, 201);
}

async function newSession(parts: ServiceParts, c: Context, proxy: VirtualProxy): Promise<Response> {
  const body = await jsonBody(c);
  const [login, id] = [loginOf(body), partOf(body, "SessionId")];
  if (login === undefined || id === "") return c.text("UserDirectory, UserId and SessionId are needed", 400);
  return c.json(described(parts.sessions.open(proxy, login, id)), 201);
}

function missing(c: Context): Response {
  return c.text("Not found", 404);
}

/** Sessions by their id, which a service that makes one chooses: it is the cookie's value (IM-122). */
function sessionRoutes(app: Hono, parts: ServiceParts, at: (c: Context) => VirtualProxy | undefined): void {
  const on = (c: Context): readonly Session[] => parts.sessions.all().filter((one) => one.proxy === at(c)?.id);
  const found = (c: Context): Session | undefined =>
    on(c).find(({ cookie, identity }) => [cookie, identity.sessionId].includes(c.req.param("id") ?? ""));
  app.get("/session", (c) => c.json(on(c).map(described)));
  app.get("/session/:id", (c) => {
    const session = found(c);
    return session === undefined ? missing(c) : c.json(described(session));
  });
  app.delete("/session/:id", (c) => {
    const session = found(c);
    if (session === undefined) return missing(c);
    parts.seams.endSession(parts.sessions, session);
    return c.json(described(session));
  });
  app.get("/user/:directory/:id", (c) => {
    const of = { directory: c.req.param("directory"), id: c.req.param("id") };
    return c.json(
      on(c)
        .filter((session) => isOf(session, of))
        .map(described),
    );
  });
  app.delete("/user/:directory/:id", (c) => {
    const proxy = at(c);
    const of = { directory: c.req.param("directory"), id: c.req.param("id") };
    const ended = on(c).filter((session) => isOf(session, of));
    if (proxy !== undefined) parts.seams.endUser(parts.sessions, proxy, of);
    return c.json(ended.map(described));
  });
}

/** `/qps/ticket` is the default virtual proxy's, `/qps/desk/ticket` that of the prefix `desk`. */
function routesAt(parts: ServiceParts, at: (c: Context) => VirtualProxy | undefined): Hono {
  const app = new Hono();
  const withProxy =
    (answer: (parts: ServiceParts, c: Context, proxy: VirtualProxy) => Answer) =>
    (c: Context): Answer => {
      const proxy = at(c);
      return proxy === undefined ? missing(c) : answer(parts, c, proxy);
    };
  app.post("/ticket", withProxy(ticket));
  app.post("/session", withProxy(newSession));
  sessionRoutes(app, parts, at);
  return app;
}

/** The proxy's interface for services (port 4243 of a site). */
export function createProxyService(parts: ServiceParts): (request: Request) => Promise<Response> {
  const app = new Hono();
  const proxyAt = (prefix: string): VirtualProxy | undefined => virtualProxyOf(parts.repository, prefix, parts.seams);
  app.use("*", async (c, next) => (keyFits(parts, c) ? next() : c.text(forged, 403)));
  app.route(
    "/qps",
    routesAt(parts, () => proxyAt("")),
  );
  app.route(
    "/qps/:prefix",
    routesAt(parts, (c) => proxyAt((c.req.param("prefix") ?? "").toLowerCase())),
  );
  app.notFound(missing);
  return async (request) => app.fetch(request);
}

/** Whom `X-Qlik-User: UserDirectory=CORP; UserId=ann` names, with or without the blank (IM-110). */
function userNamed(headers: Headers): Identity | undefined {
  const { directory, id } =
    /^\s*UserDirectory\s*=\s*(?<directory>[^;]+?)\s*;\s*UserId\s*=\s*(?<id>.+?)\s*$/i.exec(
      headers.get("x-qlik-user") ?? "",
    )?.groups ?? {};
  if (directory === undefined || id === undefined) return undefined;
  return { directory, id, anonymous: false, session: {}, sessionId: "" };
}

/** The repository for services (port 4242 of a site): the certificate lets in, the header says for whom. */
export function createRepositoryService(parts: ServiceParts): (request: Request) => Promise<Response> {
  return async (request) => {
    const { headers, url } = request;
    if (!parts.seams.xrfHolds(xrfkey(url), headers.get("x-qlik-xrfkey"))) return new Response(forged, { status: 403 });
    const who = userNamed(headers);
    if (who === undefined) return new Response("Unauthorized: X-Qlik-User names nobody", { status: 401 });
    const caller = { who: parts.seams.certified(who, request.method), context: parts.seams.contextAsked(headers) };
    return parts.answerRepository(request, { caller, path: new URL(url).pathname });
  };
}
