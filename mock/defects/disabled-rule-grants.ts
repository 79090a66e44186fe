import type { Defect } from "../seams.ts";

export const disabledRuleGrants: Defect = {
  name: "disabled-rule-grants",
  area: "rules",
  breaks: ["SR-131"],
  effect: "A rule switched off still grants.",
  replace: (seams) => ({
    ...seams,
    rules: { ...seams.rules, takesPart: (rule) => seams.rules.takesPart({ ...rule, disabled: false }) },
  }),
};
