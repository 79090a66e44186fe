/** The proxy's WebSocket side: who may open an engine socket, and the frames it passes to and fro. */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";
import type { EnginePort } from "../ports.ts";
import { admit, isDenied, type Admission, type Gate } from "./login.ts";
import type { Session, SessionSocket, VirtualProxy } from "./model.ts";
import { addressOf, virtualProxyOf } from "./virtual-proxies.ts";

export interface SocketParts extends Gate {
  readonly engine: EnginePort;
  /** Sessions one user may have at a time; absent: any number (IM-080). */
  readonly sessionLimit?: number;
}

interface Opening {
  readonly proxy: VirtualProxy;
  readonly session: Session;
}

function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    for (const one of Array.isArray(value) ? value : [value ?? ""]) headers.append(name, one);
  }
  return headers;
}

/** Whose socket it would be. A token on the upgrade counts only where the release lets it (IM-073). */
async function entering(parts: SocketParts, proxy: VirtualProxy, headers: Headers): Promise<Admission | 401 | 403> {
  const bearer = headers.get("authorization") !== null;
  if (bearer && !parts.dialect.bearerOnUpgrade) headers.delete("authorization");
  const admission = await admit(parts, proxy, { headers });
  if (isDenied(admission)) return bearer && parts.dialect.bearerOnUpgrade ? 401 : 403;
  return admission;
}

/** A cookie must come with the session's CSRF token in the query, and from a page of this host (IM-072). */
async function opening(parts: SocketParts, request: IncomingMessage): Promise<Opening | 400 | 401 | 403> {
  const url = new URL(request.url ?? "/", "https://localhost");
  const { prefix, path } = addressOf(url.pathname);
  const proxy = virtualProxyOf(parts.repository, prefix, parts.seams);
  if (proxy === undefined || !parts.seams.isEnginePath(path)) return 400;
  const headers = headersOf(request);
  if (!parts.seams.originFits(headers.get("origin"), headers.get("host") ?? "", proxy.origins)) return 403;
  const admission = await entering(parts, proxy, headers);
  if (typeof admission === "number") return admission;
  const { session, fresh } = admission;
  const given = url.searchParams.get("qlik-csrf-token") ?? undefined;
  const needed = parts.dialect.csrfOnUpgrade && !(fresh && headers.has("authorization"));
  return needed && !parts.seams.csrfHolds(session.csrfToken, given) ? 403 : { proxy, session };
}

const phrases = { 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden" };

function refuse(socket: Duplex, status: 400 | 401 | 403): void {
  socket.end(`HTTP/1.1 ${status} ${phrases[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function notification(method: string, message: string): string {
  const params = { severity: "fatal", timestamp: new Date().toISOString(), message };
  return JSON.stringify({ jsonrpc: "2.0", method, params });
}

function over(parts: SocketParts, session: Session): boolean {
  const { sessionLimit, sessions, seams } = parts;
  return sessionLimit !== undefined && seams.isTooMany(sessions.countOf(session.identity), sessionLimit);
}

/** Why no engine answers on this socket, as the notification a client gets before it is closed (EN-007). */
function obstacle(parts: SocketParts, { proxy, session }: Opening): readonly [string, string] | undefined {
  if (!parts.seams.reachesEngine(proxy.nodes))
    return ["OnNoEngineAvailable", "No available Qlik Sense engine was found"];
  if (!over(parts, session)) return undefined;
  const text = "You cannot access Qlik Sense because you have too many sessions active in parallel.";
  return ["OnMaxParallelSessionsExceeded", text];
}

/** Joins a socket to an engine connection of the session's user; either end closes the other. */
function join(parts: SocketParts, socket: WebSocket, { session }: Opening): void {
  const send = (frame: string): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(frame);
  };
  const close = (): void => socket.close(1000);
  const handle: SessionSocket = { notify: (method, message) => send(notification(method, message)), close };
  const connection = parts.engine.connect(session.identity, { send, close });
  session.sockets.add(handle);
  socket.on("message", (data: Buffer) => {
    session.lastSeen = Date.now();
    connection.receive(data.toString("utf8")).catch(() => socket.close(1011));
  });
  socket.on("close", () => {
    session.sockets.delete(handle);
    connection.close();
  });
}

export interface SocketGate {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/** Takes upgrade requests of a TLS server. */
export function createSocketGate(parts: SocketParts): SocketGate {
  const server = new WebSocketServer({ noServer: true });
  const welcome = (socket: WebSocket, opened: Opening): void => {
    socket.on("error", () => socket.terminate());
    const reason = obstacle(parts, opened);
    if (reason === undefined) return join(parts, socket, opened);
    socket.send(notification(...reason));
    socket.close(1000);
  };
  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    socket.on("error", () => socket.destroy());
    const opened = await opening(parts, request);
    if (typeof opened === "number") return refuse(socket, opened);
    server.handleUpgrade(request, socket, head, (accepted) => welcome(accepted, opened));
  };
  return {
    upgrade: (request, socket, head) => void upgrade(request, socket, head).catch(() => socket.destroy()),
    close() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}
