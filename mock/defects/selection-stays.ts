import type { Defect } from "../seams.ts";

export const selectionStays: Defect = {
  name: "selection-stays",
  area: "section-access",
  breaks: ["SA-SCR-09"],
  effect: "A user's selection leaves tables that do not hold the selected field as they were.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      shownUnderSelection: (left, seen, fields) =>
        left.map((table, at) => (fields.some((field) => table.fields.includes(field)) ? table : (seen[at] ?? table))),
    },
  }),
};
