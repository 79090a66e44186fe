import type { Defect } from "../seams.ts";

export const firstRuleDecides: Defect = {
  name: "first-rule-decides",
  area: "rules",
  breaks: ["SR-102"],
  effect: "The first rule that applies decides alone.",
  replace: (seams) => ({ ...seams, rules: { ...seams.rules, combine: (verdicts) => verdicts[0] === true } }),
};
