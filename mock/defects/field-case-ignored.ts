import { withFields } from "../engine/loaded.ts";
import type { Defect } from "../seams.ts";

export const fieldCaseIgnored: Defect = {
  name: "field-case-ignored",
  area: "section-access",
  breaks: ["LS-LEX-02"],
  effect: "Field names that differ in letter case alone are one field.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) => withFields(seams.engine.reload(script, options), (field) => field.toUpperCase()),
    },
  }),
};
