import type { Defect } from "../seams.ts";

export const islandReduced: Defect = {
  name: "island-reduced",
  area: "section-access",
  breaks: ["SA-PRP-03"],
  effect: "Tables without any association lose their rows for a reduced user.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      islandStays: "FALSE",
    },
  }),
};
