/** Samples on pages are what they say they are, and lists on pages are complete. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { requirement } from "../catalogue/index.ts";
import { isKnownError } from "../contract/errors.ts";
import { parseCase, requirementParser } from "../contract/parsers.ts";
import type { Case, Verdict } from "../contract/types.ts";
import { playCase } from "../harness/play-case.ts";
import { knownTypes, parseSiteText } from "../intake/site-text.ts";
import { keyMaterial } from "../mock/certificates.ts";
import { defectNamed } from "../targets/defects.ts";
import { evaluatorTarget } from "../targets/evaluator.ts";
import { readQlikConfig } from "../targets/qlik/config.ts";
import { referenceTarget } from "../targets/reference.ts";
import { checks } from "./suites/golden-checks.ts";

const root = join(import.meta.dirname, "..");

function textOf(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** The first block of a language on a page. */
function block(path: string, language: string): string {
  const found = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "m").exec(textOf(path));
  assert.ok(found?.[1] !== undefined, `${path} has no ${language}`);
  return found[1];
}

/** Words a page does not show as code. */
function unnamed(path: string, words: readonly string[]): readonly string[] {
  const text = textOf(path);
  return words.filter((word) => !text.includes(`\`${word}\``));
}

/** Every list of choices in a published schema. */
function choices(schema: string): readonly (readonly string[])[] {
  const text = textOf(`contract/schemas/${schema}.schema.json`);
  const lists = [...text.matchAll(/"enum": (\[[^\]]*\])/g)].map(([, list = "[]"]) => JSON.parse(list) as string[]);
  return [...new Map(lists.map((list) => [list.join(), list])).values()];
}

function choiceWith(schema: string, word: string): readonly string[] {
  const found = choices(schema).find((list) => list.includes(word));
  assert.ok(found !== undefined, `${schema} has no choice ${word}`);
  return found;
}

const guide = "docs/guides/real-site.md";

test("the configuration in the guide is accepted, and has every key there is", async () => {
  const { caPem, jwtKeyPem, jwtCertificatePem, ...more } = await keyMaterial();
  const folder = mkdtempSync(join(tmpdir(), "qlik-conformance-"));
  try {
    const text = block(guide, "json");
    const papers = { "ca.pem": caPem, "key.pem": jwtKeyPem, "certificate.pem": jwtCertificatePem };
    const service = { "client.pem": more.clientCertificatePem, "client-key.pem": more.clientKeyPem };
    for (const [name, pem] of Object.entries({ ...papers, ...service })) writeFileSync(join(folder, name), pem);
    writeFileSync(join(folder, "site.json"), text);
    const config = readQlikConfig(join(folder, "site.json"), { allowWrites: false });
    assert.equal(config.keyPem, jwtKeyPem);
    const shown = Object.keys(JSON.parse(text) as object).sort();
    writeFileSync(join(folder, "other.json"), '{"unheard": true}');
    assert.throws(
      () => readQlikConfig(join(folder, "other.json"), { allowWrites: false }),
      (error) =>
        isKnownError(error) &&
        shown.join() === (error.details.expected ?? "").replace("one of ", "").split(", ").sort().join(),
    );
    assert.deepEqual(unnamed(guide, shown), []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the site file on its page is a site, and the page names every type", () => {
  const { site, notes } = parseSiteText(block("docs/reference/site.md", "json"), "site.md");
  assert.deepEqual(notes, []);
  assert.ok(Object.keys(site.entities).length >= 4);
  assert.deepEqual(unnamed("docs/reference/site.md", knownTypes), []);
});

test("the row in the walk-through is a requirement once it has a number", () => {
  const row: unknown = JSON.parse(block("CONTRIBUTING.md", "json").replace("SR-NNN", "SR-999"));
  assert.equal(requirementParser.safeParse(row).success, true);
});

test("the guide shows the module that only decides as it is", () => {
  const shown = block("docs/guides/own-target.md", "ts");
  const file = textOf("examples/decides-only.ts");
  assert.ok(file.endsWith(shown));
  assert.ok(shown.split("\n").length > 10);
});

test("pages name every capability, failure code, verdict, standing, relation and attack", () => {
  assert.deepEqual(unnamed("docs/reference/targets.md", choiceWith("case", "destructive")), []);
  assert.deepEqual(unnamed("docs/reference/words.md", choiceWith("outcome", "malformed")), []);
  assert.deepEqual(unnamed("docs/guides/triage.md", choiceWith("outcome", "malformed")), []);
  assert.deepEqual(unnamed("docs/reference/cases.md", choiceWith("case", "consistent")), []);
  assert.deepEqual(unnamed("docs/reference/cases.md", choiceWith("case", "truncated")), []);
  const words = textOf("docs/reference/words.md");
  for (const word of [...choiceWith("run", "harness-error"), ...choiceWith("run", "proven")])
    assert.ok(words.includes(`| ${word} |`), word);
});

test("the page of reports names every field of the record", () => {
  const { properties } = JSON.parse(textOf("contract/schemas/run.schema.json")) as { readonly properties: object };
  assert.ok(Object.keys(properties).length > 10);
  assert.deepEqual(unnamed("docs/reference/reports.md", Object.keys(properties)), []);
});

test("notices a word its page does not name", () => {
  assert.deepEqual(unnamed("docs/reference/targets.md", ["deploy", "teleport"]), ["teleport"]);
});

const example: Case = parseCase(textOf("examples/case.json"), "examples/case.json");

async function results(target: Parameters<typeof playCase>[1]): Promise<readonly Verdict["result"][]> {
  const { verdicts } = await playCase(example, target, { strict: false, requirement });
  return verdicts.map(({ result }) => result);
}

test("the example case owes nothing a golden case owes", () => {
  for (const [name, check] of Object.entries(checks)) assert.deepEqual(check(example), [], name);
});

test("the example case passes on both evaluators, and its pair is torn by the defect the walk-through names", async () => {
  assert.deepEqual(await results(referenceTarget("documented")), ["pass", "pass"]);
  assert.deepEqual(await results(evaluatorTarget("documented")), ["pass", "pass"]);
  const defect = defectNamed("equal-case-sensitive");
  assert.deepEqual(await results(evaluatorTarget("documented", defect)), ["fail", "pass"]);
  assert.match(textOf("CONTRIBUTING.md"), /--defect equal-case-sensitive/);
});
