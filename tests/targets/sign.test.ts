/** Tokens as recipes describe them: sound ones verify, and every attack is really the attack it is named for. */
import assert from "node:assert/strict";
import { createHmac, createPublicKey, X509Certificate } from "node:crypto";
import { describe, it } from "node:test";
import { compactVerify, decodeProtectedHeader, importJWK, jwtVerify, type JWK } from "jose";
import type { JwtAttack } from "../../contract/types.ts";
import { keyMaterial } from "../../mock/certificates.ts";
import { tokenOf, type JwtCredential } from "../../targets/qlik/sign.ts";

const { jwtKeyPem, jwtCertificatePem } = await keyMaterial();
const keys = { proxyKeyPem: jwtKeyPem, proxyCertificatePem: jwtCertificatePem };
const proxyKey = createPublicKey(jwtCertificatePem);
const now = Math.floor(Date.now() / 1000);
const claims = { userId: "ann", userDirectory: "CORP", group: ["Sales", "Finance"] };

const sound: JwtCredential = { by: "jwt", header: { alg: "RS256", typ: "JWT" }, claims, key: "proxy", expiresIn: 60 };

async function token(change: Partial<JwtCredential> = {}): Promise<string> {
  return tokenOf({ ...sound, ...change }, keys, now);
}

function payloadOf(compact: string): { readonly [claim: string]: unknown } {
  return JSON.parse(Buffer.from(compact.split(".")[1] ?? "", "base64url").toString("utf8")) as {
    readonly [claim: string]: unknown;
  };
}

async function attacked(attack: JwtAttack): Promise<string> {
  return token({ attack });
}

describe("a token made from a recipe", () => {
  for (const alg of ["RS256", "RS384", "RS512"]) {
    it(`verifies with the proxy's certificate (${alg}, IM-031)`, async () => {
      const made = await token({ header: { alg, typ: "JWT" } });
      const { payload, protectedHeader } = await jwtVerify(made, proxyKey);
      assert.deepEqual(payload, { ...claims, exp: now + 60 });
      assert.deepEqual(protectedHeader, { alg, typ: "JWT" });
    });
  }

  it("has the times of the recipe and no others (IM-036)", async () => {
    const { expiresIn: _expiresIn, ...timeless } = sound;
    assert.deepEqual(payloadOf(await tokenOf(timeless, keys, now)), claims);
    assert.equal(payloadOf(await token({ expiresIn: -600 }))["exp"], now - 600);
    assert.equal(payloadOf(await token({ validIn: 600 }))["nbf"], now + 600);
  });

  it("keeps claims of every kind and letter", async () => {
    const odd = { userId: "ann\\north", userDirectory: "CÖRP", roles: ["RootAdmin"], level: 3, active: false };
    assert.deepEqual(payloadOf(await token({ claims: odd })), { ...odd, exp: now + 60 });
  });

  it("of a foreign key is well formed and does not verify (IM-032)", async () => {
    const made = await token({ key: "foreign" });
    assert.equal(made.split(".").length, 3);
    await assert.rejects(compactVerify(made, proxyKey), /signature verification failed/);
  });

  it("without a key has an empty signature and the algorithm it claims", async () => {
    const made = await token({ key: "none", header: { alg: "none", typ: "JWT" } });
    assert.match(made, /^[\w-]+\.[\w-]+\.$/);
    assert.equal(decodeProtectedHeader(made).alg, "none");
  });

  it("of an algorithm no RSA key has is signed all the same, by a key of that kind", async () => {
    assert.equal(decodeProtectedHeader(await token({ header: { alg: "ES256" } })).alg, "ES256");
    assert.equal(decodeProtectedHeader(await token({ header: { alg: "PS256" } })).alg, "PS256");
    assert.equal((await token({ header: { alg: "RS1" } })).split(".").length, 3);
  });
});

describe("an attack on a token", () => {
  it("tampers with the claims and keeps the signature", async () => {
    const [plain, made] = await Promise.all([token(), attacked("tampered-payload")]);
    assert.equal(made.split(".")[2], plain.split(".")[2]);
    assert.deepEqual(payloadOf(made), { ...claims, exp: now + 60, tampered: true });
    await assert.rejects(compactVerify(made, proxyKey), /signature verification failed/);
  });

  it("strips the signature", async () => {
    const made = await attacked("stripped-signature");
    assert.ok(made.endsWith(".") && made.split(".").length === 3);
  });

  it("cuts the token short", async () => {
    const [plain, made] = await Promise.all([token(), attacked("truncated")]);
    assert.equal(made.length, plain.length - 8);
    assert.ok(plain.startsWith(made));
  });

  it("signs with the certificate's text as a shared secret", async () => {
    const made = await attacked("hmac-with-certificate");
    const at = made.lastIndexOf(".");
    assert.equal(decodeProtectedHeader(made).alg, "HS256");
    const expected = createHmac("sha256", jwtCertificatePem).update(made.slice(0, at)).digest("base64url");
    assert.equal(made.slice(at + 1), expected);
    assert.ok(new X509Certificate(jwtCertificatePem).publicKey.equals(proxyKey));
  });

  it("brings its own key along, and the token verifies with that key only", async () => {
    const made = await attacked("embedded-key");
    const { jwk } = decodeProtectedHeader(made) as { readonly jwk: JWK };
    assert.deepEqual(Object.keys(jwk).sort(), ["e", "kty", "n"]);
    await compactVerify(made, await importJWK(jwk, "RS256"));
    await assert.rejects(compactVerify(made, proxyKey), /signature verification failed/);
  });
});
