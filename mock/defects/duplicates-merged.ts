import type { Defect } from "../seams.ts";

export const duplicatesMerged: Defect = {
  name: "duplicates-merged",
  area: "section-access",
  breaks: ["SA-PRP-10"],
  effect: "Equal rows of a table are served once.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      servedRows: (rows) => [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()],
    },
  }),
};
