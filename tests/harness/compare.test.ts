import assert from "node:assert/strict";
import { test } from "node:test";
import type { Outcome } from "../../contract/types.ts";
import { difference, engineDenials, matches } from "../../harness/compare.ts";
import { canonical } from "../../harness/values.ts";
import { allowed, denied, regions, view } from "./trading.ts";

function session(id: string, sets: Extract<Outcome, { kind: "session" }>["sets"] = {}): Outcome {
  return { kind: "session", directory: "TRADING", id, sets };
}

function differ(expected: Outcome, observed: Outcome, line: RegExp): void {
  assert.equal(matches(expected, observed), false);
  assert.match(difference(expected, observed), line);
}

test("rows are a bag: order does not matter, multiplicity does", () => {
  assert.ok(matches(view(regions), view(regions.toReversed())));
  differ(view(regions), view(regions.slice(1)), /1 row missing: \(NORTH, 10\)/);
  differ(view(regions.slice(1)), view(regions), /1 row too many: \(NORTH, 10\)/);
});

test("columns are aligned by name", () => {
  const turned = regions.map((row) => row.toReversed());
  assert.ok(matches(view(regions), view(turned, ["AMOUNT", "REGION"])));
  differ(view(regions), view(turned, ["REGION", "AMOUNT"]), /too many/);
});

test("a number is not the text that looks like it, but equals a dual of the same number", () => {
  differ(view([["NORTH", 10]]), view([["NORTH", "10"]]), /\(NORTH, "10"\)/);
  assert.ok(matches(view([["NORTH", 10]]), view([["NORTH", { n: 10, t: "ten" }]])));
  assert.ok(matches(view([["NORTH", 0]]), view([["NORTH", -0]])));
  differ(view([["NORTH", { n: 10, t: "ten" }]]), view([["NORTH", "ten"]]), /ten \(=10\)/);
  differ(view([[null, 1]]), view([["", 1]]), /NULL/);
});

test("names a field that is shown though hidden, and one that is missing", () => {
  differ(
    view([["NORTH"]], ["REGION"]),
    view([["NORTH", 1]], ["REGION", "MARGIN"]),
    /field shown though hidden: MARGIN/,
  );
  differ(view([["NORTH", 1]], ["REGION", "MARGIN"]), view([["NORTH"]], ["REGION"]), /field missing: MARGIN/);
});

test("names a table that is shown or missing", () => {
  const nothing: Outcome = { kind: "view", fields: ["REGION", "AMOUNT"], tables: [] };
  differ(nothing, view(regions), /table shown though hidden: Sales/);
  differ(view(regions), nothing, /table missing: Sales/);
});

test("tells a ragged table from a wrong one", () => {
  differ(view([["NORTH", 1]]), view([["NORTH"]]), /a row has 1 cells, the table names 2 fields/);
  differ(view([["NORTH", 1]]), view([["NORTH", 1]], ["REGION", "REGION"]), /field/);
});

test("every documented denial of the engine is one, whoever else refuses is not (EN-021)", () => {
  assert.equal(engineDenials.size, 7);
  for (const code of engineDenials) assert.ok(matches(denied, { kind: "refused", by: "engine", code }), String(code));
  differ(denied, { kind: "refused", by: "engine", code: 2 }, /refusal by the engine \(2\)/);
  differ(denied, { kind: "refused", by: "proxy", code: 403 }, /refusal by the proxy \(403\)/);
  differ({ kind: "refused", by: "proxy", code: 401 }, { kind: "refused", by: "proxy", code: 403 }, /401.*403/);
});

test("tells opened from refused in both directions", () => {
  differ(denied, view(regions), /expected a refusal by the engine \(5\), observed a view/);
  differ(view(regions), denied, /expected a view.*observed a refusal by the engine/);
});

test("compares decisions and the rules reported as broken", () => {
  assert.ok(matches(allowed(true, ["A", "B"]), allowed(true, ["B", "A"])));
  differ(allowed(true), allowed(false), /expected allowed, observed denied/);
  differ(allowed(true, ["A"]), allowed(true), /broken rule not reported: A/);
  differ(allowed(true), allowed(true, ["A"]), /rule reported as broken: A/);
});

test("sessions compare identity without letter case and only the contents expected", () => {
  assert.ok(matches(session("ann"), session("ANN", { apps: ["Sales"] })));
  assert.ok(
    matches(session("ann", { apps: ["Sales", "Stock"] }), session("ann", { apps: ["Stock", "Sales", "Sales"] })),
  );
  differ(session("ann"), session("ben"), /session of TRADING\\ann, observed a session of TRADING\\ben/);
  differ(
    session("ann", { apps: [] }),
    session("ann", { apps: ["Stock"] }),
    /session's apps: expected \[\], observed \["Stock"\]/,
  );
  differ(session("ann", { apps: [] }), session("ann"), /observed nothing/);
});

function steps(...of: Outcome[]): Outcome {
  return { kind: "transcript", of };
}

test("transcripts compare step by step", () => {
  assert.ok(matches(steps(session("ann"), denied), steps(session("ann"), denied)));
  differ(steps(session("ann"), denied), steps(session("ann"), view(regions)), /step 2: expected a refusal/);
  differ(steps(session("ann")), steps(), /1 steps.*0 steps/);
});

function measure(values: Extract<Outcome, { kind: "measure" }>["values"]): Outcome {
  return { kind: "measure", values };
}

test("measures compare every name of either side", () => {
  assert.ok(matches(measure({ "rows(Sales)": 2 }), measure({ "rows(Sales)": 2 })));
  differ(measure({ "rows(Sales)": 2 }), measure({ "rows(Sales)": 3 }), /expected 2, observed 3/);
  differ(measure({}), measure({ "distinct(MARGIN)": 3 }), /expected nothing, observed 3/);
});

test("an undetermined answer equals nothing but itself", () => {
  const lost: Outcome = { kind: "undetermined", code: "timed-out", detail: "a" };
  differ(denied, lost, /no answer \(timed-out\)/);
  differ(lost, denied, /observed a refusal/);
  assert.ok(matches(lost, { ...lost, detail: "b" }));
});

test("a difference is one line even for hostile texts", () => {
  const line = difference(view([["NORTH", 1]]), view([["a\nb\u202e\u0000", 1]]));
  assert.doesNotMatch(line, /[\p{Cc}\p{Cf}]/u);
  assert.match(line, /\\n.*\\u\{202e\}/);
});

test("the canonical form of two matching outcomes is the same text", () => {
  const left = canonical(view(regions));
  const turned = regions.toReversed().map((row) => row.toReversed());
  assert.deepEqual(canonical(view(turned, ["AMOUNT", "REGION"])), left);
});
