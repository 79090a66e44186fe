import type { Defect } from "../seams.ts";

export const sheetsAreAType: Defect = {
  name: "sheets-are-a-type",
  area: "rules",
  breaks: ["SR-211", "SR-212"],
  effect: "Rules on the old type Sheet cover today's sheets.",
  replace: (seams) => ({
    ...seams,
    rules: {
      ...seams.rules,
      filterFits: (item, resource, dialect) =>
        seams.rules.filterFits(item, resource, dialect) ||
        (item.kind === "type" && /^(App\.)?Sheet$/.test(item.type) && resource.entity["objectType"] === "sheet"),
    },
  }),
};
