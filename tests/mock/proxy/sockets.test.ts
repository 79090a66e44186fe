/** Who may open an engine socket (IM-072, IM-073, EN-001, EN-007), over TLS on loopback. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { WebSocket, type ClientOptions } from "ws";
import type { Json, Site } from "../../../contract/types.ts";
import { startMock, type MockOptions, type RunningMock } from "../../../mock/server.ts";
import { Client, tokenOf } from "../client.ts";

interface Frame {
  readonly method?: string;
  readonly params?: { readonly [name: string]: Json };
}

/** What became of an upgrade: the refusing status, or the frames until `until` of them came or the socket closed. */
async function open(
  mock: RunningMock,
  path: string,
  options: ClientOptions = {},
  until = 2,
): Promise<number | readonly Frame[]> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`wss://127.0.0.1:${mock.port}${path}`, { ca: mock.caPem, ...options });
    const frames: Frame[] = [];
    socket.on("unexpected-response", (request, response) => {
      request.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.on("message", (data: Buffer) => {
      frames.push(JSON.parse(data.toString("utf8")) as Frame);
      if (frames.length === until) socket.close();
    });
    socket.on("close", () => resolve(frames));
    socket.on("error", reject);
    setTimeout(() => socket.terminate(), 2_000).unref();
  });
}

async function enter(mock: RunningMock, client: Client, id = "ann"): Promise<{ cookie: string; csrf: string }> {
  const answer = await client.call("/jwt/qps/csrftoken", { token: await tokenOf(mock, "CORP", id) });
  return { cookie: answer.cookie ?? "", csrf: answer.headers.get("qlik-csrf-token") ?? "" };
}

function methods(found: number | readonly Frame[]): readonly (string | undefined)[] {
  assert.ok(typeof found !== "number", "the upgrade was refused");
  return found.map((frame) => frame.method);
}

async function withMock(
  options: MockOptions,
  use: (mock: RunningMock, client: Client) => Promise<void>,
): Promise<void> {
  const mock = await startMock(options);
  const client = new Client(mock);
  try {
    await use(mock, client);
  } finally {
    await client.close();
    await mock.close();
  }
}

describe("an engine socket", () => {
  let mock: RunningMock;
  let client: Client;

  before(async () => {
    mock = await startMock();
    client = new Client(mock);
  });

  after(async () => {
    await client.close();
    await mock.close();
  });

  it("greets who brings cookie and CSRF token (IM-072, EN-005)", async () => {
    const { cookie, csrf } = await enter(mock, client);
    for (const where of ["engineData", "%3Ftransient%3D", "some-app/identity/one/ttl/60"]) {
      const found = await open(mock, `/jwt/app/${where}?qlik-csrf-token=${csrf}`, { headers: { Cookie: cookie } }, 2);
      assert.deepEqual(methods(found), ["OnAuthenticationInformation", "OnConnected"]);
    }
  });

  it("is refused without cookie, without token, or with another session's token (IM-072, IM-074)", async () => {
    const { cookie, csrf } = await enter(mock, client);
    const other = await enter(mock, client);
    const found = [
      await open(mock, `/jwt/app/engineData?qlik-csrf-token=${csrf}`),
      await open(mock, "/jwt/app/engineData", { headers: { Cookie: cookie } }),
      await open(mock, "/jwt/app/engineData", { headers: { Cookie: cookie, "qlik-csrf-token": csrf } }),
      await open(mock, `/jwt/app/engineData?qlik-csrf-token=${other.csrf}`, { headers: { Cookie: cookie } }),
      await open(mock, "/jwt/app/engineData", {
        headers: { Authorization: `Bearer ${await tokenOf(mock, "CORP", "ann")}` },
      }),
    ];
    assert.deepEqual(found, [403, 403, 403, 403, 403]);
  });

  it("is refused to a page of another host (IM-073b)", async () => {
    const { cookie, csrf } = await enter(mock, client);
    const path = `/jwt/app/engineData?qlik-csrf-token=${csrf}`;
    const headers = { Cookie: cookie };
    assert.equal(await open(mock, path, { headers, origin: "https://elsewhere.example" }), 403);
    assert.equal(methods(await open(mock, path, { headers, origin: mock.url })).length, 2);
  });

  it("is refused on an unknown prefix (IM-013)", async () => {
    assert.equal(await open(mock, "/nowhere/app/engineData"), 400);
  });

  it("is told and closed when its user logs out (IM-084)", async () => {
    const { cookie, csrf } = await enter(mock, client, "carla");
    const socket = open(mock, `/jwt/app/engineData?qlik-csrf-token=${csrf}`, { headers: { Cookie: cookie } }, 9);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await client.call("/jwt/qps/user", { method: "DELETE", cookie });
    assert.equal(methods(await socket).at(-1), "OnSessionLoggedOut");
  });
});

describe("an engine socket elsewhere", () => {
  it("opens by token alone in older releases (IM-073)", async () => {
    await withMock({ dialect: "cm-2018" }, async (mock) => {
      const headers = { Authorization: `Bearer ${await tokenOf(mock, "CORP", "ann")}` };
      assert.equal(methods(await open(mock, "/jwt/app/engineData", { headers })).length, 2);
      assert.equal(await open(mock, "/jwt/app/engineData", { headers: { Authorization: "Bearer x.y.z" } }), 401);
    });
  });

  it("finds no engine where the proxy names no node (IM-011)", async () => {
    const lonely = {
      id: "v",
      prefix: "lonely",
      sessionCookieHeaderName: "X-Qlik-Session-lonely",
      authenticationMethod: 4,
    };
    const claims = { jwtAttributeUserId: "userId", jwtAttributeUserDirectory: "userDirectory" };
    const site: Site = {
      entities: {
        VirtualProxyConfig: [{ ...lonely, ...claims }],
        ProxyService: [{ id: "p", settings: { virtualProxies: [{ id: "v" }] } }],
      },
      apps: {},
    };
    await withMock({ site }, async (mock, client) => {
      const answer = await client.call("/lonely/qps/csrftoken", { token: await tokenOf(mock, "CORP", "ann") });
      assert.equal(answer.status, 204);
      const path = `/lonely/app/engineData?qlik-csrf-token=${answer.headers.get("qlik-csrf-token")}`;
      const found = await open(mock, path, { headers: { Cookie: answer.cookie ?? "" } }, 9);
      assert.deepEqual(methods(found), ["OnNoEngineAvailable"]);
    });
  });

  it("is refused to the sixth session of one user, not to many sockets of one session (IM-080, IM-081)", async () => {
    await withMock({ sessionLimit: 5 }, async (mock, client) => {
      const first = await enter(mock, client);
      for (let session = 2; session <= 5; session += 1) await enter(mock, client);
      const path = `/jwt/app/engineData?qlik-csrf-token=${first.csrf}`;
      const headers = { Cookie: first.cookie };
      for (let socket = 0; socket < 6; socket += 1)
        assert.equal(methods(await open(mock, path, { headers })).length, 2);
      await enter(mock, client);
      assert.deepEqual(methods(await open(mock, path, { headers }, 9)), ["OnMaxParallelSessionsExceeded"]);
      const ben = await enter(mock, client, "ben");
      const theirs = await open(mock, `/jwt/app/engineData?qlik-csrf-token=${ben.csrf}`, {
        headers: { Cookie: ben.cookie },
      });
      assert.notDeepEqual(methods(theirs), ["OnMaxParallelSessionsExceeded"]);
    });
  });

  it("does not keep the mock from closing", async () => {
    const mock = await startMock();
    const client = new Client(mock);
    const { cookie, csrf } = await enter(mock, client);
    const hanging = open(mock, `/jwt/app/engineData?qlik-csrf-token=${csrf}`, { headers: { Cookie: cookie } }, 9);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await mock.close();
    assert.ok(typeof (await hanging) !== "number");
    await client.close();
  });
});
