import type { Defect } from "../seams.ts";

export const adminBlankRefused: Defect = {
  name: "admin-blank-refused",
  area: "section-access",
  breaks: ["SA-ACC-04"],
  effect: "An ADMIN whose reducing cell is blank is refused like a USER.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      fieldFate: (dialect) => `CASE WHEN NOT matched THEN 'refuse' ELSE ${seams.engine.fieldFate(dialect)} END`,
    },
  }),
};
