import type { Defect } from "../seams.ts";

export const emptyAppForRefused: Defect = {
  name: "empty-app-for-refused",
  area: "section-access",
  breaks: ["SA-ERR-02", "SA-STR-02"],
  effect: "Who matches nothing opens an app without rows instead of being refused.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      refuses: () => "FALSE",
    },
  }),
};
