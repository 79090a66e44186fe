import { withScript } from "../engine/loaded.ts";
import type { Defect } from "../seams.ts";

export const subroutineKeepsArguments: Defect = {
  name: "subroutine-keeps-arguments",
  area: "section-access",
  breaks: ["LS-CTL-03"],
  effect: "A variable handed to a subroutine is not given its new value.",
  replace: (seams) => withScript(seams, (script) => script.replaceAll(/\bcall\s+(\w+)\s*\((\w+)/gi, "CALL $1($2&''")),
};
