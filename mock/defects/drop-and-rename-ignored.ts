import type { Defect } from "../seams.ts";

export const dropAndRenameIgnored: Defect = {
  name: "drop-and-rename-ignored",
  area: "section-access",
  breaks: ["LS-MOD-06"],
  effect: "DROP and RENAME change nothing.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) => seams.engine.reload(script.replaceAll(/\b(?:drop|rename)\s[^;]*;/gi, ""), options),
    },
  }),
};
