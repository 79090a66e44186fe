import { withScript } from "../engine/loaded.ts";
import type { Defect } from "../seams.ts";

export const controlLinesNeedSemicolons: Defect = {
  name: "control-lines-need-semicolons",
  area: "section-access",
  breaks: ["LS-LEX-01"],
  effect: "A control statement that its line ends, without a semicolon, is passed over.",
  replace: (seams) => withScript(seams, (script) => script.replaceAll(/^\w+=\w+$/gm, "")),
};
