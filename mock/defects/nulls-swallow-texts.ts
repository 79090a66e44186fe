import { withScript } from "../engine/loaded.ts";
import type { Defect } from "../seams.ts";

export const nullsSwallowTexts: Defect = {
  name: "nulls-swallow-texts",
  area: "section-access",
  breaks: ["LS-VAL-04"],
  effect: "A text joined with NULL is NULL.",
  replace: (seams) => withScript(seams, (script) => script.replaceAll("& Null()", "+ Null()")),
};
