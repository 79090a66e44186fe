import { withScript } from "../engine/loaded.ts";
import type { Defect } from "../seams.ts";

export const otherSymbolIgnored: Defect = {
  name: "other-symbol-ignored",
  area: "section-access",
  breaks: ["LS-MOD-10"],
  effect: "The symbol of OtherSymbol is a value like any other.",
  replace: (seams) => withScript(seams, (script) => script.replaceAll(/\bset\s+OtherSymbol\b[^;]*;/gi, "")),
};
