import type { Defect } from "../seams.ts";

export const countsUnreduced: Defect = {
  name: "counts-unreduced",
  area: "section-access",
  breaks: ["EN-041", "SA-RED-13"],
  effect: "Counts and aggregations are taken over all rows of the app, also those a user does not see.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      countedTables: (_seen, whole) => whole,
    },
  }),
};
