/** Sites that hang, break off, lie or answer nonsense: the question stays open, and the reason is the right one. */
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { ConformanceError, formatError } from "../../contract/errors.ts";
import type { Deployment, FailureCode, Outcome, Probe } from "../../contract/types.ts";
import { startMock, type RunningMock } from "../../mock/server.ts";
import { configOf } from "../../targets/mock.ts";
import { qlikTarget } from "../../targets/qlik/target.ts";
import { startHostile, type Hostile, type Misbehaviour } from "./hostile-server.ts";
import { annSees, decideFor, deploy, loginOf, never, openBy, site } from "./trading.ts";

const timeoutMs = 600;
/** The longest an answer may take: a log-in and a socket, each at its limit, and the closing. */
const patienceMs = 4000;

const html = "<!DOCTYPE html><html><body>Bad gateway</body></html>";

function reply(body: string, status = 200, headers: { readonly [name: string]: string } = {}): Promise<Response> {
  return Promise.resolve(new Response(body, { status, headers: { "Content-Type": "text/html", ...headers } }));
}

const silence = (): Promise<Response> => new Promise(() => {});

/** Fewer bytes than promised, then the connection is closed. */
function brokenOff(): Promise<Response> {
  const headers = { "Content-Length": "500", Connection: "close" };
  return Promise.resolve(new Response('{"userDirectory":"CO', { headers }));
}

/** Half of an answer, and then nothing. */
function halfAnswered(): Promise<Response> {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"userDirectory":"CO'));
    },
  });
  return Promise.resolve(new Response(body, { status: 200 }));
}

/** Another user's session for everybody who shows a token. */
function stranger(mock: RunningMock, token: () => string): Misbehaviour {
  return {
    http: (request) => {
      if (request.headers.get("authorization") === null) return undefined;
      const headers = new Headers(request.headers);
      headers.set("authorization", token());
      return mock.fetch(new Request(request, { headers }));
    },
  };
}

interface HttpFault {
  readonly name: string;
  readonly http: (request: Request) => Promise<Response>;
  readonly code: FailureCode;
}

const httpFaults: readonly HttpFault[] = [
  { name: "never answers", http: silence, code: "timed-out" },
  { name: "answers half and hangs", http: halfAnswered, code: "timed-out" },
  { name: "breaks off in the middle of an answer", http: brokenOff, code: "unreachable" },
  { name: "answers an HTML page", http: () => reply(html), code: "malformed" },
  { name: "answers JSON of another kind", http: () => reply('{"hello":["world"]}'), code: "malformed" },
  { name: "answers the JSON null", http: () => reply("null"), code: "malformed" },
  { name: "answers 500", http: () => reply(html, 500), code: "malformed" },
  { name: "answers 500 with a list as JSON", http: () => reply("[]", 500), code: "malformed" },
  { name: "answers 503 and a cookie", http: () => reply("", 503, { "Set-Cookie": "X=1" }), code: "malformed" },
  {
    name: "redirects for good",
    http: () => reply("", 301, { Location: "https://elsewhere.example/" }),
    code: "malformed",
  },
];

interface FrameFault {
  readonly name: string;
  readonly on: Misbehaviour;
  readonly code: FailureCode;
  readonly through?: "tables" | "hypercube" | "counts";
}

/** The answer to one method, with its result changed. */
function altered(method: string, change: (result: { [name: string]: unknown }) => unknown): Misbehaviour {
  return {
    frame: (asked, frame) => {
      if (asked !== method) return undefined;
      const answer = JSON.parse(frame) as { readonly result: { [name: string]: unknown } };
      return [JSON.stringify({ ...answer, delta: false, result: change(answer.result) })];
    },
  };
}

const fewerRows = altered("GetTableData", ({ qData }) => ({ qData: (qData as unknown[]).slice(1) }));
const endlessRows = altered("GetTableData", ({ qData }) => ({
  qData: Array.from({ length: 4000 }, () => (qData as unknown[])[0]),
}));
const narrowRows = altered("GetTableData", ({ qData }) => ({
  qData: (qData as { readonly qValue: unknown[] }[]).map((row) => ({ qValue: row.qValue.slice(1) })),
}));

const frameFaults: readonly FrameFault[] = [
  {
    name: "closes the socket instead of opening the app",
    on: { frame: (asked) => (asked === "OpenDoc" ? "close" : undefined) },
    code: "unreachable",
  },
  {
    name: "closes the socket after opening the app",
    on: { frame: (asked) => (asked === "GetTablesAndKeys" ? "close" : undefined) },
    code: "unreachable",
  },
  {
    name: "never answers OpenDoc",
    on: { frame: (asked) => (asked === "OpenDoc" ? [] : undefined) },
    code: "timed-out",
  },
  {
    name: "sends a frame that is no JSON",
    on: { frame: (asked) => (asked === "OpenDoc" ? [html] : undefined) },
    code: "malformed",
  },
  {
    name: "sends the frame null",
    on: { frame: (asked) => (asked === "OpenDoc" ? ["null"] : undefined) },
    code: "malformed",
  },
  { name: "sends pages with rows missing", on: fewerRows, code: "truncated" },
  { name: "sends pages without end", on: endlessRows, code: "truncated" },
  { name: "sends rows with cells missing", on: narrowRows, code: "truncated" },
  { name: "sends a data model of no kind", on: altered("GetTablesAndKeys", () => ({ qtr: 7 })), code: "malformed" },
  {
    name: "sends a hypercube without size",
    on: altered("GetLayout", () => ({ qLayout: { qInfo: {}, qHyperCube: {} } })),
    code: "malformed",
    through: "hypercube",
  },
  {
    name: "sends a hypercube with an error",
    on: altered("GetLayout", () => ({ qLayout: { qHyperCube: { qError: { qErrorCode: 7005 }, qSize: { qcy: 0 } } } })),
    code: "malformed",
    through: "hypercube",
  },
  {
    name: "sends counts that are no values",
    on: altered("EvaluateEx", () => ({ qValue: {} })),
    code: "malformed",
    through: "counts",
  },
  { name: "refuses the socket with 500", on: { upgrade: 500 }, code: "malformed" },
  { name: "redirects the socket", on: { upgrade: 302 }, code: "malformed" },
];

describe("a site that misbehaves", () => {
  let mock: RunningMock;
  let hostile: Hostile;
  let deployment: Deployment | undefined;
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  const target = (): ReturnType<typeof qlikTarget> =>
    qlikTarget({ ...configOf(mock, "documented"), url: hostile.url, caPem: hostile.caPem, timeoutMs });

  before(async () => {
    process.on("unhandledRejection", note);
    mock = await startMock();
    // The first reload of a process takes longer than the limit of these tests.
    const patient = qlikTarget(configOf(mock, "documented"));
    await (await deploy(patient)).dispose();
    await patient.close?.();
    hostile = await startHostile(mock);
    deployment = await deploy(target());
  });

  afterEach(() => {
    hostile.misbehave(undefined);
    assert.deepEqual(unhandled.splice(0), []);
  });

  after(async () => {
    await deployment?.dispose();
    await hostile.close();
    await mock.close();
    process.off("unhandledRejection", note);
  });

  function running(): Deployment {
    assert.ok(deployment !== undefined);
    return deployment;
  }

  /** The outcome, and that it came in good time. */
  async function ask(probe: Probe): Promise<Outcome> {
    const startedAt = performance.now();
    const outcome = await running().ask(probe, never);
    assert.ok(performance.now() - startedAt < patienceMs, "took too long");
    return outcome;
  }

  async function assertOpen(probe: Probe, code: FailureCode, what: string): Promise<void> {
    const outcome = await ask(probe);
    assert.ok(outcome.kind === "undetermined", `${what}: ${JSON.stringify(outcome)}`);
    assert.equal(outcome.code, code, `${what}: ${outcome.detail}`);
    assert.doesNotMatch(outcome.detail, /\n/);
  }

  it("answers well while the site behaves", async () => {
    assert.deepEqual(await ask(openBy("ann")), annSees);
    assert.deepEqual(await ask(decideFor("ann")), { kind: "decision", allowed: true, broken: [] });
    assert.deepEqual(await ask(decideFor("erin")), { kind: "decision", allowed: false, broken: [] });
    assert.deepEqual(await ask(loginOf("ben")), { kind: "session", directory: "CORP", id: "ben", sets: {} });
  });

  for (const { name, http, code } of httpFaults) {
    it(`leaves every question open when it ${name}`, async () => {
      hostile.misbehave({ http });
      await Promise.all([
        assertOpen(openBy("ben"), code, "open"),
        assertOpen(loginOf("ben"), code, "login"),
        assertOpen({ kind: "impersonate", datasource: "Monthly" }, code, "impersonate"),
        assertOpen(decideFor("ann"), code, "decide"),
      ]);
    });
  }

  for (const { name, on, code, through } of frameFaults) {
    it(`leaves an opening undetermined when it ${name}`, async () => {
      hostile.misbehave(on);
      await assertOpen(openBy("ann", through), code, "open");
      hostile.misbehave(undefined);
      assert.equal((await ask(openBy("ann", through))).kind, through === "counts" ? "measure" : "view");
    });
  }

  it("takes nobody else's view for the principal's", async () => {
    const tokens: string[] = [];
    hostile.misbehave({
      http: (request) => {
        tokens.push(request.headers.get("authorization") ?? "");
        return undefined;
      },
    });
    await ask(loginOf("ann"));
    hostile.misbehave(stranger(mock, () => tokens[0] ?? ""));
    await assertOpen(openBy("dan"), "malformed", "open");
    hostile.misbehave(undefined);
    assert.equal((await ask(openBy("dan"))).kind, "view");
  });

  it("tells at a log-in whose session it really was: that is what is asked (IM-046)", async () => {
    hostile.misbehave({ http: () => reply('{"userDirectory":"CORP","userId":"carla"}') });
    assert.deepEqual(await ask(loginOf("ben")), { kind: "session", directory: "CORP", id: "carla", sets: {} });
  });

  it("does not take an audit that looked at nothing for a denial", async () => {
    hostile.misbehave({
      http: (request) =>
        request.url.includes("/audit/matrix") ? reply('{"matrix":[],"subjects":{},"resources":{}}') : undefined,
    });
    await assertOpen(decideFor("ann"), "malformed", "decide");
  });

  it("stops asking the engine when the harness gives up", async () => {
    const giveUp = new AbortController();
    hostile.misbehave({ frame: (asked) => (asked === "OpenDoc" ? [] : undefined) });
    const asked = running().ask(openBy("ann"), giveUp.signal);
    setTimeout(() => giveUp.abort(), 50);
    const outcome = await asked;
    assert.ok(outcome.kind === "undetermined" && outcome.code === "timed-out", JSON.stringify(outcome));
  });

  it("tells where an answer is missing and what to do about it, whatever is wrong", async () => {
    const wrongs = [
      [silence, /^(GET|POST) \/jwt\/\S+ was not answered in time; raise "timeoutMs"/],
      [brokenOff, /^(GET|POST) \/jwt\/\S+ at 127\.0\.0\.1 failed: .*; check "url"/],
      [() => reply(html), /the audit answered 200 with something that is not JSON; look what answers/],
    ] as const;
    for (const [http, told] of wrongs) {
      hostile.misbehave({ http });
      const outcome = await ask(decideFor("ann"));
      assert.match(outcome.kind === "undetermined" ? outcome.detail : JSON.stringify(outcome), told);
    }
  });

  it("does not start for one who may not see the audit", async () => {
    const admin = { directory: "CORP", id: "erin" };
    const other = qlikTarget({ ...configOf(mock, "documented"), url: hostile.url, caPem: hostile.caPem, admin });
    const error: unknown = await deploy(other, site).catch((cause: unknown) => cause);
    assert.ok(error instanceof ConformanceError);
    assert.match(formatError(error), /CORP\\erin does not see the audit .*RootAdmin; name one in "admin"/);
    await other.close?.();
  });

  it("is not trusted with a certificate of another authority, on HTTP and on the socket", async () => {
    const other = qlikTarget({ ...configOf(mock, "documented"), url: hostile.url, timeoutMs });
    const error: unknown = await deploy(other, site).catch((cause: unknown) => cause);
    assert.ok(error instanceof Error && "failure" in error);
    assert.equal(error.failure, "unreachable");
    assert.match(error.message, /certificate/);
    await other.close?.();
  });
});
