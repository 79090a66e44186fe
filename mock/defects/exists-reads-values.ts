import { withScript } from "../engine/loaded.ts";
import type { Defect } from "../seams.ts";

export const existsReadsValues: Defect = {
  name: "exists-reads-values",
  area: "section-access",
  breaks: ["LS-LEX-06"],
  effect: "Exists looks a value up in its own field.",
  replace: (seams) => withScript(seams, (script) => script.replaceAll(/\bExists\('\w+', (\w+)\)/g, "Exists('$1', $1)")),
};
