import { withCondition } from "../rules/reading.ts";
import type { Defect } from "../seams.ts";

export const oneLineOnly: Defect = {
  name: "one-line-only",
  area: "rules",
  breaks: ["SR-306"],
  effect: "A condition with a tab or a line break in it grants nothing.",
  replace: (seams) => withCondition(seams, (text) => (/[\t\r\n]/.test(text) ? 'user.userId=""' : text)),
};
