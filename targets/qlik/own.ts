/** What a case may send as it is written: questions, and changes of what the deployment itself made. */
import { ConformanceError } from "../../contract/errors.ts";
import type { Json } from "../../contract/types.ts";
import type { IdMap } from "./ids.ts";
import { isReading } from "./reading.ts";
import { isObject } from "./steps.ts";

function foreign(what: string): ConformanceError {
  return new ConformanceError("unsafe", `${what} could change what is not of the case`, {
    remedy: "name entities of the case's own site",
  });
}

/** A case of its own site may read whatever it likes, and ask for tables. */
function asks(method: string, path: string): boolean {
  return method === "GET" || isReading(method, path) || (method === "POST" && /^\/qrs\/[a-z.]+\/table$/.test(path));
}

/** A path that leads where it says: plain segments, none of which goes up, is empty or is escaped. */
const plain = /^(?:\/(?!\.+(?:\/|$))[\w.-]+)+$/;

export function isPlainPath(path: string): boolean {
  return plain.test(path);
}

interface Asked {
  readonly method: string;
  readonly path: string;
  /** Names and values as sent. */
  readonly query: string;
  /** Whether it makes an entity. */
  readonly makes: boolean;
}

function namesForeign(ids: IdMap, query: string): boolean {
  return [...new URLSearchParams(query)].some(
    ([name, value]) => /^(?:app|stream)$/i.test(name) && !ids.known.includes(value),
  );
}

/** Throws `unsafe` for a repository request that changes something the deployment did not make. */
export function assertOwnRequest(ids: IdMap, { method, path, query, makes }: Asked): void {
  if (makes || asks(method, path)) return;
  const what = `${method} ${path.split("?")[0]}`;
  if (!isPlainPath(path)) throw foreign(what);
  if (!/^\/qrs\//i.test(path)) return;
  // What a selection of the case holds need not be the case's own.
  if (/^\/qrs\/selection\/[^/]+\/./i.test(path)) throw foreign(`${method} of what a selection holds`);
  const [, , type = "", first = "", second = ""] = path.split("/");
  const named = `${type}/${first}`.toLowerCase() === "app/object" ? second : first;
  if (!ids.known.includes(named) || namesForeign(ids, query)) throw foreign(what);
}

/** Methods of the engine's global object that ask; all others make, replace or remove apps. */
const asking = /^(Get|Is|Allow|Open|EngineVersion$|ProductVersion$|OSName$|QTProduct$)/;

function documentIn(params: Json): Json | undefined {
  if (isObject(params)) return params["qDocName"];
  return Array.isArray(params) ? params[0] : undefined;
}

/** Throws `unsafe` for a call on the global object that could change the site, or that opens an app of somebody else's. */
export function assertOwnCall(ids: IdMap, call: { readonly method: string; readonly params: Json }): void {
  const { method, params } = call;
  if (!asking.test(method)) throw foreign(`the engine method ${method}`);
  if (method !== "OpenDoc") return;
  const document = documentIn(params);
  const own = typeof document === "string" && (ids.has("App", document) || ids.known.includes(document));
  if (typeof document === "string" && !own) throw foreign("opening an app by its own id");
}

/** Throws `unsafe` for a frame, sent as it is, that would be a call. */
export function assertNoCall(frame: string): void {
  let value: Json = null;
  try {
    value = JSON.parse(frame) as Json;
  } catch {
    return;
  }
  if (isObject(value) && "method" in value) throw foreign("a frame with a method");
}
