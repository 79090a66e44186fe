/** The mock as a server: a Qlik Sense in a process, on loopback and over TLS, with certificates of its own. */
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { defaultDialect, dialectOf, type Dialect } from "../catalogue/dialects.ts";
import { ConformanceError } from "../contract/errors.ts";
import type { Site } from "../contract/types.ts";
import { keyMaterial, type KeyMaterial } from "./certificates.ts";
import { inLoadOrder } from "../reload/site-apps.ts";
import { createEngine } from "./engine/engine.ts";
import type { EnginePort } from "./ports.ts";
import { plainSeams } from "./plain-seams.ts";
import { createProxyHandler } from "./proxy/http.ts";
import { createSessions, type Sessions } from "./proxy/sessions.ts";
import { createProxyService, createRepositoryService } from "./proxy/service.ts";
import { createTickets, type Tickets } from "./proxy/tickets.ts";
import { createSocketGate, type SocketGate } from "./proxy/upgrade.ts";
import { createHandler } from "./repository/handler.ts";
import { createRepository, type Repository } from "./repository/repository.ts";
import { seamed } from "./repository/seamed.ts";
import type { Defect, Seams } from "./seams.ts";
import { freePrefix, shippedWith } from "./shipped.ts";

export interface MockOptions {
  /** Loaded beside what the mock ships; its apps are installed and reloaded. */
  readonly site?: Site;
  /** Name of a dialect; default `documented`. */
  readonly dialect?: string;
  /** Readings taken otherwise than that dialect does. */
  readonly readings?: Partial<Dialect>;
  readonly defect?: Defect;
  /** Default false: a site brings the rules it is about. */
  readonly shippedRules?: boolean;
  /** Default 0: the system chooses. */
  readonly port?: number;
  /** Default `127.0.0.1`: loopback only unless told. */
  readonly host?: string;
  /** Parallel sessions a user may have before sockets are refused; absent: any number (IM-080). */
  readonly sessionLimit?: number;
  /** The administrator, with role RootAdmin; default `QLIKADMIN\admin`. */
  readonly admin?: { readonly directory: string; readonly id: string };
}

export interface RunningMock {
  /** `https://127.0.0.1:<port>`. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Certificate of the authority a client must trust. */
  readonly caPem: string;
  /** Private key the ready-made JWT proxy's tokens are signed with (RS256, RS384, RS512). */
  readonly jwtKeyPem: string;
  readonly jwtCertificatePem: string;
  /** What lets a service in at the doors for certificates; the key is never logged. */
  readonly clientKeyPem: string;
  readonly clientCertificatePem: string;
  /** Tickets and sessions, for services: `https://127.0.0.1:<port>` (port 4243 of a site). */
  readonly proxyServiceUrl: string;
  /** The repository, for services (port 4242 of a site). */
  readonly repositoryServiceUrl: string;
  /** Prefix of the ready-made JWT proxy: claims `userId`, `userDirectory`; `group` is mapped to `group`. */
  readonly prefix: string;
  readonly admin: { readonly directory: string; readonly id: string };
  /** The repository's audit log: one line a request that could change something, fields separated by tabs. */
  readonly activity: readonly string[];
  /** The same handler without a socket, for interception in process. */
  fetch(request: Request): Promise<Response>;
  close(): Promise<void>;
}

interface Parts {
  readonly dialect: Dialect;
  readonly seams: Seams;
  readonly repository: Repository;
  readonly engine: EnginePort;
  readonly sessions: Sessions;
  readonly tickets: Tickets;
}

const emptySite: Site = { entities: {}, apps: {} };
const defaultAdmin = { directory: "QLIKADMIN", id: "admin" };

async function installApps(engine: EnginePort, site: Site): Promise<void> {
  for (const id of inLoadOrder(site)) {
    const app = site.apps[id];
    if (app !== undefined) await engine.install(id, app.script, app.files);
  }
}

async function assemble(options: MockOptions, keys: KeyMaterial): Promise<Parts> {
  const dialect = { ...dialectOf(options.dialect ?? defaultDialect), ...options.readings };
  const seams = options.defect === undefined ? plainSeams : options.defect.replace(plainSeams);
  const site = options.site ?? emptySite;
  const shipping = {
    admin: options.admin ?? defaultAdmin,
    certificate: keys.jwtCertificatePem,
    rules: options.shippedRules === true,
  };
  const repository = createRepository(shippedWith(site, shipping), dialect, seams.rules);
  const engine = await createEngine({ repository, dialect, seams: seams.engine });
  await installApps(engine, site);
  return { dialect, seams, repository, engine, sessions: createSessions(), tickets: createTickets() };
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) => {
      const remedy = "choose another port, or 0 to let the system choose";
      reject(new ConformanceError("target", `cannot listen on ${host}:${port}`, { cause, remedy }));
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

type Handler = (request: Request) => Promise<Response>;

function tlsServer(handler: Handler, gate: SocketGate, keys: KeyMaterial): Server {
  const listener = getRequestListener(handler, { overrideGlobalObjects: false });
  const server = createServer({ key: keys.serverKeyPem, cert: keys.serverCertificatePem }, (incoming, outgoing) => {
    void listener(incoming, outgoing);
  });
  server.on("upgrade", (request, socket, head) => gate.upgrade(request, socket, head));
  server.on("tlsClientError", (_error, socket) => socket.destroy());
  return server;
}

/** A door that opens to holders of a certificate of the site alone: without one there is no TLS connection (IM-111). */
function certificateDoor(handler: Handler, keys: KeyMaterial): Server {
  const listener = getRequestListener(handler, { overrideGlobalObjects: false });
  const shown = { key: keys.serverKeyPem, cert: keys.serverCertificatePem };
  const server = createServer({ ...shown, ca: keys.caPem, requestCert: true, rejectUnauthorized: true }, (from, to) => {
    void listener(from, to);
  });
  server.on("tlsClientError", (_error, socket) => socket.destroy());
  return server;
}

async function stop(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

async function shut(servers: readonly Server[], parts: Parts, gate: SocketGate): Promise<void> {
  parts.sessions.close();
  gate.close();
  await Promise.all(servers.map(stop));
  await parts.engine.close();
}

/** Starts a mock; throws ConformanceError `target` when the port is taken, `usage` for an unknown dialect. */
export async function startMock(options: MockOptions = {}): Promise<RunningMock> {
  const keys = await keyMaterial();
  const parts = await assemble(options, keys);
  const { repository, engine } = parts;
  const gateParts = { ...parts, seams: parts.seams.proxy };
  const answerRepository = seamed(createHandler({ repository, engine }), parts.seams.repository);
  const handler = createProxyHandler({ ...gateParts, answerRepository });
  const limit = options.sessionLimit === undefined ? {} : { sessionLimit: options.sessionLimit };
  const gate = createSocketGate({ ...gateParts, ...limit });
  const server = tlsServer(handler, gate, keys);
  const host = options.host ?? "127.0.0.1";
  const port = await listen(server, options.port ?? 0, host);
  const doors = [createProxyService, createRepositoryService].map((create) =>
    certificateDoor(create({ ...gateParts, answerRepository }), keys),
  );
  const [proxyService = 0, repositoryService = 0] = await Promise.all(doors.map((door) => listen(door, 0, host)));
  return {
    url: `https://${host}:${port}`,
    host,
    port,
    caPem: keys.caPem,
    jwtKeyPem: keys.jwtKeyPem,
    jwtCertificatePem: keys.jwtCertificatePem,
    clientKeyPem: keys.clientKeyPem,
    clientCertificatePem: keys.clientCertificatePem,
    proxyServiceUrl: `https://${host}:${proxyService}`,
    repositoryServiceUrl: `https://${host}:${repositoryService}`,
    prefix: freePrefix(options.site ?? emptySite),
    admin: options.admin ?? defaultAdmin,
    activity: repository.activity.lines,
    fetch: handler,
    close: async () => shut([server, ...doors], parts, gate),
  };
}
