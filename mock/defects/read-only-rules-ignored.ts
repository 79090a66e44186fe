import type { Defect } from "../seams.ts";

export const readOnlyRulesIgnored: Defect = {
  name: "read-only-rules-ignored",
  area: "rules",
  breaks: ["SR-132"],
  effect: "Rules of type Read only take no part.",
  replace: (seams) => ({
    ...seams,
    rules: { ...seams.rules, takesPart: (rule) => rule["type"] !== "ReadOnly" && seams.rules.takesPart(rule) },
  }),
};
