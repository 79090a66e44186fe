/** The engine, asked through enigma.js over the site's WebSocket with the session's cookie and CSRF token (IM-072). */
import { createRequire } from "node:module";
import enigma from "enigma.js";
import { ConformanceError } from "../../contract/errors.ts";
import type { FailureCode } from "../../contract/types.ts";
import { TargetFault } from "../faults.ts";
import { prefixPath, type Session } from "./identity.ts";
import { EngineRefusal, EngineSocket, type EngineAddress } from "./socket.ts";

const schema: object = createRequire(import.meta.url)("enigma.js/schemas/12.2027.0.json");

export interface NxCell {
  readonly qText?: string;
  readonly qNum?: number | "NaN";
  readonly qIsNull?: boolean;
}

export interface FieldValue {
  readonly qText?: string;
  readonly qIsNumeric?: boolean;
  readonly qNumber?: number | "NaN";
  readonly qIsNull?: boolean;
}

export interface TableRecord {
  readonly qName: string;
  readonly qNoOfRows: number;
  readonly qFields: readonly { readonly qName: string }[];
}

export interface HyperCubeLayout {
  readonly qHyperCube?: {
    readonly qSize: { readonly qcy: number };
    readonly qDataPages: readonly { readonly qMatrix: readonly (readonly NxCell[])[] }[];
    readonly qError?: { readonly qErrorCode: number };
  };
}

export interface ListLayout {
  readonly qListObject?: {
    readonly qSize: { readonly qcy: number };
    readonly qDimensionInfo?: { readonly qError?: { readonly qErrorCode: number } };
  };
}

export interface SessionObject {
  getLayout(): Promise<HyperCubeLayout & ListLayout>;
  searchListObjectFor(path: string, match: string): Promise<boolean>;
  getListObjectData(
    path: string,
    pages: readonly object[],
  ): Promise<readonly { readonly qMatrix: readonly (readonly NxCell[])[] }[]>;
  getHyperCubeData(
    path: string,
    pages: readonly object[],
  ): Promise<readonly { readonly qMatrix: readonly (readonly NxCell[])[] }[]>;
}

export interface Field {
  selectValues(values: readonly object[]): Promise<boolean>;
}

export interface Doc {
  readonly id: string;
  getTablesAndKeys(
    window: object,
    nulls: object,
    height: number,
    synthetic: boolean,
    system: boolean,
  ): Promise<{ readonly qtr: readonly TableRecord[] }>;
  getTableData(
    offset: number,
    rows: number,
    synthetic: boolean,
    table: string,
  ): Promise<readonly { readonly qValue: readonly FieldValue[] }[]>;
  getAppLayout(): Promise<{ readonly qHasData?: boolean; readonly qIsOpenedWithoutData?: boolean }>;
  evaluateEx(
    expression: string,
  ): Promise<{ readonly qText?: string; readonly qIsNumeric?: boolean; readonly qNumber?: number | "NaN" }>;
  createSessionObject(properties: object): Promise<SessionObject>;
  destroySessionObject(id: string): Promise<unknown>;
  getAppProperties(): Promise<{ readonly qHasSectionAccess?: boolean }>;
  getField(name: string): Promise<Field>;
  exportReducedData(options: object): Promise<{ readonly qUrl?: string }>;
  setScript(script: string): Promise<unknown>;
  doReload(): Promise<boolean>;
  doSave(): Promise<unknown>;
}

export interface Global {
  openDoc(id: string, user?: string, password?: string, serial?: string, noData?: boolean): Promise<Doc>;
  createApp(name: string): Promise<{ readonly qSuccess: boolean; readonly qAppId: string }>;
  deleteApp(id: string): Promise<boolean>;
  getDocList(): Promise<readonly { readonly qDocId: string; readonly qDocName: string }[]>;
  getAuthenticatedUser(): Promise<string>;
  getProgress(request: number): Promise<{
    readonly qPersistentProgressMessages?: readonly { readonly qMessageCode?: number }[];
  }>;
}

export interface Connection {
  readonly global: Global;
  close(): Promise<void>;
}

/** Notifications after which the socket closes, and what they mean for an ask. */
export const fatalNotifications: { readonly [name: string]: FailureCode } = {
  OnLicenseAccessDenied: "unlicensed",
  OnLicenseAccessDeniedPendingUserSync: "unlicensed",
  OnNoEngineAvailable: "unreachable",
  OnNoRepositoryAvailable: "unreachable",
  OnMaxParallelSessionsExceeded: "budget-spent",
  OnSessionClosed: "unreachable",
  OnSessionTimedOut: "unreachable",
};

function socketUrl(address: EngineAddress, session: Session, app: string | undefined): string {
  const path = app === undefined ? "engineData" : encodeURIComponent(app);
  const query = session.csrf === undefined ? "" : `?qlik-csrf-token=${encodeURIComponent(session.csrf)}`;
  return `${address.origin.replace(/^http/, "ws")}${prefixPath(session.prefix)}/app/${path}${query}`;
}

function later<T>(timeoutMs: number, what: string): { readonly promise: Promise<T>; readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<T>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TargetFault("timed-out", `${what} was not answered in time`)), timeoutMs);
  });
  return { promise, stop: () => clearTimeout(timer) };
}

export async function within<T>(work: Promise<T>, timeoutMs: number, what: string): Promise<T> {
  const limit = later<T>(timeoutMs, what);
  try {
    return await Promise.race([work, limit.promise]);
  } finally {
    limit.stop();
  }
}

/** Status of a service that is not there: what the notification says, as a number. */
const noEngine = 503;

function faultOf(address: EngineAddress, name: string, meaning: FailureCode): Error {
  const message = `the server said ${name}`;
  const isAnswer = name === "OnNoEngineAvailable" && address.withoutNode === true;
  return isAnswer ? new EngineRefusal("proxy", noEngine, message) : new TargetFault(meaning, message);
}

function rejectable(): { readonly promise: Promise<never>; readonly reject: (error: Error) => void } {
  const hold: { reject?: (error: Error) => void } = {};
  const promise = new Promise<never>((_resolve, reject) => {
    hold.reject = reject;
  });
  promise.catch(() => undefined);
  return { promise, reject: (error) => hold.reject?.(error) };
}

/** What a run that only reads may call. */
const readingMethods: ReadonlySet<string> = new Set([
  "OpenDoc",
  "GetDocList",
  "GetAuthenticatedUser",
  "GetAppLayout",
  "GetTablesAndKeys",
  "GetTableData",
  "CreateSessionObject",
  "DestroySessionObject",
  "GetLayout",
  "GetHyperCubeData",
  "GetListObjectData",
  "SearchListObjectFor",
  "EvaluateEx",
]);

/** Throws `unsafe` for a method that a run which only reads may not call. */
export function assertReading(method: string): void {
  if (readingMethods.has(method)) return;
  throw new ConformanceError("unsafe", `the engine method ${method} would change the site`, {
    remedy: "pass --allow-writes to let the run create and remove its own things",
  });
}

const closingMs = 2000;

/**
 * Opens an engine connection as this session; a refused handshake is an {@link EngineRefusal} by the proxy. When the
 * signal aborts, whatever is asked of it fails.
 */
export async function connect(
  address: EngineAddress,
  session: Session,
  app?: string,
  signal?: AbortSignal,
): Promise<Connection> {
  const { promise: failure, reject: failed } = rejectable();
  const sockets: EngineSocket[] = [];
  const enigmaSession = enigma.create({
    schema,
    url: socketUrl(address, session, app),
    createSocket: (target) => {
      const socket = new EngineSocket(target, address, session, failed);
      sockets.push(socket);
      return socket as never;
    },
    requestInterceptors: [
      {
        onFulfilled: (_session: unknown, request: { readonly method: string }) => {
          if (address.readingOnly === true) assertReading(request.method);
          return request;
        },
      },
    ] as never,
  });
  for (const [name, meaning] of Object.entries(fatalNotifications)) {
    enigmaSession.on(`notification:${name}`, () => failed(faultOf(address, name, meaning)));
  }
  const giveUp = (): void => failed(new TargetFault("timed-out", "the answer took too long"));
  signal?.addEventListener("abort", giveUp);
  const guard = <T>(work: Promise<T>): Promise<T> =>
    within(Promise.race([work, failure]), address.timeoutMs, "the engine");
  const leave = (): void => {
    signal?.removeEventListener("abort", giveUp);
    for (const socket of sockets) socket.terminate();
  };
  const close = async (): Promise<void> => {
    await within(enigmaSession.close(), closingMs, "closing").catch(() => undefined);
    leave();
  };
  const global = await guard(enigmaSession.open<EnigmaJS.QixObject>()).catch((error: unknown) => {
    leave();
    throw error;
  });
  return { global: guarded(global as unknown as Global, guard), close };
}

/** Errors enigma.js itself makes are negative: −1 is a lost connection, the others an answer it cannot use. */
function refusalOf(error: unknown): unknown {
  if (error instanceof EngineRefusal) return error;
  if (typeof error !== "object" || error === null || !("code" in error) || typeof error.code !== "number") return error;
  const text = error instanceof Error ? error.message : `engine error ${error.code}`;
  if (error.code < 0) return new TargetFault(error.code === -1 ? "unreachable" : "malformed", text, error);
  return new EngineRefusal("engine", error.code, text);
}

type Guard = <T>(work: Promise<T>) => Promise<T>;

/** Every call is bounded in time, fails when the socket does, and tells the engine's error codes as refusals. */
function guarded<T extends object>(target: T, guard: Guard): T {
  return new Proxy(target, {
    get(object, key) {
      const member: unknown = Reflect.get(object, key);
      if (typeof member !== "function" || key === "on") return member;
      return async (...parameters: unknown[]) => {
        try {
          const result: unknown = await guard(Promise.resolve(member.apply(object, parameters)));
          const isObject = typeof result === "object" && result !== null && "handle" in result && "session" in result;
          return isObject ? guarded(result, guard) : result;
        } catch (error) {
          throw refusalOf(error);
        }
      };
    },
  });
}
