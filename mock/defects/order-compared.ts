import { withCondition } from "../rules/reading.ts";
import type { Defect } from "../seams.ts";

export const orderCompared: Defect = {
  name: "order-compared",
  area: "rules",
  breaks: ["SR-309"],
  effect: "Operators of order are read as inequality.",
  replace: (seams) => withCondition(seams, (text) => text.replaceAll(/[<>]=?/g, "!=")),
};
