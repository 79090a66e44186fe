import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { ConformanceError } from "../../../contract/errors.ts";
import { parseLoadScript } from "../../../languages/load-script/parse.ts";
import { printLoadScript } from "../../../languages/load-script/print.ts";
import { reload } from "../../../reload/index.ts";
import type { FileAccess } from "../../../reload/model.ts";
import { mutate, randomFrom } from "./mutate.ts";

const folder = new URL("../../reload/worked-examples/", import.meta.url);
const seeds = readdirSync(fileURLToPath(folder))
  .filter((file) => file.endsWith(".qvs"))
  .map((file) => readFileSync(new URL(file, folder), "utf8"));

/** Whether the text could be read; any error but a located one fails the test. */
function survives(act: () => unknown, text: string): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if (error instanceof ConformanceError) {
      assert.ok((error.details.line ?? 0) >= 1 && (error.details.column ?? 0) >= 1, `no place: ${text}`);
      return false;
    }
    throw new Error(`not a located error for ${JSON.stringify(text)}`, { cause: error });
  }
}

test("100,000 mutated scripts parse or give a located error", () => {
  const random = randomFrom(20260103);
  let read = 0;
  for (let count = 0; count < 100_000; count += 1) {
    const text = mutate(seeds, random);
    if (survives(() => parseLoadScript(text), text)) read += 1;
  }
  assert.ok(read > 10_000 && read < 95_000, `${read} of 100,000 were read`);
});

test("what a mutated script parses to can be printed and read again", () => {
  const random = randomFrom(20260104);
  let read = 0;
  for (let count = 0; count < 5000; count += 1) {
    const text = mutate(seeds, random);
    if (!survives(() => parseLoadScript(text), text)) continue;
    const once = printLoadScript(parseLoadScript(text));
    assert.equal(printLoadScript(parseLoadScript(once)), once);
    read += 1;
  }
  assert.ok(read > 500, `${read} of 5000 were read`);
});

const files: FileAccess = (path) => (path.includes("Data") ? "USERID,REGION\nCORP\\ann,NORTH\n" : undefined);

test("10,000 mutated scripts run or give a located error", () => {
  const random = randomFrom(20260105);
  let ran = 0;
  for (let count = 0; count < 10_000; count += 1) {
    const text = mutate(seeds, random);
    if (survives(() => reload(text, { files }), text)) ran += 1;
  }
  assert.ok(ran > 1000 && ran < 9500, `${ran} of 10,000 ran`);
});
