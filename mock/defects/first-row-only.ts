import type { Defect } from "../seams.ts";

export const firstRowOnly: Defect = {
  name: "first-row-only",
  area: "section-access",
  breaks: ["SA-ROW-04", "SA-RED-03", "SA-RED-05"],
  effect: "Only the first row that applies to a user counts.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      rowCounts: "m.line = (SELECT min(n.line) FROM possible n WHERE n.pair = m.pair AND n.node = m.node)",
    },
  }),
};
