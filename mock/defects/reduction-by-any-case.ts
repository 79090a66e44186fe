import type { Defect } from "../seams.ts";

export const reductionByAnyCase: Defect = {
  name: "reduction-by-any-case",
  area: "section-access",
  breaks: ["SA-RED-01"],
  effect: "A column reduces an app field whose name differs in letter case.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reduces: () => "f.upper_name = a.field",
    },
  }),
};
