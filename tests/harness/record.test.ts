import assert from "node:assert/strict";
import { test } from "node:test";
import { runRecordParser } from "../../contract/run-parsers.ts";
import type { Case } from "../../contract/types.ts";
import { playGroup, type PlayOptions } from "../../harness/play.ts";
import { assemble, exitCodeOf, type RunSelection } from "../../harness/record.ts";
import * as trading from "./trading.ts";

const { ask, caseOf, denied, known, open, reducedCase, regions, requirement, view } = trading;
const options: PlayOptions = { strict: false, requirement, selection: { seed: 1, count: 3, dialect: "documented" } };

const selection: RunSelection = {
  product: "qlik-conformance 0.1.0",
  target: "scripted",
  dialect: "documented",
  dialectDeclared: false,
  suites: ["section-access"],
  seed: 1,
  casesPerCampaign: 3,
  strict: false,
};

const single = caseOf("c", [ask("ann", open("ann"), known(view(regions)), { proves: ["SA-ROW-01"] })]);

function named(id: string): Case {
  return { ...single, id };
}

test("a large group keeps only what did not pass, and counts the rest", async () => {
  const cases = Array.from({ length: 30 }, (_, index) => named(`c${index}`));
  let asked = 0;
  const target = trading.targetOf(() => {
    asked += 1;
    return asked === 17 ? denied : view(regions);
  });
  const result = await playGroup(trading.groupOf("campaign", cases), target, { ...options, keep: 10 });
  assert.deepEqual(
    result.summaries.map((summary) => summary.case),
    ["c16"],
  );
  assert.deepEqual([result.cases, result.counts.pass, result.counts.fail], [30, 29, 1]);
  assert.equal(result.campaign?.cases, 30);
});

test("the hash of a group changes with one answer and not with the order of rows", async () => {
  const group = trading.groupOf("campaign", [single]);
  const hashes = [];
  for (const rows of [regions, regions.toReversed(), regions.slice(1)]) {
    hashes.push(
      (
        await playGroup(
          group,
          trading.targetOf(() => view(rows)),
          options,
        )
      ).hash,
    );
  }
  assert.equal(hashes[0], hashes[1]);
  assert.notEqual(hashes[0], hashes[2]);
});

test("failures of one shape are one finding under a key that survives other names and data", async () => {
  const renamed = {
    ...single,
    id: "renamed",
    asks: [ask("x", open("carla"), known(view([["EAST", 7]])), { proves: ["SA-ROW-01"] })] as const,
  };
  const target = trading.targetOf(() => denied);
  const first = await playGroup(trading.groupOf("cases", [single, { ...single, id: "d" }]), target, options);
  const second = await playGroup(trading.groupOf("cases", [renamed]), target, options);
  assert.equal(first.failures.length, 1);
  assert.equal(first.failures[0]?.key, second.failures[0]?.key);
  assert.match(first.failures[0]?.key ?? "", /^SA-ROW-01-[0-9a-f]{8}$/);
  const otherShape = await playGroup(
    trading.groupOf("cases", [single]),
    trading.targetOf(() => view([])),
    options,
  );
  assert.notEqual(otherShape.failures[0]?.key, first.failures[0]?.key);
});

test("a smaller case is reported only when the target fails it too", async () => {
  const smaller = { ...single, id: "c/shrunk", asks: [ask("ann", open("ann"), known(view([["NORTH", 1]])))] as const };
  const group = trading.groupOf("cases", [single]);
  const minimise = async (): Promise<Case> => smaller;
  const kept = await playGroup(
    group,
    trading.targetOf(() => denied),
    { ...options, minimise },
  );
  assert.equal(kept.failures[0]?.minimal?.id, "c/shrunk");
  const notFailing = trading.targetOf((probe, site) => (site === smaller.sites.main ? view([["NORTH", 1]]) : denied));
  const dropped = await playGroup(group, notFailing, { ...options, minimise });
  assert.equal(dropped.failures[0]?.minimal, undefined);
});

async function record(groups = [trading.groupOf("cases", [reducedCase()])]): Promise<ReturnType<typeof assemble>> {
  const target = trading.targetOf((probe, site) =>
    probe.kind === "open" && probe.as.id === "ben" && probe.app === "sales"
      ? view(regions)
      : trading.answersOf(reducedCase())(probe, site),
  );
  const results = [];
  for (const group of groups) results.push(await playGroup(group, target, options));
  return assemble(results, selection, trading.rows);
}

test("the record of equal runs is the same text in whatever order the groups finished", async () => {
  const groups = ["one", "two", "three"].map((id) =>
    trading.groupOf("cases", [reducedCase(`section-access/${id}`)], id),
  );
  const [forth, back] = [await record(groups), await record(groups.toReversed())];
  assert.equal(JSON.stringify(forth), JSON.stringify(back));
  assert.equal(forth.cases.length, 3);
});

test("the record keeps to its published schema", async () => {
  const made = await record();
  assert.deepEqual(runRecordParser.parse(JSON.parse(JSON.stringify(made))), JSON.parse(JSON.stringify(made)));
  assert.equal(made.findings.length, 1);
  assert.equal(made.findings[0]?.file, `failures/${made.findings[0]?.key}.json`);
});

test("draws what is visible and what is hidden, and rows that should not be there", async () => {
  const ben = (await record()).pictures.find((picture) => picture.ask === "ben");
  const ann = (await record()).pictures.find((picture) => picture.ask === "ann");
  assert.equal(ben?.access, "granted");
  assert.deepEqual(
    ann?.tables[0]?.rows.map(({ visible }) => visible),
    [true, true],
  );
  assert.deepEqual(
    ben?.tables[0]?.rows.map(({ cells }) => cells[0]),
    ["NORTH", "NORTH", "SOUTH"],
  );
});

function decide(id: string, name: string, is: boolean): Case["asks"][0] {
  const resource = { type: "App", id: name };
  const as = trading.person(id);
  return ask(
    `${id}-${name}`,
    { kind: "decide", as, resource, action: "read", context: "hub" },
    known(trading.allowed(is)),
  );
}

test("lays decisions out as users by resources", async () => {
  const of = caseOf("rules/apps", [
    decide("ann", "sales", true),
    decide("ben", "sales", false),
    decide("ann", "lobby", true),
  ]);
  const target = trading.targetOf(() => trading.allowed(true));
  const { matrices } = await playGroup(trading.groupOf("cases", [of]), target, options);
  assert.deepEqual(matrices[0]?.users, ["TRADING\\ann", "TRADING\\ben"]);
  assert.deepEqual(matrices[0]?.rows, [
    {
      resource: "App Sales: read",
      context: "hub",
      cells: [
        { expected: "allowed", observed: "allowed" },
        { expected: "denied", observed: "allowed" },
      ],
    },
    {
      resource: "App Lobby: read",
      context: "hub",
      cells: [
        { expected: "allowed", observed: "allowed" },
        { expected: "", observed: "" },
      ],
    },
  ]);
});

test("an error of the tool outranks a failure, a failure doubt, and nothing judged is doubt", () => {
  const none = { pass: 0, acceptable: 0, fail: 0, observed: 0, inapplicable: 0, inconclusive: 0, "harness-error": 0 };
  assert.equal(exitCodeOf({ ...none, pass: 9, fail: 1, inconclusive: 1, "harness-error": 1 }), 4);
  assert.equal(exitCodeOf({ ...none, pass: 9, fail: 1, inconclusive: 1 }), 1);
  assert.equal(exitCodeOf({ ...none, pass: 9, inconclusive: 1 }), 3);
  assert.equal(exitCodeOf({ ...none, pass: 9, observed: 1 }), 0);
  assert.equal(exitCodeOf({ ...none, inapplicable: 4 }), 3);
  assert.equal(exitCodeOf(none), 3);
});
