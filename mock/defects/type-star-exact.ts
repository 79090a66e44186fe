import type { Defect } from "../seams.ts";

export const typeStarExact: Defect = {
  name: "type-star-exact",
  area: "rules",
  breaks: ["SR-204"],
  effect: "A star behind a type name covers no other types.",
  replace: (seams) => ({
    ...seams,
    rules: {
      ...seams.rules,
      filterFits: (item, resource, dialect) =>
        seams.rules.filterFits(
          item.kind === "typePrefix" ? { kind: "type", type: item.type } : item,
          resource,
          dialect,
        ),
    },
  }),
};
