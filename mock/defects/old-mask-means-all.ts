import type { Defect } from "../seams.ts";

export const oldMaskMeansAll: Defect = {
  name: "old-mask-means-all",
  area: "rules",
  breaks: ["SR-233"],
  effect: "The mask that once held every action grants the newer ones too.",
  replace: (seams) => ({
    ...seams,
    rules: { ...seams.rules, actionFits: (mask, bit) => (mask & 511) === 511 || seams.rules.actionFits(mask, bit) },
  }),
};
