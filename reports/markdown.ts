/** The short report: for a pull request, a ticket, a terminal. Every text of a site is escaped by `markdownText`. */
import type { RunRecord } from "../contract/run.ts";
import { findingView, type FindingView } from "./findings.ts";
import { overviewOf, type AreaView } from "./overview.ts";
import { standingWords, visible } from "./words.ts";

const punctuation = /[\\`*_{}[\]<>()#+!|~&@:-]/g;
const entities: { readonly [mark: string]: string } = {
  "<": "&lt;",
  ">": "&gt;",
  "&": "&amp;",
  "@": "&#64;",
  ":": "&#58;",
};

/** Text for Markdown: one line in which nothing is markup, link, mention or table border. */
export function markdownText(text: string): string {
  return visible(text).replaceAll(punctuation, (mark) => entities[mark] ?? `\\${mark}`);
}

const md = markdownText;

function line(cells: readonly (string | number)[]): string {
  return `| ${cells.join(" | ")} |`;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): readonly string[] {
  return [line(head), line(head.map(() => "---")), ...rows.map(line), ""];
}

function areaRow(area: AreaView): readonly (string | number)[] {
  return [md(area.name), area.total, area.proven, area.broken, area.unproven, md(area.controls.text)];
}

function failureLines(finding: FindingView): readonly string[] {
  const ids = finding.requirements.map(({ id, title }) => md(`${id} ${title}`)).join(", ");
  return [
    `### ${md(finding.title)}`,
    "",
    `${md(finding.tendency.symbol)} ${md(finding.tendency.text)} · ${md(finding.kind)} · ${ids}`,
    "",
    `- Case: ${md(finding.address)}`,
    `- Asked: ${md(finding.question)}`,
    `- Differs: ${md(finding.difference)}`,
    `- Expected: ${md(finding.expected)}`,
    `- Observed: ${md(finding.observed)}`,
    `- What it means: ${md(finding.meaning)} ${md(`(${finding.page})`)}`,
    "",
    // Indented code: no text without a line break can end it.
    ...finding.replay.map(({ command }) => `      ${command}`),
    "",
  ];
}

function deviationRow(finding: FindingView): readonly string[] {
  return [finding.requirements.map(({ id }) => md(id)).join(", "), md(finding.address), md(finding.difference)];
}

function openLines(record: RunRecord): readonly string[] {
  const open = record.requirements.filter(({ standing }) => standing !== "proven" && standing !== "excluded");
  if (open.length === 0) return ["Every requirement that can be proven is.", ""];
  const rows = open.map((row) => {
    const { symbol, word } = standingWords[row.standing];
    return [md(`${row.id} ${row.title}`), md(`${symbol} ${word}`), md(row.why ?? "")];
  });
  return table(["Requirement", "Standing", "Why"], rows);
}

export function markdown(record: RunRecord): string {
  const overview = overviewOf(record);
  const findings = record.findings.map((finding) => findingView(finding, record));
  const failures = findings.filter(({ isFailure }) => isFailure);
  const deviations = findings.filter(({ isFailure }) => !isFailure);
  const totals = overview.totals.filter(({ count }) => count > 0);
  return [
    `# ${md(`${overview.verdict.symbol} ${overview.verdict.word}`)}`,
    "",
    md(`${overview.heading} – ${overview.conclusion}`),
    "",
    ...overview.facts.map(({ name, value }) => `- ${md(name)}: ${md(value)}`),
    `- Asks: ${md(totals.map(({ count, word }) => `${count} ${word}`).join(", "))}`,
    "",
    ...table(["Area", "Requirements", "Proven", "Broken", "Not proven", "Controls"], overview.areas.map(areaRow)),
    "## Failures",
    "",
    ...(failures.length === 0 ? ["No ask failed.", ""] : failures.flatMap(failureLines)),
    ...(deviations.length === 0
      ? []
      : ["## Deviations", "", ...table(["Requirement", "Case", "Difference"], deviations.map(deviationRow))]),
    "## Not proven",
    "",
    ...openLines(record),
  ].join("\n");
}
