import type { Defect } from "../seams.ts";

export const scriptEditedByAnyone: Defect = {
  name: "script-edited-by-anyone",
  area: "section-access",
  breaks: ["EN-034"],
  effect: "Everybody who opens an app may read and replace its script.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      mayEditScript: () => true,
    },
  }),
};
