import type { Defect } from "../seams.ts";

export const starWithoutSections: Defect = {
  name: "star-without-sections",
  area: "rules",
  breaks: ["SR-202", "SR-706"],
  effect: "A rule on everything does not cover the console's pages.",
  replace: (seams) => ({
    ...seams,
    rules: {
      ...seams.rules,
      filterFits: (item, resource, dialect) =>
        !(item.kind === "everything" && resource.type === "TransientObject") &&
        seams.rules.filterFits(item, resource, dialect),
    },
  }),
};
