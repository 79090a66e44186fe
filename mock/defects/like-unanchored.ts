import type { Defect } from "../seams.ts";

export const likeUnanchored: Defect = {
  name: "like-unanchored",
  area: "rules",
  breaks: ["SR-325"],
  effect: "A pattern is found anywhere in a name.",
  replace: (seams) => ({
    ...seams,
    rules: {
      ...seams.rules,
      likeMatches: (value, pattern, dialect) => seams.rules.likeMatches(value, `*${pattern}*`, dialect),
    },
  }),
};
