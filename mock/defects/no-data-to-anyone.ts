import type { Defect } from "../seams.ts";

export const noDataToAnyone: Defect = {
  name: "no-data-to-anyone",
  area: "section-access",
  breaks: ["EN-030"],
  effect: "Everybody who may read an app may open it without data.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      mayOpenWithoutData: () => true,
    },
  }),
};
