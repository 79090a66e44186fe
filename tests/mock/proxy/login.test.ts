/** Who gets a session by which credential: the status matrix A2.1 of the wire, over TLS on loopback. */
import assert from "node:assert/strict";
import { createSecretKey, generateKeyPairSync } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { SignJWT, base64url } from "jose";
import type { Entity, Json, Site } from "../../../contract/types.ts";
import { startMock, type RunningMock } from "../../../mock/server.ts";
import { Client, sign, tokenOf, type Answer } from "../client.ts";

const now = (): number => Math.floor(Date.now() / 1000);
const node = { id: "n1" };
const foreign = generateKeyPairSync("rsa", { modulusLength: 2048 })
  .privateKey.export({ type: "pkcs8", format: "pem" })
  .toString();

function proxy(id: string, more: { readonly [field: string]: Json }): Entity {
  return {
    id,
    prefix: id,
    description: id,
    sessionCookieHeaderName: `X-Qlik-Session-${id}`,
    loadBalancingServerNodes: [node],
    ...more,
  };
}

const jwt = { authenticationMethod: 4, jwtAttributeUserId: "user", jwtAttributeUserDirectory: "[TRADING]" };
const site: Site = {
  entities: {
    User: [
      { id: "u1", userDirectory: "CORP", userId: "ann", name: "Ann" },
      { id: "u2", userDirectory: "CORP", userId: "zoe", name: "Zoe", blacklisted: true },
    ],
    VirtualProxyConfig: [
      proxy("trading", {
        ...jwt,
        jwtAudience: "qlik",
        jwtAttributeMap: [{ jwtAttribute: "team", senseAttribute: "group", isMandatory: true }],
      }),
      proxy("unlinked", jwt),
      proxy("open", { anonymousAccessMode: 1, ...jwt }),
      proxy("public", { anonymousAccessMode: 2 }),
      proxy("named", {
        authenticationMethod: 1,
        headerAuthenticationHeaderName: "X-User",
        headerAuthenticationStaticUserDirectory: "CORP",
      }),
      proxy("split", {
        authenticationMethod: 2,
        headerAuthenticationHeaderName: "X-User",
        headerAuthenticationDynamicUserDirectory: "$ud\\\\$id",
      }),
    ],
    ProxyService: [
      { id: "p1", settings: { virtualProxies: ["trading", "open", "public", "named", "split"].map((id) => ({ id })) } },
    ],
  },
  apps: {},
};

let mock: RunningMock;
let client: Client;

before(async () => {
  mock = await startMock({ site });
  client = new Client(mock);
});

after(async () => {
  await client.close();
  await mock.close();
});

async function whoami(prefix: string, call: Parameters<Client["call"]>[1] = {}): Promise<Answer> {
  return client.call(`/${prefix}/qps/user`, call);
}

async function whois(prefix: string, call: Parameters<Client["call"]>[1] = {}): Promise<string> {
  const { status, json } = await whoami(prefix, call);
  const user = json as { userDirectory?: string; userId?: string } | null;
  return status === 200 ? `${user?.userDirectory}\\${user?.userId}` : String(status);
}

const annClaims = { userDirectory: "CORP", userId: "ann" };

const doras = async (): Promise<Json> => (await client.admin("user/count?filter=userId eq 'dora'")).json;
const byTrading = async (claims: { [name: string]: Json }): Promise<string> =>
  whois("trading", { token: await sign(mock.jwtKeyPem, claims) });
const annAt = async (times: { readonly [name: string]: number }): Promise<string> =>
  whois("jwt", { token: await tokenOf(mock, "CORP", "ann", times) });
const tokenFor = async (id: string, more: { [name: string]: Json } = {}): Promise<string> =>
  tokenOf(mock, "CORP", id, more);
const cookieOf = async (id: string, prefix = "jwt"): Promise<string> =>
  (await whoami(prefix, { token: await tokenFor(id) })).cookie ?? "";

describe("a JWT virtual proxy", () => {
  for (const alg of ["RS256", "RS384", "RS512"]) {
    it(`lets a user in by ${alg} and sets its cookie (IM-031, IM-070)`, async () => {
      const answer = await whoami("jwt", { token: await sign(mock.jwtKeyPem, annClaims, alg) });
      assert.equal(answer.status, 200);
      assert.match(
        answer.headers.get("set-cookie") ?? "",
        /^X-Qlik-Session-jwt=[0-9a-f]{48}; Path=\/; HttpOnly; Secure$/,
      );
    });
  }

  it("refuses a request without token and cookie (IM-044)", async () => {
    const answer = await whoami("jwt");
    assert.deepEqual([answer.status, answer.cookie], [401, undefined]);
  });

  it("refuses what is no token (IM-045)", async () => {
    const sent = ["Bearer", "Bearer ", "Bearer x", "Bearer a.b.c", "Basic YW5uOng="];
    const found = await Promise.all(sent.map(async (authorization) => whois("jwt", { headers: { authorization } })));
    assert.deepEqual(found, ["401", "401", "401", "401", "401"]);
  });

  it("refuses other algorithms, other keys and changed tokens (IM-031, IM-032, IM-033)", async () => {
    const hmac = new SignJWT(annClaims).setProtectedHeader({ alg: "HS256" });
    const signed = await tokenOf(mock, "CORP", "ben");
    const [head = "", , tail = ""] = signed.split(".");
    const body = base64url.encode(JSON.stringify(annClaims));
    const tokens = [
      await hmac.sign(createSecretKey(Buffer.from(mock.jwtCertificatePem))),
      `${base64url.encode('{"alg":"none"}')}.${body}.`,
      await sign(mock.jwtKeyPem, annClaims, "PS256"),
      await sign(foreign, annClaims),
      `${head}.${body}.${tail}`,
      `${head}.${body}.`,
    ];
    const found = await Promise.all(tokens.map(async (token) => whois("jwt", { token })));
    assert.deepEqual(
      found,
      tokens.map(() => "401"),
    );
    assert.equal(await whois("jwt", { token: signed }), "CORP\\ben");
  });

  it("minds the times of a token (IM-036)", async () => {
    const found = [
      await annAt({ exp: now() - 900 }),
      await annAt({ nbf: now() + 900 }),
      await annAt({ exp: now() + 900, nbf: now() - 900 }),
    ];
    assert.deepEqual(found, ["401", "401", "CORP\\ann"]);
  });

  it("takes claims by their exact names and as texts (IM-034, IM-046)", async () => {
    const claims: { [name: string]: Json }[] = [
      { UserDirectory: "CORP", UserId: "ann" },
      { userId: "ann" },
      { userDirectory: "CORP" },
      { userDirectory: "CORP", userId: " " },
      { userDirectory: "CORP", userId: ["ann"] },
      { userDirectory: "CORP", userId: 7 },
    ];
    const found = await Promise.all(
      claims.map(async (one) => whois("jwt", { token: await sign(mock.jwtKeyPem, one) })),
    );
    assert.deepEqual(
      found,
      claims.map(() => "401"),
    );
  });

  it("keeps odd ids whole (IM-054)", async () => {
    const ids = ["x; UserId=admin", "x%3B%20UserId%3Dadmin", "CORP\\ann", "Zoë", "a\r\nb"];
    const found = await Promise.all(ids.map(async (id) => whois("jwt", { token: await tokenOf(mock, "CORP", id) })));
    assert.deepEqual(
      found,
      ids.map((id) => `CORP\\${id}`),
    );
  });

  it("refuses a blocked user (IM-052) and keeps the first-seen spelling of a name (IM-053)", async () => {
    assert.equal(await whois("jwt", { token: await tokenOf(mock, "corp", "ZOE") }), "401");
    assert.equal(await whois("jwt", { token: await tokenOf(mock, "corp", "ANN") }), "CORP\\ann");
  });

  it("makes a user's record at his first log-in, once (IM-051)", async () => {
    assert.deepEqual(await doras(), { value: 0 });
    await whoami("jwt", { token: await tokenOf(mock, "CORP", "dora") });
    await whoami("jwt", { token: await tokenOf(mock, "CORP", "Dora") });
    assert.deepEqual(await doras(), { value: 1 });
  });

  it("takes directory from the setting, an audience and a mandatory claim from the token (IM-035, IM-038, IM-003)", async () => {
    assert.equal(await byTrading({ user: "ben", team: "Sales", aud: "qlik" }), "TRADING\\ben");
    assert.equal(await byTrading({ user: "ben", team: "Sales", aud: "other" }), "401");
    assert.equal(await byTrading({ user: "ben", team: "Sales" }), "401");
    assert.equal(await byTrading({ user: "ben", aud: "qlik" }), "401");
  });
});

describe("a session", () => {
  it("goes on by its cookie alone (IM-043), also among attributes sent back", async () => {
    const cookie = await cookieOf("ann");
    assert.equal(await whois("jwt", { cookie }), "CORP\\ann");
    assert.equal(await whois("jwt", { cookie: `${cookie}; Path=/; HttpOnly; Secure` }), "CORP\\ann");
    assert.equal((await whoami("jwt", { cookie })).cookie, undefined);
  });

  it("does not save a bad token beside it (IM-041)", async () => {
    const cookie = await cookieOf("ann");
    assert.equal(await whois("jwt", { cookie, token: await sign(foreign, annClaims) }), "401");
    assert.equal(await whois("jwt", { cookie }), "CORP\\ann");
  });

  it("gives way to another user's token and stays what it was (IM-042)", async () => {
    const cookie = await cookieOf("ann");
    const changed = await whoami("jwt", { cookie, token: await tokenFor("ben") });
    assert.ok(changed.cookie !== undefined && changed.cookie !== cookie);
    assert.deepEqual(
      [await whois("jwt", { cookie: changed.cookie }), await whois("jwt", { cookie })],
      ["CORP\\ben", "CORP\\ann"],
    );
  });

  it("is worth nothing when forged or another proxy's (IM-057, IM-076)", async () => {
    const cookie = await cookieOf("ann");
    const [name = "", value = ""] = cookie.split("=");
    const turned = `${name}=${value.slice(0, -1)}${value.endsWith("0") ? "1" : "0"}`;
    assert.deepEqual(
      [await whois("jwt", { cookie: turned }), await whois("jwt", { cookie: `${name}=chosen` })],
      ["401", "401"],
    );
    assert.equal(await whois("trading", { cookie: `X-Qlik-Session-trading=${value}` }), "401");
    const chosen = await whoami("jwt", { cookie: `${name}=chosen`, token: await tokenFor("ann") });
    assert.ok(chosen.cookie !== undefined && chosen.cookie !== `${name}=chosen`);
  });

  it("ends at log-out, on its own proxy (IM-085)", async () => {
    const [one, other] = [await cookieOf("carla"), await cookieOf("carla")];
    assert.equal((await client.call("/jwt/qps/user", { method: "DELETE", cookie: one })).status, 204);
    assert.deepEqual([await whois("jwt", { cookie: one }), await whois("jwt", { cookie: other })], ["401", "401"]);
  });

  it("hands out a CSRF token of its own (IM-071)", async () => {
    const answers = [await cookieOf("ann"), await cookieOf("ann")].map(async (cookie) =>
      client.call("/jwt/qps/csrftoken", { cookie }),
    );
    const found = await Promise.all(answers);
    const tokens = found.map((answer) => answer.headers.get("qlik-csrf-token") ?? "");
    assert.deepEqual(
      found.map((answer) => answer.status),
      [204, 204],
    );
    assert.match(tokens[0] ?? "", /^[0-9a-f]{48}$/);
    assert.notEqual(tokens[0], tokens[1]);
  });
});

describe("other virtual proxies", () => {
  it("answer an unknown and an unlinked prefix alike (IM-010, IM-013)", async () => {
    const call = { token: await sign(mock.jwtKeyPem, { user: "ann" }) };
    const [unknown, unlinked] = [await whoami("nowhere", call), await whoami("unlinked", call)];
    assert.deepEqual([unknown.status, unlinked.status], [400, 400]);
    assert.match(unknown.text, /The http request header is incorrect/);
    assert.equal(unknown.text, unlinked.text);
    assert.deepEqual([unknown.cookie, unlinked.cookie], [undefined, undefined]);
  });

  it("let anonymous visitors in, where they allow it until a log-in, or always (IM-016)", async () => {
    const token = await sign(mock.jwtKeyPem, { user: "ben" });
    assert.match(await whois("open"), /^NONE\\anonymous/);
    assert.equal(await whois("open", { token }), "TRADING\\ben");
    assert.match(await whois("public", { token }), /^NONE\\anonymous/);
  });

  it("take the user from a header, with a fixed directory or one in the value (IM-018)", async () => {
    assert.equal(await whois("named", { headers: { "X-User": "ben" } }), "CORP\\ben");
    assert.equal(await whois("split", { headers: { "X-User": "TRADING\\carla" } }), "TRADING\\carla");
    assert.deepEqual([await whois("named"), await whois("split", { headers: { "X-User": "carla" } })], ["400", "400"]);
  });
});
