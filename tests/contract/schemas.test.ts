import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { ValidateFunction } from "ajv/dist/2020.js";
import { caseParser, outcomeParser, requirementParser, siteParser } from "../../contract/parsers.ts";
import { schemaFiles } from "../../scripts/generate-schemas.ts";
import { mutate, seeded } from "./mutate.ts";
import { misfits, regionCase } from "./samples.ts";

const compiled = new Map<string, ValidateFunction>();

function published(name: string): ValidateFunction {
  const known = compiled.get(name) ?? compile(name);
  compiled.set(name, known);
  return known;
}

function compile(name: string): ValidateFunction {
  const text = readFileSync(new URL(`../../contract/schemas/${name}.schema.json`, import.meta.url), "utf8");
  return new Ajv2020({ strictTuples: false }).compile(JSON.parse(text));
}

const root = new URL("../../", import.meta.url);

test("publishes the schemas the parsers give", () => {
  const files = schemaFiles();
  assert.equal(files.size, 5);
  for (const [path, text] of files) {
    assert.equal(readFileSync(new URL(path, root), "utf8"), text, `${path}: run scripts/generate-schemas.ts`);
  }
});

test("accepts with the published schema what the parser accepts", () => {
  const { main } = regionCase.sites;
  const [ask] = regionCase.asks;
  assert.ok(published("case")(regionCase) && caseParser.safeParse(regionCase).success);
  assert.ok(published("site")(main) && siteParser.safeParse(main).success);
  const outcome = ask.expected.kind === "known" ? ask.expected.outcome : undefined;
  assert.ok(published("outcome")(outcome) && outcomeParser.safeParse(outcome).success);
});

for (const [what, value] of Object.entries(misfits)) {
  test(`refuses with the published schema a case with ${what}`, () => {
    assert.deepEqual([published("case")(value), caseParser.safeParse(value).success], [false, false]);
  });
}

test("refuses with the published schema a requirement of no level", () => {
  const row = { id: "SA-X", area: "rules", title: "t", statement: "s", basis: "open", level: "core", sources: [] };
  assert.ok(published("requirement")(row) && requirementParser.safeParse(row).success);
  const other = { ...row, level: "green" };
  assert.deepEqual([published("requirement")(other), requirementParser.safeParse(other).success], [false, false]);
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text, (key, value: unknown) => (key === "__proto__" ? undefined : value));
  } catch {
    return undefined;
  }
}

test("agrees with the published schema on 3000 mutated cases that are still JSON", () => {
  const next = seeded(11);
  const seen = { accepted: 0, refused: 0 };
  while (seen.accepted + seen.refused < 3000) {
    const text = mutate(JSON.stringify(regionCase), next);
    const value = parsed(text);
    if (value === undefined) continue;
    const accepted = caseParser.safeParse(value).success;
    assert.equal(published("case")(value), accepted, text);
    seen[accepted ? "accepted" : "refused"]++;
  }
  assert.ok(seen.accepted > 200 && seen.refused > 200, JSON.stringify(seen));
});
