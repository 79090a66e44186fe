import { withCondition } from "../rules/reading.ts";
import type { Defect } from "../seams.ts";

export const keywordsInAnyCase: Defect = {
  name: "keywords-in-any-case",
  area: "rules",
  breaks: ["SR-305"],
  effect: "AND, OR and LIKE are read like and, or and like.",
  replace: (seams) =>
    withCondition(seams, (text) => text.replaceAll(/\b(?:AND|OR|LIKE)\b/g, (word) => word.toLowerCase())),
};
