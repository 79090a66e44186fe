import { withCondition } from "../rules/reading.ts";
import type { Defect } from "../seams.ts";

export const negationIgnored: Defect = {
  name: "negation-ignored",
  area: "rules",
  breaks: ["SR-304"],
  effect: "An exclamation mark before a call or a group is not read.",
  replace: (seams) => withCondition(seams, (text) => text.replaceAll(/!(?!=)/g, "")),
};
