import type { Defect } from "../seams.ts";

export const filterIdIgnored: Defect = {
  name: "filter-id-ignored",
  area: "rules",
  breaks: ["SR-205", "SR-108", "SR-135"],
  effect: "A rule on one resource covers every resource of its type.",
  replace: (seams) => ({
    ...seams,
    rules: {
      ...seams.rules,
      filterFits: (item, resource, dialect) =>
        seams.rules.filterFits(item.kind === "resource" ? { kind: "type", type: item.type } : item, resource, dialect),
    },
  }),
};
