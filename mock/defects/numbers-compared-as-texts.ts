import { withScript } from "../engine/loaded.ts";
import type { Defect } from "../seams.ts";

export const numbersComparedAsTexts: Defect = {
  name: "numbers-compared-as-texts",
  area: "section-access",
  breaks: ["LS-VAL-06"],
  effect: "The load script compares numbers by their texts.",
  replace: (seams) => withScript(seams, (script) => script.replaceAll(" < ", " precedes ")),
};
