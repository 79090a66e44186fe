import type { Defect } from "../seams.ts";

export const upperKeepsNumbers: Defect = {
  name: "upper-keeps-numbers",
  area: "section-access",
  breaks: ["LS-VAL-03"],
  effect: "Upper gives a number back where its text looks like one.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) => seams.engine.reload(script.replaceAll(/\bupper\s*\(/gi, "("), options),
    },
  }),
};
