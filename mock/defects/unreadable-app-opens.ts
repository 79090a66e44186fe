import type { Defect } from "../seams.ts";

export const unreadableAppOpens: Defect = {
  name: "unreadable-app-opens",
  area: "section-access",
  breaks: ["EN-020", "SA-ERR-03"],
  effect: "The engine opens an app the rules do not let the user read.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      mayOpen: () => true,
    },
  }),
};
