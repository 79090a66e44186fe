import { withCondition } from "../rules/reading.ts";
import type { Defect } from "../seams.ts";

export const userStandsRight: Defect = {
  name: "user-stands-right",
  area: "rules",
  breaks: ["SR-331"],
  effect: "A property compares with the user only when the user stands on the left.",
  replace: (seams) =>
    withCondition(seams, (text) => text.replaceAll(/resource\.@?\w+\s*=\s*user\.\w+/g, 'user.userId=""')),
};
