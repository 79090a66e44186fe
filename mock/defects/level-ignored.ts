import type { Defect } from "../seams.ts";

export const levelIgnored: Defect = {
  name: "level-ignored",
  area: "section-access",
  breaks: ["SA-ACC-01", "SA-ERR-01"],
  effect: "A row gives access whatever its ACCESS cell says.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      levelOf: (dialect) => `coalesce(${seams.engine.levelOf(dialect)}, 'USER')`,
    },
  }),
};
