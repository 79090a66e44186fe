import { withCondition } from "../rules/reading.ts";
import type { Defect } from "../seams.ts";

export const relationNotFollowed: Defect = {
  name: "relation-not-followed",
  area: "rules",
  breaks: ["SR-421"],
  effect: "A relation is read as the resource itself.",
  replace: (seams) => withCondition(seams, (text) => text.replaceAll(/\b(resource)\.(?:app|stream)\.(?=\w)/g, "$1.")),
};
