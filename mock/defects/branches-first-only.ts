import { withScript } from "../engine/loaded.ts";
import type { Defect } from "../seams.ts";

export const branchesFirstOnly: Defect = {
  name: "branches-first-only",
  area: "section-access",
  breaks: ["LS-CTL-02"],
  effect: "Of IF, ELSEIF and ELSE only the first is ever run.",
  replace: (seams) => withScript(seams, (script) => script.replaceAll(/^(?:elseif|else)\b[\s\S]*?(?=^end if)/gim, "")),
};
