/** A run against a site that cannot be asked ends with 3, in good time, with a clear line and nothing half-written. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { parseRunRecord } from "../../contract/parsers.ts";
import type { RunRecord } from "../../contract/run.ts";
import { startMock, type RunningMock } from "../../mock/server.ts";
import { startHostile, type Hostile, type Misbehaviour } from "./hostile-server.ts";

const main = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));
const complete = ["junit.xml", "report.html", "report.md", "run.json", "run.meta.json"];

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly out: string;
}

function outOfOrder(): Promise<Response> {
  return Promise.resolve(new Response("<html>", { status: 500 }));
}

function recordOf(ended: Ended): RunRecord {
  const files = readdirSync(ended.out).filter((name) => name !== "failures");
  assert.deepEqual(files.sort(), complete);
  const file = join(ended.out, "run.json");
  return parseRunRecord(readFileSync(file, "utf8"), file);
}

/** Exit 3; no stack anywhere; the report complete or not there; in it nothing passed, failed or was proven. */
function assertUndetermined(ended: Ended): void {
  assert.equal(ended.code, 3, ended.stderr);
  assert.doesNotMatch(ended.stdout + ended.stderr, /\n\s+at |internal error|BEGIN/);
  if (!existsSync(ended.out)) return assert.match(ended.stderr, /^error: .+$/m);
  const record = recordOf(ended);
  assert.equal(record.exitCode, 3);
  assert.deepEqual([record.totals.pass, record.totals.fail, record.totals["harness-error"]], [0, 0, 0]);
  const decided = record.requirements.filter(({ standing }) => standing === "proven" || standing === "broken");
  assert.deepEqual(decided, []);
}

describe("a run against a site that cannot be asked", () => {
  const folder = mkdtempSync(join(tmpdir(), "trading-run-"));
  let mock: RunningMock;
  let between: Hostile;

  before(async () => {
    mock = await startMock();
    between = await startHostile(mock);
    writeFileSync(join(folder, "key.pem"), mock.jwtKeyPem);
    writeFileSync(join(folder, "certificate.pem"), mock.jwtCertificatePem);
    writeFileSync(join(folder, "ca.pem"), between.caPem);
    writeFileSync(join(folder, "other-ca.pem"), mock.caPem);
  });

  after(async () => {
    await between.close();
    await mock.close();
    rmSync(folder, { recursive: true });
  });

  async function run(name: string, change: { readonly [key: string]: unknown } = {}): Promise<Ended> {
    const out = join(folder, `out-${name}`);
    const config = join(folder, `${name}.json`);
    const files = { keyFile: "key.pem", caFile: "ca.pem", certificateFile: "certificate.pem" };
    const site = {
      url: between.url,
      prefix: mock.prefix,
      admin: mock.admin,
      timeoutMs: 300,
      dedicated: true,
      ...files,
      ...change,
    };
    writeFileSync(config, JSON.stringify(site));
    const words = ["run", "--target", "qlik", "--config", config, "--suite", "impersonation", "--cases", "0"];
    const rest = ["--allow-writes", "--in-process", "--out", out];
    const child = spawn(process.execPath, ["--import", "tsx", main, ...words, ...rest]);
    const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
    const [code] = (await once(child, "exit")) as [number | null];
    return { code, stdout: await stdout, stderr: await stderr, out };
  }

  const faults: { readonly [name: string]: Misbehaviour } = {
    hangs: { http: () => new Promise(() => {}) },
    "is-out-of-order": { http: outOfOrder },
    "answers-garbage": {
      http: () => Promise.resolve(new Response('{"hello":1}', { headers: { "Set-Cookie": "a=b" } })),
    },
  };

  for (const [name, how] of Object.entries(faults)) {
    it(`ends with 3 when it ${name.replaceAll("-", " ")}`, async () => {
      between.misbehave(how);
      assertUndetermined(await run(name));
    });
  }

  it("ends with 3, nothing failed and a complete report when the site breaks down in the middle", async () => {
    let answered = 0;
    between.misbehave({ http: () => ((answered += 1) > 200 ? outOfOrder() : undefined), upgrade: 503 });
    const ended = await run("breaks-down", { timeoutMs: 5000 });
    assert.equal(ended.code, 3, ended.stderr);
    assert.ok(answered > 200);
    const { totals, exitCode, conclusion } = recordOf(ended);
    assert.equal(exitCode, 3, conclusion);
    assert.deepEqual([totals.fail, totals["harness-error"]], [0, 0]);
    assert.ok(totals.inconclusive > 0);
  });

  it("ends with 3 when nobody listens, or somebody nobody trusts", async () => {
    between.misbehave(undefined);
    const [nobody, stranger] = await Promise.all([
      run("nobody", { url: "https://127.0.0.1:9" }),
      run("stranger", { caFile: "other-ca.pem" }),
    ]);
    assertUndetermined(nobody);
    assertUndetermined(stranger);
  });

  it("ends with 2 in one line when its configuration is wrong, before anything is asked", async () => {
    const ended = await run("wrong", { url: "http://qlik.trading.example" });
    assert.equal(ended.code, 2);
    assert.match(ended.stderr, /^error: [^\n]+"url" is [^\n]+\n$/);
    assert.equal(existsSync(ended.out), false);
  });
});
