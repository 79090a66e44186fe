import { withCondition } from "../rules/reading.ts";
import type { Defect } from "../seams.ts";

export const containsUnderstood: Defect = {
  name: "contains-understood",
  area: "rules",
  breaks: ["SR-480"],
  effect: "Rules may ask whether a list contains a text.",
  replace: (seams) => withCondition(seams, (text) => text.replaceAll(/\.Contains\(("[^"]*")\)/g, " = $1")),
};
