/** A site between the adapter and a mock that can be told to misbehave, over HTTP and on the engine's socket. */
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { generate } from "selfsigned";
import { WebSocket, WebSocketServer } from "ws";
import type { RunningMock } from "../../mock/server.ts";

export interface Misbehaviour {
  /** Takes the place of an HTTP answer; `undefined` lets the mock answer. */
  readonly http?: (request: Request, next: () => Promise<Response>) => Promise<Response> | undefined;
  /** Takes the place of an engine frame by what was asked; `undefined` passes it on, an empty list swallows it. */
  readonly frame?: (asked: string, frame: string) => readonly string[] | "close" | undefined;
  /** Status that refuses the upgrade. */
  readonly upgrade?: number;
}

export interface Hostile {
  readonly url: string;
  readonly caPem: string;
  misbehave(how: Misbehaviour | undefined): void;
  close(): Promise<void>;
}

async function certificate(): Promise<{ readonly key: string; readonly cert: string }> {
  const made = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }],
  });
  return { key: made.private, cert: made.cert };
}

interface Asked {
  readonly id: number;
  readonly method: string;
}

/** Passes frames both ways; the method of a request decides what becomes of its answer. */
function relay(client: WebSocket, upstream: WebSocket, how: () => Misbehaviour | undefined): void {
  const methods = new Map<number, string>();
  const held: string[] = [];
  const forward = (frame: string): void => {
    const { id, method } = JSON.parse(frame) as Asked;
    methods.set(id, method);
    upstream.send(frame);
  };
  upstream.on("open", () => held.splice(0).forEach(forward));
  client.on("message", (data: Buffer) => {
    if (upstream.readyState === WebSocket.OPEN) forward(data.toString("utf8"));
    else held.push(data.toString("utf8"));
  });
  upstream.on("message", (data: Buffer) => {
    const frame = data.toString("utf8");
    const asked = methods.get((JSON.parse(frame) as Asked).id) ?? "";
    const instead = how()?.frame?.(asked, frame);
    if (instead === "close") client.close(1000);
    else for (const one of instead ?? [frame]) client.send(one);
  });
  upstream.on("close", () => client.close());
  upstream.on("error", () => client.terminate());
  client.on("close", () => upstream.close());
  client.on("error", () => upstream.terminate());
}

function takeSockets(server: Server, mock: RunningMock, how: () => Misbehaviour | undefined): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    const status = how()?.upgrade;
    if (status !== undefined) {
      socket.end(`HTTP/1.1 ${status} No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const upstream = new WebSocket(`${mock.url.replace("https", "wss")}${request.url ?? ""}`, {
      ca: mock.caPem,
      headers: { Cookie: request.headers.cookie ?? "" },
    });
    upstream.on("unexpected-response", (_asked, answer) => {
      socket.end(`HTTP/1.1 ${answer.statusCode} No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    });
    sockets.handleUpgrade(request, socket, head, (client) => relay(client, upstream, how));
  });
  return sockets;
}

export async function startHostile(mock: RunningMock): Promise<Hostile> {
  let how: Misbehaviour | undefined;
  const { key, cert } = await certificate();
  const answer = async (request: Request): Promise<Response> =>
    (await how?.http?.(request, async () => mock.fetch(request))) ?? mock.fetch(request);
  const listener = getRequestListener(answer, { overrideGlobalObjects: false });
  const server = createServer({ key, cert }, (incoming, outgoing) => void listener(incoming, outgoing));
  server.on("tlsClientError", (_error, socket) => socket.destroy());
  const sockets = takeSockets(server, mock, () => how);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    caPem: cert,
    misbehave(next) {
      how = next;
    },
    async close() {
      for (const client of sockets.clients) client.terminate();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
