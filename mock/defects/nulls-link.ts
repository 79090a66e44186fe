import { withValues } from "../engine/loaded.ts";
import type { Defect } from "../seams.ts";

export const nullsLink: Defect = {
  name: "nulls-link",
  area: "section-access",
  breaks: ["LS-VAL-05"],
  effect: "NULL is an empty text, which links like any value.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) => withValues(seams.engine.reload(script, options), (value) => value ?? ""),
    },
  }),
};
