/** Engine frames, recorded once and played back to enigma.js through a socket that is none: the same view comes out. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import enigma from "enigma.js";
import { WebSocket } from "ws";
import type { Outcome, Surface } from "../../contract/types.ts";
import type { RunningMock } from "../../mock/server.ts";
import type { Global } from "../../targets/qlik/engine.ts";
import { readThrough } from "../../targets/qlik/read.ts";
import { enter } from "../clients/enigma-client.ts";
import { apps, ordersOf, placeOf, serveExample, tokenFor } from "../clients/trading.ts";

const schema: object = createRequire(import.meta.url)("enigma.js/schemas/12.2027.0.json");

/** One frame: to the engine, or from it. */
type Frame = { readonly sent: string } | { readonly received: string };

type Listener = ((event: unknown) => void) | undefined;

/** A socket that answers from a record: each frame that is sent must be the next one recorded. */
class PlayedSocket {
  readonly OPEN = 1;
  readyState = 1;
  onopen: Listener;
  onclose: Listener;
  onmessage: Listener;
  onerror: Listener;
  readonly strange: string[] = [];
  readonly #frames: Frame[];

  constructor(frames: readonly Frame[]) {
    this.#frames = [...frames];
    setImmediate(() => {
      this.onopen?.({});
      this.#deliver();
    });
  }

  get left(): number {
    return this.#frames.length;
  }

  send(frame: string): void {
    const next = this.#frames.shift();
    if (next === undefined || !("sent" in next) || next.sent !== frame) {
      this.strange.push(frame);
      this.close();
      return;
    }
    setImmediate(() => this.#deliver());
  }

  close(): void {
    this.readyState = 3;
    setImmediate(() => this.onclose?.({ code: 1000 }));
  }

  #deliver(): void {
    for (let next = this.#frames[0]; next !== undefined && "received" in next; next = this.#frames[0]) {
      this.#frames.shift();
      this.onmessage?.({ data: next.received });
    }
  }
}

async function readOver(socket: (url: string) => unknown, url: string, surface: Surface): Promise<Outcome> {
  const session = enigma.create({ schema, url, createSocket: (target) => socket(target) as never });
  const global = (await session.open<EnigmaJS.QixObject>()) as unknown as Global;
  try {
    return await readThrough(await global.openDoc(apps.orders, "", "", "", false), surface);
  } finally {
    await session.close();
  }
}

const recorded: readonly Surface[] = ["tables", "hypercube", "counts"];

describe("recorded engine frames", () => {
  let mock: RunningMock;
  const records = new Map<Surface, string>();
  const views = new Map<Surface, Outcome>();
  const secrets: string[] = [];

  before(async () => {
    mock = await serveExample();
    const place = placeOf(mock);
    const token = await tokenFor(place, "ann");
    const { cookie = "", csrf = "" } = await enter(place, token);
    secrets.push(token, cookie.split("=")[1] ?? "", csrf);
    const url = `${place.url.replace("https", "wss")}/${place.prefix}/app/${apps.orders}?qlik-csrf-token=${csrf}`;
    for (const surface of recorded) {
      const frames: Frame[] = [];
      const socket = (target: string): WebSocket => {
        const real = new WebSocket(target, { ca: place.caPem, headers: { Cookie: cookie } });
        real.prependListener("message", (data: Buffer) => frames.push({ received: data.toString("utf8") }));
        const send = real.send.bind(real);
        real.send = (frame: string) => {
          frames.push({ sent: frame });
          send(frame);
        };
        return real;
      };
      views.set(surface, await readOver(socket, url, surface));
      records.set(surface, JSON.stringify(frames));
    }
    await mock.close();
  });

  after(() => records.clear());

  function framesOf(surface: Surface): readonly Frame[] {
    return JSON.parse(records.get(surface) ?? "[]") as readonly Frame[];
  }

  it("hold no token, no cookie and no CSRF token", () => {
    assert.equal(records.size, recorded.length);
    assert.deepEqual(
      secrets.filter((secret) => secret.length < 8),
      [],
    );
    for (const [surface, text] of records) {
      assert.deepEqual(
        secrets.filter((secret) => text.includes(secret)),
        [],
        surface,
      );
    }
  });

  for (const surface of recorded) {
    it(`give the recorded view again through ${surface}, with no server there`, async () => {
      const frames = framesOf(surface);
      assert.ok(frames.length > 6);
      const socket = new PlayedSocket(frames);
      const view = await readOver(() => socket, "wss://qlik.trading.example/app", surface);
      assert.deepEqual(view, views.get(surface));
      assert.deepEqual([socket.strange, socket.left], [[], 0]);
    });
  }

  it("are what the view is made of: a changed frame changes it", async () => {
    const { tables } = (views.get("tables") ?? { tables: [] }) as {
      readonly tables: readonly { readonly name: string; readonly rows: readonly (readonly unknown[])[] }[];
    };
    const orders = tables.find(({ name }) => name === "Orders")?.rows ?? [];
    assert.deepEqual(
      [...orders].sort((left, right) => Number(left[0]) - Number(right[0])),
      ordersOf["ann"],
    );
    const changed = JSON.parse((records.get("tables") ?? "").replaceAll("Birch Tools", "Beech Tools")) as Frame[];
    const view = await readOver(() => new PlayedSocket(changed), "wss://qlik.trading.example/app", "tables");
    assert.notDeepEqual(view, views.get("tables"));
    assert.match(JSON.stringify(view), /Beech Tools/);
  });

  it("answer no other question than the recorded one", async () => {
    const socket = new PlayedSocket(framesOf("tables"));
    await assert.rejects(readOver(() => socket, "wss://qlik.trading.example/app", "counts"));
    assert.equal(socket.strange.length, 1);
  });
});
