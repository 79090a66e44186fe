/** Each wrong of the proxy shows over TLS, and does not show without it. */
import assert from "node:assert/strict";
import { createSecretKey, generateKeyPairSync } from "node:crypto";
import { describe, it } from "node:test";
import { SignJWT, base64url, exportJWK, type JWK } from "jose";
import { WebSocket } from "ws";
import type { Entity, Json, Site } from "../../../contract/types.ts";
import { defects } from "../../../mock/defects/index.ts";
import { startMock, type RunningMock } from "../../../mock/server.ts";
import { Client, sign, tokenOf, type Call } from "../client.ts";

const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });
const strangerPem = stranger.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const ann = { userDirectory: "CORP", userId: "ann" };

function proxy(id: string, more: { readonly [field: string]: Json } = {}): Entity {
  const names = { prefix: id, description: id, sessionCookieHeaderName: `X-Qlik-Session-${id}` };
  const claims = { jwtAttributeUserId: "userId", jwtAttributeUserDirectory: "userDirectory" };
  return { id, ...names, ...claims, authenticationMethod: 4, loadBalancingServerNodes: [{ id: "n" }], ...more };
}

function rule(name: string, condition: string, ruleContext = 0): Entity {
  return { id: name, name, category: "Security", resourceFilter: "Stream_*", actions: 2, rule: condition, ruleContext };
}

const site: Site = {
  entities: {
    User: [
      { id: "u1", ...ann, name: "Ann" },
      { id: "u2", userDirectory: "CORP", userId: "zoe", blacklisted: true },
    ],
    Stream: ["Sales", "Finance", "Office", "Qmc"].map((name) => ({ id: name, name })),
    SystemRule: [
      rule("sales", 'user.environment.group="Sales" and resource.name="Sales"'),
      rule("finance", 'user.environment.group="Finance" and resource.name="Finance"'),
      rule("office", 'user.environment.office="UK" and resource.name="Office"'),
      rule("qmc", 'user.userId="ann" and resource.name="Qmc"', 2),
    ],
    VirtualProxyConfig: [proxy("other"), proxy("unlinked"), proxy("audience", { jwtAudience: "qlik" })],
    ProxyService: [{ id: "p", settings: { virtualProxies: [{ id: "other" }, { id: "audience" }] } }],
  },
  apps: {},
};

interface Scene {
  readonly mock: RunningMock;
  readonly client: Client;
}

async function whois({ client }: Scene, call: Call, prefix = "jwt"): Promise<string> {
  const { status, json } = await client.call(`/${prefix}/qps/user`, call);
  const user = json as { userDirectory?: string; userId?: string } | null;
  return status === 200 ? `${user?.userDirectory}\\${user?.userId}` : String(status);
}

async function byToken(scene: Scene, claims: { [name: string]: Json }, pem = scene.mock.jwtKeyPem): Promise<string> {
  return whois(scene, { token: await sign(pem, claims) });
}

async function cookieOf({ mock, client }: Scene, id: string, more: { [name: string]: Json } = {}): Promise<string> {
  return (await client.call("/jwt/qps/user", { token: await tokenOf(mock, "CORP", id, more) })).cookie ?? "";
}

async function streams({ client }: Scene, call: Call): Promise<string> {
  const { json } = await client.qrs("stream", call);
  return Array.isArray(json) ? json.map((one: Json) => (one as { name: string }).name).join() : "refused";
}

/** Streams a token with these claims opens. */
async function seenWith(scene: Scene, claims: { [name: string]: Json }): Promise<string> {
  return streams(scene, { token: await tokenOf(scene.mock, "CORP", "ann", claims) });
}

async function socketStatus(scene: Scene, origin: string | undefined, token: boolean): Promise<string> {
  const answer = await scene.client.call("/jwt/qps/csrftoken", { token: await tokenOf(scene.mock, "CORP", "ann") });
  const query = token ? `?qlik-csrf-token=${answer.headers.get("qlik-csrf-token")}` : "";
  return new Promise((resolve, reject) => {
    const headers = { Cookie: answer.cookie ?? "" };
    const options = { ca: scene.mock.caPem, headers, ...(origin === undefined ? {} : { origin }) };
    const socket = new WebSocket(`wss://127.0.0.1:${scene.mock.port}/jwt/app/engineData${query}`, options);
    socket.on("unexpected-response", (request, response) => {
      request.destroy();
      resolve(String(response.statusCode));
    });
    socket.on("open", () => socket.close());
    socket.on("close", () => resolve("open"));
    socket.on("error", reject);
  });
}

function unsigned(header: Json): string {
  return `${base64url.encode(JSON.stringify(header))}.${base64url.encode(JSON.stringify(ann))}.`;
}

async function selfKeyed(): Promise<string> {
  const { kty, n, e }: JWK = await exportJWK(stranger.publicKey);
  const jwk = {
    ...(kty === undefined ? {} : { kty }),
    ...(n === undefined ? {} : { n }),
    ...(e === undefined ? {} : { e }),
  };
  return new SignJWT(ann).setProtectedHeader({ alg: "RS256", jwk }).sign(stranger.privateKey);
}

const moment = (offset: number): number => Math.floor(Date.now() / 1000) + offset;

/** What each wrong changes: what is done, the right answer, and the wrong one. */
const shows: { readonly [defect: string]: readonly [(scene: Scene) => Promise<string>, string, string] } = {
  "hmac-accepted": [
    async (scene) => {
      const key = createSecretKey(Buffer.from(scene.mock.jwtCertificatePem));
      return whois(scene, { token: await new SignJWT(ann).setProtectedHeader({ alg: "HS256" }).sign(key) });
    },
    "401",
    "CORP\\ann",
  ],
  "pss-accepted": [async (s) => whois(s, { token: await sign(s.mock.jwtKeyPem, ann, "PS256") }), "401", "CORP\\ann"],
  "expired-accepted": [async (s) => byToken(s, { ...ann, exp: moment(-900) }), "401", "CORP\\ann"],
  "not-before-ignored": [async (s) => byToken(s, { ...ann, nbf: moment(900) }), "401", "CORP\\ann"],
  "foreign-key-accepted": [async (s) => byToken(s, ann, strangerPem), "401", "CORP\\ann"],
  "unsigned-payload-trusted": [async (s) => whois(s, { token: unsigned({ alg: "RS256" }) }), "401", "CORP\\ann"],
  "alg-none-accepted": [async (s) => whois(s, { token: unsigned({ alg: "none" }) }), "401", "CORP\\ann"],
  "embedded-key-accepted": [async (s) => whois(s, { token: await selfKeyed() }), "401", "CORP\\ann"],
  "audience-ignored": [
    async (s) => whois(s, { token: await sign(s.mock.jwtKeyPem, { ...ann, aud: "else" }) }, "audience"),
    "401",
    "CORP\\ann",
  ],
  "missing-claim-guessed": [async (s) => byToken(s, { userId: "ann" }), "401", "guest\\ann"],
  "claim-names-ignore-case": [async (s) => byToken(s, { UserDirectory: "CORP", USERID: "ann" }), "401", "CORP\\ann"],
  "groups-unmapped": [async (s) => seenWith(s, { group: "Sales" }), "Sales", ""],
  "list-claim-first-only": [async (s) => seenWith(s, { group: ["Sales", "Finance"] }), "Sales,Finance", "Sales"],
  "unmapped-claims-shown": [async (s) => seenWith(s, { office: "UK" }), "", "Office"],
  "default-user-for-everyone": [async (s) => byToken(s, ann), "CORP\\ann", "CORP\\default"],
  "directory-from-token-ignored": [async (s) => byToken(s, { ...ann, userDirectory: "LAB" }), "LAB\\ann", "CORP\\ann"],
  "id-cut-at-separator": [async (s) => byToken(s, { ...ann, userId: "ann; x" }), "CORP\\ann; x", "CORP\\ann"],
  "blocked-user-enters": [async (s) => byToken(s, { ...ann, userId: "zoe" }), "401", "CORP\\zoe"],
  "cookie-wins-over-token": [
    async (s) => whois(s, { cookie: await cookieOf(s, "ann"), token: await tokenOf(s.mock, "CORP", "ben") }),
    "CORP\\ben",
    "CORP\\ann",
  ],
  "user-mixed": [
    async (s) => whois(s, { cookie: await cookieOf(s, "ann"), token: await tokenOf(s.mock, "CORP", "ben") }),
    "CORP\\ben",
    "CORP\\ann",
  ],
  "session-handed-on": [
    async (s) => {
      const cookie = await cookieOf(s, "ann");
      await whois(s, { cookie, token: await tokenOf(s.mock, "CORP", "ben") });
      return whois(s, { cookie });
    },
    "CORP\\ann",
    "CORP\\ben",
  ],
  "stale-attributes": [
    async (s) =>
      streams(s, { cookie: await cookieOf(s, "ann", { group: "Sales" }), token: await tokenOf(s.mock, "CORP", "ann") }),
    "",
    "Sales",
  ],
  "cookie-of-other-proxy": [
    async (s) => whois(s, { cookie: `X-Qlik-Session-other=${(await cookieOf(s, "ann")).split("=")[1]}` }, "other"),
    "401",
    "CORP\\ann",
  ],
  fixation: [
    async (s) => {
      await whois(s, { cookie: "X-Qlik-Session-jwt=chosen", token: await tokenOf(s.mock, "CORP", "ann") });
      return whois(s, { cookie: "X-Qlik-Session-jwt=chosen" });
    },
    "401",
    "CORP\\ann",
  ],
  "unlinked-proxy-serves": [
    async (s) => whois(s, { token: await sign(s.mock.jwtKeyPem, ann) }, "unlinked"),
    "400",
    "CORP\\ann",
  ],
  "client-header-identity": [
    async (s) => {
      const headers = {
        "X-Qlik-User": "UserDirectory=QLIKADMIN; UserId=admin",
        "X-Qlik-Security": "Context=ManagementAccess",
      };
      return streams(s, { token: await tokenOf(s.mock, "CORP", "ben"), headers });
    },
    "",
    "Sales,Finance,Office,Qmc",
  ],
  "context-always-qmc": [async (s) => seenWith(s, {}), "", "Qmc"],
  "csrf-unchecked": [async (s) => socketStatus(s, undefined, false), "403", "open"],
  "origin-unchecked": [async (s) => socketStatus(s, "https://elsewhere.example", true), "403", "open"],
  "xrfkey-unchecked": [
    async (s) => String((await s.client.call("/jwt/qrs/about", { token: await sign(s.mock.jwtKeyPem, ann) })).status),
    "403",
    "200",
  ],
};

async function observed(name: string, withDefect: boolean): Promise<string> {
  const defect = defects.find((one) => one.name === name);
  assert.ok(defect !== undefined, `${name} is in the registry`);
  const mock = await startMock({ site, ...(withDefect ? { defect } : {}) });
  const client = new Client(mock);
  try {
    return (await shows[name]?.[0]({ mock, client })) ?? "";
  } finally {
    await client.close();
    await mock.close();
  }
}

describe("a wrong of the proxy", () => {
  it("has its demonstration, each of at least twelve", () => {
    const names = defects.filter((defect) => defect.area === "impersonation").map((defect) => defect.name);
    assert.ok(names.length >= 12);
    assert.deepEqual(
      Object.keys(shows).filter((name) => !names.includes(name)),
      [],
    );
  });

  for (const [name, [, right, wrong]] of Object.entries(shows)) {
    it(`is seen: ${name}`, async () => {
      assert.deepEqual([await observed(name, false), await observed(name, true)], [right, wrong]);
    });
  }
});
