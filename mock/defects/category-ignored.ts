import type { Defect } from "../seams.ts";

export const categoryIgnored: Defect = {
  name: "category-ignored",
  area: "rules",
  breaks: ["SR-134", "SR-601"],
  effect: "Licence and load-balancing rules grant access to resources.",
  replace: (seams) => ({ ...seams, rules: { ...seams.rules, categoryFits: () => true } }),
};
