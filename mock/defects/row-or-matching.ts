import type { Defect } from "../seams.ts";

export const rowOrMatching: Defect = {
  name: "row-or-matching",
  area: "section-access",
  breaks: ["SA-ROW-02", "SA-ROW-01"],
  effect: "A row of section access applies when one of its identity cells matches.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      rowApplies: () => "bool_or(hit)",
    },
  }),
};
