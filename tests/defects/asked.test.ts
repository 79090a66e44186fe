import assert from "node:assert/strict";
import { test } from "node:test";
import { defects } from "../../mock/defects/index.ts";
import { casesNaming } from "./play.ts";

test("asks about all defects", () => {
  assert.ok(defects.length >= 185, `${defects.length}`);
  const silent = defects.filter(({ breaks }) => casesNaming(breaks).length === 0);
  assert.deepEqual(
    silent.map(({ name }) => name),
    [],
  );
});
