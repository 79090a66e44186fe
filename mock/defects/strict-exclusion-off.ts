import type { Defect } from "../seams.ts";

export const strictExclusionOff: Defect = {
  name: "strict-exclusion-off",
  area: "section-access",
  breaks: ["SA-STR-02", "SA-STR-01"],
  effect: "A USER whose values the data lack sees all rows instead of being refused.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      fieldFate: (dialect) => seams.engine.fieldFate({ ...dialect, strict: false }),
    },
  }),
};
