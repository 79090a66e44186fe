/** Golden cases against both evaluators: they agree, and a case written wrongly is refused by disagreement. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Area, Ask, Case, Outcome } from "../../contract/types.ts";
import { accepts } from "../../harness/judge.ts";
import { goldenCases } from "../../suites/golden.ts";
import { referenceTarget } from "../../targets/reference.ts";
import { mockAnswers, type Asked } from "./mock-answers.ts";

type Answers = (asked: readonly Asked[]) => Promise<readonly (Outcome | undefined)[]>;

async function referenceAnswer({ of, ask }: Asked): Promise<Outcome> {
  const { signal } = new AbortController();
  const site = of.sites[ask.at ?? "main"];
  assert.ok(site !== undefined, of.id);
  const deployment = await referenceTarget(of.dialect).prepare(site, { mode: "deploy", tag: "golden", signal });
  return deployment.ask(ask.probe, signal);
}

const referenceAnswers: Answers = async (asked) => Promise.all(asked.map((one) => referenceAnswer(one)));

/** Ids of the asks an evaluator answers otherwise, and how many it answered. */
async function disagreements(cases: readonly Case[], answers: Answers): Promise<{ asked: number; other: string[] }> {
  const known = cases.flatMap((of) =>
    of.asks.filter(({ expected }) => expected.kind === "known").map((ask) => ({ of, ask })),
  );
  const outcomes = await answers(known);
  const answered = known.flatMap((one, index) => {
    const outcome = outcomes[index];
    return outcome === undefined ? [] : [{ ...one, outcome }];
  });
  const other = answered.filter(({ ask, outcome }) => accepts(ask.expected, outcome) === undefined);
  return { asked: answered.length, other: other.map(({ of, ask }) => `${of.id} ${ask.id}`) };
}

const asked: readonly (readonly [name: string, answers: Answers, area: Area, least: number])[] = [
  ["the reference", referenceAnswers, "section-access", 450],
  ["the reference", referenceAnswers, "impersonation", 120],
  ["the reference", referenceAnswers, "rules", 1000],
  ["the mock's evaluator", mockAnswers, "section-access", 420],
  ["the mock's evaluator", mockAnswers, "rules", 1000],
];

/** What is seen on the wire alone no evaluator can say. */
function hasNoWire({ needs }: Case): boolean {
  return !needs.includes("wire");
}

for (const [name, answers, area, least] of asked) {
  test(`finds ${name} in agreement with the golden cases of ${area}`, async () => {
    const found = await disagreements(goldenCases(area).filter(hasNoWire), answers);
    assert.deepEqual(found.other, []);
    assert.ok(found.asked >= least, `${found.asked} asks`);
  });
}

function caseOf(area: Area, name: string): Case {
  const of = goldenCases(area).find(({ id }) => id === `${area}/${name}`);
  assert.ok(of !== undefined, name);
  return of;
}

/** The case with another outcome written down for one ask. */
function miswritten(of: Case, id: string, outcome: Outcome): Case {
  assert.ok(of.asks.some((ask) => ask.id === id));
  const write = (ask: Ask): Ask =>
    ask.id === id ? { ...ask, expected: { kind: "known", because: ask.expected.because, outcome } } : ask;
  const [first, ...rest] = of.asks;
  return { ...of, asks: [write(first), ...rest.map(write)] };
}

const everything: Outcome = {
  kind: "view",
  fields: ["ALPHA", "NUM", "REDUCTION"],
  tables: [
    {
      name: "T1",
      fields: ["ALPHA", "NUM", "REDUCTION"],
      rows: [
        ["A", 1, 1],
        ["B", 2, 2],
        ["C", 3, 3],
      ],
    },
  ],
};

test("refuses a case in which a listed star brings an unlisted value", async () => {
  const wrong = miswritten(caseOf("section-access", "we-3"), "star", everything);
  for (const answers of [referenceAnswers, mockAnswers]) {
    assert.deepEqual((await disagreements([wrong], answers)).other, ["section-access/we-3 star"]);
  }
});

test("refuses a case in which a team admin reads the stream whose apps he manages", async () => {
  const id = "adm1-read-stream-proj1-aud1";
  const wrong = miswritten(caseOf("rules", "customer-case-streams"), id, {
    kind: "decision",
    allowed: true,
    broken: [],
  });
  for (const answers of [referenceAnswers, mockAnswers]) {
    assert.deepEqual((await disagreements([wrong], answers)).other, [`rules/customer-case-streams ${id}`]);
  }
});
