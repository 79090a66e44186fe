import type { Defect } from "../seams.ts";

export const exportUnreduced: Defect = {
  name: "export-unreduced",
  area: "section-access",
  breaks: ["SA-ENV-03"],
  effect: "An exported app holds all rows, also those its maker does not see.",
  replace: (seams) => ({ ...seams, engine: { ...seams.engine, exportedTables: (_seen, whole) => whole } }),
};
