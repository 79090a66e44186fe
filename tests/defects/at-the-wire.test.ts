import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { defects } from "../../mock/defects/index.ts";
import { atTheWire } from "./at-the-wire.ts";
import { casesNaming } from "./play.ts";

test("keeps apart only defects no golden case asks about, each seen by the test named beside it", () => {
  for (const [name, file] of Object.entries(atTheWire)) {
    const defect = defects.find((one) => one.name === name);
    assert.ok(defect !== undefined, name);
    assert.deepEqual(
      casesNaming(defect.breaks).map(({ id }) => id),
      [],
      `${name} can be asked about`,
    );
    assert.match(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8"), /defects/, file);
  }
});

test("asks about all other defects", () => {
  const silent = defects.filter(
    ({ name, breaks }) => atTheWire[name] === undefined && casesNaming(breaks).length === 0,
  );
  assert.deepEqual(
    silent.map(({ name }) => name),
    [],
  );
});
