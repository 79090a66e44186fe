import type { Defect } from "../seams.ts";

export const adminUnreduced: Defect = {
  name: "admin-unreduced",
  area: "section-access",
  breaks: ["SA-ACC-03"],
  effect: "An ADMIN sees all rows whatever values stand in his row.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      fieldFate: (dialect) => seams.engine.fieldFate({ ...dialect, adminReduced: false }),
    },
  }),
};
