import type { Defect } from "../seams.ts";

export const letIsSet: Defect = {
  name: "let-is-set",
  area: "section-access",
  breaks: ["LS-CTL-01"],
  effect: "LET stores the text of its expression.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) => seams.engine.reload(script.replaceAll(/\blet\b(?=\s)/gi, "SET"), options),
    },
  }),
};
