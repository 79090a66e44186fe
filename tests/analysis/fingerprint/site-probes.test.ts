/** Probes about rules, tokens and changed rights: what each reading gives by its words, and that a mock is told by them. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fingerprintCase, heardIn } from "../../../analysis/fingerprint/case.ts";
import { fingerprintOf } from "../../../analysis/fingerprint/decode.ts";
import { asksOf, probesFor } from "../../../analysis/fingerprint/probes.ts";
import { answerUnder } from "../../../analysis/fingerprint/simulate.ts";
import { siteProbes } from "../../../analysis/fingerprint/site-probes.ts";
import type { Dialect } from "../../../catalogue/dialects.ts";
import { requirement } from "../../../catalogue/index.ts";
import { dialectWith, readings, type Reading } from "../../../catalogue/readings.ts";
import type { Outcome } from "../../../contract/types.ts";
import { matches } from "../../../harness/compare.ts";
import { showValue } from "../../../harness/values.ts";
import { playCase } from "../../../harness/play-case.ts";
import { diceOf } from "../../../generators/dice.ts";
import { evaluatorOf } from "../../../targets/evaluator.ts";
import { mockOf } from "../../../targets/mock.ts";
import { anyRecord } from "./hearing.ts";

/** A yes or no of an answer: allowed, let in, or the first cells seen last. */
function word(outcome: Outcome | undefined): string {
  if (outcome?.kind === "transcript") return word(outcome.of.at(-1));
  if (outcome?.kind === "view")
    return (outcome.tables[0]?.rows ?? []).map((row) => showValue(row[0] ?? null)).join(" ");
  const allowed = outcome?.kind === "session" || (outcome?.kind === "decision" && outcome.allowed);
  return allowed ? "yes" : "no";
}

/** Per switch the question, and the answer of each reading in the order of the readings (their statements in the catalogue). */
const meant: { readonly [name: string]: readonly [ask: string, ...words: string[]] } = {
  matchesCase: ["pattern-case/dora", "yes", "no"], // SR-328: Paypal against .*PAYP.*
  notEqualOnLists: ["unequal-list/dora", "yes", "no"], // SR-344: BUYERS differs, TRADERS does not
  notEqualOnMissing: ["unequal-missing/dora", "yes", "no"], // SR-347
  filterCase: ["filter-case/dora", "yes", "no"], // SR-213
  literalEscapes: ["escaped-backslash/dora", "no", "yes"], // SR-308: `\\\\` is two backslashes, or one
  strictCase: ["strict-case/dora", "no", "yes"], // SR-322: READING STRICT against Reading Strict
  objectAsText: ["stream-as-text/dora", "no", "yes"], // SR-334: the stream of the app, called Reading Closed
  likeQuestionMark: ["question-mark/dora", "no", "yes"], // SR-327: Pier against P?er
  precedence: ["and-beside-or/dora", "yes", "no"], // SR-301: dora or (emil and Finance), (dora or emil) and Finance
  sessionAttributesPersist: ["session-group/emil", "no", "yes"], // IM-049
  audience: ["audience/other", "no", "yes"], // IM-038
  staticDirectory: ["directory-in-brackets/dora", "yes", "no"], // IM-035
  tokenBesideCookie: ["token-beside-cookie/dora", "no", "yes"], // IM-041
  reloadApplies: ["changed-rights/dora", "SOUTH", "NORTH"], // SA-LIF-02
};

const asks = asksOf(siteProbes);
const flipped: Partial<Dialect> = Object.fromEntries(Object.keys(meant).map((name) => [name, readingsOf(name)[1]]));

function readingsOf(name: string): readonly Reading[] {
  return Object.entries(readings).find(([key]) => key === name)?.[1] ?? [];
}

describe("probes of rules, tokens and changed rights", () => {
  for (const [name, [id, ...words]] of Object.entries(meant)) {
    test(`${name}: each reading gives what its words say`, () => {
      const ask = asks.find((one) => one.id === id);
      assert.ok(ask, id);
      assert.ok(ask.of.about.some((about) => about === name));
      const said = readingsOf(name).map((reading) => word(answerUnder(ask, dialectWith({ [name]: reading }))));
      assert.deepEqual(said, words);
    });
  }

  test("depend on the switches they name and on no others", () => {
    for (let at = 0; at < 12; at++) {
      const record = { ...anyRecord(diceOf(at, 23)), ...(at % 2 === 0 ? flipped : {}) };
      for (const ask of asks) {
        const named = dialectWith(Object.fromEntries(ask.of.depends.map((name) => [name, record[name]])));
        assert.ok(matches(answerUnder(ask, record), answerUnder(ask, named)), `${ask.id} in record ${at}`);
      }
    }
  });

  for (const record of [{}, flipped]) {
    const which = record === flipped ? "other" : "documented";
    test(`a mock at the wire with the ${which} readings is told by its answers`, async () => {
      const target = await mockOf(record);
      try {
        const probes = probesFor(target.capabilities).filter((probe) => siteProbes.some(({ id }) => id === probe.id));
        assert.equal(probes.length, siteProbes.length);
        const played = await playCase(fingerprintCase(probes), target, { strict: false, requirement });
        const found = fingerprintOf(heardIn(played, probes), matches);
        assert.deepEqual(found.unheard, []);
        assert.deepEqual(found.unexplained, []);
        const told = Object.fromEntries(found.settled.map((one) => [one.switch, one.reading]));
        const names = Object.keys(meant);
        assert.deepEqual(told, Object.fromEntries(names.map((name) => [name, Reflect.get(dialectWith(record), name)])));
      } finally {
        await target.close?.();
      }
    });
  }

  test("are put to a target only as far as it can answer", () => {
    const ids = new Set(probesFor(evaluatorOf(dialectWith({})).capabilities).map(({ id }) => id));
    assert.ok(ids.has("pattern-case") && !ids.has("audience") && !ids.has("changed-rights"));
    assert.deepEqual(probesFor(["audit"]), []);
  });
});
