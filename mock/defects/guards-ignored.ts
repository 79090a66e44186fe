import { withScript } from "../engine/loaded.ts";
import type { Defect } from "../seams.ts";

export const guardsIgnored: Defect = {
  name: "guards-ignored",
  area: "section-access",
  breaks: ["LS-CTL-05"],
  effect: "A statement runs whatever its WHEN or UNLESS says.",
  replace: (seams) => withScript(seams, (script) => script.replaceAll(/\b(?:when|unless)\s+\w+\s*=\s*\w+\s+/gi, "")),
};
