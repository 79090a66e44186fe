import type { Defect } from "../seams.ts";

export const listsEveryApp: Defect = {
  name: "lists-every-app",
  area: "section-access",
  breaks: ["EN-032", "QR-080"],
  effect: "The list of apps holds apps the rules do not let the user read.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      listsApp: () => true,
    },
  }),
};
