import type { Defect } from "../seams.ts";

export const distinctIgnored: Defect = {
  name: "distinct-ignored",
  area: "section-access",
  breaks: ["LS-LOAD-06"],
  effect: "LOAD DISTINCT keeps duplicate records.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) => seams.engine.reload(script.replaceAll(/\bload\s+distinct\b/gi, "LOAD"), options),
    },
  }),
};
