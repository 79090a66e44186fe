import type { Defect } from "../seams.ts";

export const omittedContextIsHub: Defect = {
  name: "omitted-context-is-hub",
  area: "rules",
  breaks: ["SR-133"],
  effect: "A rule made without a context holds in the hub alone.",
  replace: (seams) => ({
    ...seams,
    rules: {
      ...seams.rules,
      readRule: (rule) => seams.rules.readRule({ ...rule, ruleContext: rule["ruleContext"] ?? 1 }),
    },
  }),
};
