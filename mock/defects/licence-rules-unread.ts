import type { Defect } from "../seams.ts";

export const licenceRulesUnread: Defect = {
  name: "licence-rules-unread",
  area: "rules",
  breaks: ["SR-601"],
  effect: "Who is let into the product does not depend on licence rules.",
  replace: (seams) => ({
    ...seams,
    rules: { ...seams.rules, categoryFits: (category, asked) => asked !== "License" && category === asked },
  }),
};
