import { withValues } from "../engine/loaded.ts";
import type { Defect } from "../seams.ts";

export const emptyCellIsNull: Defect = {
  name: "empty-cell-is-null",
  area: "section-access",
  breaks: ["LS-INL-04"],
  effect: "An empty cell of a text source is loaded as NULL.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) =>
        withValues(seams.engine.reload(script, options), (value) => (value === "" ? null : value)),
    },
  }),
};
