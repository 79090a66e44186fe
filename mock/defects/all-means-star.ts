import type { Defect } from "../seams.ts";

export const allMeansStar: Defect = {
  name: "all-means-star",
  area: "section-access",
  breaks: ["SA-WLD-09"],
  effect: "The word ALL in section access means all listed values.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) => seams.engine.reload(script.replaceAll(/\bALL\b/g, "*"), options),
    },
  }),
};
