/** The last look at a request that changes a site others use too: it makes something new, or changes what the run made. */
import { ConformanceError } from "../../contract/errors.ts";
import type { Json } from "../../contract/types.ts";
import type { Http, HttpRequest } from "./http.ts";
import type { OwnThings } from "./own-things.ts";
import { administratorRole, fieldOf, objectionTo } from "./own-rules.ts";
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

/** References to what is only said of a thing: its tags, its properties, and on a change the owner it has. */
const harmless: ReadonlySet<string> = new Set(["tags", "customproperties", "definition"]);

const withOwner: ReadonlySet<string> = new Set([...harmless, "owner"]);

function refused(method: string, path: string, why: string): ConformanceError {
  return new ConformanceError("unsafe", `${method} ${path}: ${why}`, {
    expected: "changes of what the run made itself",
    remedy: 'a site kept for tests alone can say so with "dedicated": true in its configuration',
  });
}

/** Bytes are files, and hold no fields. Undefined for a text that is no JSON: what a milder site reads in it is not known. */
function bodyOf(request: HttpRequest): Json | undefined {
  if (typeof request.body !== "string" || request.body.trim() === "") return {};
  try {
    return JSON.parse(request.body) as Json;
  } catch {
    return undefined;
  }
}

/** The name of a reference, at any depth, to something the run did not make: it would put or start something there. */
function foreignReference(body: Json, own: OwnThings, may: ReadonlySet<string>): string | undefined {
  if (Array.isArray(body))
    return body.map((one: Json) => foreignReference(one, own, may)).find((one) => one !== undefined);
  if (!isObject(body)) return undefined;
  for (const [name, value] of Object.entries(body)) {
    if (may.has(name.toLowerCase())) continue;
    for (const one of Array.isArray(value) ? value : [value]) {
      const id = fieldOf(one, "id");
      if (id !== undefined && !(typeof id === "string" && own.has(id))) return name;
    }
    const within = foreignReference(value, own, may);
    if (within !== undefined) return within;
  }
  return undefined;
}

/** Two fields whose names differ in letter case alone: a site takes them for one, and which of them is not known. */
function ambiguous(body: Json): boolean {
  if (Array.isArray(body)) return body.some(ambiguous);
  if (!isObject(body)) return false;
  const names = Object.keys(body).map((name) => name.toLowerCase());
  return new Set(names).size < names.length || Object.values(body).some(ambiguous);
}

function objectionToUser(body: Json, own: OwnThings): string | undefined {
  const directory = fieldOf(body, "userDirectory");
  if (typeof directory !== "string" || !own.hasDirectory(directory))
    return "the user is of a directory that is not the run's own";
  const role = administratorRole(body);
  return role === undefined ? undefined : `the user would have the role ${role}`;
}

/** A change whose body names another thing than its address: which of them a site follows is not known. */
function objectionToChange(path: string, id: string, body: Json | undefined, own: OwnThings): string | undefined {
  const named = fieldOf(body ?? null, "id");
  if (named !== undefined && !(typeof named === "string" && named.toLowerCase() === id.toLowerCase()))
    return "the body names another thing than the address";
  return objectionInBody(path, body, own, withOwner);
}

function objectionInBody(
  path: string,
  body: Json | undefined,
  own: OwnThings,
  may: ReadonlySet<string>,
): string | undefined {
  if (body === undefined) return "the body is no JSON";
  if (ambiguous(body)) return "a field is named twice";
  const foreign = foreignReference(body, own, may);
  if (foreign !== undefined) return `it would change the ${foreign} of somebody else`;
  if (/^\/systemrule(\/|$)/.test(path)) {
    const objection = objectionTo(body, own);
    return objection === undefined ? undefined : `the rule ${objection}`;
  }
  return /^\/user(\/|$)/.test(path) ? objectionToUser(body, own) : undefined;
}

/** Ids in a query name what an action is done to besides. */
function foreignInQuery(query: string, own: OwnThings): boolean {
  return [...new URLSearchParams(query)].some(([name, value]) => /^(app|stream)$/i.test(name) && !own.has(value));
}

/** Something new gets its id from the site; one that is brought along could be somebody else's. */
function objectionToNew(path: string, body: Json | undefined, own: OwnThings): string | undefined {
  return fieldOf(body ?? null, "id") === undefined
    ? objectionInBody(path, body, own, harmless)
    : "what is new brings no id";
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
    : objectionToChange(path, id, bodyOf(request), own);
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
