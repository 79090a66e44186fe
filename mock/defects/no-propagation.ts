import type { Defect } from "../seams.ts";

export const noPropagation: Defect = {
  name: "no-propagation",
  area: "section-access",
  breaks: ["SA-PRP-01", "LS-MOD-04"],
  effect: "Only the table that holds the reducing field is reduced, not those linked to it.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      crosses: "FALSE",
    },
  }),
};
