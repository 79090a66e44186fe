import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { scriptFunctions } from "../../reload/functions.ts";

test("the reference page names every function there is, and no other", () => {
  const page = readFileSync(new URL("../../docs/reference/load-script.md", import.meta.url), "utf8");
  const [, list = ""] = /\nFunctions: ([\s\S]*?)\n\n/.exec(page) ?? [];
  const [functions = ""] = list.split(". ");
  const named = [...functions.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name.toLowerCase());
  const ofRecords = ["if", "recno", "rowno", "previous", "peek", "exists", "applymap"];
  assert.deepEqual(named.toSorted(), [...ofRecords, ...scriptFunctions.keys()].toSorted());
});
