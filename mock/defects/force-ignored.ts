import { withScript } from "../engine/loaded.ts";
import type { Defect } from "../seams.ts";

export const forceIgnored: Defect = {
  name: "force-ignored",
  area: "section-access",
  breaks: ["LS-MOD-09"],
  effect: "FORCE leaves the letter case of values as it is.",
  replace: (seams) => withScript(seams, (script) => script.replaceAll(/\bforce\s[^;]*;/gi, "")),
};
