/** The HTTP half of the adapter in one process: MSW catches its requests, the mock's handler answers, no socket is opened. */
import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { after, before, describe, it } from "node:test";
import { http } from "msw";
import { setupServer } from "msw/node";
import { requirement } from "../../catalogue/index.ts";
import type { Case, Target } from "../../contract/types.ts";
import { playCase } from "../../harness/play-case.ts";
import { startMock, type RunningMock } from "../../mock/server.ts";
import { goldenCases } from "../../suites/golden.ts";
import { configOf } from "../../targets/mock.ts";
import { CookieJar, openHttp } from "../../targets/qlik/http.ts";
import { openSession } from "../../targets/qlik/identity.ts";
import { login } from "../../targets/qlik/login.ts";
import { qlikTarget } from "../../targets/qlik/target.ts";
import { loginOf, never, principal } from "./trading.ts";

const origin = "https://qlik.trading.example";

/** Cases that only ask for decisions, on a site whose apps are never opened. */
function decidesOnly(of: Case): boolean {
  return of.asks.every(({ probe }) => probe.kind === "decide") && Object.keys(of.sites.main.apps).length === 0;
}

const cases = goldenCases("rules").filter(decidesOnly).slice(0, 8);

describe("the adapter behind MSW", () => {
  let mock: RunningMock;
  let target: Target;
  const connections: string[] = [];
  const answered: string[] = [];
  const note = (_message: unknown, channel: string | symbol): void => void connections.push(String(channel));
  const channels = ["net.client.socket", "undici:client:beforeConnect"];
  const server = setupServer(
    http.all(`${origin}/*`, async ({ request }) => {
      const answer = await mock.fetch(request);
      answered.push(`${request.method} ${answer.status}`);
      // A plain Response: MSW's own would add its cookies to every later request to the host.
      return new Response(answer.body, { status: answer.status, headers: answer.headers });
    }),
  );

  before(async () => {
    mock = await startMock();
    for (const channel of channels) subscribe(channel, note);
    server.listen({ onUnhandledRequest: "error" });
    target = qlikTarget({ ...configOf(mock, "documented"), url: origin }, { name: "intercepted" });
  });

  after(async () => {
    await target.close?.();
    server.close();
    for (const channel of channels) unsubscribe(channel, note);
    await mock.close();
  });

  it("decides golden rule cases without a connection", async () => {
    assert.ok(cases.length === 8, `${cases.length} cases`);
    const results: string[] = [];
    for (const of of cases) {
      const { verdicts } = await playCase(of, target, { strict: false, requirement });
      results.push(...verdicts.map((verdict) => verdict.result));
    }
    assert.ok(results.length >= cases.length);
    assert.deepEqual([...new Set(results)], ["pass"]);
    assert.ok(answered.length > 8 * 10);
    assert.deepEqual(connections, []);
  });

  it("keeps the browsers of two users apart (IM-042)", async () => {
    const config = { ...configOf(mock, "documented"), url: origin };
    const wire = openHttp(config);
    const door = { http: wire, config, site: { entities: {}, apps: {} }, signal: never };
    const probe = loginOf("ann");
    assert.ok(probe.kind === "login");
    await openSession(wire, config, principal("ben"), mock.prefix);
    assert.deepEqual(await login(door, mock.prefix, probe.with, new CookieJar()), {
      kind: "session",
      directory: "CORP",
      id: "ann",
      sets: {},
    });
    assert.deepEqual(await login(door, mock.prefix, { by: "nothing" }, new CookieJar()), {
      kind: "refused",
      by: "proxy",
      code: 401,
    });
    assert.deepEqual(connections, []);
    await wire.close();
  });

  it("would have seen a connection", async () => {
    server.close();
    const wire = openHttp({ ...configOf(mock, "documented") });
    assert.equal((await wire.request({ path: "/jwt/qps/user" })).status, 401);
    assert.ok(connections.length > 0);
    await wire.close();
  });
});
