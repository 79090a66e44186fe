import type { Defect } from "../seams.ts";

export const sessionsUnlimited: Defect = {
  name: "sessions-unlimited",
  area: "impersonation",
  breaks: ["IM-080"],
  effect: "A user may have any number of sessions at a time.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      isTooMany: () => false,
    },
  }),
};
