import type { Defect } from "../seams.ts";

export const filterPrefixTooWide: Defect = {
  name: "filter-prefix-too-wide",
  area: "rules",
  breaks: ["SR-203"],
  effect: "A filter on apps covers their sheets as well.",
  replace: (seams) => ({
    ...seams,
    rules: {
      ...seams.rules,
      filterFits: (item, resource, dialect) =>
        seams.rules.filterFits(item.kind === "type" ? { ...item, kind: "typePrefix" } : item, resource, dialect),
    },
  }),
};
