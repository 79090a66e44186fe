/** What requests of a case make: named, tagged, taken away, and no way to what is not of the case. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { isKnownError } from "../../contract/errors.ts";
import type { Deployment, Json, Outcome, Step } from "../../contract/types.ts";
import { startMock, type RunningMock } from "../../mock/server.ts";
import { configOf } from "../../targets/mock.ts";
import { qlikTarget } from "../../targets/qlik/target.ts";
import { never, site } from "./trading.ts";

const stream = "0d0a9d0e-3a55-4c0c-9d6b-5e0a4a7d1f01";
const chosen = "0d0a9d0e-3a55-4c0c-9d6b-5e0a4a7d1f02";
const copied = "0d0a9d0e-3a55-4c0c-9d6b-5e0a4a7d1f03";

async function asked(deployment: Deployment, steps: readonly Step[]): Promise<readonly unknown[]> {
  const outcome = await deployment.ask({ kind: "converse", steps }, never);
  assert.ok(outcome.kind === "transcript", JSON.stringify(outcome));
  return outcome.of.map((one: Outcome) => (one.kind === "measure" ? one.values : one));
}

describe("what a request makes", () => {
  let mock: RunningMock;
  let close: () => Promise<void>;
  let prepare: () => Promise<Deployment>;

  before(async () => {
    mock = await startMock();
    const target = qlikTarget(configOf(mock, "documented"));
    close = async () => target.close?.();
    prepare = async () => target.prepare(site, { mode: "deploy", tag: "qlik-conformance-made", signal: never });
  });

  after(async () => {
    await close();
    await mock.close();
  });

  function request(more: { readonly [name: string]: Json }): Step {
    const as = { directory: mock.admin.directory, id: mock.admin.id, groups: [], attributes: {}, session: {} };
    const headers = { "X-Qlik-Security": "Context=ManagementAccess" };
    return { actor: "admin", do: "request", with: { as, headers, ...more } };
  }

  const post = { method: "POST", path: "/qrs/stream", body: { name: "Desk West" } };

  it("is found by its name, changed as it was read, and refused when it was not", async () => {
    const deployment = await prepare();
    const show = { name: "value /name", tag: "value /tags/0/name" };
    const path = `/qrs/stream/${stream}`;
    const answers = await asked(deployment, [
      request({ ...post, made: { Stream: stream } }),
      request({ method: "PUT", path, change: { name: "Desk East" }, show }),
      request({ method: "PUT", path, body: { name: "Desk North", modifiedDate: "2001-01-01T00:00:00.000Z" } }),
    ]);
    assert.deepEqual(answers, [
      { status: 201 },
      { status: 200, name: "Desk East", tag: "qlik-conformance-made" },
      { status: 409 },
    ]);
    await deployment.dispose();
  });

  it("carries the run's tag and goes with the case, a copied app as well", async () => {
    const deployment = await prepare();
    const orders = String(site.entities["App"]?.[0]?.id);
    const there = request({ path: `/qrs/app/${copied}`, show: { tag: "value /tags/0/name" } });
    const copy = { method: "POST", path: `/qrs/app/${orders}/copy`, made: { App: copied }, query: { name: "Again" } };
    const answers = await asked(deployment, [request(copy), there]);
    assert.deepEqual(answers, [{ status: 201 }, { status: 200, tag: "qlik-conformance-made" }]);
    await deployment.dispose();
    const count = { path: "/qrs/app/count", query: { filter: "name eq 'Again'" }, show: { left: "value /value" } };
    const later = await prepare();
    assert.deepEqual(await asked(later, [request(count)]), [{ status: 200, left: 0 }]);
    await later.dispose();
  });

  it("opens no way to delete what a selection holds, or to copy an app of somebody else's", async () => {
    const deployment = await prepare();
    const select = request({ method: "POST", path: "/qrs/selection/app", body: {}, made: { Selection: chosen } });
    assert.deepEqual(await asked(deployment, [select]), [{ status: 201 }]);
    const elsewhere = "7ead1400-0000-4000-8000-000000000104";
    const wrong = [
      request({ method: "DELETE", path: `/qrs/selection/${chosen}/app` }),
      request({ method: "POST", path: `/qrs/app/${elsewhere}/copy`, made: { App: copied } }),
    ];
    for (const step of wrong) {
      await assert.rejects(
        asked(deployment, [step]),
        (error) => isKnownError(error) && error.code === "unsafe",
        JSON.stringify(step.with),
      );
    }
    await deployment.dispose();
  });
});
