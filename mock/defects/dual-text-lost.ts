import { withValues } from "../engine/loaded.ts";
import type { Defect } from "../seams.ts";

export const dualTextLost: Defect = {
  name: "dual-text-lost",
  area: "section-access",
  breaks: ["LS-VAL-01"],
  effect: "A number keeps no text of its own.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) =>
        withValues(seams.engine.reload(script, options), (value) =>
          typeof value === "object" ? (value?.n ?? null) : value,
        ),
    },
  }),
};
