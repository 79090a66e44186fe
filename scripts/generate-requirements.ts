/** Writes the reference of all requirements. `npx tsx scripts/generate-requirements.ts` */
import { writeFileSync } from "node:fs";
import { requirements, requirementsOf } from "../catalogue/index.ts";
import type { Area, Requirement } from "../contract/types.ts";

export const requirementsPage = "docs/reference/requirements.md";

const areas: readonly { readonly area: Area; readonly heading: string }[] = [
  { area: "section-access", heading: "Section access" },
  { area: "impersonation", heading: "Impersonation" },
  { area: "rules", heading: "Rules" },
];

/** The page as Markdown. */
export function requirementsText(): string {
  const sections = areas.map(({ area, heading }) => section(heading, requirementsOf(area)));
  return `${[introduction(), ...sections].join("\n\n")}\n`;
}

function introduction(): string {
  return [
    "# Requirements",
    "",
    "Generated from `catalogue/data/` by `scripts/generate-requirements.ts`; do not edit by hand.",
    "",
    `${requirements.length} documented behaviours: ${tally(requirements)}.`,
    "",
    "- **core**: a documentation page says so, and its words were read. A mismatch fails.",
    "- **staff**: Qlik's people, experts, clients of real servers or forum threads say so, or a page recalled but not",
    "  read again. A mismatch fails, except on a real site without `--strict`, where it is reported as a deviation.",
    "- **disputed**: inferred, conflicting or open. A mismatch is observed; it fails only a target that declares its",
    "  dialect.",
    "",
    "A source in parentheses was recalled or deduced, not read. A switch names the setting of a dialect that decides",
    "the reading. An excluded requirement is never proven, for the reason given.",
  ].join("\n");
}

function section(heading: string, rows: readonly Requirement[]): string {
  const table = ["| id | level | title | statement | sources |", "| --- | --- | --- | --- | --- |"];
  return [
    `## ${heading}`,
    "",
    `${rows.length} requirements: ${tally(rows)}.`,
    "",
    ...table,
    ...rows.map(tableRow),
  ].join("\n");
}

function tally(rows: readonly Requirement[]): string {
  const levels = ["core", "staff", "disputed"] as const;
  const parts = levels.map((level) => `${rows.filter((row) => row.level === level).length} ${level}`);
  return [...parts, `${rows.filter((row) => row.excluded !== undefined).length} excluded`].join(", ");
}

function tableRow(row: Requirement): string {
  const sources = row.sources.map(({ where, read }) => (read ? where : `(${where})`)).join("; ");
  const cells = [row.id, row.level, row.title, [row.statement, ...remarks(row)].join(" "), sources];
  return `| ${cells.map(escaped).join(" | ")} |`;
}

function remarks(row: Requirement): readonly string[] {
  return [
    ...(row.dialectSwitch === undefined ? [] : [`Switch: \`${row.dialectSwitch}\`.`]),
    ...(row.levelReason === undefined ? [] : [`Level: ${row.levelReason}`]),
    ...(row.excluded === undefined ? [] : [`Excluded: ${row.excluded}.`]),
  ];
}

function escaped(cell: string): string {
  return cell.replaceAll("|", "\\|");
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(new URL(`../${requirementsPage}`, import.meta.url), requirementsText());
  console.log(requirementsPage);
}
