/** A run leaves no secret behind: no key, token, cookie, CSRF token or certificate in its reports or in what it prints. */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it, mock } from "node:test";
import { keyMaterial } from "../../mock/certificates.ts";
import { runInProcess } from "../../suites/in-process.ts";
import { defaults } from "../../suites/selection.ts";

/** Everything that passed the adapter's fetch and must appear nowhere, by what it is. */
const seen = {
  token: new Set<string>(),
  signature: new Set<string>(),
  cookie: new Set<string>(),
  csrf: new Set<string>(),
  ticket: new Set<string>(),
};

function noteRequest(headers: Headers): void {
  const [, token] = /^Bearer (\S{20,})$/.exec(headers.get("authorization") ?? "") ?? [];
  if (token !== undefined) {
    seen.token.add(token);
    const signature = token.split(".")[2] ?? "";
    if (signature.length > 20) seen.signature.add(signature);
  }
  for (const pair of (headers.get("cookie") ?? "").split("; ")) noteCookie(pair);
  noteCsrf(headers);
}

function noteCookie(pair: string): void {
  const value = pair.split(";")[0]?.split("=").slice(1).join("=") ?? "";
  // A value the suites invent for a forged cookie is no secret.
  if (value.length >= 16 && !value.startsWith("conformance-invented")) seen.cookie.add(value);
}

function noteCsrf(headers: Headers): void {
  const csrf = headers.get("qlik-csrf-token") ?? "";
  if (csrf !== "") seen.csrf.add(csrf);
}

/** Bodies of PEM files line by line: a secret pasted without its header is still one. */
function linesOf(pem: string): readonly string[] {
  return pem.split(/\r?\n/).filter((line) => line.length >= 40 && !line.startsWith("-"));
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

describe("a run against the mock", () => {
  const out = mkdtempSync(join(tmpdir(), "trading-out-"));
  const printed: string[] = [];
  const secrets = new Map<string, readonly string[]>();
  let findings = 0;
  const keep = (chunk: string | Uint8Array): boolean => {
    printed.push(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8"));
    return true;
  };

  before(async () => {
    const realFetch = globalThis.fetch;
    mock.method(globalThis, "fetch", async (input: string, init: RequestInit) => {
      noteRequest(new Headers(init.headers));
      const ticket = new URL(input).searchParams.get("qlikTicket");
      if (ticket !== null) seen.ticket.add(ticket);
      const response = await realFetch(input, init);
      for (const line of response.headers.getSetCookie()) noteCookie(line);
      noteCsrf(response.headers);
      return response;
    });
    mock.method(process.stdout, "write", keep);
    mock.method(process.stderr, "write", keep);
    try {
      // With a wrong in it, so that failures are told with all that belongs to them.
      const defect = "foreign-key-accepted";
      const chosen = { ...defaults, suites: ["impersonation"], cases: 0, reveal: true, out } as const;
      const { record, summary } = await runInProcess({ ...chosen, defect });
      printed.push(summary);
      findings = record.findings.length;
    } finally {
      mock.restoreAll();
    }
    const keys = await keyMaterial();
    for (const [name, pem] of Object.entries(keys)) secrets.set(name, linesOf(pem));
    for (const [name, values] of Object.entries(seen)) secrets.set(name, [...values]);
  });

  after(() => rmSync(out, { recursive: true }));

  it("showed every kind of secret on the wire", () => {
    for (const [name, values] of secrets) assert.ok(values.length > 0, name);
    assert.ok(seen.token.size > 50 && seen.cookie.size > 20);
    assert.ok(findings > 0);
  });

  /** Names of the secrets a text holds. */
  function leaksIn(text: string): readonly string[] {
    return [...secrets].flatMap(([name, values]) => (values.some((value) => text.includes(value)) ? [name] : []));
  }

  it("wrote none of them to a report, and printed none", () => {
    const files = filesBelow(out);
    assert.ok(files.length >= 5, files.join(", "));
    for (const path of files) assert.deepEqual(leaksIn(readFileSync(path, "utf8")), [], path);
    assert.deepEqual(leaksIn(printed.join("")), []);
    assert.match(printed.join(""), /against mock/);
    assert.match(readFileSync(join(out, "run.json"), "utf8"), /IM-042/);
  });

  it("would have been caught writing any of them", () => {
    for (const [name, [value = ""]] of secrets) assert.ok(leaksIn(`<td>${value}</td>`).includes(name), name);
  });

  it("wrote nothing that looks like a secret of any run", () => {
    for (const path of filesBelow(out)) {
      const text = readFileSync(path, "utf8");
      assert.doesNotMatch(text, /-----BEGIN [A-Z ]+-----/, path);
      assert.doesNotMatch(text, /eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/, path);
      assert.doesNotMatch(text, /qlik-csrf-token=(?!\[)[\w-]{8,}/i, path);
    }
  });
});
