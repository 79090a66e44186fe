/** The golden cases as data: each case owes its reader the same things, and a case that owes one is named. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { test } from "node:test";
import { dialectNames } from "../../catalogue/dialects.ts";
import { parseJson } from "../../contract/json-text.ts";
import type { Area, Ask, Case, Outcome } from "../../contract/types.ts";
import { controlFaults } from "../../harness/controls.ts";
import { canonicalJson } from "../../suites/canonical.ts";
import { goldenCases, goldenFiles } from "../../suites/golden.ts";
import { checks, secretFaults } from "./golden-checks.ts";

const least: { readonly [area in Area]: number } = { "section-access": 100, impersonation: 25, rules: 100 };
const areas = ["section-access", "impersonation", "rules"] as const;

for (const area of areas) {
  test(`reads the golden cases of ${area}, each under the name of its file`, () => {
    const names = goldenFiles(area).map((path) => `${area}/${basename(path, ".json")}`);
    assert.deepEqual(
      goldenCases(area).map(({ id }) => id),
      names,
    );
    assert.ok(names.length >= least[area], `${names.length} cases`);
    assert.ok(names.includes(`${area}/controls`));
  });

  test(`finds the golden cases of ${area} without fault`, () => {
    for (const of of goldenCases(area)) {
      for (const [name, check] of Object.entries(checks)) assert.deepEqual(check(of), [], `${of.id}, ${name}`);
      assert.equal(of.origin.kind, "golden", of.id);
      assert.ok(
        dialectNames.some((name) => name === of.dialect),
        of.id,
      );
    }
  });

  test(`finds the case files of ${area} canonical and free of secrets`, () => {
    for (const path of goldenFiles(area)) {
      const text = readFileSync(path, "utf8");
      assert.equal(canonicalJson(parseJson(text, path)), text, path);
      assert.deepEqual(secretFaults(text), [], path);
    }
  });
}

test("asks a refused, a reduced and a full principal of each control, and again in reverse", () => {
  for (const area of areas) {
    const of = goldenCases(area).find(({ id }) => id === `${area}/controls`);
    assert.ok(of !== undefined, area);
    assert.deepEqual(controlFaults(of), [], area);
  }
});

test("cites the page every case was written from", () => {
  for (const { id, origin } of areas.flatMap((area) => [...goldenCases(area)])) {
    assert.ok(origin.kind === "golden" && origin.source.length >= 10, id);
  }
});

function sample(): Case {
  const of = goldenCases("section-access").find(({ id }) => id === "section-access/we-3");
  assert.ok(of !== undefined);
  return of;
}

function withAsks(of: Case, change: (ask: Ask, index: number) => Ask): Case {
  const [head, ...tail] = of.asks;
  return { ...of, asks: [change(head, 0), ...tail.map((ask, index) => change(ask, index + 1))] };
}

const refusal = { kind: "known", outcome: { kind: "refused", by: "engine", code: 5 } } as const;

const broken: { readonly [name: string]: (of: Case) => Case } = {
  title: (of) => ({ ...of, title: "should tell a star from a blank" }),
  contrast: (of) => withAsks(of, (ask) => ({ ...ask, contrast: "nobody" })),
  pair: (of) => withAsks(of, ({ id, probe, expected, proves }) => ({ id, probe, expected, proves })),
  requirement: (of) => withAsks(of, (ask) => ({ ...ask, proves: ["SA-NONE-99"] })),
  principal: (of) => ({
    ...of,
    sites: { main: { ...of.sites.main, entities: { ...of.sites.main.entities, User: [] } } },
  }),
  control: (of) =>
    withAsks(of, (ask, index) =>
      index === 0 ? { ...ask, expected: { ...refusal, because: ask.expected.because } } : ask,
    ),
  entity: (of) => ({
    ...of,
    sites: { main: { ...of.sites.main, entities: { ...of.sites.main.entities, Stream: [{ id: "sales" }] } } },
  }),
  ask: (of) => withAsks(of, (ask) => ({ ...ask, id: "same" })),
  life: (of) => withAsks(of, (ask, index) => conversing(ask, index === 0 ? "reload" : "open")),
  step: (of) => withAsks(of, (ask) => conversing(ask, "reload")),
  need: (of) => withAsks(of, (ask) => conversing(ask, "call")),
};

/** The ask as a conversation of one step that is refused. */
function conversing(ask: Ask, what: string): Ask {
  const as = { directory: "CORP", id: "ann", groups: [], attributes: {}, session: {} };
  const outcome: Outcome = { kind: "transcript", of: [refusal.outcome] };
  return {
    ...ask,
    probe: { kind: "converse", steps: [{ actor: "ann", do: what, with: { as, app: "sales" } }] },
    expected: { kind: "known", because: ask.expected.because, outcome },
  };
}

test("names the fault of a case that owes something", () => {
  assert.deepEqual(Object.keys(broken), Object.keys(checks));
  for (const [name, check] of Object.entries(checks)) {
    const make = broken[name];
    assert.ok(make !== undefined && check(make(sample())).length > 0, name);
  }
  assert.ok(secretFaults("-----BEGIN CERTIFICATE-----").length > 0);
  assert.ok(secretFaults('"Bearer eyJhbGciOiJSUzI1NiJ9.e30.x"').length > 0);
});
