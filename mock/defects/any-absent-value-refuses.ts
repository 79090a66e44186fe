import type { Defect } from "../seams.ts";

export const anyAbsentValueRefuses: Defect = {
  name: "any-absent-value-refuses",
  area: "section-access",
  breaks: ["SA-RED-06", "SA-STR-07"],
  effect: "A USER is refused as soon as one of his values is not in the data.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      fieldFate: (dialect) =>
        `CASE WHEN lacking AND level = 'USER' THEN 'refuse' ELSE ${seams.engine.fieldFate(dialect)} END`,
    },
  }),
};
