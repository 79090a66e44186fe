import { withCondition } from "../rules/reading.ts";
import type { Defect } from "../seams.ts";

export const blankConditionRefuses: Defect = {
  name: "blank-condition-refuses",
  area: "rules",
  breaks: ["SR-109"],
  effect: "A rule without a condition grants nothing.",
  replace: (seams) => withCondition(seams, (text) => (text.trim() === "" ? 'user.userId=""' : text)),
};
