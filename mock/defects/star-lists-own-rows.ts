import type { Defect } from "../seams.ts";

export const starListsOwnRows: Defect = {
  name: "star-lists-own-rows",
  area: "section-access",
  breaks: ["SA-WLD-04"],
  effect: "`*` stands for the values listed for the same user only.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      starScope: (dialect) => `${seams.engine.starScope(dialect)}
        AND EXISTS (SELECT 1 FROM applying m WHERE m.pair = s.pair AND m.line = v.line)`,
    },
  }),
};
