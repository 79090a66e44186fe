/** One engine session: who is connected, the document open, and the handles given out. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Json } from "../../contract/types.ts";
import type { Fields } from "../fields.ts";
import type { Identity } from "../identity.ts";
import type { RepositoryPort } from "../ports.ts";
import type { AppShelf } from "./apps.ts";
import type { Downloads } from "./downloads.ts";
import type { AccessAnswer } from "./evaluate.ts";
import type { Parameters } from "./parameters.ts";
import type { EngineSeams } from "./seams.ts";
import type { View } from "./view.ts";

/** What all sessions of an engine share. */
export interface EngineContext {
  readonly repository: RepositoryPort;
  readonly dialect: Dialect;
  readonly seams: EngineSeams;
  readonly apps: AppShelf;
  readonly downloads: Downloads;
  /** What the user gets of the app's data in force; `askedAs` is what he wrote into OpenDoc. */
  readonly reduce: (who: Identity, appId: string, askedAs: string) => Promise<AccessAnswer>;
}

export interface OpenDocument {
  readonly appId: string;
  readonly withoutData: boolean;
  /** Reduced once, when the session opens or reloads the app (SA-RED-12). */
  readonly view: View;
  /** What counts and aggregations are taken over. */
  readonly counted: View;
  /** What hypercubes show once something is selected; absent: everything seen. */
  readonly selected?: View;
}

export interface GenericObject {
  readonly id: string;
  readonly properties: Fields;
  /** Pattern of the last search in a list object; absent: all values. */
  readonly search?: string;
}

/** The document as one user's reduction shows it. */
export function documentWith(context: EngineContext, appId: string, view: View): OpenDocument {
  const whole = context.apps.get(appId).data?.app ?? [];
  return { appId, withoutData: false, view, counted: context.seams.countedTables(view, whole) };
}

/** A document of which only script and properties are there (EN-030). */
export function documentWithoutData(appId: string): OpenDocument {
  return { appId, withoutData: true, view: [], counted: [] };
}

export type Receiver =
  | { readonly kind: "Doc" }
  | { readonly kind: "GenericObject"; readonly object: GenericObject }
  | { readonly kind: "Field"; readonly name: string };

export interface Session {
  readonly who: Identity;
  document: OpenDocument | undefined;
  readonly receivers: Map<number, Receiver>;
  /** Messages of the last reload, as GetProgress gives them. */
  messages: readonly Json[];
}

export const globalHandle = -1;
export const documentHandle = 1;

export function newSession(who: Identity): Session {
  return { who, document: undefined, receivers: new Map(), messages: [] };
}

/** Handles of objects count up from the document's (EN-010). */
export function handOut(session: Session, receiver: Receiver): number {
  const handle = Math.max(documentHandle, ...session.receivers.keys()) + 1;
  session.receivers.set(handle, receiver);
  return handle;
}

/** The `result` of an answer. */
export type Result = Fields;

export interface GlobalCall {
  readonly context: EngineContext;
  readonly session: Session;
  readonly parameters: Parameters;
}

export interface DocumentCall extends GlobalCall {
  readonly document: OpenDocument;
}

export interface ObjectCall extends DocumentCall {
  readonly object: GenericObject;
  readonly handle: number;
}

export interface FieldCall extends DocumentCall {
  readonly field: string;
}

type Run<Call> = (call: Call) => Result | Promise<Result>;

/** A method: on what it is called, the names of its positional parameters, and what it does. */
export type Handler =
  | { readonly on: "Global"; readonly takes: readonly string[]; readonly run: Run<GlobalCall> }
  | { readonly on: "Doc"; readonly takes: readonly string[]; readonly run: Run<DocumentCall> }
  | { readonly on: "GenericObject"; readonly takes: readonly string[]; readonly run: Run<ObjectCall> }
  | { readonly on: "Field"; readonly takes: readonly string[]; readonly run: Run<FieldCall> };
