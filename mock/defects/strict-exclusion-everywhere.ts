import type { Defect } from "../seams.ts";

export const strictExclusionEverywhere: Defect = {
  name: "strict-exclusion-everywhere",
  area: "section-access",
  breaks: ["SA-STR-06"],
  effect: "Strict exclusion applies also where the product has it off.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      fieldFate: (dialect) => seams.engine.fieldFate({ ...dialect, strict: true }),
    },
  }),
};
