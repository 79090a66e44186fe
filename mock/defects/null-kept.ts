import type { Defect } from "../seams.ts";

export const nullKept: Defect = {
  name: "null-kept",
  area: "section-access",
  breaks: ["SA-RED-08"],
  effect: "A reduced user keeps the rows whose reducing field is NULL.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      nullStays: "TRUE",
    },
  }),
};
