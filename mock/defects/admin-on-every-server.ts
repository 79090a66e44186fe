import type { Defect } from "../seams.ts";

export const adminOnEveryServer: Defect = {
  name: "admin-on-every-server",
  area: "section-access",
  breaks: ["SA-STR-05"],
  effect: "A QlikView server heeds the level ADMIN.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      levelOf: (dialect) => seams.engine.levelOf({ ...dialect, adminLevel: "admin" }),
    },
  }),
};
