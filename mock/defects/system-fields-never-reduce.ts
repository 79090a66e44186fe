import type { Defect } from "../seams.ts";

export const systemFieldsNeverReduce: Defect = {
  name: "system-fields-never-reduce",
  area: "section-access",
  breaks: ["SA-SCR-08"],
  effect: "A field named like a system field never reduces.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reduces: (dialect) => `${seams.engine.reduces(dialect)} AND a.field NOT IN ('USERID', 'GROUP', 'NTNAME')`,
    },
  }),
};
