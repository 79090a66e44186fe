import type { Defect } from "../seams.ts";

export const sectionOpensContents: Defect = {
  name: "section-opens-contents",
  area: "rules",
  breaks: ["SR-207"],
  effect: "Who reads a QMC section reads what is in it.",
  replace: (seams) => ({
    ...seams,
    rules: {
      ...seams.rules,
      filterFits: (item, resource, dialect) =>
        seams.rules.filterFits(item, resource, dialect) ||
        (item.kind === "section" && item.name === `QmcSection_${resource.type}`),
    },
  }),
};
