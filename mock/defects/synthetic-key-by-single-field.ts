import type { Defect } from "../seams.ts";

export const syntheticKeyBySingleField: Defect = {
  name: "synthetic-key-by-single-field",
  area: "section-access",
  breaks: ["SA-PRP-06"],
  effect: "Tables that share several fields link by the first of them alone.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      syntheticKeyFields: (shared) => shared.slice(0, 1),
    },
  }),
};
