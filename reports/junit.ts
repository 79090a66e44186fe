/** JUnit XML: one test case a requirement, one a control; times come from the companion record. */
import type { AreaHeadline, RequirementStanding, RunMeta, RunRecord } from "../contract/run.ts";
import { standingWords, visible } from "./words.ts";

/** Text for XML 1.0: what may not stand in a document is shown instead, what has a meaning there is escaped. */
export function xmlText(text: string): string {
  return visible(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&apos;");
}

type Trouble = "failure" | "error" | "skipped" | undefined;

interface TestCase {
  readonly name: string;
  readonly seconds: number;
  readonly trouble: Trouble;
  readonly type: string;
  readonly message: string;
}

function attributes(of: { readonly [name: string]: string | number }): string {
  return Object.entries(of)
    .map(([name, value]) => ` ${name}="${xmlText(String(value))}"`)
    .join("");
}

function troubleOf(row: RequirementStanding): Trouble {
  switch (row.standing) {
    case "proven":
      return undefined;
    case "broken":
      return "failure";
    case "inconclusive":
      return "error";
    case "unproven":
    case "observed":
    case "inapplicable":
    case "excluded":
      return "skipped";
  }
}

/** Milliseconds of the groups that carry the requirement's id as their last part, in seconds. */
function secondsOf(id: string, meta: RunMeta): number {
  const spent = Object.entries(meta.groups).filter(([group]) => group === id || group.endsWith(`/${id}`));
  return spent.reduce((sum, [, ms]) => sum + ms, 0) / 1000;
}

function requirementCase(row: RequirementStanding, record: RunRecord, meta: RunMeta): TestCase {
  const finding = record.findings.find(
    ({ result, requirements }) => result === "fail" && requirements.includes(row.id),
  );
  const why = [row.why, finding?.difference].filter((text) => text !== undefined).join(": ");
  return {
    name: `${row.id} ${row.title}`,
    seconds: secondsOf(row.id, meta),
    trouble: troubleOf(row),
    type: row.standing,
    message: why === "" ? standingWords[row.standing].meaning : why,
  };
}

function controlCase({ controls }: AreaHeadline): TestCase {
  const trouble = { passed: undefined, failed: "failure", "not-run": "skipped" } as const;
  const message = {
    passed: "",
    failed: "the control failed: nothing in this area is proven",
    "not-run": "the control did not run before and after",
  };
  return {
    name: "control before and after",
    seconds: 0,
    trouble: trouble[controls],
    type: controls,
    message: message[controls],
  };
}

function caseLines(area: string, { name, seconds, trouble, type, message }: TestCase): readonly string[] {
  const open = `    <testcase${attributes({ classname: area, name, time: seconds.toFixed(3) })}`;
  if (trouble === undefined) return [`${open}/>`];
  const detail = trouble === "skipped" ? attributes({ message: `${type}: ${message}` }) : attributes({ type, message });
  return [`${open}>`, `      <${trouble}${detail}/>`, "    </testcase>"];
}

function countsOf(cases: readonly TestCase[]): { readonly [name: string]: string | number } {
  const count = (trouble: Trouble): number => cases.filter((one) => one.trouble === trouble).length;
  const seconds = cases.reduce((sum, one) => sum + one.seconds, 0);
  return {
    tests: cases.length,
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped"),
    time: seconds.toFixed(3),
  };
}

/** The whole document. */
export function junit(record: RunRecord, meta: RunMeta): string {
  const suites = record.headline.map((headline) => {
    const rows = record.requirements.filter(({ area }) => area === headline.area);
    const cases = [controlCase(headline), ...rows.map((row) => requirementCase(row, record, meta))];
    return { area: headline.area, cases };
  });
  const all = suites.flatMap(({ cases }) => cases);
  const body = suites.flatMap(({ area, cases }) => [
    `  <testsuite${attributes({ name: area, ...countsOf(cases), timestamp: meta.startedAt })}>`,
    ...cases.flatMap((one) => caseLines(area, one)),
    "  </testsuite>",
  ]);
  const root = attributes({ name: `${record.product} against ${record.target}`, ...countsOf(all) });
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites${root}>`, ...body, "</testsuites>", ""].join("\n");
}
