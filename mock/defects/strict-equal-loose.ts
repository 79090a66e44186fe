import type { Defect } from "../seams.ts";

export const strictEqualLoose: Defect = {
  name: "strict-equal-loose",
  area: "rules",
  breaks: ["SR-322", "SR-324"],
  effect: "The strict equality does not mind letter case.",
  replace: (seams) => ({ ...seams, rules: { ...seams.rules, strictlyEqual: seams.rules.equal } }),
};
