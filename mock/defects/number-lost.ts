import { withValues } from "../engine/loaded.ts";
import type { Defect } from "../seams.ts";

export const numberLost: Defect = {
  name: "number-lost",
  area: "section-access",
  breaks: ["LS-VAL-02", "LS-VAL-01"],
  effect: "A value with a format of its own is a text.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) =>
        withValues(seams.engine.reload(script, options), (value) =>
          typeof value === "object" ? (value?.t ?? null) : value,
        ),
    },
  }),
};
