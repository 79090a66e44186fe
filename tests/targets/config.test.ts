/** A configuration that is wrong is told in one line: the file, what is wrong, what was expected. No key is ever in it. */
import assert from "node:assert/strict";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { formatError, isKnownError } from "../../contract/errors.ts";
import { keyMaterial } from "../../mock/certificates.ts";
import { readQlikConfig } from "../../targets/qlik/config.ts";
import { qlikTarget } from "../../targets/qlik/target.ts";

const folder = mkdtempSync(join(tmpdir(), "trading-config-"));
const { caPem, jwtKeyPem, jwtCertificatePem } = await keyMaterial();
const rsa: KeyObject = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const curve = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
const pem = { type: "pkcs8", format: "pem" } as const;

const files: { readonly [name: string]: string | Buffer } = {
  "key.pem": jwtKeyPem,
  "ca.pem": caPem,
  "certificate.pem": jwtCertificatePem,
  "encrypted.pem": rsa.export({ ...pem, cipher: "aes-256-cbc", passphrase: "nobody asks for it" }),
  "curve.pem": curve.export(pem),
  "letter.txt": "Dear Carla, the key follows by separate post.",
  "broken.json": '{\n  "url": "https://qlik.trading.example",\n  "prefix" "jwt"\n}',
  "list.json": "[]",
};

for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
mkdirSync(join(folder, "folder.pem"));

after(() => rmSync(folder, { recursive: true }));

const good = {
  url: "https://qlik.trading.example",
  prefix: "jwt",
  keyFile: "key.pem",
  caFile: "ca.pem",
  certificateFile: "certificate.pem",
  admin: { directory: "CORP", id: "carla" },
  claims: { userId: "userId", userDirectory: "userDirectory", attributes: { group: "group" } },
};

const service = {
  certificateFile: "certificate.pem",
  keyFile: "key.pem",
  proxyUrl: "https://qlik.trading.example:4243",
  repositoryUrl: "https://qlik.trading.example:4242",
};

function written(change: { readonly [key: string]: unknown }): string {
  const file = join(folder, "site.json");
  writeFileSync(file, JSON.stringify({ ...good, ...change }));
  return file;
}

function complaint(file: string): string {
  try {
    readQlikConfig(file, { allowWrites: false });
  } catch (error) {
    assert.ok(isKnownError(error), String(error));
    assert.equal(error.code, "configuration");
    return formatError(error);
  }
  return assert.fail("nothing was wrong with it");
}

const wrongs: readonly (readonly [string, { readonly [key: string]: unknown }, RegExp])[] = [
  ["an http address", { url: "http://qlik.trading.example" }, /"url" is "http:.*expected an https address/],
  ["no address", { url: "qlik" }, /"url" is "qlik"/],
  ["an address that is missing", { url: undefined }, /"url" is missing; expected a text/],
  ["a key nobody knows", { keyfile: "key.pem" }, /unknown key "keyfile"; expected one of url, prefix/],
  ["a claim nobody knows", { claims: { userid: "sub" } }, /unknown key "userid"/],
  ["claims that are a list", { claims: [] }, /"claims" is no object/],
  ["an attribute mapped to a number", { claims: { attributes: { group: 7 } } }, /"group" is missing/],
  ["no administrator", { admin: undefined }, /"admin" is missing/],
  ["a time limit in words", { timeoutMs: "5s" }, /"timeoutMs" is "5s"; expected milliseconds/],
  ["a time limit of nothing", { timeoutMs: 0 }, /"timeoutMs" is 0/],
  [
    "a key file that is not there",
    { keyFile: "lost.pem" },
    /cannot read the file named by "keyFile"; expected.*lost\.pem/,
  ],
  ["a folder as key file", { keyFile: "folder.pem" }, /cannot read the file named by "keyFile"/],
  [
    "a key file that holds a letter",
    { keyFile: "letter.txt" },
    /the signing key cannot be used; expected an unencrypted RSA/,
  ],
  ["an encrypted key", { keyFile: "encrypted.pem" }, /the signing key cannot be used; expected an unencrypted RSA/],
  ["a key no proxy verifies", { keyFile: "curve.pem" }, /the signing key cannot be used; expected an unencrypted RSA/],
  ["a certificate where the key belongs", { keyFile: "certificate.pem" }, /the signing key cannot be used/],
  ["a key where the authority belongs", { caFile: "key.pem" }, /the file named by "caFile" holds no certificate/],
  ["a service that is a list", { service: [] }, /"service" is no object; expected certificateFile, keyFile/],
  ["a service key nobody knows", { service: { ...service, port: 4243 } }, /unknown key "port"/],
  ["a service without its key", { service: { ...service, keyFile: undefined } }, /"keyFile" is missing/],
  [
    "a letter for the service's key",
    { service: { ...service, keyFile: "letter.txt" } },
    /the service's key cannot be used/,
  ],
  [
    "an encrypted key of the service",
    { service: { ...service, keyFile: "encrypted.pem" } },
    /the service's key cannot/,
  ],
  [
    "a letter for the service's certificate",
    { service: { ...service, certificateFile: "letter.txt" } },
    /no certificate/,
  ],
  ["a service over http", { service: { ...service, proxyUrl: "http://qlik:4243" } }, /"proxyUrl" is "http:.*an https/],
  ["a letter for a certificate", { certificateFile: "letter.txt" }, /"certificateFile" holds no certificate/],
];

describe("the configuration of a site", () => {
  it("is read, with files beside it", () => {
    const config = readQlikConfig(written({}), { allowWrites: true });
    assert.equal(config.keyPem, jwtKeyPem);
    assert.equal(config.caPem, caPem);
    assert.equal(config.allowWrites, true);
    assert.equal(config.timeoutMs, 30_000);
    assert.equal(qlikTarget(config).name, "qlik");
    assert.equal(config.service, undefined);
    const { service: doors } = readQlikConfig(written({ service }), { allowWrites: true });
    assert.deepEqual([doors?.proxyUrl, doors?.repositoryUrl], [service.proxyUrl, service.repositoryUrl]);
    assert.deepEqual([doors?.keyPem, doors?.certificatePem], [jwtKeyPem, jwtCertificatePem]);
  });

  for (const [name, change, told] of wrongs) {
    it(`is refused in one line with ${name}`, () => {
      const file = written(change);
      const line = complaint(file);
      assert.match(line, told);
      assert.ok(line.startsWith(`${file}: `), line);
      assert.doesNotMatch(line, /\n|BEGIN|nobody asks/);
    });
  }

  it("is refused in one line when it is not there, no JSON or no object", () => {
    assert.match(complaint(join(folder, "lost.json")), /lost\.json: cannot read the target's configuration; name it/);
    assert.match(complaint(join(folder, "broken.json")), /broken\.json:3:12: .*not valid JSON/);
    assert.match(complaint(join(folder, "list.json")), /list\.json: the target's configuration is not an object/);
    assert.match(complaint(folder), /cannot read the target's configuration/);
  });

  it("is refused with a dialect nobody knows", () => {
    const error: unknown = (() => {
      try {
        return readQlikConfig(written({ dialect: "klingon" }), { allowWrites: false });
      } catch (cause) {
        return cause;
      }
    })();
    assert.ok(isKnownError(error) && error.code === "usage");
  });
});
