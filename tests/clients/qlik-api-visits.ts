/**
 * A user's program on @qlik/api, unmodified, in a process of its own: neither its fetch nor its socket takes a
 * certificate authority, so the process is started trusting the mock's. Visits come as JSON on stdin, answers go to stdout.
 */
import { text } from "node:stream/consumers";
import { openAppSession, type Doc } from "@qlik/api/qix";

export interface ApiVisit {
  /** Address with prefix. */
  readonly host: string;
  readonly token: string;
  readonly app: string;
  /** Fields of a session hypercube; none: only the app list is asked for. */
  readonly fields: readonly string[];
}

export type ApiAnswer =
  | {
      readonly ended: "read";
      readonly listed: readonly string[];
      readonly tables: { readonly [name: string]: number };
      readonly rows: readonly (readonly (number | string)[])[];
      readonly cube: readonly (readonly (number | string)[])[];
    }
  | { readonly ended: "failed"; readonly code: number | undefined; readonly message: string };

/** The client's types leave this answer open. */
interface Tables {
  readonly qtr: readonly { readonly qName: string; readonly qNoOfRows: number }[];
}

async function tables(doc: Doc): Promise<{ readonly [name: string]: number }> {
  const answer = await doc.getTablesAndKeys({ qcx: 100, qcy: 100 }, { qcx: 0, qcy: 0 }, 30, true, false);
  return Object.fromEntries((answer as Tables).qtr.map((table) => [table.qName, table.qNoOfRows]));
}

async function rowsOf(doc: Doc, table: string): Promise<readonly (readonly (number | string)[])[]> {
  const page = await doc.getTableData(0, 100, true, table);
  return page.map((row) =>
    (row.qValue ?? []).map((cell) => (cell.qIsNumeric === true ? Number(cell.qNumber) : (cell.qText ?? ""))),
  );
}

async function cubeOf(doc: Doc, fields: readonly string[]): Promise<readonly (readonly (number | string)[])[]> {
  const cube = await doc.createSessionObject({
    qInfo: { qType: "table" },
    qHyperCubeDef: {
      qDimensions: fields.map((field) => ({ qDef: { qFieldDefs: [field] } })),
      qMeasures: [],
      qInitialDataFetch: [{ qTop: 0, qLeft: 0, qWidth: fields.length, qHeight: 100 }],
    },
  });
  const layout = await cube.getLayout();
  const pages = layout.qHyperCube?.qDataPages ?? [];
  const matrix = pages.flatMap((page) => page.qMatrix ?? []);
  return matrix.map((row) => row.map((cell) => (typeof cell.qNum === "number" ? cell.qNum : (cell.qText ?? ""))));
}

function failed(error: unknown): ApiAnswer {
  const code = typeof error === "object" && error !== null && "code" in error ? Number(error.code) : undefined;
  return { ended: "failed", code, message: error instanceof Error ? error.message : JSON.stringify(error) };
}

async function visit(asked: ApiVisit): Promise<ApiAnswer> {
  const hostConfig = {
    authType: "windowscookie",
    host: asked.host,
    getAccessToken: () => Promise.resolve(asked.token),
  } as const;
  const session = openAppSession({ appId: asked.app, hostConfig });
  try {
    const doc = await session.getDoc();
    const list = await doc.global.getDocList();
    const listed = list.map((entry) => entry.qDocName ?? "").sort();
    const rows = await rowsOf(doc, "Orders");
    return { ended: "read", listed, tables: await tables(doc), rows, cube: await cubeOf(doc, asked.fields) };
  } catch (error) {
    return failed(error);
  } finally {
    await session.close();
  }
}

const asked = JSON.parse(await text(process.stdin)) as ApiVisit;
process.stdout.write(JSON.stringify(await visit(asked)));
process.exit(0);
