import type { Defect } from "../seams.ts";

export const exitIgnored: Defect = {
  name: "exit-ignored",
  area: "section-access",
  breaks: ["LS-CTL-02"],
  effect: "EXIT SCRIPT does not end the script.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) => seams.engine.reload(script.replaceAll(/\bexit\s+script\b[^;\n]*;?/gi, ""), options),
    },
  }),
};
