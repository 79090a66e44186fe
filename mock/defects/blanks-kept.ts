import type { Defect } from "../seams.ts";

export const blanksKept: Defect = {
  name: "blanks-kept",
  area: "section-access",
  breaks: ["LS-INL-03", "SA-WS-01"],
  effect: "Blanks around names and values are part of them.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) => seams.engine.reload(`SET Verbatim=1;\n${script}`, options),
    },
  }),
};
