import type { Defect } from "../seams.ts";

export const userBlankSeesAll: Defect = {
  name: "user-blank-sees-all",
  area: "section-access",
  breaks: ["SA-STR-03"],
  effect: "A USER whose reducing cell is blank sees all rows.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      fieldFate: (dialect) => `CASE WHEN NOT valued THEN 'free' ELSE ${seams.engine.fieldFate(dialect)} END`,
    },
  }),
};
