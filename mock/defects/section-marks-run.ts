import { withScript } from "../engine/loaded.ts";
import type { Defect } from "../seams.ts";

export const sectionMarksRun: Defect = {
  name: "section-marks-run",
  area: "section-access",
  breaks: ["LS-LEX-04"],
  effect: "What stands on an editor's section mark is run.",
  replace: (seams) => withScript(seams, (script) => script.replaceAll(/^\/\/\/\$tab (?=\w+:)/gm, "")),
};
