import type { Defect } from "../seams.ts";

export const starNeedsDeclaring: Defect = {
  name: "star-needs-declaring",
  area: "section-access",
  breaks: ["SA-WLD-07"],
  effect: "`*` has a meaning only after a Star statement.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      starSymbols: (declared) => (declared === undefined ? [] : [declared]),
    },
  }),
};
