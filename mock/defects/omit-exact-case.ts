import type { Defect } from "../seams.ts";

export const omitExactCase: Defect = {
  name: "omit-exact-case",
  area: "section-access",
  breaks: ["SA-OMT-06", "SA-OMT-05"],
  effect: "OMIT hides a field only when its name is written in upper case in the data.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      omits: (dialect) => seams.engine.omits({ ...dialect, omitNameMatch: "exact" }),
    },
  }),
};
