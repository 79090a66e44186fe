import type { Defect } from "../seams.ts";

export const sectionAccessIgnored: Defect = {
  name: "section-access-ignored",
  area: "section-access",
  breaks: ["SA-SCR-01", "SA-ROW-06", "EN-040"],
  effect: "The access section of a script is not looked at: everybody sees everything.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) => ({ app: seams.engine.reload(script, options).app }),
    },
  }),
};
