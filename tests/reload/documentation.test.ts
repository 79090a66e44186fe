import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { aggregationNames } from "../../reload/aggregates.ts";
import { functionsLeftOut, scriptFunctions } from "../../reload/functions.ts";
import { recordFunctionNames } from "../../reload/record-functions.ts";

const page = readFileSync(new URL("../../docs/reference/load-script.md", import.meta.url), "utf8");

test("the reference page names every function there is, and no other", () => {
  const [, table = ""] = /\n## Functions\n\n([\s\S]*?)\n\n/.exec(page) ?? [];
  const named = [...table.matchAll(/`(\w+#?)`/g)].map(([, name = ""]) => name.toLowerCase());
  const there = [...recordFunctionNames, ...scriptFunctions.keys(), ...aggregationNames];
  assert.deepEqual(named.filter((name) => name !== "distinct").toSorted(), there.toSorted());
});

test("nothing is both there and left out", () => {
  for (const name of Object.keys(functionsLeftOut)) assert.ok(!scriptFunctions.has(name), name);
});
