/** Calls of a conversation on an engine socket, frame by frame: error codes, and what the case wants to see of results. */
import { WebSocket } from "ws";
import type { Json, Outcome, Step, Value } from "../../contract/types.ts";
import { TargetFault } from "../faults.ts";
import { assertReading, fatalNotifications, within } from "./engine.ts";
import { prefixPath } from "./identity.ts";
import { assertNoCall, assertOwnCall } from "./own.ts";
import type { Sender } from "./sender.ts";
import { pointed, seenInFrame, shownOf } from "./shown.ts";
import { EngineRefusal } from "./socket.ts";
import { isList, isObject } from "./steps.ts";
import { orRefused, type Visit } from "./visit.ts";

/** A socket that keeps every frame it got. */
interface Line {
  readonly socket: WebSocket;
  readonly frames: { readonly [name: string]: Json }[];
  /** Resolves with each further frame, and when the other side closes. */
  moved(): Promise<void>;
  readonly closed: () => boolean;
}

function pathOf(visit: Visit, sender: Sender, step: Step): string {
  const named = typeof step.with["app"] === "string" ? visit.ids.real("App", step.with["app"]) : "engineData";
  const csrf = (step.with["csrf"] ?? "own") === "own" ? sender.csrf : undefined;
  const invented = step.with["csrf"] === "invented" ? "conformance-invented-csrf-token" : undefined;
  const token = csrf ?? invented;
  const origin = visit.door.http.origin.replace(/^http/, "ws");
  const path = typeof step.with["path"] === "string" ? visit.ids.inText(step.with["path"]) : undefined;
  const query = token === undefined ? "" : `?qlik-csrf-token=${encodeURIComponent(token)}`;
  return `${origin}${prefixPath(sender.prefix)}${path ?? `/app/${encodeURIComponent(named)}`}${query}`;
}

/** The origin a page would name: `own` is the site's. */
function originOf(visit: Visit, step: Step): { readonly Origin?: string } {
  const { origin } = step.with;
  if (typeof origin !== "string") return {};
  return { Origin: origin === "own" ? visit.door.http.origin : origin };
}

function headersOf(visit: Visit, sender: Sender, step: Step): { [name: string]: string } {
  const headerOnly = step.with["csrf"] === "header" && sender.csrf !== undefined;
  const cookies = sender.jar.header();
  return {
    ...(cookies === "" ? {} : { Cookie: cookies }),
    ...(headerOnly ? { "qlik-csrf-token": sender.csrf ?? "" } : {}),
    ...(sender.authorization === undefined ? {} : { Authorization: sender.authorization }),
    ...originOf(visit, step),
  };
}

/** Statuses by which a proxy refuses a socket; any other means that it did not decide. */
const refusals: ReadonlySet<number> = new Set([400, 401, 403]);

function refusedWith(status: number): Error {
  const text = `WebSocket refused with ${status}`;
  return refusals.has(status) ? new EngineRefusal("proxy", status, text) : new TargetFault("malformed", text);
}

function frameOf(text: string): { readonly [name: string]: Json } {
  try {
    const value = JSON.parse(text) as Json;
    if (isObject(value)) return value;
  } catch {
    // told below
  }
  throw new TargetFault("malformed", "the engine sent a frame that is no JSON object");
}

function dial(visit: Visit, sender: Sender, step: Step): Promise<Line> {
  const { caPem, timeoutMs } = visit.door.config;
  const socket = new WebSocket(pathOf(visit, sender, step), {
    headers: headersOf(visit, sender, step),
    ...(caPem === undefined ? {} : { ca: caPem }),
    handshakeTimeout: timeoutMs,
  });
  const frames: { readonly [name: string]: Json }[] = [];
  const waiting: { readonly go: () => void; readonly fail: (error: Error) => void }[] = [];
  const wake = (): void => waiting.splice(0).forEach(({ go }) => go());
  const fail = (error: Error): void => waiting.splice(0).forEach((one) => one.fail(error));
  const line: Line = {
    socket,
    frames,
    moved: () => new Promise((go, refuse) => waiting.push({ go, fail: refuse })),
    closed: () => socket.readyState === WebSocket.CLOSED,
  };
  return new Promise((resolve, reject) => {
    socket.on("unexpected-response", (_request, response) => {
      socket.terminate();
      reject(refusedWith(response.statusCode ?? 0));
    });
    socket.on("error", (error) => reject(new TargetFault("unreachable", `WebSocket failed: ${error.message}`, error)));
    socket.on("open", () => resolve(line));
    socket.on("close", wake);
    socket.on("message", (data: Buffer) => {
      try {
        frames.push(frameOf(data.toString("utf8")));
        wake();
      } catch (error) {
        fail(error instanceof Error ? error : new TargetFault("malformed", "a frame makes no sense"));
      }
    });
  });
}

/** Waits until a frame fits; gives undefined when the other side closed first. */
async function frameWhere(
  line: Line,
  fits: (frame: { readonly [name: string]: Json }) => boolean,
): Promise<{ readonly [name: string]: Json } | undefined> {
  for (;;) {
    const found = line.frames.find(fits);
    if (found !== undefined || line.closed()) return found;
    await line.moved();
  }
}

interface Call {
  readonly name: string;
  readonly text: string;
  readonly id: number | null;
  readonly show: Json | undefined;
  /** Whether the code counts: where a refusal has several, a case looks at what was answered alone. */
  readonly told: boolean;
}

function handleIn(handle: Json | undefined, answered: ReadonlyMap<string, Json>): Json {
  if (typeof handle !== "string") return handle ?? -1;
  return pointed(answered.get(handle), "/result/qReturn/qHandle") ?? -1;
}

function callOf(visit: Visit, written: Json, number: number, answered: ReadonlyMap<string, Json>): Call {
  if (!isObject(written)) throw new TargetFault("malformed", "a call is no object");
  const { frame, method, params = [], show } = written;
  const told = written["code"] !== false;
  if (typeof frame === "string") {
    assertNoCall(frame);
    const name = typeof written["name"] === "string" ? written["name"] : `frame ${number}`;
    return { name, text: frame, id: null, show, told };
  }
  if (typeof method !== "string") throw new TargetFault("malformed", 'a call has neither "method" nor "frame"');
  if (!visit.door.config.allowWrites) assertReading(method);
  if ((written["handle"] ?? -1) === -1) assertOwnCall(visit.ids, { method, params });
  const name = typeof written["name"] === "string" ? written["name"] : method;
  const handle = handleIn(written["handle"], answered);
  const mapped = JSON.parse(visit.ids.inText(JSON.stringify(params))) as Json;
  const text = JSON.stringify({ jsonrpc: "2.0", id: number, handle, method, params: mapped });
  return { name, text, id: number, show, told };
}

function codeOf(frame: Json | undefined): Value {
  if (frame === undefined) return "closed";
  const code = pointed(frame, "/error/code");
  return typeof code === "number" ? code : 0;
}

async function playCalls(visit: Visit, line: Line, step: Step): Promise<{ readonly [name: string]: Value }> {
  const values: { [name: string]: Value } = {};
  const answered = new Map<string, Json>();
  const written = isList(step.with["calls"]) ? step.with["calls"] : [];
  for (const [index, one] of written.entries()) {
    const sent = callOf(visit, one, index + 1, answered);
    const before = line.frames.length;
    line.socket.send(sent.text);
    const fits = (frame: Json): boolean =>
      sent.id === null
        ? line.frames.indexOf(frame as never) >= before && pointed(frame, "/method") === undefined
        : pointed(frame, "/id") === sent.id && pointed(frame, "/method") === undefined;
    const frame = await frameWhere(line, fits);
    answered.set(sent.name, frame ?? null);
    if (sent.told) values[sent.name] = codeOf(frame);
    const shown = shownOf(sent.show, seenInFrame(frame ?? null), (text) => visit.ids.inCase(text));
    for (const [name, value] of Object.entries(shown)) values[`${sent.name} ${name}`] = value;
  }
  return values;
}

/** What was pushed without being asked: values by `"method /pointer"`. */
async function greeted(line: Line, step: Step): Promise<{ readonly [name: string]: Value }> {
  const wanted = step.with["greeting"];
  if (!isObject(wanted)) return {};
  const values: { [name: string]: Value } = {};
  for (const [name, words] of Object.entries(wanted)) {
    if (typeof words !== "string") throw new TargetFault("malformed", `"greeting" of ${name} is no text`);
    const [method = "", pointer = ""] = words.split(" ");
    if (method === "first") {
      const first = await frameWhere(line, () => true);
      values[name] =
        first === undefined ? null : seenInFrame(first)(["value", pointer === "" ? "/method" : `/params${pointer}`]);
      continue;
    }
    const frame = await frameWhere(line, (one) => one["method"] === method);
    values[name] = frame === undefined ? null : seenInFrame(frame)(["value", `/params${pointer}`]);
  }
  return values;
}

/** No room for one session more, no licence: nothing heard behind that counts, unless the case asks about it (`limit`). */
function assertServed(line: Line, step: Step): void {
  const isAsked = step.with["limit"] === true;
  for (const { method } of line.frames) {
    if (typeof method !== "string") continue;
    const fault = fatalNotifications[method];
    if (fault === undefined || fault === "unreachable" || isAsked) continue;
    throw new TargetFault(fault, `the server said ${method}`);
  }
}

/** A value per call (0, or the error's code), and what the case shows; a refused handshake is a refusal by the proxy. */
export function call(visit: Visit, sender: Sender, step: Step): Promise<Outcome> {
  return orRefused(async () => {
    const line = await dial(visit, sender, step);
    const work = async (): Promise<Outcome> => {
      const values = { ...(await greeted(line, step)), ...(await playCalls(visit, line, step)) };
      assertServed(line, step);
      return { kind: "measure", values };
    };
    try {
      return await within(work(), visit.door.config.timeoutMs, "the engine");
    } finally {
      line.socket.terminate();
    }
  });
}
