import { withCondition } from "../rules/reading.ts";
import type { Defect } from "../seams.ts";

export const likeReadsProperties: Defect = {
  name: "like-reads-properties",
  area: "rules",
  breaks: ["SR-329"],
  effect: "like takes a property for its pattern.",
  replace: (seams) => withCondition(seams, (text) => text.replaceAll(/\blike\s+(?=user\.|resource\.)/g, "= ")),
};
