import type { Defect } from "../seams.ts";

export const scriptAtOnce: Defect = {
  name: "script-at-once",
  area: "section-access",
  breaks: ["SA-SCR-10"],
  effect: "A new script takes effect without a reload.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      scriptAppliesAtOnce: true,
    },
  }),
};
