/** A run record as files: the data, a page for people, a short text, JUnit for the CI, and a case file a finding. */
import { ConformanceError } from "../contract/errors.ts";
import type { Finding, RunMeta, RunRecord } from "../contract/run.ts";
import { html } from "./html.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";

/** Content by path inside the output folder, with `/` between the parts. */
export interface ReportFiles {
  readonly [path: string]: string;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

const caseFile = /^failures\/[\w.-]+\.json$/;

/** The record may come from a file somebody wrote: its paths must stay inside the folder. */
function caseEntry(finding: Finding): readonly [string, string][] {
  if (!caseFile.test(finding.file)) {
    throw new ConformanceError("input", `a finding's file is called ${JSON.stringify(finding.file)}`, {
      expected: "failures/<key>.json",
    });
  }
  return finding.minimal === undefined ? [] : [[finding.file, json(finding.minimal)]];
}

/** Every file of a report. Equal record and meta give equal files; `run.json` depends on the record alone. */
export function renderReports(record: RunRecord, meta: RunMeta): ReportFiles {
  return {
    "run.json": json(record),
    "run.meta.json": json(meta),
    "report.html": html(record, meta),
    "report.md": markdown(record),
    "junit.xml": junit(record, meta),
    ...Object.fromEntries(record.findings.flatMap(caseEntry)),
  };
}
