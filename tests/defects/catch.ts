/** Declares the tests of one area's defects: each caught by name, and the same cases kept by a sound mock. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Area, Case } from "../../contract/types.ts";
import { defects } from "../../mock/defects/index.ts";
import { playDefect, playSound, type Stand } from "./play.ts";

const least = 10;

export function catchDefects(area: Area): void {
  describe(`defects of ${area}`, () => {
    const ours = defects.filter((defect) => defect.area === area);
    const played: { readonly [stand in Stand]: Case[] } = { evaluator: [], mock: [] };

    test(`are at least ${least}`, () => {
      assert.ok(ours.length >= least, `${ours.length}`);
    });

    for (const defect of ours) {
      test(`${defect.name} breaks ${defect.breaks.join(" and ")}`, async () => {
        const { stand, standings, cases } = await playDefect(defect);
        played[stand].push(...cases);
        for (const id of defect.breaks) assert.equal(standings.get(id), "broken", `${id} after ${cases.length} cases`);
      });
    }

    const startedAt = performance.now();

    test("are not seen where there are none: a sound mock keeps the same cases", async (context) => {
      const results = [...(await playSound("evaluator", played.evaluator)), ...(await playSound("mock", played.mock))];
      const seconds = Math.round((performance.now() - startedAt) / 1000);
      const split = `${new Set(played.evaluator).size} cases in process, ${new Set(played.mock).size} at the wire`;
      context.diagnostic(`${ours.length} defects caught and kept from a sound mock in ${seconds} s: ${split}`);
      assert.ok(results.length >= least);
      for (const { group, asks, counts } of results) {
        assert.equal((counts.pass ?? 0) + (counts.acceptable ?? 0), asks, `${group}: ${JSON.stringify(counts)}`);
      }
    });
  });
}
