import assert from "node:assert/strict";
import { test } from "node:test";
import { ConformanceError } from "../../contract/errors.ts";
import { parseCase } from "../../contract/parsers.ts";
import { regionText } from "./samples.ts";

const rounds = 10_000;
const compact = JSON.stringify(JSON.parse(regionText));

/** Mulberry32: a small seeded generator, so that a red run can be seen again. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const pieces = [
  '"',
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  "null",
  "1e999",
  "-0",
  "\\u00",
  "\u0000",
  '"__proto__":1,',
  "\uD800",
  "[[",
  "true",
];
const swaps = [/"kind":"\w+"/g, /"id":"[^"]*"/g, /"\w+":/g, /\[[^[\]]*\]/g, /"[^"]*"/g];
const values = ["3", "null", "[]", "{}", '"x"', '{"n":1,"t":"01"}', "[[[]]]", '"kind":"view"', '"id":4'];

function mutate(text: string, next: (below: number) => number): string {
  const at = next(text.length);
  switch (next(5)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(at + 1 + next(20));
    case 2:
      return text.slice(0, at) + (pieces[next(pieces.length)] ?? "") + text.slice(at);
    case 3:
      return text.slice(0, at) + text.slice(next(text.length)) + text.slice(at);
    default: {
      const found = [...text.matchAll(swaps[next(swaps.length)] ?? /x/g)];
      const hit = found[next(Math.max(found.length, 1))];
      if (hit === undefined) return text;
      return text.slice(0, hit.index) + (values[next(values.length)] ?? "") + text.slice(hit.index + hit[0].length);
    }
  }
}

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
