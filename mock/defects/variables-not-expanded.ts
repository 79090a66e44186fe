import type { Defect } from "../seams.ts";

export const variablesNotExpanded: Defect = {
  name: "variables-not-expanded",
  area: "section-access",
  breaks: ["LS-LEX-08"],
  effect: "Dollar expansions leave nothing in their place.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) => seams.engine.reload(script.replaceAll(/\$\([^()]*\)/g, ""), options),
    },
  }),
};
