import type { Defect } from "../seams.ts";

export const rowsApplyToEverybody: Defect = {
  name: "rows-apply-to-everybody",
  area: "section-access",
  breaks: ["SA-ROW-06", "EN-040"],
  effect: "Rows of section access apply to every user, so nobody is refused.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      rowApplies: () => "TRUE",
    },
  }),
};
