/** An engine over a small trading company: who may do what stands in a table, the apps are loaded from scripts. */
import { createRequire } from "node:module";
import { dialectOf, type Dialect } from "../../../catalogue/dialects.ts";
import type { Entity, Json, Principal } from "../../../contract/types.ts";
import { createEngine } from "../../../mock/engine/engine.ts";
import { engineSeams, type EngineSeams } from "../../../mock/engine/seams.ts";
import type { Identity } from "../../../mock/identity.ts";
import type { EngineConnection, EnginePort, RepositoryPort } from "../../../mock/ports.ts";

export const regionsScript = `
Section Access;
LOAD * INLINE [
ACCESS, USERID, REGION, OMIT
ADMIN, TRADING\\ADA, ,
USER, TRADING\\ANN, NORTH,
USER, TRADING\\BEN, SOUTH, MARGIN
];
Section Application;
Regions:
LOAD * INLINE [
REGION, CITY, MARGIN
NORTH, Umea, 5
NORTH, Umea, 5
SOUTH, Rome, 7
WEST, Brest, 9
];
Sales:
LOAD * INLINE [
CITY, AMOUNT
Umea, 10
Umea, 20
Rome, 30
Brest, 40
];
`;

/** Rights in words, `BEN update plan`; everybody may read every app but `secret`. */
const rights = new Set([
  "BEN update plan",
  "CARLA update plan",
  "ADA update plan",
  "ADA publish plan",
  "ADA publish sales",
]);

export interface Desk {
  readonly engine: EnginePort;
  readonly repository: RepositoryPort;
}

export function identity(id: string): Identity {
  return { directory: "TRADING", id, anonymous: false, session: {}, sessionId: `session of ${id}` };
}

function createRepository(groups: { readonly [user: string]: readonly string[] }): RepositoryPort {
  const entities = new Map<string, Entity>(
    ["plan", "secret", "empty"].map((id) => [`App ${id}`, { id, name: `The ${id}`, published: false, stream: null }]),
  );
  entities.set("Stream sales", { id: "sales", name: "Sales" });
  const change = (type: string, id: string, fields: { readonly [field: string]: Json }): Entity => {
    const entity = { ...entities.get(`${type} ${id}`), ...fields, id };
    entities.set(`${type} ${id}`, entity);
    return entity;
  };
  return {
    entity: (type, id) => entities.get(`${type} ${id}`),
    all: (type) => [...entities].flatMap(([key, entity]) => (key.startsWith(`${type} `) ? [entity] : [])),
    may: (who, action, _, id) =>
      (action === "read" && id !== "secret") || rights.has(`${who.id.toUpperCase()} ${action} ${id}`),
    mayCreate: (who) => who.id === "ada",
    principal: (who): Principal => ({
      directory: who.directory,
      id: who.id,
      groups: groups[who.id] ?? [],
      attributes: {},
      session: who.session,
    }),
    createApp: (_, name) => change("App", `app of ${name}`, { name, published: false, stream: null }),
    update: change,
    remove: (type, id) => void entities.delete(`${type} ${id}`),
  };
}

export interface DeskOptions {
  readonly seams?: EngineSeams;
  readonly dialect?: Partial<Dialect>;
  readonly script?: string;
}

export async function openDesk({
  seams = engineSeams,
  dialect = {},
  script = regionsScript,
}: DeskOptions = {}): Promise<Desk> {
  const repository = createRepository({});
  const engine = await createEngine({ repository, dialect: { ...dialectOf("documented"), ...dialect }, seams });
  for (const app of ["plan", "secret"]) await engine.install(app, script, {});
  return { engine, repository };
}

export interface Reply {
  readonly id?: Json;
  readonly result?: { readonly [out: string]: Json };
  readonly error?: { readonly code: number; readonly message: string; readonly parameter: string };
}

/** A bare client: frames out, frames back. */
export class Wire {
  readonly greetings: string[] = [];
  readonly #connection: EngineConnection;
  #last = "";
  #id = 0;

  constructor(engine: EnginePort, user: string) {
    this.#connection = engine.connect(identity(user), {
      send: (frame) => {
        if (frame.includes('"id":') || frame.includes('"error":')) this.#last = frame;
        else this.greetings.push(frame);
      },
      close: () => undefined,
    });
  }

  async frame(text: string): Promise<Reply> {
    await this.#connection.receive(text);
    return JSON.parse(this.#last) as Reply;
  }

  async call(handle: number, method: string, ...params: readonly Json[]): Promise<Reply> {
    this.#id += 1;
    return await this.frame(JSON.stringify({ jsonrpc: "2.0", id: this.#id, handle, method, params }));
  }

  /** The result, or the error code as text. */
  async ask(handle: number, method: string, ...params: readonly Json[]): Promise<Json> {
    const { result, error } = await this.call(handle, method, ...params);
    return error === undefined ? (result ?? null) : `error ${error.code}`;
  }
}

interface EnigmaApi {
  // oxlint-disable-next-line typescript/no-explicit-any -- enigma.js makes its methods from a schema at run time
  readonly [method: string]: (...params: readonly unknown[]) => Promise<any>;
}

interface Enigma {
  create(options: object): { open(): Promise<EnigmaApi>; close(): Promise<unknown> };
}

const load = createRequire(import.meta.url);
const enigma = load("enigma.js") as Enigma;
const schema: unknown = load("enigma.js/schemas/12.2027.0.json");

function ignore(event: { readonly data: string }): void {
  void event;
}

/** enigma.js over a socket in memory, as a given user. */
export async function enigmaSession(engine: EnginePort, user: string): Promise<EnigmaApi> {
  const createSocket = (): object => {
    const socket = {
      OPEN: 1,
      readyState: 1,
      onopen: () => undefined,
      onmessage: ignore,
      onclose: () => undefined,
      onerror: () => undefined,
      send: (frame: string) => void connection.receive(frame),
      close: () => connection.close(),
    };
    const send = (data: string): void => void setImmediate(() => socket.onmessage({ data }));
    setImmediate(() => socket.onopen());
    const connection = engine.connect(identity(user), { send, close: () => undefined });
    return socket;
  };
  return await enigma.create({ schema, url: "ws://engine", createSocket }).open();
}
