import type { Defect } from "../seams.ts";

export const allRulesMustAgree: Defect = {
  name: "all-rules-must-agree",
  area: "rules",
  breaks: ["SR-103", "QR-042"],
  effect: "A narrower rule takes away what a wider one gives.",
  replace: (seams) => ({
    ...seams,
    rules: { ...seams.rules, combine: (verdicts) => verdicts.length > 0 && !verdicts.includes(false) },
  }),
};
