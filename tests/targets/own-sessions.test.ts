/** A site bears five sessions of a user (IM-080): a run ends the ones it opened, and takes the lack of room for no answer. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { parseCase } from "../../contract/read.ts";
import type { Deployment, Outcome, Principal, Probe, Site, Step } from "../../contract/types.ts";
import { startMock, type RunningMock } from "../../mock/server.ts";
import { configOf } from "../../targets/mock.ts";
import { openServices, serviceSender, type Services } from "../../targets/qlik/services.ts";
import { qlikTarget } from "../../targets/qlik/target.ts";

const file = join(import.meta.dirname, "..", "..", "suites", "impersonation", "cases", "im-080.json");
const golden = parseCase(readFileSync(file, "utf8"), file);
const key = "0123456789abcdef";
const dora: Principal = { directory: "CORP", id: "dora", groups: [], attributes: {}, session: {} };
const never = new AbortController().signal;

function stepsOf(id: string): readonly Step[] {
  const probe = golden.asks.find((ask) => ask.id === id)?.probe;
  assert.ok(probe?.kind === "converse");
  return probe.steps;
}

/** The last step, a call, without the word that says that the case is about the limit. */
function unaware(steps: readonly Step[]): Probe {
  return {
    kind: "converse",
    steps: steps.map((step) => {
      const { limit: _limit, ...rest } = step.with;
      return { ...step, with: rest };
    }),
  };
}

describe("sessions of a run", () => {
  let mock: RunningMock;
  let services: Services;

  before(async () => {
    mock = await startMock({ sessionLimit: 5 });
    const opened = openServices(configOf(mock));
    assert.ok(opened !== undefined);
    services = opened;
  });
  after(async () => {
    await Promise.all([services.proxy.close(), services.repository.close()]);
    await mock.close();
  });

  /** Who has sessions at a virtual proxy, by the proxy's own interface (IM-122). */
  async function signedIn(prefix: string): Promise<readonly string[]> {
    const headers = { "X-Qlik-Xrfkey": key };
    const answer = await services.proxy.request({ path: `/qps/${prefix}/session?xrfkey=${key}`, headers });
    assert.equal(answer.status, 200);
    return (JSON.parse(answer.text) as readonly { readonly UserId: string }[]).map(({ UserId }) => UserId).toSorted();
  }

  async function onSite<T>(work: (deployment: Deployment) => Promise<T>): Promise<T> {
    const target = qlikTarget(configOf(mock));
    const deployment = await target.prepare(golden.sites.main, { mode: "deploy", tag: "sessions", signal: never });
    try {
      return await work(deployment);
    } finally {
      await deployment.dispose();
      await target.close?.();
    }
  }

  const asDora: Probe = { kind: "converse", steps: [{ actor: "dora", do: "list", with: { as: { ...dora } } }] };

  it("are ended question by question at the case's proxies, and with the site at its own", async () => {
    await onSite(async (deployment) => {
      for (let turn = 0; turn < 3; turn++) {
        const five = await deployment.ask({ kind: "converse", steps: stepsOf("five") }, never);
        assert.equal(five.kind, "transcript", JSON.stringify(five));
        assert.deepEqual(await signedIn("mailer"), []);
      }
      assert.equal((await deployment.ask(asDora, never)).kind, "transcript");
      assert.deepEqual(await signedIn(mock.prefix), ["admin", "dora"]);
    });
    assert.deepEqual(await signedIn(mock.prefix), ["admin"]);
  });

  it("leave a call open when there are too many, unless the case asks about that", async () => {
    const [told, untold] = await onSite(async (deployment): Promise<readonly [Outcome, Outcome]> => [
      await deployment.ask({ kind: "converse", steps: stepsOf("six") }, never),
      await deployment.ask(unaware(stepsOf("six")), never),
    ]);
    assert.equal(told.kind === "transcript" && told.of.at(-1)?.kind, "measure");
    assert.equal(untold.kind === "undetermined" && untold.code, "budget-spent", JSON.stringify(untold));
  });

  it("of other virtual proxies than the case's are neither read nor ended", () => {
    const site: Site = golden.sites.main;
    const ask = (path: string): (() => unknown) => {
      const step: Step = { actor: "portal", do: "request", with: { service: "proxy", path } };
      return () => serviceSender(services, site, step);
    };
    assert.doesNotThrow(ask("/qps/mailer/session"));
    const others = ["/qps/session", "/qps/jwt/session", "/qps/mailerer/session", "/qps/mailer/../jwt/session"];
    for (const path of [...others, "/qps/mailer/%2e%2e/jwt/session", "/qps/mailer//session", "/qrs/user"])
      assert.throws(ask(path), { code: "unsafe" }, path);
  });
});
