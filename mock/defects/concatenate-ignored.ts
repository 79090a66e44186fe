import type { Defect } from "../seams.ts";

export const concatenateIgnored: Defect = {
  name: "concatenate-ignored",
  area: "section-access",
  breaks: ["LS-MOD-02"],
  effect: "CONCATENATE leaves the rows in a table of their own.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) =>
        seams.engine.reload(script.replaceAll(/\bconcatenate\b\s*(?:\([^)]*\))?(?=\s*load)/gi, ""), options),
    },
  }),
};
