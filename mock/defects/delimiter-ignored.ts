import type { Defect } from "../seams.ts";

export const delimiterIgnored: Defect = {
  name: "delimiter-ignored",
  area: "section-access",
  breaks: ["LS-TXT-01"],
  effect: "A text file is split at commas whatever its specification says.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) =>
        seams.engine.reload(script.replaceAll(/,?\s*delimiter\s+is\s+'[^']*'/gi, ""), options),
    },
  }),
};
