import type { Defect } from "../seams.ts";

export const environmentFromDirectory: Defect = {
  name: "environment-from-directory",
  area: "rules",
  breaks: ["SR-404"],
  effect: "Attributes of the directory count as attributes of the session.",
  replace: (seams) => ({
    ...seams,
    rules: {
      ...seams.rules,
      environment: (name, who, context) => [
        ...seams.rules.environment(name, who, context),
        ...(name === "group" ? who.groups : []),
      ],
    },
  }),
};
