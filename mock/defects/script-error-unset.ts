import { withScript } from "../engine/loaded.ts";
import type { Defect } from "../seams.ts";

export const scriptErrorUnset: Defect = {
  name: "script-error-unset",
  area: "section-access",
  breaks: ["LS-CTL-04"],
  effect: "ScriptError stays 0 after an error.",
  replace: (seams) => withScript(seams, (script) => script.replaceAll(/\bScriptError\b/gi, "0")),
};
