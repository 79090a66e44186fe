/** The writing of case files: the same data always in the same lines. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../../contract/types.ts";
import { canonicalJson } from "../../suites/canonical.ts";

const regions = Array.from({ length: 30 }, (_, index) => `REGION ${index}`);

const samples: readonly (readonly [value: Json, text: string])[] = [
  [
    {
      rows: [
        ["NORTH", 10],
        ["SOUTH", null],
      ],
      empty: {},
      none: [],
    },
    '{ "rows": [["NORTH", 10], ["SOUTH", null]], "empty": {}, "none": [] }\n',
  ],
  ['a "b" \u00fc', '"a \\"b\\" \u00fc"\n'],
  [
    { regions: regions.slice(0, 2), script: "x".repeat(110) },
    `{\n  "regions": ["REGION 0", "REGION 1"],\n  "script": "${"x".repeat(110)}"\n}\n`,
  ],
];

test("writes what fits into one line in one line, and a member a line otherwise", () => {
  for (const [value, text] of samples) assert.equal(canonicalJson(value), text);
});

test("writes data that reads back as itself and is written the same again", () => {
  const value: Json = { id: "sales", regions, nested: [{ regions }, [regions]], n: 1.5, no: false };
  const text = canonicalJson(value);
  assert.deepEqual(JSON.parse(text), value);
  assert.equal(canonicalJson(JSON.parse(text) as Json), text);
  assert.ok(text.split("\n").every((line) => line.length <= 120));
});
