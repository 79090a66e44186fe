import type { Defect } from "../seams.ts";

export const contextAttributeFixed: Defect = {
  name: "context-attribute-fixed",
  area: "rules",
  breaks: ["SR-124", "SR-441"],
  effect: "Conditions see the hub as context everywhere.",
  replace: (seams) => ({
    ...seams,
    rules: { ...seams.rules, environment: (name, who) => seams.rules.environment(name, who, "hub") },
  }),
};
