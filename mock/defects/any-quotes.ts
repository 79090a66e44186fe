import { withCondition } from "../rules/reading.ts";
import type { Defect } from "../seams.ts";

export const anyQuotes: Defect = {
  name: "any-quotes",
  area: "rules",
  breaks: ["SR-307"],
  effect: "Single and typographic quotes are read like straight double ones.",
  replace: (seams) => withCondition(seams, (text) => text.replaceAll(/['“”]/g, '"')),
};
