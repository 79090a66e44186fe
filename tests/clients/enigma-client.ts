/** enigma.js as a user of it writes it: log in for a cookie and a CSRF token, then a socket with both. */
import { createRequire } from "node:module";
import enigma from "enigma.js";
import { Agent, fetch } from "undici";
import { WebSocket } from "ws";
import type { Doc, Global } from "../../targets/qlik/engine.ts";
import type { Place } from "./trading.ts";

const schema: object = createRequire(import.meta.url)("enigma.js/schemas/12.2027.0.json");
const key = "0123456789abcdef";

export interface Entry {
  readonly status: number;
  readonly cookie: string | undefined;
  readonly csrf: string | undefined;
}

export async function enter(place: Place, token: string): Promise<Entry> {
  const dispatcher = new Agent({ connect: { ca: place.caPem } });
  const answer = await fetch(`${place.url}/${place.prefix}/qps/csrftoken?xrfkey=${key}`, {
    headers: { Authorization: `Bearer ${token}`, "X-Qlik-Xrfkey": key },
    dispatcher,
  });
  const [cookie] = answer.headers.getSetCookie().map((line) => line.split(";")[0]);
  await answer.text();
  await dispatcher.close();
  return { status: answer.status, cookie, csrf: answer.headers.get("qlik-csrf-token") ?? undefined };
}

export interface Opened {
  readonly global: Global;
  close(): Promise<void>;
}

/** An engine session; rejects when the upgrade is refused. `delta: false` asks for whole answers. */
export async function openEnigma(place: Place, app: string, entry: Entry, delta = true): Promise<Opened> {
  const query = entry.csrf === undefined ? "" : `?qlik-csrf-token=${entry.csrf}`;
  const session = enigma.create({
    schema,
    url: `${place.url.replace("https", "wss")}/${place.prefix}/app/${app}/identity/one${query}`,
    protocol: { delta },
    createSocket: (url) => {
      const headers = entry.cookie === undefined ? {} : { Cookie: entry.cookie };
      return new WebSocket(url, { ca: place.caPem, headers }) as never;
    },
  });
  const global = await session.open<EnigmaJS.QixObject>();
  return { global: global as unknown as Global, close: async () => session.close() };
}

/** Logs a user in, hands his global to `use`, and closes the socket whatever happens. */
export async function asUser<T>(
  place: Place,
  how: { readonly token: string; readonly app: string; readonly delta?: boolean },
  use: (global: Global) => Promise<T>,
): Promise<T> {
  const opened = await openEnigma(place, how.app, await enter(place, how.token), how.delta);
  try {
    return await use(opened.global);
  } finally {
    await opened.close();
  }
}

export async function tableRows(doc: Doc, table: string): Promise<readonly (readonly (string | number)[])[]> {
  const page = await doc.getTableData(0, 100, true, table);
  return page.map((row) =>
    row.qValue.map((cell) =>
      cell.qIsNumeric === true && typeof cell.qNumber === "number" ? cell.qNumber : (cell.qText ?? ""),
    ),
  );
}

/** Rows of a session hypercube over these fields. */
export async function cubeRows(
  doc: Doc,
  fields: readonly string[],
): Promise<readonly (readonly (string | number | undefined)[])[]> {
  const cube = await doc.createSessionObject({
    qInfo: { qType: "table" },
    qHyperCubeDef: {
      qDimensions: fields.map((field) => ({ qDef: { qFieldDefs: [field] } })),
      qMeasures: [],
      qInitialDataFetch: [{ qTop: 0, qLeft: 0, qWidth: fields.length, qHeight: 100 }],
    },
  });
  const { qHyperCube } = await cube.getLayout();
  const matrix = (qHyperCube?.qDataPages ?? []).flatMap((page) => page.qMatrix);
  return matrix.map((row) => row.map((cell) => (typeof cell.qNum === "number" ? cell.qNum : cell.qText)));
}
