import type { Defect } from "../seams.ts";

export const omitStarHidesAll: Defect = {
  name: "omit-star-hides-all",
  area: "section-access",
  breaks: ["SA-OMT-03", "SA-WLD-11"],
  effect: "`*` in OMIT hides every field of the app.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      listedOmits: "SELECT app, NULL::INTEGER AS node, NULL::INTEGER AS line, name FROM app_field",
      starScope: () => "TRUE",
    },
  }),
};
