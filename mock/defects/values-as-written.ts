import type { Defect } from "../seams.ts";

export const valuesAsWritten: Defect = {
  name: "values-as-written",
  area: "section-access",
  breaks: ["SA-CASE-01", "SA-CASE-03", "LS-INL-07"],
  effect: "Values of section access are compared in the letter case in which they were written.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      upperCased: (text) => text,
    },
  }),
};
