import type { Defect } from "../seams.ts";

export const omitIgnored: Defect = {
  name: "omit-ignored",
  area: "section-access",
  breaks: ["SA-OMT-01", "SA-OMT-08", "EN-042", "SA-OMT-11"],
  effect: "Fields named in OMIT stay visible.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      heedsOmit: "FALSE",
    },
  }),
};
