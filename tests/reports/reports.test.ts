import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { caseParser } from "../../contract/parsers.ts";
import { runRecordParser } from "../../contract/run-parsers.ts";
import type { RunRecord } from "../../contract/run.ts";
import { failureKindNames, failureKinds, kindOf, pageOf, tendencyOf } from "../../reports/failure-kinds.ts";
import { markdownText } from "../../reports/markdown.ts";
import { renderReports, type ReportFiles } from "../../reports/render.ts";
import { xmlText } from "../../reports/junit.ts";
import { sampleMeta, sampleRecord } from "./sample.ts";
import { elementsOf } from "./xml.ts";

const record = await sampleRecord();
const files = renderReports(record, sampleMeta);

function file(name: string, of: ReportFiles = files): string {
  const content = of[name];
  assert.ok(content !== undefined, `${name} is missing`);
  return content;
}

test("the sample has failures, deviations, proofs, pictures, a matrix and a campaign", () => {
  const standings = new Set(record.requirements.map(({ standing }) => standing));
  assert.deepEqual([...standings].toSorted(), ["broken", "excluded", "inconclusive", "observed", "proven", "unproven"]);
  assert.deepEqual(
    record.findings.map(({ result }) => result),
    ["fail", "fail", "fail", "fail", "observed"],
  );
  assert.ok(record.pictures.length > 0 && record.matrices.length > 0 && record.campaigns.length > 0);
});

test("the data files give back what they were made of", () => {
  assert.deepEqual(runRecordParser.parse(JSON.parse(file("run.json"))), JSON.parse(JSON.stringify(record)));
  assert.deepEqual(JSON.parse(file("run.meta.json")), sampleMeta);
});

test("the same record and meta give the same bytes, and run.json does not depend on meta", async () => {
  assert.deepEqual(renderReports(await sampleRecord(), sampleMeta), files);
  const other = renderReports(record, {
    ...sampleMeta,
    host: "elsewhere",
    durationMs: 1,
    startedAt: "2027-01-01T00:00:00.000Z",
  });
  assert.equal(other["run.json"], files["run.json"]);
  assert.equal(other["report.md"], files["report.md"]);
  assert.notEqual(other["report.html"], files["report.html"]);
});

test("every finding has a case file that replays", () => {
  assert.ok(record.findings.length > 0);
  for (const finding of record.findings) {
    const of = caseParser.parse(JSON.parse(file(finding.file)));
    assert.ok(of.asks.some(({ id }) => id === finding.ask));
  }
});

test("a finding whose path leads out of the folder is refused", () => {
  const [finding] = record.findings;
  assert.ok(finding !== undefined);
  for (const path of ["../evil.json", "failures/../../evil.json", "/etc/passwd", "failures/a/b.json"]) {
    const bad = { ...record, findings: [{ ...finding, file: path }] };
    assert.throws(() => renderReports(bad, sampleMeta), /a finding's file is called/);
  }
});

test("the page loads nothing and lets only its own script and style run", () => {
  const page = file("report.html");
  assert.match(page, /Content-Security-Policy" content="default-src &#x27;none&#x27;; style-src &#x27;sha256-/);
  assert.doesNotMatch(
    page,
    /\b(?:src|srcset|poster|data|action)\s*=\s*["']?[a-z]+:|@import|url\(|<(?:link|iframe|object|embed|img)\b/i,
  );
  assert.doesNotMatch(page, /href="(?!#|run\.json|run\.meta\.json|report\.md|junit\.xml|failures\/)/);
  assert.equal(page.match(/<script/g)?.length, 1);
});

test("the page names what failed, what was expected and observed, and how to see it again", () => {
  const page = file("report.html");
  for (const finding of record.findings) assert.ok(page.includes(`id="finding-${finding.key}"`), finding.key);
  assert.match(page, /npx qlik-conformance replay failures\/SA-WLD-02-[0-9a-f]{8}\.json --target mock/);
  assert.match(page, /npx tsx cli\/main\.ts replay failures\//);
  assert.match(page, /<tr class="m-extra">/);
  assert.match(page, /class="(?:m-extra)"\s*><bdi>MARGIN<\/bdi>/);
  assert.match(page, /<td class="hidden">/);
  assert.match(page, /expected denied/);
});

test("the page can be read without sight or colour: landmarks, captions, scopes, words beside symbols", () => {
  const page = file("report.html");
  for (const landmark of ["<header", "<nav", "<main", "<footer", 'lang="en"', 'href="#main"'])
    assert.ok(page.includes(landmark), landmark);
  assert.equal(page.match(/<table\b/g)?.length, page.match(/<caption\b/g)?.length);
  assert.doesNotMatch(page, /<th(?![^>]*scope=)[\s>]/);
  assert.equal(page.match(/<h1/g)?.length, 1);
  const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
  assert.ok(ids.length > 10);
  assert.equal(new Set(ids).size, ids.length);
});

test("every requirement has a row in the page and a test case in JUnit", () => {
  const page = file("report.html");
  const cases = elementsOf(file("junit.xml")).filter(({ name }) => name === "testcase");
  assert.equal(page.match(/<tr data-area=/g)?.length, record.requirements.length);
  assert.equal(cases.length, record.requirements.length + record.headline.length);
});

test("JUnit counts what its elements say and takes its times from meta", () => {
  const elements = elementsOf(file("junit.xml"));
  const of = (name: string): typeof elements => elements.filter((element) => element.name === name);
  const [root] = of("testsuites");
  const told = (name: string): number =>
    of("testsuite").reduce((sum, suite) => sum + Number(suite.attributes[name]), 0);
  assert.equal(Number(root?.attributes["failures"]), of("failure").length);
  assert.deepEqual(
    [told("tests"), told("failures"), told("errors"), told("skipped")],
    [of("testcase").length, of("failure").length, of("error").length, of("skipped").length],
  );
  assert.equal(of("failure").length, 4);
  const timed = of("testcase").filter(({ attributes }) => attributes["time"] !== "0.000");
  assert.deepEqual(
    timed.map(({ attributes }) => attributes["time"]),
    ["0.250", "1.500"],
  );
});

const nasty = [
  `<script>alert("owned")</script>`,
  "]]><x>",
  "a | b",
  "two\nlines",
  "\u202Eevil\u2066",
  "nul\u0000 esc\u001b[31m bell\u0007 \ufffe \ud800",
  `" onmouseover="x`,
  "' & &amp; {{this}} {{{style}}}",
  "[link](https://evil.example) ![x](y) `code` **bold** # @all <!-- -->",
  "$(reboot) `reboot`; rm -rf /",
];

/** The sample with a nasty text in every place a site's words can reach. */
function hostile(text: string): RunRecord {
  const walk = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => walk(item, key));
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, walk(part, name)]));
    }
    return typeof value === "string" && !structural.has(key) ? text : value;
  };
  // The walk changes texts only.
  return walk(record, "") as RunRecord;
}

/** Fields whose values are words of the contract, or addresses inside the folder. */
const structural = new Set([
  "kind",
  "by",
  "key",
  "area",
  "level",
  "standing",
  "result",
  "verdict",
  "access",
  "controls",
  "suites",
  "file",
  "through",
  "context",
  "holds",
  "id",
  "attack",
  "hash",
  "code",
]);

for (const text of nasty) {
  test(`stays harmless in every format: ${JSON.stringify(text)}`, () => {
    const made = renderReports(hostile(text), { ...sampleMeta, host: text, notes: [text], groups: { [text]: 1 } });
    const page = file("report.html", made);
    assert.equal(page.match(/<script/g)?.length, 1);
    assert.doesNotMatch(page, /<x>|<!--| onmouseover="x/);
    for (const name of ["report.html", "report.md", "junit.xml"]) {
      assert.doesNotMatch(file(name, made), /[\u202a-\u202e\u2066-\u2069\ufffe\uffff]|[^\P{Cc}\n]/u, name);
    }
    assert.ok(elementsOf(file("junit.xml", made)).length > 100);
    const lines = file("report.md", made).split("\n");
    assert.equal(lines.length, file("report.md").split("\n").length);
    for (const row of lines.filter((line) => line.startsWith("|"))) {
      assert.ok([4, 7].includes(row.match(/(?<!\\)\|/g)?.length ?? 0), row);
    }
  });
}

test("Markdown text holds no markup, XML text no character XML forbids", () => {
  assert.equal(markdownText("a|b\n<i> @all"), "a\\|b⏎&lt;i&gt; &#64;all");
  assert.equal(xmlText(`<a b="c">]]>&\u0000`), "&lt;a b=&quot;c&quot;&gt;]]&gt;&amp;\\u{0}");
});

test("the XML reader of these tests refuses what is no XML", () => {
  for (const bad of ["<a><b></a>", '<a b="<"/>', "<a>&nbsp;</a>", "<a>\u0000</a>", "<a b=c/>", "<a/><b/>", "<a>"]) {
    assert.throws(() => elementsOf(bad), bad);
  }
});

test("every failure kind has a page with the five parts, and its title", async () => {
  assert.equal(failureKindNames.length, 11);
  for (const kind of failureKindNames) {
    const page = await readFile(new URL(`../../${pageOf(kind)}`, import.meta.url), "utf8");
    assert.ok(page.startsWith(`# ${failureKinds[kind].title}\n`), kind);
    const parts = [...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    assert.deepEqual(
      parts,
      ["What it means", "Why it matters", "Usual causes", "How to fix it", "What it does not mean"],
      kind,
    );
  }
});

test("names the kind of each finding of the sample and which way it errs", () => {
  const kinds = record.findings.map((finding) => [finding.requirements[0], kindOf(finding), tendencyOf(finding)]);
  assert.deepEqual(kinds, [
    ["IM-034", "wrong-identity", "shows too much"],
    ["SA-OMT-01", "hidden-field-shown", "shows too much"],
    ["SA-WLD-02", "wrong-rows", "shows too much"],
    ["SR-131", "granted-right", "shows too much"],
    ["SA-STR-03", "opened-though-denied", "shows too much"],
  ]);
});
