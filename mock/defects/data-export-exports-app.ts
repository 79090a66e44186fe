import type { Defect } from "../seams.ts";

export const dataExportExportsApp: Defect = {
  name: "data-export-exports-app",
  area: "rules",
  breaks: ["SR-237"],
  effect: "Who may export data may export the app itself.",
  replace: (seams) => ({
    ...seams,
    rules: {
      ...seams.rules,
      actionFits: (mask, bit) => seams.rules.actionFits(bit === 16 ? mask | ((mask & 256) >> 4) : mask, bit),
    },
  }),
};
