import type { Defect } from "../seams.ts";

export const equalKnowsWildcards: Defect = {
  name: "equal-knows-wildcards",
  area: "rules",
  breaks: ["SR-326"],
  effect: "An asterisk in an equality stands for anything.",
  replace: (seams) => ({
    ...seams,
    rules: {
      ...seams.rules,
      equal: (left, right) => seams.rules.likeMatches(left, right) || seams.rules.likeMatches(right, left),
    },
  }),
};
