/** The report as one offline page: everything it shows stands in it, and its policy lets nothing else run or load. */
import { createHash } from "node:crypto";
import type {
  CaseSummary,
  DecisionMatrix,
  ReductionPicture,
  RequirementStanding,
  RunMeta,
  RunRecord,
} from "../contract/run.ts";
import { findingView } from "./findings.ts";
import { overviewOf } from "./overview.ts";
import { renderPage, sourceOf } from "./templates.ts";
import { areaWords, resultWords, standingOrder, standingWords, visible } from "./words.ts";

const mostCases = 400;

function requirementView(row: RequirementStanding): object {
  const asks = Object.entries(row.asks).map(([result, count]) => `${count} ${result}`);
  const proof =
    row.provenBy === undefined ? "" : `${row.provenBy.case}: ${row.provenBy.ask} against ${row.provenBy.contrast}`;
  return {
    id: visible(row.id),
    title: visible(row.title),
    area: row.area,
    areaName: areaWords[row.area],
    level: row.level,
    standing: row.standing,
    ...standingWords[row.standing],
    asks: asks.join(", ") || "none",
    why: visible(row.why ?? proof),
  };
}

/** What needs a reader first; within a standing the order of the record. */
function byStanding(left: RequirementStanding, right: RequirementStanding): number {
  return standingOrder.indexOf(left.standing) - standingOrder.indexOf(right.standing);
}

function pictureView(picture: ReductionPicture): object {
  const { symbol, word } = resultWords[picture.verdict];
  return {
    ask: visible(picture.ask),
    user: visible(picture.user),
    app: visible(picture.app),
    denied: picture.access === "denied",
    result: picture.verdict,
    symbol,
    word,
    tables: picture.tables.map((table) => ({
      name: visible(table.name),
      fields: table.fields.map(({ name, visible: shown }) => ({ name: visible(name), shown })),
      shownRows: table.rows.filter((row) => row.visible).length,
      allRows: table.rows.length,
      rows: table.rows.map((row) => ({
        shown: row.visible,
        cells: row.cells.map((text, index) => ({
          text: visible(text),
          shown: row.visible && table.fields[index]?.visible === true,
        })),
      })),
    })),
  };
}

function picturesByCase(record: RunRecord): readonly object[] {
  const titles = new Map([...record.cases].map((one) => [one.case, one.title]));
  const cases = [...new Set(record.pictures.map((picture) => picture.case))];
  return cases.map((id) => ({
    case: visible(id),
    title: visible(titles.get(id) ?? ""),
    pictures: record.pictures.filter((picture) => picture.case === id).map(pictureView),
  }));
}

const decisionSymbols: { readonly [text: string]: string } = { allowed: "✓", denied: "✗", "": "·" };

function matrixView(matrix: DecisionMatrix): object {
  return {
    case: visible(matrix.case),
    title: visible(matrix.title),
    users: matrix.users.map(visible),
    rows: matrix.rows.map((row) => ({
      resource: visible(row.resource),
      context: visible(row.context),
      cells: row.cells.map(({ expected, observed }) => ({
        asked: expected !== "" || observed !== "",
        observed: visible(observed),
        symbol: decisionSymbols[observed] ?? "?",
        tone: observed === "allowed" ? "allowed" : "denied",
        differs: expected !== "" && expected !== observed,
        expected: visible(expected),
      })),
    })),
  };
}

function caseView(summary: CaseSummary): object {
  const troubled = summary.verdicts.filter(({ result }) => result !== "pass" && result !== "acceptable");
  return {
    case: visible(summary.case),
    title: visible(summary.title),
    asks: summary.verdicts.length,
    passed: summary.verdicts.length - troubled.length,
    troubled: troubled.map(({ ask, result, detail }) => ({
      ask: visible(ask),
      result,
      ...resultWords[result],
      detail: visible(detail ?? ""),
    })),
  };
}

function isTroubled(one: CaseSummary): boolean {
  return one.verdicts.some(({ result }) => result !== "pass" && result !== "acceptable");
}

function casesView(record: RunRecord): object {
  const ordered = [...record.cases.filter(isTroubled), ...record.cases.filter((one) => !isTroubled(one))];
  return {
    shown: ordered.slice(0, mostCases).map(caseView),
    total: record.cases.length,
    leftOut: Math.max(0, ordered.length - mostCases),
  };
}

function sourceHash(source: string): string {
  return `'sha256-${createHash("sha256").update(source).digest("base64")}'`;
}

function metaView(meta: RunMeta): object {
  return {
    facts: [
      { name: "Started", value: visible(meta.startedAt) },
      { name: "Took", value: `${(meta.durationMs / 1000).toFixed(1)} s` },
      { name: "Host", value: visible(meta.host) },
      { name: "Node", value: visible(meta.node) },
    ],
    notes: meta.notes.map(visible),
  };
}

/** The page as one text. */
export function html(record: RunRecord, meta: RunMeta): string {
  const [style, script] = [sourceOf("style.css"), sourceOf("filter.js")];
  const findings = record.findings.map((finding) => findingView(finding, record));
  return renderPage({
    ...overviewOf(record),
    style,
    script,
    policy: `default-src 'none'; style-src ${sourceHash(style)}; script-src ${sourceHash(script)}; base-uri 'none'; form-action 'none'`,
    failures: findings.filter(({ isFailure }) => isFailure),
    deviations: findings.filter(({ isFailure }) => !isFailure),
    reductions: picturesByCase(record),
    matrices: record.matrices.map(matrixView),
    requirements: record.requirements.toSorted(byStanding).map(requirementView),
    requirementCount: record.requirements.length,
    areaNames: record.headline.map(({ area }) => ({ area, name: areaWords[area] })),
    standings: standingOrder.map((standing) => Object.assign({ standing }, standingWords[standing])),
    campaigns: record.campaigns.map((campaign) => ({
      name: visible(campaign.campaign),
      area: areaWords[campaign.area],
      cases: campaign.cases,
      asks: campaign.asks,
      spread: Object.entries(campaign.spread)
        .map(([name, count]) => `${visible(name)} ${count}`)
        .join(", "),
      hash: visible(campaign.hash.slice(0, 16)),
    })),
    cases: casesView(record),
    meta: metaView(meta),
  });
}
