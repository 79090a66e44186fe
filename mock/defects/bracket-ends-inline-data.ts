import { withScript } from "../engine/loaded.ts";
import type { Defect } from "../seams.ts";

export const bracketEndsInlineData: Defect = {
  name: "bracket-ends-inline-data",
  area: "section-access",
  breaks: ["LS-INL-01"],
  effect: "A closing bracket ends inline data between double quotes.",
  replace: (seams) =>
    withScript(seams, (script) => script.replaceAll(/\binline\s*"([^"\]]*)\][^"]*"/gi, 'INLINE "$1"')),
};
