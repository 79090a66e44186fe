import { withScript } from "../engine/loaded.ts";
import type { Defect } from "../seams.ts";

export const tablesKeptApart: Defect = {
  name: "tables-kept-apart",
  area: "section-access",
  breaks: ["LS-MOD-01"],
  effect: "Tables of equal fields stay two.",
  replace: (seams) => withScript(seams, (script) => script.replaceAll(/^LOAD\b/gm, "NOCONCATENATE LOAD")),
};
