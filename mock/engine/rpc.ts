/** JSON-RPC 2.0 frames: read, hand to the method, answer. No frame makes the engine fail (EN-010 to EN-015). */
import type { Json } from "../../contract/types.ts";
import { isRecord, type Fields } from "../fields.ts";
import { EngineError, internalError, invalidParams, invalidRequest, methodNotFound, parseError } from "./errors.ts";
import { handlers } from "./methods/index.ts";
import { namedParameters } from "./parameters.ts";
import {
  globalHandle,
  type DocumentCall,
  type EngineContext,
  type GlobalCall,
  type Handler,
  type Result,
  type Session,
} from "./session.ts";

/** Answers one frame with one frame. */
export async function answerFrame(context: EngineContext, session: Session, frame: string): Promise<string> {
  let request: Fields = {};
  let answer: Fields;
  try {
    request = context.seams.request(requestOf(frame));
    answer = { result: await call(context, session, request) };
  } catch (error) {
    answer = { error: failure(error instanceof EngineError ? error : internalError()) };
  }
  return JSON.stringify({ jsonrpc: "2.0", id: idOf(request), ...context.seams.answer(request, answer) });
}

function requestOf(frame: string): Fields {
  let read: Json;
  try {
    read = JSON.parse(frame) as Json;
  } catch {
    throw parseError();
  }
  if (!isRecord(read)) throw invalidRequest("a request is an object");
  return read;
}

function idOf(request: Fields): Json {
  const id = request["id"];
  return typeof id === "number" || typeof id === "string" ? id : null;
}

async function call(context: EngineContext, session: Session, request: Fields): Promise<Result> {
  const { method, handle = globalHandle } = request;
  if (typeof method !== "string") throw invalidRequest("method must be a string");
  if (typeof handle !== "number") throw invalidRequest("handle must be a number");
  const handler = handlers.get(method);
  if (handler === undefined || !context.seams.knowsMethod(method)) throw methodNotFound(method);
  const parameters = namedParameters(handler.takes, request["params"]);
  return await dispatch(handler, { context, session, parameters }, handle, method);
}

function dispatch(handler: Handler, bare: GlobalCall, handle: number, method: string): Result | Promise<Result> {
  if (handle === globalHandle) {
    if (handler.on !== "Global") throw methodNotFound(method);
    return handler.run(bare);
  }
  const receiver = bare.session.receivers.get(handle);
  const { document } = bare.session;
  if (receiver === undefined || document === undefined) throw invalidParams(`no object has handle ${handle}`);
  const onDocument: DocumentCall = { ...bare, document };
  if (handler.on === "Doc" && receiver.kind === "Doc") return handler.run(onDocument);
  if (handler.on === "Field" && receiver.kind === "Field") return handler.run({ ...onDocument, field: receiver.name });
  if (handler.on === "GenericObject" && receiver.kind === "GenericObject") {
    return handler.run({ ...onDocument, object: receiver.object, handle });
  }
  throw methodNotFound(method);
}

function failure({ code, parameter, message }: EngineError): Fields {
  return { code, parameter, message };
}
