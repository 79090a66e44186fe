/** How a Qlik Sense site is reached: one JSON file, read here, never logged. */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { dialectOf } from "../../catalogue/dialects.ts";
import { ConformanceError, isKnownError } from "../../contract/errors.ts";
import { parseJson } from "../../contract/json-text.ts";

export interface QlikConfig {
  /** `https://qlik.example.com`, no path. */
  readonly url: string;
  /** Prefix of a JWT virtual proxy the harness uses for its own requests. */
  readonly prefix: string;
  /** PEM of the certificate authority that signed the site's certificate; absent: the system's. */
  readonly caPem?: string;
  /** Private key (PEM, PKCS8) whose certificate the virtual proxy holds. */
  readonly keyPem: string;
  /** That certificate, pasted into virtual proxies the run creates; needed only with `allowWrites`. */
  readonly certificatePem?: string;
  readonly claims: {
    readonly userId: string;
    readonly userDirectory: string;
    /** Session attribute → claim, as the virtual proxy's attribute map has them. */
    readonly attributes: { readonly [attribute: string]: string };
  };
  /** The site's certificate for services, and where it opens doors; absent: those are not asked. */
  readonly service?: ServiceConfig;
  /** A user with role RootAdmin: deploys, audits, cleans up. */
  readonly admin: { readonly directory: string; readonly id: string };
  /** Nothing is created, changed or deleted on the site unless this is true. */
  readonly allowWrites: boolean;
  /** The site is kept for tests: rules stand as cases write them, virtual proxies are linked. Absent: others use it too. */
  readonly dedicated?: boolean;
  /** Declared dialect; the site is then judged on disputed readings too. */
  readonly dialect?: string;
  /** Milliseconds one request may take. */
  readonly timeoutMs: number;
}

export interface ServiceConfig {
  readonly certificatePem: string;
  readonly keyPem: string;
  /** The proxy's interface, `https://qlik.example.com:4243`. */
  readonly proxyUrl: string;
  /** The repository, `https://qlik.example.com:4242`. */
  readonly repositoryUrl: string;
}

type Raw = { readonly [key: string]: unknown };

const knownKeys: ReadonlySet<string> = new Set([
  "url",
  "prefix",
  "caFile",
  "keyFile",
  "certificateFile",
  "claims",
  "service",
  "admin",
  "dialect",
  "dedicated",
  "timeoutMs",
]);

const claimKeys: ReadonlySet<string> = new Set(["userId", "userDirectory", "attributes"]);

function isRecord(value: unknown): value is Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function bad(file: string, what: string, expected: string): ConformanceError {
  return new ConformanceError("configuration", what, {
    file,
    expected,
    remedy: "see docs/guides/real-site.md for a complete example",
  });
}

function textAt(raw: Raw, key: string, file: string): string {
  const value = raw[key];
  if (typeof value !== "string" || value === "") throw bad(file, `"${key}" is missing`, "a text");
  return value;
}

function readPem(raw: Raw, key: string, file: string): string {
  const path = resolve(dirname(file), textAt(raw, key, file));
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new ConformanceError("configuration", `cannot read the file named by "${key}"`, {
      file,
      expected: `a readable PEM file at ${path}`,
      cause,
    });
  }
}

/** Tokens are signed RS256 and no passphrase is asked for (IM-031). Throws `configuration`; the key is in no message. */
export function assertSigningKey(pem: string, file?: string): void {
  let type: string | undefined;
  try {
    type = createPrivateKey(pem).asymmetricKeyType;
  } catch {
    type = undefined;
  }
  if (type === "rsa") return;
  throw new ConformanceError("configuration", "the signing key cannot be used", {
    ...(file === undefined ? {} : { file }),
    expected: "an unencrypted RSA private key in PEM",
    remedy: 'check the file named by "keyFile"',
  });
}

function readKey(raw: Raw, file: string): string {
  const pem = readPem(raw, "keyFile", file);
  assertSigningKey(pem, file);
  return pem;
}

function readCertificate(raw: Raw, key: string, file: string): string {
  const pem = readPem(raw, key, file);
  try {
    void new X509Certificate(pem);
  } catch {
    throw bad(file, `the file named by "${key}" holds no certificate`, "a certificate in PEM");
  }
  return pem;
}

function parsed(text: string, file: string): unknown {
  try {
    return parseJson(text, file);
  } catch (error) {
    if (!isKnownError(error)) throw error;
    throw new ConformanceError("configuration", `the target's configuration: ${error.message}`, error.details);
  }
}

function readJson(file: string): Raw {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new ConformanceError("configuration", "cannot read the target's configuration", {
      file,
      remedy: "name it with --config FILE",
      cause,
    });
  }
  const value = parsed(text, file);
  if (isRecord(value)) return value;
  throw bad(file, "the target's configuration is not an object", "a JSON object");
}

function siteUrl(raw: Raw, file: string, key = "url"): string {
  const text = textAt(raw, key, file);
  if (!URL.canParse(text) || new URL(text).protocol !== "https:") {
    throw bad(file, `"${key}" is ${JSON.stringify(text)}`, "an https address such as https://qlik.example.com");
  }
  return new URL(text).origin;
}

const serviceKeys: ReadonlySet<string> = new Set(["certificateFile", "keyFile", "proxyUrl", "repositoryUrl"]);

function serviceOf(raw: Raw, file: string): { readonly service?: ServiceConfig } {
  const service = raw["service"];
  if (service === undefined) return {};
  if (!isRecord(service)) throw bad(file, `"service" is no object`, [...serviceKeys].join(", "));
  refuseUnknown(service, serviceKeys, file);
  const keyPem = readPem(service, "keyFile", file);
  try {
    createPrivateKey(keyPem);
  } catch {
    throw bad(file, "the service's key cannot be used", "an unencrypted private key in PEM");
  }
  return {
    service: {
      certificatePem: readCertificate(service, "certificateFile", file),
      keyPem,
      proxyUrl: siteUrl(service, file, "proxyUrl"),
      repositoryUrl: siteUrl(service, file, "repositoryUrl"),
    },
  };
}

function textOr(raw: Raw, key: string, fallback: string, file: string): string {
  return raw[key] === undefined ? fallback : textAt(raw, key, file);
}

function claimsOf(raw: Raw, file: string): QlikConfig["claims"] {
  const claims = raw["claims"] ?? {};
  if (!isRecord(claims)) throw bad(file, `"claims" is no object`, "userId, userDirectory, attributes");
  refuseUnknown(claims, claimKeys, file);
  const attributes = claims["attributes"] ?? {};
  if (!isRecord(attributes)) throw bad(file, `"claims.attributes" is no object`, "session attribute → claim name");
  return {
    userId: textOr(claims, "userId", "userId", file),
    userDirectory: textOr(claims, "userDirectory", "userDirectory", file),
    attributes: Object.fromEntries(Object.keys(attributes).map((name) => [name, textAt(attributes, name, file)])),
  };
}

/** A misspelt key would silently change what the run does. */
function refuseUnknown(raw: Raw, known: ReadonlySet<string>, file: string): void {
  const unknown = Object.keys(raw).find((key) => !known.has(key));
  if (unknown !== undefined) throw bad(file, `unknown key "${unknown}"`, `one of ${[...known].join(", ")}`);
}

function dedicationOf(raw: Raw, file: string): boolean {
  const value = raw["dedicated"] ?? false;
  if (typeof value === "boolean") return value;
  throw bad(file, `"dedicated" is ${JSON.stringify(value)}`, "true or false");
}

function timeoutOf(raw: Raw, file: string): number {
  const value = raw["timeoutMs"] ?? 30_000;
  if (typeof value === "number" && Number.isFinite(value) && value > 0) return value;
  throw bad(file, `"timeoutMs" is ${JSON.stringify(value)}`, "milliseconds as a number above 0");
}

/**
 * Reads the configuration of a real site. Throws `configuration` with the file, what is wrong and what was expected.
 */
export function readQlikConfig(file: string, options: { readonly allowWrites: boolean }): QlikConfig {
  const raw = readJson(file);
  refuseUnknown(raw, knownKeys, file);
  const admin = raw["admin"];
  if (!isRecord(admin)) throw bad(file, `"admin" is missing`, `{"directory": …, "id": …} of a RootAdmin`);
  if (typeof raw["dialect"] === "string") dialectOf(raw["dialect"]);
  return {
    url: siteUrl(raw, file),
    prefix: textAt(raw, "prefix", file),
    keyPem: readKey(raw, file),
    ...(raw["caFile"] === undefined ? {} : { caPem: readCertificate(raw, "caFile", file) }),
    ...(raw["certificateFile"] === undefined ? {} : { certificatePem: readCertificate(raw, "certificateFile", file) }),
    claims: claimsOf(raw, file),
    ...serviceOf(raw, file),
    admin: { directory: textAt(admin, "directory", file), id: textAt(admin, "id", file) },
    allowWrites: options.allowWrites,
    dedicated: dedicationOf(raw, file),
    ...(typeof raw["dialect"] === "string" ? { dialect: raw["dialect"] } : {}),
    timeoutMs: timeoutOf(raw, file),
  };
}
