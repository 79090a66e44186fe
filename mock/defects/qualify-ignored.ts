import type { Defect } from "../seams.ts";

export const qualifyIgnored: Defect = {
  name: "qualify-ignored",
  area: "section-access",
  breaks: ["LS-MOD-05"],
  effect: "QUALIFY prefixes no field names.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) => seams.engine.reload(script.replaceAll(/\b(?:un)?qualify\b[^;]*;/gi, ""), options),
    },
  }),
};
