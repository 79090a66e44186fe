/** The last look at a request that changes a site others use too: it makes something new, or changes what the run made. */
import { ConformanceError } from "../../contract/errors.ts";
import type { Json } from "../../contract/types.ts";
import type { Http, HttpRequest } from "./http.ts";
import type { OwnThings } from "./own-things.ts";
import { objectionTo } from "./own-rules.ts";
import { isReading } from "./reading.ts";
import { isObject } from "./steps.ts";

/** Types of which a run may make entities, by their path. Rules and users are looked at more closely. */
const makeable: ReadonlySet<string> = new Set([
  "/tag",
  "/custompropertydefinition",
  "/user",
  "/stream",
  "/app",
  "/app/upload",
  "/app/object",
  "/dataconnection",
  "/reloadtask",
  "/reloadtask/create",
  "/schemaevent",
  "/compositeevent",
  "/executionresult",
  "/systemrule",
]);

/** Something of one entity: it itself, or a file or an action of it. */
const ofOne =
  /^\/(?:tag|custompropertydefinition|user|stream|app|app\/object|dataconnection|reloadtask|task|schemaevent|compositeevent|executionresult|systemrule|appcontent|virtualproxyconfig)\/(?<id>[\w-]+)(?:\/(?:publish|replace|copy|uploadfile|start\/synchronous))?$/;

function refused(method: string, path: string, why: string): ConformanceError {
  return new ConformanceError("unsafe", `${method} ${path}: ${why}`, {
    expected: "changes of what the run made itself",
    remedy: 'a site kept for tests alone can say so with "dedicated": true in its configuration',
  });
}

function bodyOf(request: HttpRequest): Json {
  if (typeof request.body !== "string" || request.body.trim() === "") return {};
  try {
    return JSON.parse(request.body) as Json;
  } catch {
    return null;
  }
}

/** References that put something into or onto another thing. */
function foreignReference(body: Json, own: OwnThings): string | undefined {
  if (!isObject(body)) return undefined;
  const holders = isObject(body["task"]) ? [body, body["task"]] : [body];
  return holders
    .flatMap((one) => ["app", "stream"].map((field) => [field, one[field]] as const))
    .find(([, value]) => isObject(value) && !(typeof value["id"] === "string" && own.has(value["id"])))?.[0];
}

function objectionInBody(path: string, body: Json, own: OwnThings): string | undefined {
  const foreign = foreignReference(body, own);
  if (foreign !== undefined) return `it would change the ${foreign} of somebody else`;
  if (/^\/systemrule(\/|$)/.test(path)) {
    const objection = objectionTo(body, own);
    return objection === undefined ? undefined : `the rule ${objection}`;
  }
  if (!/^\/user(\/|$)/.test(path)) return undefined;
  const directory = isObject(body) ? body["userDirectory"] : undefined;
  return typeof directory === "string" && own.hasDirectory(directory)
    ? undefined
    : "the user is of a directory that is not the run's own";
}

/** Ids in a query name what an action is done to besides. */
function foreignInQuery(query: string, own: OwnThings): boolean {
  return [...new URLSearchParams(query)].some(([name, value]) => /^(app|stream)$/i.test(name) && !own.has(value));
}

/** Something new gets its id from the site; one that is brought along could be somebody else's. */
function objectionToNew(path: string, body: Json, own: OwnThings): string | undefined {
  const brought = isObject(body) ? body["id"] : undefined;
  return brought === undefined ? objectionInBody(path, body, own) : "what is new brings no id";
}

function objectionToWrite(request: HttpRequest, path: string, query: string, own: OwnThings): string | undefined {
  const method = request.method ?? "GET";
  if (method === "POST" && makeable.has(path)) return objectionToNew(path, bodyOf(request), own);
  const id = ofOne.exec(path)?.groups?.["id"];
  if (id === undefined) return "a run sends no such request to a site that others use";
  if (!own.has(id)) return "the run did not make that";
  if (foreignInQuery(query, own)) return "it would change what the run did not make";
  return method === "DELETE" || typeof request.body !== "string" || path.startsWith("/appcontent/")
    ? undefined
    : objectionInBody(path, bodyOf(request), own);
}

/** Throws `unsafe` unless the request reads, makes something new, or changes what the run made. */
export function assertOwnWrite(request: HttpRequest, own: OwnThings): void {
  const method = request.method ?? "GET";
  if (isReading(method, request.path)) return;
  const [bare = "", query = ""] = request.path.split(/\?(.*)/s);
  const at = bare.search(/\/qrs(\/|$)/i);
  // Beside the repository only the proxy is asked, where a session of the run's own is ended.
  if (at === -1 && /^(\/[\w-]+)?\/qps\/user$/.test(bare)) return;
  const path = bare.slice(at + "/qrs".length);
  const objection = at === -1 ? "it is no request to the repository" : objectionToWrite(request, path, query, own);
  if (objection !== undefined) throw refused(method, bare, objection);
}

/** The same client, behind the gate. */
export function gated(http: Http, own: OwnThings): Http {
  return {
    ...http,
    request: async (request) => {
      assertOwnWrite(request, own);
      return http.request(request);
    },
  };
}
