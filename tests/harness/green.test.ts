/** Each rule of "Green" seen red: what keeps a requirement from being proven (docs/decisions/002-proof-pairs.md). */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ask, Case, Outcome, Requirement, Target } from "../../contract/types.ts";
import { controlAsks, controlFaults } from "../../harness/controls.ts";
import type { GroupResult } from "../../harness/groups.ts";
import { contrastOf, exclude, proofPairs } from "../../harness/pairs.ts";
import { playCase } from "../../harness/play-case.ts";
import { playGroup } from "../../harness/play.ts";
import { standings } from "../../harness/standings.ts";
import * as trading from "./trading.ts";

const { ask, caseOf, denied, known, open, reducedCase, regions, requirement, view } = trading;
const selection = { seed: 1, count: 1, dialect: "documented" };
const options = { strict: false, requirement, selection };

function control(): Case {
  const [refused, reduced, full] = [
    ask("control-ben", open("ben"), known(denied)),
    ask("control-ann", open("ann"), known(view(regions.slice(0, 2)))),
    ask("control-carla", open("carla"), known(view(regions))),
  ];
  const lobby = ask("lobby", open("ben", "lobby"), known(view([["ALL", 1]])));
  const asks = controlAsks({ refused: [refused], reduced: [reduced], full: [full] });
  return caseOf("section-access/control", [asks[0], ...asks.slice(1), lobby]);
}

const before = trading.groupOf("control-before", [control()]);
const after = trading.groupOf("control-after", [control()]);

function truthful(...cases: readonly Case[]): trading.Answers {
  const all = [...cases, control()].map(trading.answersOf);
  return async (probe, site) => {
    const answers = await Promise.all(all.map(async (answer) => answer(probe, site)));
    return answers.find(({ kind }) => kind !== "undetermined") ?? denied;
  };
}

async function played(of: Case, target: Target): Promise<readonly GroupResult[]> {
  const results: GroupResult[] = [];
  for (const group of [before, trading.groupOf("cases", [of]), after]) {
    results.push(await playGroup(group, target, options));
  }
  return results;
}

function standing(
  results: readonly GroupResult[],
  rows: readonly Requirement[] = trading.rows,
): readonly [string, string] {
  const row = standings(rows, results, ["section-access"]).find(({ id }) => id === "SA-ROW-01");
  return [row?.standing ?? "missing", row?.why ?? ""];
}

async function standingAfter(of: Case, answers: trading.Answers = truthful(of)): Promise<readonly [string, string]> {
  return standing(await played(of, trading.targetOf(answers)));
}

function changed(of: Case, id: string, change: Partial<Ask>): Case {
  const asks = of.asks.map((one) => (one.id === id ? { ...one, ...change } : one));
  return { ...of, asks: [asks[0] ?? of.asks[0], ...asks.slice(1)] };
}

test("a pair kept on both sides with its controls proves the requirement, and names the pair", async () => {
  const results = await played(reducedCase(), trading.targetOf(truthful(reducedCase())));
  const row = standings(trading.rows, results, ["section-access"]).find(({ id }) => id === "SA-ROW-01");
  assert.equal(row?.standing, "proven");
  assert.deepEqual(row?.provenBy, { case: "section-access/regions", ask: "ann", contrast: "ben" });
  assert.equal(row?.why, undefined);
});

test("an ask without a contrast proves nothing", async () => {
  const { contrast: _, ...alone } = reducedCase().asks[0];
  const of = { ...reducedCase(), asks: [alone, ...reducedCase().asks.slice(1)] as const };
  assert.deepEqual(await standingAfter(of), ["unproven", "no proof pair names it"]);
});

test("a contrast that does not exclude the ask proves nothing", async () => {
  const of = changed(reducedCase(), "ben", { probe: open("eve"), expected: known(view(regions.slice(0, 2))) });
  assert.deepEqual(await standingAfter(of), ["unproven", "no proof pair names it"]);
});

test("expectations exclude each other only when each rejects all that the other accepts", () => {
  assert.ok(exclude(known(view(regions)), known(denied)));
  const lenient = { ...known(denied), kind: "known" as const, outcome: denied, alsoAcceptable: [view(regions)] };
  assert.equal(exclude(known(view(regions)), lenient), false);
  assert.equal(exclude(lenient, known(view(regions))), false);
  const anySession: Outcome = { kind: "session", directory: "TRADING", id: "ann", sets: {} };
  const withApps: Outcome = { ...anySession, sets: { apps: ["Sales"] } };
  assert.equal(exclude(known(anySession), known(withApps)), false);
  assert.equal(exclude(known(withApps), known(anySession)), false);
  const law = { kind: "relation" as const, to: ["ann"], holds: "different" as const, because: [] };
  assert.equal(exclude(law, known(denied)), false);
});

test("asks of different kinds are no pair however different their outcomes are", () => {
  const of = changed(reducedCase(), "ben", {
    probe: { kind: "login", proxy: "hub", with: { by: "nothing" } },
    expected: known({ kind: "refused", by: "proxy", code: 401 }),
  });
  assert.equal(contrastOf(of, of.asks[0]), undefined);
  assert.equal(contrastOf(reducedCase(), reducedCase().asks[0])?.id, "ben");
});

const everybody: trading.Answers = (probe) =>
  probe.kind === "open" && probe.app === "lobby" ? view([["ALL", 1]]) : view(regions.slice(0, 2));

test("a pair of which one side fails leaves the requirement broken or unproven", async () => {
  const [name] = await standingAfter(reducedCase(), everybody);
  assert.equal(name, "broken");
  const of = changed(reducedCase(), "ben", { expected: known(denied, ["SA-STF-01"]) });
  const results = [await playGroup(trading.groupOf("cases", [of]), trading.targetOf(everybody), options)];
  assert.deepEqual(standing(results), ["unproven", "its proof pair was not kept on both sides"]);
});

test("one failed ask that names it breaks a requirement whatever else passed", async () => {
  const stray = caseOf("section-access/stray", [ask("carla", open("carla"), known(denied), { proves: ["SA-ROW-01"] })]);
  const target = trading.targetOf(truthful(reducedCase()));
  const results = await played(reducedCase(), target);
  const more = await playGroup(trading.groupOf("cases", [stray], "section-access/stray"), target, options);
  assert.deepEqual(standing([...results, more]), ["broken", "1 ask of 4 failed"]);
});

test("one undetermined ask that names it keeps a requirement from green", async () => {
  const lost = ask("dora", open("dora"), known(denied), { proves: ["SA-ROW-01"] });
  const of = { ...reducedCase(), asks: [...reducedCase().asks, lost] as const };
  const answers = truthful(reducedCase());
  const [name, why] = await standingAfter(of, (probe, site) =>
    probe.kind === "open" && probe.as.id === "dora"
      ? { kind: "undetermined", code: "unlicensed", detail: "no licence" }
      : answers(probe, site),
  );
  assert.equal(name, "inconclusive");
  assert.match(why, /unlicensed: no licence/);
});

test("a generated or shrunk case breaks a requirement but never proves one", async () => {
  const generated = { kind: "generated", campaign: "worlds", version: 1, seed: 1, index: 0 } as const;
  for (const origin of [generated, { kind: "shrunk", from: "x" } as const]) {
    const of = { ...reducedCase(), origin };
    assert.deepEqual(await standingAfter(of), ["unproven", "no proof pair names it"]);
    assert.deepEqual(proofPairs(of, new Map()), []);
    const [name] = await standingAfter(of, (probe, site) =>
      probe.kind === "open" && probe.as.id === "ann" ? denied : truthful(of)(probe, site),
    );
    assert.equal(name, "broken");
  }
});

test("without the control before or after nothing is proven", async () => {
  const results = await played(reducedCase(), trading.targetOf(truthful(reducedCase())));
  assert.deepEqual(standing(results.slice(0, 2)), ["unproven", "the control of its area did not run before and after"]);
  assert.deepEqual(standing(results.slice(1)), ["unproven", "the control of its area did not run before and after"]);
});

test("a control that failed on either side takes every proof of the area", async () => {
  const target = trading.targetOf(truthful(reducedCase()));
  const [first, cases] = await played(reducedCase(), target);
  const stuck = await playGroup(
    after,
    trading.targetOf(() => denied),
    options,
  );
  assert.ok(first !== undefined && cases !== undefined);
  assert.deepEqual(standing([first, cases, stuck]), ["unproven", "the control of its area failed"]);
});

test("an excluded requirement is excluded with its reason even when a pair was kept", async () => {
  const results = await played(reducedCase(), trading.targetOf(truthful(reducedCase())));
  const rows = [trading.requirementRow("SA-ROW-01", "core", { excluded: "needs a licence server" })];
  assert.deepEqual(standing(results, rows), ["excluded", "needs a licence server"]);
});

test("a disputed reading that differs is observed, not green and not broken", async () => {
  const of = caseOf("c", [ask("ann", open("ann"), known(denied, ["SA-DIS-01"]), { proves: ["SA-ROW-01"] })]);
  const results = [
    await playGroup(
      trading.groupOf("cases", [of]),
      trading.targetOf(() => view(regions)),
      options,
    ),
  ];
  assert.equal(standing(results)[0], "observed");
});

test("a requirement whose every ask the target cannot be asked is inapplicable, one nobody named unproven", async () => {
  const target = trading.targetOf(truthful(reducedCase()), { capabilities: ["deploy"] });
  const results = await played(reducedCase(), target);
  assert.deepEqual(standing(results), ["inapplicable", "the target cannot be asked"]);
  const other = standings(trading.rows, results, ["section-access"]).find(({ id }) => id === "SA-DIS-01");
  assert.deepEqual([other?.standing, other?.why], ["unproven", "no ask named it"]);
});

const withoutLobby = (of: Case): Case => ({
  ...of,
  asks: [of.asks[0], ...of.asks.slice(1).filter(({ id }) => id !== "ben-lobby")],
});

test("a refusal without an app the same person opened is inconclusive: a licence may have refused", async () => {
  const of = withoutLobby(reducedCase());
  const { verdicts } = await playCase(of, trading.targetOf(truthful(of)), options);
  const ben = verdicts.find((verdict) => verdict.ask === "ben");
  assert.equal(ben?.result === "inconclusive" && ben.code, "uncontrolled");
  assert.match(ben?.result === "inconclusive" ? ben.detail : "", /as TRADING\\ben/);
});

test("the same app seen by the same person is no control of a refusal", async () => {
  const probe = { kind: "open", app: "sales", as: trading.person("ben"), through: "fields" } as const;
  const of = changed(reducedCase(), "ben-lobby", { probe });
  const { verdicts } = await playCase(of, trading.targetOf(truthful(of)), options);
  assert.equal(verdicts.find((verdict) => verdict.ask === "ben")?.result, "inconclusive");
});

test("a refusal of an app nobody else opened is inconclusive: the app may be dead", async () => {
  const of = changed(reducedCase(), "ann", { probe: open("ben", "sales"), expected: known(denied) });
  const { verdicts } = await playCase(of, trading.targetOf(truthful(reducedCase())), options);
  assert.match(JSON.stringify(verdicts), /nobody else opened the app/);
});

test("the control of a refusal must be seen on the same site", async () => {
  const of = changed({ ...reducedCase(), sites: { ...reducedCase().sites, later: trading.tradingSite } }, "ben-lobby", {
    at: "later",
  });
  const { verdicts } = await playCase(of, trading.targetOf(truthful(of)), options);
  assert.equal(verdicts.find((verdict) => verdict.ask === "ben")?.result, "inconclusive");
});

test("a refusal by another than the engine does not count as one by section access", async () => {
  const byProxy: Outcome = { kind: "refused", by: "proxy", code: 403 };
  const of = changed(reducedCase(), "ben", {
    expected: { ...known(denied), kind: "known", outcome: denied, alsoAcceptable: [byProxy] },
  });
  const answers = truthful(of);
  const target = trading.targetOf((probe, site) =>
    probe.kind === "open" && probe.as.id === "ben" && probe.app === "sales" ? byProxy : answers(probe, site),
  );
  const { verdicts } = await playCase(of, target, options);
  assert.match(JSON.stringify(verdicts), /the engine was not the one who refused/);
});

test("a control asks a refused, a reduced and a full principal on one object, there and back", () => {
  assert.deepEqual(controlFaults(control()), []);
});

test("an app beside a control is one that the refused principal opens", () => {
  for (const change of [{ probe: open("carla", "lobby") }, { expected: known(denied) }]) {
    assert.match(controlFaults(changed(control(), "lobby", change)).join("; "), /more than one object/);
  }
});

test("tells what a control lacks", () => {
  const { asks } = control();
  const faults = (...some: readonly (Ask | undefined)[]): string =>
    controlFaults(caseOf("c", [some[0] ?? asks[0], ...some.slice(1).flatMap((one) => one ?? [])])).join("; ");
  const [refused, reduced, full] = asks;
  assert.match(faults(refused, full, full, refused), /three principals/);
  assert.match(faults(refused, reduced, full, refused, reduced, full), /in reverse/);
  assert.match(faults(full, reduced, refused, refused, reduced, full), /first principal is not refused/);
  const same = { ...asks[2], expected: reduced?.expected } as Ask;
  assert.match(faults(refused, reduced, same, same, reduced, refused), /told apart/);
  const elsewhere = ask("x", open("carla", "lobby"), known(view(regions)));
  assert.match(faults(refused, reduced, elsewhere, elsewhere, reduced, refused), /more than one object/);
});

const nullTargets: { readonly [name: string]: trading.Answers } = {
  "always denies": () => denied,
  "shows everything to everybody": () => view(regions),
  "shows the first user's data to everybody": () => view(regions.slice(0, 2)),
  "answers with empty views": () => ({ kind: "view", fields: [], tables: [] }),
  "answers what it was asked": (probe) => ({ kind: "session", directory: "TRADING", id: probe.kind, sets: {} }),
};

for (const [name, answers] of Object.entries(nullTargets)) {
  test(`a target that ${name} proves nothing`, async () => {
    const results = await played(reducedCase(), trading.targetOf(answers));
    const proven = standings(trading.rows, results, ["section-access"]).filter((row) => row.standing === "proven");
    assert.deepEqual(proven, []);
  });
}
