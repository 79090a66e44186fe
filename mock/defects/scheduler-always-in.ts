import type { Defect } from "../seams.ts";

export const schedulerAlwaysIn: Defect = {
  name: "scheduler-always-in",
  area: "section-access",
  breaks: ["SA-LIF-01", "IM-112"],
  effect: "The scheduler's user is taken for every user the rights name.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      matchIdentity: `(${seams.engine.matchIdentity} OR i.name = 'INTERNAL\\SA_SCHEDULER')`,
    },
  }),
};
