import { withCondition } from "../rules/reading.ts";
import type { Defect } from "../seams.ts";

export const emptyMeansBlankText: Defect = {
  name: "empty-means-blank-text",
  area: "rules",
  breaks: ["SR-478"],
  effect: "Empty() is true of a property with a blank text, not of a missing one.",
  replace: (seams) => withCondition(seams, (text) => text.replaceAll(".Empty()", ' = ""')),
};
