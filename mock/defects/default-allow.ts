import type { Defect } from "../seams.ts";

export const defaultAllow: Defect = {
  name: "default-allow",
  area: "rules",
  breaks: ["SR-101"],
  effect: "What no rule speaks of is allowed.",
  replace: (seams) => ({
    ...seams,
    rules: { ...seams.rules, combine: (verdicts) => verdicts.length === 0 || verdicts.includes(true) },
  }),
};
