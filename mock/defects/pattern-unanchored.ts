import type { Defect } from "../seams.ts";

export const patternUnanchored: Defect = {
  name: "pattern-unanchored",
  area: "rules",
  breaks: ["SR-328"],
  effect: "A regular expression is found anywhere in a name.",
  replace: (seams) => ({
    ...seams,
    rules: {
      ...seams.rules,
      patternMatches: (value, pattern, dialect) => seams.rules.patternMatches(value, `.*(?:${pattern}).*`, dialect),
    },
  }),
};
