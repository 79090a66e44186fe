import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ask, Case, Expected, Outcome, Verdict } from "../../contract/types.ts";
import { judge, missingCapability, type Bench } from "../../harness/judge.ts";
import { ask, caseOf, denied, known, open, person, regions, requirement, view } from "./trading.ts";

const bench: Bench = { target: "mock", strict: false, requirement };

function judged(one: Ask, observed: Outcome, more: Partial<Bench> = {}, of: Case = caseOf("c", [one])): Verdict {
  return judge({ case: of, ask: one, observed, siblings: new Map([[one.id, observed]]) }, { ...bench, ...more });
}

const core = ask("ann", open("ann"), known(denied), { proves: ["SA-ROW-01"] });
const staff = ask("ann", open("ann"), known(denied, ["SA-ROW-01", "SA-STF-01"]));
const disputed = ask("ann", open("ann"), known(denied, ["SA-ROW-01", "SA-DIS-01"]));

test("an outcome as expected passes", () => {
  assert.equal(judged(core, denied).result, "pass");
});

test("another acceptable outcome is acceptable, not a pass", () => {
  const expected: Expected = { ...known(denied), kind: "known", outcome: denied, alsoAcceptable: [view([])] };
  assert.equal(judged(ask("ann", open("ann"), expected), view([])).result, "acceptable");
});

test("a mismatch on core fails with the difference in one line", () => {
  const verdict = judged(core, view(regions));
  assert.equal(verdict.result, "fail");
  assert.match(verdict.result === "fail" ? verdict.difference : "", /expected a refusal/);
  assert.deepEqual(verdict.requirements, ["SA-ROW-01"]);
});

test("an ask that proves nothing names what its expectation rests on", () => {
  assert.deepEqual(judged(staff, denied).requirements, ["SA-ROW-01", "SA-STF-01"]);
});

test("one disputed requirement makes a mismatch observed, unless the target declares its dialect", () => {
  assert.equal(judged(disputed, view(regions)).result, "observed");
  assert.equal(judged(disputed, view(regions), { declared: "documented" }).result, "fail");
});

test("a declared dialect that reads the switch otherwise is not judged by this reading", () => {
  // qlikview-desktop declares strict: false, the case was written for documented (strict: true).
  assert.equal(judged(disputed, view(regions), { declared: "qlikview-desktop" }).result, "observed");
  // cloud differs from documented elsewhere, but not in `strict`.
  assert.equal(judged(disputed, view(regions), { declared: "cloud" }).result, "fail");
});

test("a staff-level mismatch on qlik is a deviation, and a failure with strict or on any other target", () => {
  assert.equal(judged(staff, view(regions), { target: "qlik" }).result, "observed");
  assert.equal(judged(staff, view(regions), { target: "qlik", strict: true }).result, "fail");
  assert.equal(judged(staff, view(regions)).result, "fail");
  assert.equal(judged(core, view(regions), { target: "qlik" }).result, "fail");
});

test("an undetermined answer is inconclusive with its code, also inside a transcript", () => {
  const lost: Outcome = { kind: "undetermined", code: "unlicensed", detail: "no licence" };
  const plain = judged(core, lost);
  const nested = judged(core, { kind: "transcript", of: [denied, lost] });
  assert.equal(plain.result === "inconclusive" && plain.code, "unlicensed");
  assert.equal(nested.result === "inconclusive" && nested.code, "unlicensed");
});

test("a requirement the catalogue lacks is an error of the tool even when the outcome fits", () => {
  const verdict = judged(ask("ann", open("ann"), known(denied, ["SA-NO-99"])), denied);
  assert.equal(verdict.result, "harness-error");
});

test("a case whose needs the target lacks, or whose surface it lacks, names what is missing", () => {
  const of: Case = { ...caseOf("c", [core]), needs: ["destructive"] };
  assert.equal(missingCapability(of, core, ["surface:tables"]), "destructive");
  assert.equal(missingCapability(caseOf("c", [core]), core, ["deploy"]), "surface:tables");
  assert.equal(missingCapability(caseOf("c", [core]), core, ["surface:tables"]), undefined);
});

function related(
  holds: "equal" | "within" | "union" | "different" | "consistent",
  mine: Outcome,
  ...others: Outcome[]
): Verdict {
  const to = others.map((_, index) => `other-${index}`);
  const law = ask("law", open("ann"), {
    kind: "relation",
    to,
    holds,
    because: [{ requirement: "SA-ROW-01", evidence: "law" }],
  });
  const siblings = others.map((outcome, index) => ask(`other-${index}`, open("ben"), known(outcome)));
  const outcomes = new Map(others.map((outcome, index) => [`other-${index}`, outcome]));
  return judge({ case: caseOf("c", [law, ...siblings]), ask: law, observed: mine, siblings: outcomes }, bench);
}

const north = view(regions.slice(0, 2));
const south = view(regions.slice(2));

test("equal and different hold or fail by comparison", () => {
  assert.equal(related("equal", north, north).result, "pass");
  assert.equal(related("equal", north, south).result, "fail");
  assert.equal(related("different", north, south).result, "pass");
  assert.equal(related("different", north, north).result, "fail");
});

test("within holds for fewer rows and fields and for a refusal, and fails for one row more", () => {
  assert.equal(related("within", north, view(regions)).result, "pass");
  assert.equal(related("within", denied, north).result, "pass");
  assert.equal(related("within", view([["NORTH"]], ["REGION"]), north).result, "pass");
  assert.equal(related("within", view(regions), north).result, "fail");
  assert.equal(related("within", north, view([["NORTH"]], ["REGION"])).result, "fail");
  assert.equal(related("within", north, denied).result, "fail");
});

test("union holds for exactly the rows some part shows", () => {
  assert.equal(related("union", view(regions), north, south).result, "pass");
  assert.equal(related("union", north, north, north).result, "pass");
  assert.equal(related("union", north, north, denied).result, "pass");
  assert.equal(related("union", denied, denied, denied).result, "pass");
  assert.equal(related("union", north, north, south).result, "fail");
  assert.equal(related("union", north, denied, denied).result, "fail");
});

function counts(rows: number): Outcome {
  return { kind: "measure", values: { "rows(Sales)": rows, "distinct(REGION)": 1, "distinct(AMOUNT)": 1 } };
}

test("surfaces are consistent when no fact of one contradicts the other", () => {
  assert.equal(related("consistent", north, counts(2)).result, "pass");
  assert.equal(related("consistent", north, counts(3)).result, "fail");
  assert.equal(related("consistent", north, denied).result, "fail");
  assert.equal(related("consistent", north, { kind: "view", fields: ["REGION", "AMOUNT"], tables: [] }).result, "pass");
  assert.equal(related("consistent", north, { kind: "view", fields: ["REGION"], tables: [] }).result, "fail");
});

test("a hypercube answers distinct rows, so it is consistent with a table that repeats one", () => {
  const cube = ask(
    "cube",
    { kind: "open", app: "sales", as: person("ann"), through: "hypercube" },
    {
      kind: "relation",
      to: ["table"],
      holds: "consistent",
      because: [{ requirement: "SA-ROW-01", evidence: "law" }],
    },
  );
  const table = ask("table", open("ann"), known(north));
  const plea = (rows: typeof regions): Verdict =>
    judge(
      { case: caseOf("c", [cube, table]), ask: cube, observed: view(rows), siblings: new Map([["table", north]]) },
      bench,
    );
  assert.equal(plea(regions.slice(0, 1)).result, "pass");
  assert.equal(plea(regions.slice(1)).result, "fail");
});

test("a relation to an undetermined answer is inconclusive, to a missing ask an error of the tool", () => {
  assert.equal(related("equal", north, { kind: "undetermined", code: "timed-out", detail: "" }).result, "inconclusive");
  assert.equal(related("equal", north).result, "harness-error");
});

test("no secret of an answer reaches a verdict", () => {
  const expected = known({ kind: "session", directory: "TRADING", id: "ann", sets: {} });
  const observed: Outcome = {
    kind: "session",
    directory: "TRADING",
    id: "ben",
    sets: { cookie: "X-Qlik-Session=abc-123", token: "opaque-canary" },
  };
  const text = JSON.stringify(judged(ask("ann", open("ann"), expected), observed));
  assert.match(text, /ben/);
  assert.doesNotMatch(text, /abc-123|opaque-canary/);
});
