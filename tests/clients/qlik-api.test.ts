/** @qlik/api, unmodified: the whole way from a JWT over cookie and CSRF token to rows, each user in a process of his own. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import type { RunningMock } from "../../mock/server.ts";
import type { ApiAnswer, ApiVisit } from "./qlik-api-visits.ts";
import { apps, listedFor, ordersOf, placeOf, serveExample, tokenFor } from "./trading.ts";

const program = fileURLToPath(new URL("./qlik-api-visits.ts", import.meta.url));
const fields = ["ORDERNO", "CUSTOMER", "AMOUNT"];
const byNumber = (left: readonly unknown[], right: readonly unknown[]): number => Number(left[0]) - Number(right[0]);

async function runProgram(visit: ApiVisit, caFile: string): Promise<ApiAnswer> {
  const child = spawn(process.execPath, ["--import", "tsx", program], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: caFile },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const [out, complaints] = [text(child.stdout), text(child.stderr)];
  child.stdin.end(JSON.stringify(visit));
  const [code] = (await once(child, "exit")) as [number | null];
  assert.equal(code, 0, await complaints);
  return JSON.parse(await out) as ApiAnswer;
}

describe("@qlik/api against the mock", () => {
  const folder = mkdtempSync(join(tmpdir(), "trading-ca-"));
  const caFile = join(folder, "ca.pem");
  let mock: RunningMock;

  before(async () => {
    mock = await serveExample();
    writeFileSync(caFile, mock.caPem);
  });

  after(async () => {
    await mock.close();
    rmSync(folder, { recursive: true });
  });

  async function visitOf(user: string, app: string, when: "valid" | "expired" = "valid"): Promise<ApiAnswer> {
    const token = await tokenFor(placeOf(mock), user, when);
    return runProgram({ host: `${mock.url}/${mock.prefix}`, token, app, fields }, caFile);
  }

  it("lists and reads what Ann sees, by table and by hypercube (SA-RED-01, IM-072)", async () => {
    const answer = await visitOf("ann", apps.orders);
    assert.ok(answer.ended === "read", JSON.stringify(answer));
    assert.deepEqual(answer.listed, listedFor.ann);
    assert.deepEqual(answer.tables, { Customers: 2, Orders: 3, Currencies: 2 });
    assert.deepEqual([...answer.rows].sort(byNumber), ordersOf["ann"]);
    assert.deepEqual([...answer.cube].sort(byNumber), ordersOf["ann"]);
  });

  it("gets error 5 for an app whose section access names nobody the user is (EN-020)", async () => {
    const answer = await visitOf("dan", apps.payroll);
    assert.ok(answer.ended === "failed", JSON.stringify(answer));
    assert.equal(answer.code, 5);
  });

  it("ends in its failed path with an expired token (IM-036)", async () => {
    const answer = await visitOf("ann", apps.orders, "expired");
    assert.ok(answer.ended === "failed", JSON.stringify(answer));
    assert.match(answer.message, /Failed to exchange access token for cookie/);
  });
});
