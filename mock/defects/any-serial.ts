import type { Defect } from "../seams.ts";

export const anySerial: Defect = {
  name: "any-serial",
  area: "section-access",
  breaks: ["SA-SYS-05"],
  effect: "A SERIAL cell of any value lets its row apply.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      matchIdentity: `(${seams.engine.matchIdentity} OR c.field = 'SERIAL')`,
    },
  }),
};
