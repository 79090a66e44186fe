import { withCondition } from "../rules/reading.ts";
import type { Defect } from "../seams.ts";

export const firstTermOnly: Defect = {
  name: "first-term-only",
  area: "rules",
  breaks: ["SR-104"],
  effect: "Of terms joined by and, only the first is asked.",
  replace: (seams) => withCondition(seams, (text) => text.split(" and ")[0] ?? text),
};
