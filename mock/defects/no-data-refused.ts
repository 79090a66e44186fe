import type { Defect } from "../seams.ts";

export const noDataRefused: Defect = {
  name: "no-data-refused",
  area: "section-access",
  breaks: ["SA-LIF-04", "EN-030"],
  effect: "Nobody may open an app without data.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      mayOpenWithoutData: () => false,
    },
  }),
};
