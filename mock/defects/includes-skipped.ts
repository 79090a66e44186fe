import { withScript } from "../engine/loaded.ts";
import type { Defect } from "../seams.ts";

export const includesSkipped: Defect = {
  name: "includes-skipped",
  area: "section-access",
  breaks: ["LS-LEX-08"],
  effect: "Included files are not read.",
  replace: (seams) => withScript(seams, (script) => script.replaceAll(/\$\((?:must_)?include=[^)]*\);?/gi, "")),
};
