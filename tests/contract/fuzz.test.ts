import assert from "node:assert/strict";
import { test } from "node:test";
import { ConformanceError } from "../../contract/errors.ts";
import { parseCase } from "../../contract/parsers.ts";
import { mutate, seeded } from "./mutate.ts";
import { regionText } from "./samples.ts";

const rounds = 10_000;
const compact = JSON.stringify(JSON.parse(regionText));

test(`answers ${rounds} mutated case texts with a case or a located refusal`, () => {
  const next = seeded(7);
  const seen = { read: 0, noJson: 0, noCase: 0 };
  for (let round = 0; round < rounds; round++) {
    let text = compact;
    for (let times = next(3); times >= 0; times--) text = mutate(text, next);
    try {
      parseCase(text, "mutated.json");
      seen.read++;
    } catch (error) {
      assert.ok(error instanceof ConformanceError && error.code === "input", `${String(error)} for ${text}`);
      assert.ok((error.details.line ?? 0) >= 1 && (error.details.column ?? 0) >= 1, text);
      if (/not valid JSON/.test(error.message)) seen.noJson++;
      else seen.noCase++;
    }
  }
  // Each way out is really taken; otherwise the mutations have lost their bite.
  assert.ok(seen.read > 50 && seen.noJson > 1000 && seen.noCase > 500, JSON.stringify(seen));
});
