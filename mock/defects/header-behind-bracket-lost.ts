import { withScript } from "../engine/loaded.ts";
import type { Defect } from "../seams.ts";

export const headerBehindBracketLost: Defect = {
  name: "header-behind-bracket-lost",
  area: "section-access",
  breaks: ["LS-INL-02"],
  effect: "Field names right behind the bracket of inline data are passed over.",
  replace: (seams) =>
    withScript(seams, (script) => script.replaceAll(/\binline\s*\[[ \t]*[^\s\]][^\]\n]*\n/gi, "INLINE [\n")),
};
