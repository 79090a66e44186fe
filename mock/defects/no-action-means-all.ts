import type { Defect } from "../seams.ts";

export const noActionMeansAll: Defect = {
  name: "no-action-means-all",
  area: "rules",
  breaks: ["SR-232"],
  effect: "A rule without an action is for all of them.",
  replace: (seams) => ({
    ...seams,
    rules: { ...seams.rules, actionFits: (mask, bit) => mask === 0 || seams.rules.actionFits(mask, bit) },
  }),
};
