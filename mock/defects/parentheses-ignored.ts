import { withCondition } from "../rules/reading.ts";
import type { Defect } from "../seams.ts";

export const parenthesesIgnored: Defect = {
  name: "parentheses-ignored",
  area: "rules",
  breaks: ["SR-302"],
  effect: "Parentheses do not group.",
  replace: (seams) => withCondition(seams, (text) => (/\w\(/.test(text) ? text : text.replaceAll(/[()]/g, ""))),
};
