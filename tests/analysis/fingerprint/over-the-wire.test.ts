/** The probes put to mocks through the adapter that real sites use; each mock follows readings it tells nobody. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fingerprintCase, heardIn } from "../../../analysis/fingerprint/case.ts";
import { fingerprintOf } from "../../../analysis/fingerprint/decode.ts";
import { controlProbes } from "../../../analysis/fingerprint/control-probes.ts";
import { identityProbes } from "../../../analysis/fingerprint/identity-probes.ts";
import { reductionProbes } from "../../../analysis/fingerprint/reduction-probes.ts";
import { starProbes } from "../../../analysis/fingerprint/star-probes.ts";
import type { AnyProbe } from "../../../analysis/fingerprint/types.ts";
import type { Dialect } from "../../../catalogue/dialects.ts";
import { requirement } from "../../../catalogue/index.ts";
import { dialectWith } from "../../../catalogue/readings.ts";
import { matches } from "../../../harness/compare.ts";
import { playCase } from "../../../harness/play-case.ts";
import { mockOf } from "../../../targets/mock.ts";

interface Hidden {
  readonly about: string;
  readonly probes: readonly AnyProbe[];
  readonly readings: Partial<Dialect>;
}

const hidden: readonly Hidden[] = [
  {
    about: "who is meant",
    probes: identityProbes,
    readings: { rowMatch: "or", userEmail: "email", serial: "licence", groupSource: "session", bareUserId: true },
  },
  {
    about: "what is reduced",
    probes: reductionProbes,
    readings: { adminNoMatch: "deny", emptyText: "value", saUpper: "inlineOnly", publishedRequired: true },
  },
  {
    about: "stars and omitted fields",
    probes: starProbes,
    readings: { starSymbol: "both", omitStar: "previously", omittedKey: "cut", omittedReducing: "ignored" },
  },
];

for (const { about, probes, readings } of hidden) {
  test(`a mock at the wire is told by its answers: ${about}`, async () => {
    const asked = [...controlProbes.slice(0, 2), ...probes];
    const target = await mockOf(readings);
    try {
      assert.equal(target.dialect, undefined);
      const played = await playCase(fingerprintCase(asked), target, { strict: false, requirement });
      const found = fingerprintOf(heardIn(played, asked), matches);
      assert.deepEqual(found.unexplained, []);
      assert.deepEqual(found.unheard, []);
      const record = dialectWith(readings);
      for (const one of found.settled) assert.equal(one.reading, record[one.switch], one.switch);
      const settled = new Set<string>(found.settled.map((one) => one.switch));
      for (const name of Object.keys(readings)) assert.ok(settled.has(name), name);
    } finally {
      await target.close?.();
    }
  });
}
