import type { Defect } from "../seams.ts";

export const whereIgnored: Defect = {
  name: "where-ignored",
  area: "section-access",
  breaks: ["LS-LOAD-05"],
  effect: "A WHERE clause keeps every row.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) => seams.engine.reload(script.replaceAll(/\bwhere\b[^;]*/gi, ""), options),
    },
  }),
};
