import { withScript } from "../engine/loaded.ts";
import type { Defect } from "../seams.ts";

export const remarksRun: Defect = {
  name: "remarks-run",
  area: "section-access",
  breaks: ["LS-LEX-03"],
  effect: "What stands behind REM is run.",
  replace: (seams) => withScript(seams, (script) => script.replaceAll(/^REM\b/gm, "")),
};
