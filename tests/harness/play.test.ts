import assert from "node:assert/strict";
import { test } from "node:test";
import { ConformanceError } from "../../contract/errors.ts";
import type { Case, Outcome, Verdict } from "../../contract/types.ts";
import { ambientOf } from "../../harness/ambient.ts";
import { playCase } from "../../harness/play-case.ts";
import { playGroup, type PlayOptions } from "../../harness/play.ts";
import * as trading from "./trading.ts";

const { ask, caseOf, denied, known, open, reducedCase, regions, requirement, view } = trading;
const options: PlayOptions = { strict: false, requirement, selection: { seed: 1, count: 3, dialect: "documented" } };

const single = caseOf("c", [ask("ann", open("ann"), known(view(regions)), { proves: ["SA-ROW-01"] })]);

function named(id: string): Case {
  return { ...single, id };
}

async function verdictOf(answers: trading.Answers, more: Partial<PlayOptions> = {}): Promise<Verdict | undefined> {
  const { verdicts } = await playCase(single, trading.targetOf(answers), { ...options, ...more });
  return verdicts[0];
}

const never = new Promise<Outcome>(() => {});

test("a target that hangs is inconclusive after the deadline, and is not asked again in this case", async () => {
  let asked = 0;
  const target = trading.targetOf(() => {
    asked += 1;
    return never;
  });
  const { verdicts } = await playCase(reducedCase(), target, { ...options, askMs: 20 });
  assert.deepEqual(
    verdicts.map((verdict) => verdict.result === "inconclusive" && verdict.code),
    ["timed-out", "timed-out", "timed-out"],
  );
  assert.equal(asked, 1);
  assert.equal(target.live(), 0);
});

test("after three cases that hang the rest of a group is given up", async () => {
  let asked = 0;
  const target = trading.targetOf(() => {
    asked += 1;
    return never;
  });
  const cases = ["a", "b", "c", "d", "e"].map((id) => named(id));
  const result = await playGroup(trading.groupOf("cases", cases), target, { ...options, askMs: 5 });
  assert.equal(asked, 3);
  assert.match(JSON.stringify(result.summaries.at(-1)), /budget-spent/);
  assert.equal(result.counts.inconclusive, 5);
});

test("a target that never gets ready is inconclusive, and what arrives late is disposed", async () => {
  let disposed = false;
  const target = trading.targetOf(() => denied, {
    prepare: async () => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      return {
        ask: async () => denied,
        dispose: async () => {
          disposed = true;
        },
      };
    },
  });
  const { verdicts } = await playCase(single, target, { ...options, prepareMs: 5 });
  assert.equal(verdicts[0]?.result === "inconclusive" && verdicts[0].code, "timed-out");
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.ok(disposed);
});

test("charges a known error of the adapter to the target: unreachable, or malformed", async () => {
  const unreachable = await verdictOf(() => {
    throw new ConformanceError("target", "connect ECONNREFUSED 127.0.0.1:43211");
  });
  assert.equal(unreachable?.result === "inconclusive" && unreachable.code, "unreachable");
  assert.doesNotMatch(JSON.stringify(unreachable), /43211/);
  const malformed = await verdictOf(() => {
    throw new ConformanceError("target", "no JSON", { cause: new SyntaxError("x") });
  });
  assert.equal(malformed?.result === "inconclusive" && malformed.code, "malformed");
  const unlicensed = await verdictOf(() => {
    throw Object.assign(new ConformanceError("target", "no licence"), { failure: "unlicensed" });
  });
  assert.equal(unlicensed?.result === "inconclusive" && unlicensed.code, "unlicensed");
});

test("charges every other exception to the tool", async () => {
  const programmer = await verdictOf(() => {
    throw new TypeError("x is undefined");
  });
  assert.equal(programmer?.result, "harness-error");
  const unsupported = await verdictOf(() => {
    throw new ConformanceError("not-supported", "a circular model");
  });
  assert.equal(unsupported?.result, "harness-error");
});

test("an answer that is no outcome is malformed, not an exception", async () => {
  for (const answer of [undefined, null, 7, "ok", {}, { kind: "view" }, { kind: "decision", allowed: "yes" }]) {
    const verdict = await verdictOf(() => answer as unknown as Outcome);
    assert.equal(verdict?.result === "inconclusive" && verdict.code, "malformed", JSON.stringify(answer));
  }
});

test("a target that prepares nothing usable is malformed", async () => {
  const target = trading.targetOf(() => denied, { prepare: async () => ({}) as never });
  const { verdicts } = await playCase(single, target, options);
  assert.equal(verdicts[0]?.result === "inconclusive" && verdicts[0].code, "malformed");
});

test("disposes whatever happens, and tells when it could not", async () => {
  const throwing = trading.targetOf(() => {
    throw new Error("boom");
  });
  await playCase(reducedCase(), throwing, options);
  assert.equal(throwing.live(), 0);
  const littering = trading.targetOf(() => view(regions), {
    prepare: async () => ({
      ask: async () => view(regions),
      dispose: async () => Promise.reject(new Error("still there")),
    }),
  });
  const { verdicts } = await playCase(single, littering, options);
  assert.match(JSON.stringify(verdicts), /cleaning up: Error: still there/);
});

test("prepares a site once, when it is first asked about", async () => {
  const prepared: string[] = [];
  const of: Case = {
    ...reducedCase(),
    sites: { main: trading.tradingSite, after: { entities: {}, apps: {} } },
    asks: [ask("a", open("ann"), known(denied)), ask("b", open("ben"), known(denied))],
  };
  const target = trading.targetOf(() => denied, {
    prepare: async (site) => {
      prepared.push(site === of.sites.main ? "main" : "after");
      return { ask: async () => denied, dispose: async () => {} };
    },
  });
  await playCase(of, target, options);
  assert.deepEqual(prepared, ["main"]);
});

test("cases that cannot be made are an error of the tool, not a green nothing", async () => {
  const group = {
    ...trading.groupOf("cases", []),
    requirement: "SA-ROW-01" as const,
    cases: () => {
      throw new Error("no such file");
    },
  };
  const result = await playGroup(
    group,
    trading.targetOf(() => denied),
    options,
  );
  assert.equal(result.counts["harness-error"], 1);
  assert.match(result.doubts["SA-ROW-01"] ?? "", /could not be made: Error: no such file/);
});

test("an oracle that contradicts a golden expectation over what is there makes it inapplicable", async () => {
  const site = { entities: { SystemRule: [{ id: "r", name: "Everybody" }] }, apps: {} };
  const other = known(denied);
  const played = await verdictOf(() => view(regions), { ambience: { site, oracle: () => other } });
  assert.deepEqual(played?.result === "inapplicable" && played.missing, "ambient-decides");
  const agreed = await verdictOf(() => view(regions), { ambience: { site, oracle: () => known(view(regions)) } });
  assert.equal(agreed?.result, "pass");
});

test("what is there and cannot be verified makes an ask inconclusive", async () => {
  const site = { entities: { SystemRule: [{ id: "r", name: "Everybody" }] }, apps: {} };
  const blind = await verdictOf(() => view(regions), { ambience: { site } });
  assert.equal(blind?.result === "inconclusive" && blind.code, "uncontrolled");
});

test("a generated case is judged by what the oracle expects over what is there", async () => {
  const of = { ...single, origin: { kind: "generated", campaign: "worlds", version: 1, seed: 1, index: 0 } as const };
  const ambience = { site: { entities: {}, apps: {} }, oracle: () => known(denied) };
  const { verdicts } = await playCase(
    of,
    trading.targetOf(() => denied),
    { ...options, ambience },
  );
  assert.equal(verdicts[0]?.result, "pass");
});

test("an empty ambience is a closed world", async () => {
  const empty = trading.targetOf(() => denied, { ambient: async () => ({ entities: { SystemRule: [] }, apps: {} }) });
  assert.equal(await ambientOf(empty, 100), undefined);
  assert.equal(
    await ambientOf(
      trading.targetOf(() => denied),
      100,
    ),
    undefined,
  );
});
