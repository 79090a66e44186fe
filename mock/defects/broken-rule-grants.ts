import { withCondition } from "../rules/reading.ts";
import { parseCondition } from "../../languages/rule-condition/parse.ts";
import type { Defect } from "../seams.ts";

export const brokenRuleGrants: Defect = {
  name: "broken-rule-grants",
  area: "rules",
  breaks: ["SR-110"],
  effect: "A rule that cannot be read grants as if it had no condition.",
  replace: (seams) =>
    withCondition(seams, (text) => {
      try {
        parseCondition(text);
        return text;
      } catch {
        return "";
      }
    }),
};
