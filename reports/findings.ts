/** A finding as a reader meets it: what was asked, what differs, why it was expected, how to see it again. */
import type { Finding, RunRecord } from "../contract/run.ts";
import type { Case, Entity, Site } from "../contract/types.ts";
import { failureKinds, kindOf, pageOf, tendencyOf } from "./failure-kinds.ts";
import { overlay, type MarkedTable } from "./view-difference.ts";
import { cell, outcomeText, probeText, visible, type NameOf } from "./words.ts";

interface MarkedTableView {
  readonly name: string;
  readonly note: string;
  readonly fields: readonly { readonly name: string; readonly mark: string; readonly note: string }[];
  readonly rows: readonly {
    readonly mark: string;
    readonly symbol: string;
    readonly note: string;
    readonly cells: readonly string[];
  }[];
  readonly leftOut: number;
}

interface Measure {
  readonly name: string;
  readonly expected: string;
  readonly observed: string;
  readonly mark: string;
}

export interface FindingView {
  readonly key: string;
  readonly isFailure: boolean;
  readonly kind: string;
  readonly meaning: string;
  readonly page: string;
  readonly tendency: { readonly tone: string; readonly symbol: string; readonly text: string };
  readonly title: string;
  readonly address: string;
  readonly question: string;
  readonly difference: string;
  readonly expected: string;
  readonly observed: string;
  readonly tables: readonly MarkedTableView[];
  readonly measures: readonly Measure[];
  readonly reasons: readonly { readonly id: string; readonly evidence: string }[];
  readonly requirements: readonly { readonly id: string; readonly title: string; readonly level: string }[];
  readonly sites: readonly SiteView[];
  readonly shrunk: boolean;
  readonly file: string;
  readonly replay: readonly { readonly where: string; readonly command: string }[];
}

interface SiteView {
  readonly name: string;
  readonly scripts: readonly { readonly name: string; readonly text: string }[];
  readonly rules: readonly {
    readonly name: string;
    readonly filter: string;
    readonly condition: string;
    readonly disabled: boolean;
  }[];
  readonly contents: string;
}

const tendencies = {
  "shows too much": { tone: "bad", symbol: "▲", text: "shows too much" },
  "shows too little": { tone: "doubt", symbol: "▼", text: "shows too little" },
  differs: { tone: "doubt", symbol: "≠", text: "differs" },
} as const;

const marks = {
  same: { symbol: "", note: "as expected" },
  missing: { symbol: "−", note: "missing" },
  extra: { symbol: "+", note: "shown, not expected" },
} as const;

function tableView({ name, mark, fields, rows, leftOut }: MarkedTable): MarkedTableView {
  return {
    name: visible(name),
    note: mark === "same" ? "" : marks[mark].note,
    fields: fields.map((field) => ({
      name: visible(field.name),
      mark: field.mark,
      note: field.mark === "same" ? "" : marks[field.mark].note,
    })),
    rows: rows.map((row) => ({ mark: row.mark, ...marks[row.mark], cells: row.cells })),
    leftOut,
  };
}

function measuresOf({ expected, observed }: Finding): readonly Measure[] {
  if (expected.kind !== "known" || expected.outcome.kind !== "measure" || observed.kind !== "measure") return [];
  const [wanted, got] = [expected.outcome.values, observed.values];
  return [...new Set([...Object.keys(wanted), ...Object.keys(got)])].map((name) => {
    const [left, right] = [wanted[name], got[name]].map((value) => (value === undefined ? "nothing" : cell(value)));
    return {
      name: visible(name),
      expected: left ?? "",
      observed: right ?? "",
      mark: left === right ? "same" : "extra",
    };
  });
}

/** A multi-line text whose lines stay, while every other control character becomes visible. */
function visibleLines(text: string): string {
  return text.split(/\r?\n/).map(visible).join("\n");
}

function textOf(entity: Entity, field: string): string {
  const value = entity[field];
  return typeof value === "string" ? visible(value) : "";
}

function siteView(name: string, site: Site): SiteView {
  const scripts = Object.entries(site.apps).flatMap(([app, { script, files }]) => [
    { name: `${visible(app)}: load script`, text: visibleLines(script) },
    ...Object.entries(files).map(([path, content]) => ({
      name: `${visible(app)}: ${visible(path)}`,
      text: visibleLines(content),
    })),
  ]);
  const rules = (site.entities["SystemRule"] ?? []).map((rule) => ({
    name: textOf(rule, "name"),
    filter: textOf(rule, "resourceFilter"),
    condition: textOf(rule, "rule"),
    disabled: rule["disabled"] === true,
  }));
  const counts = Object.entries(site.entities).map(([type, all]) => `${all.length} ${visible(type)}`);
  return { name: visible(name), scripts, rules, contents: counts.join(", ") };
}

function sitesOf(of: Case | undefined): readonly SiteView[] {
  return Object.entries(of?.sites ?? {}).map(([name, site]) => siteView(name, site));
}

function namesIn({ minimal, ask }: Finding): NameOf {
  const at = minimal?.asks.find(({ id }) => id === ask)?.at ?? "main";
  return (type, id) => {
    const name = minimal?.sites[at]?.entities[type]?.find((entity) => entity.id === id)?.["name"];
    return typeof name === "string" ? name : undefined;
  };
}

function shellWord(text: string): string {
  return /^[\w./@:-]+$/.test(text) ? text : `'${visible(text).replaceAll("'", `'\\''`)}'`;
}

function replayOf(finding: Finding, record: RunRecord): FindingView["replay"] {
  const defect = record.defect === undefined ? "" : ` --defect ${shellWord(record.defect)}`;
  if (finding.masked === true) {
    const where = "its names and data are masked here; run again with --reveal, and the case can be replayed";
    return [{ where, command: `--reveal` }];
  }
  const rest = `replay ${shellWord(finding.file)} --target ${shellWord(record.target)}${defect}`;
  return [
    { where: "installed, in the folder of this report", command: `npx qlik-conformance ${rest}` },
    { where: "in a checkout, with the path of that folder before failures/", command: `npx tsx cli/main.ts ${rest}` },
  ];
}

export function findingView(finding: Finding, record: RunRecord): FindingView {
  const kind = kindOf(finding);
  const { expected, observed } = finding;
  const views =
    expected.kind === "known" && expected.outcome.kind === "view" && observed.kind === "view"
      ? ([expected.outcome, observed] as const)
      : undefined;
  const titles = new Map(record.requirements.map((row) => [row.id, row]));
  return {
    key: finding.key,
    isFailure: finding.result === "fail",
    kind: failureKinds[kind].title,
    meaning: failureKinds[kind].meaning,
    page: pageOf(kind),
    tendency: tendencies[tendencyOf(finding)],
    title: visible(finding.title),
    address: visible(`${finding.case} › ${finding.ask}`),
    question: probeText(finding.probe, namesIn(finding)),
    difference: visible(finding.difference),
    expected:
      expected.kind === "known"
        ? outcomeText(expected.outcome)
        : `${expected.holds} with ${visible(expected.to.join(", "))}`,
    observed: outcomeText(observed),
    tables: views === undefined ? [] : overlay(...views).map(tableView),
    measures: measuresOf(finding),
    reasons: expected.because.map(({ requirement, evidence }) => ({
      id: visible(requirement),
      evidence: visible(evidence),
    })),
    requirements: finding.requirements.map((id) => ({
      id: visible(id),
      title: visible(titles.get(id)?.title ?? ""),
      level: titles.get(id)?.level ?? "",
    })),
    sites: sitesOf(finding.minimal),
    shrunk: finding.minimal?.origin.kind === "shrunk",
    file: finding.file,
    replay: replayOf(finding, record),
  };
}
