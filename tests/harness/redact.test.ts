import assert from "node:assert/strict";
import { test } from "node:test";
import type { Case } from "../../contract/types.ts";
import { maskCase } from "../../harness/people.ts";
import { playGroup } from "../../harness/play.ts";
import { redact, redactJson, repeatable } from "../../harness/redact.ts";
import * as trading from "./trading.ts";

/** Secrets as they turn up in messages of clients, servers and tools; each holds the canary. */
const canary = "C4n4ryC4n4ryC4n4ry";
const carriers: readonly string[] = [
  `Authorization: Bearer ${canary}`,
  `authorization: Negotiate ${canary}==`,
  `{"authorization":"Bearer ${canary}"}`,
  `sent Bearer ${canary} to the proxy`,
  `token eyJhbGciOiJSUzI1NiJ9.${canary}.${canary}`,
  `token eyJhbGciOiJub25lIn0.${canary}.`,
  `Cookie: X-Qlik-Session-jwt=${canary}; other=${canary}`,
  `set-cookie: X-Qlik-Session=${canary}; Path=/; HttpOnly`,
  `{"set-cookie":"X-Qlik-Session=${canary}"}`,
  `X-Qlik-Session-sso=${canary}`,
  `X-Qlik-Xrfkey: ${canary}`,
  `GET /hub?qlikTicket=${canary}&x=1`,
  `GET /qrs/app?xrfkey=${canary}`,
  `-----BEGIN RSA PRIVATE KEY-----\n${canary}\n-----END RSA PRIVATE KEY-----`,
  `-----BEGIN CERTIFICATE-----\n${canary}\nno end`,
  `key MII${canary}${canary}${canary}${canary}${canary}`,
  `password=${canary}`,
  `"passphrase": "${canary}"`,
  `pwd: ${canary}`,
  `client_secret=${canary}`,
  `access_token=${canary}`,
  `api-key: ${canary}`,
];

for (const carrier of carriers) {
  test(`lets no secret through: ${carrier.replaceAll(canary, "…").replaceAll("\n", " ")}`, () => {
    assert.doesNotMatch(redact(carrier), /C4n4ry/);
    assert.doesNotMatch(JSON.stringify(redactJson({ deep: [{ detail: carrier }] })), /C4n4ry/);
    assert.equal(redact(redact(carrier)), redact(carrier));
  });
}

test("leaves harmless texts alone", () => {
  const texts = [
    "REGION",
    "the basic rule of NORTH",
    "5 rows too many: (NORTH, 10)",
    "user.group = 'Sales'",
    "bearer of news",
  ];
  for (const text of texts) assert.equal(redact(text), text);
});

test("empties what stands under a secret's name, but keeps innocent short names", () => {
  const jwk = { kty: "RSA", n: "public", d: canary, p: canary };
  assert.deepEqual(redactJson({ password: canary, token: canary, jwk, point: { d: "4", p: "5" } }), {
    password: "[redacted]",
    token: "[redacted]",
    jwk: { kty: "RSA", n: "public", d: "[redacted]", p: "[redacted]" },
    point: { d: "4", p: "5" },
  });
});

function detail(port: number, ms: number): string {
  const what = `connect ECONNREFUSED 127.0.0.1:${port} (https://qlik.example:${port}/hub) after ${ms} ms`;
  return repeatable(`${what}\nat 2026-01-0${ms}T10:00:00Z in /tmp/run-${port}/x`);
}

test("a detail is the same in two runs that differ in port, time, path and duration", () => {
  assert.equal(detail(4001, 3), detail(4999, 7));
  assert.doesNotMatch(detail(4001, 3), /4001|\n|\/tmp/);
});

const { ask, caseOf, known, open, view } = trading;

/** A case as derived from a user's own site, with people and values in every place they can stand. */
function siteCase(): Case {
  const asks: Case["asks"] = [
    ask("rows of ann", open("ann"), known(view([["NORTH", 4711]])), { proves: ["SA-ROW-01"] }),
    ask(
      "session of ben",
      { kind: "login", proxy: "hub", with: { by: "header", principal: trading.person("ben") } },
      known({
        kind: "session",
        directory: "TRADING",
        id: "ben",
        sets: { name: "Ben South" },
      }),
    ),
  ];
  return { ...caseOf("site/rows of ann", asks, { kind: "site" }), title: "Ann North sees her rows" };
}

const personal = /\bann\b|\bben\b|Ann North|Ben South|NORTH\b(?! ?")|4711/i;

async function result(reveal: boolean): Promise<string> {
  const target = trading.targetOf((probe) =>
    probe.kind === "open"
      ? view([["NORTH", 4712]])
      : { kind: "session", directory: "TRADING", id: "ann", sets: { name: "Ann North" } },
  );
  const options = {
    strict: false,
    requirement: trading.requirement,
    selection: { seed: 1, count: 1, dialect: "documented" },
    reveal,
  };
  return JSON.stringify(await playGroup(trading.groupOf("cases", [siteCase()]), target, options));
}

test("without reveal no person and no value of the user's site leaves the run", async () => {
  const text = await result(false);
  assert.doesNotMatch(text, personal);
  assert.match(text, /person-1/);
  assert.match(text, /value-1/);
  assert.match(text, /TRADING/);
});

test("with reveal they do", async () => {
  const text = await result(true);
  assert.match(text, /Ann North/);
  assert.match(text, /4711/);
});

test("a golden case is not masked: its people are nobody's", () => {
  const plain = { case: trading.reducedCase(), verdicts: [], outcomes: new Map(), hung: false };
  assert.equal(maskCase(plain), plain);
});
