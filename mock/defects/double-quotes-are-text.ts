import { withScript } from "../engine/loaded.ts";
import type { Defect } from "../seams.ts";

export const doubleQuotesAreText: Defect = {
  name: "double-quotes-are-text",
  area: "section-access",
  breaks: ["LS-LEX-05"],
  effect: "Double quotes hold a text.",
  replace: (seams) => withScript(seams, (script) => script.replaceAll('"', "'")),
};
