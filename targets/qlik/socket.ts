/** The WebSocket as enigma.js sees it: a frame that is no JSON object ends the connection, never the process. */
import { WebSocket } from "ws";
import { TargetFault } from "../faults.ts";
import type { Session } from "./identity.ts";

/** The engine's or the proxy's own refusal: a number, not a broken connection. */
export class EngineRefusal extends Error {
  readonly by: "engine" | "proxy";
  readonly code: number;

  constructor(by: "engine" | "proxy", code: number, message: string) {
    super(message);
    this.name = "EngineRefusal";
    this.by = by;
    this.code = code;
  }
}

export interface EngineAddress {
  /** `https://host:port`. */
  readonly origin: string;
  readonly caPem?: string;
  readonly timeoutMs: number;
  /** Only methods that read are sent; any other is an error `unsafe`. */
  readonly readingOnly?: boolean;
  /** The virtual proxy has no node on purpose: that no engine is available is then an answer, not a fault. */
  readonly withoutNode?: boolean;
}

/** Statuses by which a proxy refuses an upgrade (IM-072, IM-073); any other means that it did not decide. */
const refusals: ReadonlySet<number> = new Set([400, 401, 403]);

function isFrame(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

type Listener = (event: unknown) => void;

/** The part of a WebSocket enigma.js uses. The handlers are its own; it sets them right after the socket was made. */
export class EngineSocket {
  readonly OPEN = 1;
  onopen: Listener | undefined;
  onclose: Listener | undefined;
  onerror: Listener | undefined;
  onmessage: Listener | undefined;
  readonly #socket: WebSocket;
  readonly #failed: (error: Error) => void;

  constructor(url: string, address: EngineAddress, session: Session, failed: (error: Error) => void) {
    this.#failed = failed;
    this.#socket = new WebSocket(url, {
      headers: { Cookie: session.jar.header() },
      ...(address.caPem === undefined ? {} : { ca: address.caPem }),
      handshakeTimeout: address.timeoutMs,
    });
    this.#listen();
  }

  get readyState(): number {
    return this.#socket.readyState;
  }

  send(frame: string): void {
    this.#socket.send(frame);
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  /** Ends the connection without waiting for the other side. */
  terminate(): void {
    this.#socket.terminate();
  }

  #listen(): void {
    const socket = this.#socket;
    socket.on("unexpected-response", (_request, response) => this.#refused(response.statusCode ?? 0));
    socket.on("open", () => this.onopen?.({}));
    socket.on("message", (data: Buffer) => this.#take(data.toString("utf8")));
    socket.on("error", (error) => {
      this.#failed(new TargetFault("unreachable", `WebSocket failed: ${error.message}`, error));
      this.onerror?.({ message: error.message });
    });
    socket.on("close", (code) => {
      this.#failed(new TargetFault("unreachable", `the engine closed the socket (${code})`));
      this.onclose?.({ code });
    });
  }

  #refused(status: number): void {
    const text = `WebSocket refused with ${status}`;
    this.#failed(refusals.has(status) ? new EngineRefusal("proxy", status, text) : new TargetFault("malformed", text));
    this.#socket.terminate();
  }

  #take(frame: string): void {
    if (!isFrame(frame)) return this.#give("the engine sent a frame that is no JSON object");
    try {
      this.onmessage?.({ data: frame });
    } catch (error) {
      this.#give(`the engine sent a frame that makes no sense: ${error instanceof Error ? error.message : "unknown"}`);
    }
  }

  #give(reason: string): void {
    this.#failed(new TargetFault("malformed", reason));
    this.#socket.terminate();
  }
}
