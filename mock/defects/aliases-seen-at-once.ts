import { withScript } from "../engine/loaded.ts";
import type { Defect } from "../seams.ts";

export const aliasesSeenAtOnce: Defect = {
  name: "aliases-seen-at-once",
  area: "section-access",
  breaks: ["LS-LOAD-01"],
  effect: "A LOAD sees the aliases it gives.",
  replace: (seams) =>
    withScript(seams, (script) => script.replaceAll(/\b(\w+) AS (\w+), \2 AS (\w+)/gi, "$1 AS $2, $1 AS $3")),
};
