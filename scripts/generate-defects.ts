/** Writes the reference of the named wrongs the mock can be started with. `npx tsx scripts/generate-defects.ts` */
import { writeFileSync } from "node:fs";
import type { Area } from "../contract/types.ts";
import { defects } from "../mock/defects/index.ts";
import { markdownCell } from "./markdown-cell.ts";

export const defectsPage = "docs/reference/defects.md";

const areas: readonly { readonly area: Area; readonly heading: string }[] = [
  { area: "section-access", heading: "Section access" },
  { area: "impersonation", heading: "Impersonation" },
  { area: "rules", heading: "Rules" },
];

/** The page as Markdown. */
export function defectsText(): string {
  const sections = areas.map(({ area, heading }) => section(area, heading)).filter((text) => text !== "");
  return `${[introduction(), ...sections].join("\n\n")}\n`;
}

function introduction(): string {
  return [
    "# Defects",
    "",
    "Generated from `mock/defects/` by `scripts/generate-defects.ts`; do not edit by hand.",
    "",
    `${defects.length} named wrongs. Each replaces one seam of the mock, and each must be noticed: a run against it turns the`,
    "requirements in its row to *broken*. `--target mock --defect NAME` starts the mock with one, `--target evaluator` does",
    "the same without the wire where no proxy is involved.",
  ].join("\n");
}

function section(area: Area, heading: string): string {
  const rows = defects.filter((defect) => defect.area === area);
  if (rows.length === 0) return "";
  return [
    `## ${heading}`,
    "",
    "| defect | breaks | what a user of such a site would notice |",
    "| --- | --- | --- |",
    ...rows.map(({ name, breaks, effect }) => `| \`${name}\` | ${breaks.join(" ")} | ${markdownCell(effect)} |`),
  ].join("\n");
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(new URL(`../${defectsPage}`, import.meta.url), defectsText());
  console.log(defectsPage);
}
